package list

import (
	"hash/maphash"
	"iter"

	"github.com/ramet-go/ramet/internal/equal"
)

// Hash writes the elements of l to h, in such a way that lists that are Equal are written alike. Elements that are
// collections of this module are written by their own Hash, all others as [maphash.WriteComparable] does,
// which panics if an element is not comparable. It takes O(n) time.
//
// It is for hashers such as ContentHasher of package hamt. Do not keep the hash: the next process gives another one.
func (l List[T]) Hash(h *maphash.Hash) { hash(h, l.Len(), l.All()) }

// Hash writes the elements of q to h, in such a way that queues that are Equal are written alike; see [List.Hash].
func (q Queue[T]) Hash(h *maphash.Hash) { hash(h, q.Len(), q.All()) }

// hash writes the n elements of seq to h.
func hash[T any](h *maphash.Hash, n int, seq iter.Seq[T]) {
	maphash.WriteComparable(h, n)
	write := equal.Writer[T]()
	for v := range seq {
		write(h, v)
	}
}
