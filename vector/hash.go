//ramet:layer api

package vector

import (
	"hash/maphash"

	"github.com/ramet-go/ramet/internal/equal"
)

// Hash writes the elements of v to h, in such a way that vectors that are Equal are written alike. Elements that are
// collections of this module are written by their own Hash, all others as [maphash.WriteComparable] does, which panics
// if an element is not comparable. It takes O(n) time.
//
// It is for hashers such as ContentHasher of package hamt. Do not keep the hash: the next process gives another one.
func (v Vector[T]) Hash(h *maphash.Hash) {
	maphash.WriteComparable(h, v.Len())
	write := equal.Writer[T]()
	for x := range v.Values() {
		write(h, x)
	}
}
