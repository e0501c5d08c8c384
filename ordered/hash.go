package ordered

import (
	"hash/maphash"

	"github.com/ramet-go/ramet/internal/equal"
)

// Hash writes the contents of m to h, in such a way that maps with the same hasher that are Equal are
// written alike: their entries, in their order. Keys are hashed as m's hasher does it; values that are collections of
// this module are written by their own Hash, all others as [maphash.WriteComparable] does, which panics if
// a value is not comparable. It takes O(n) time.
//
// It is for hashers such as [hamt.ContentHasher]. Do not keep the hash: the next process gives another one.
func (m Map[K, V]) Hash(h *maphash.Hash) {
	maphash.WriteComparable(h, m.len)
	write := equal.Writer[V]()
	for k, v := range m.All() {
		m.by.write(h, k)
		write(h, v)
	}
}
