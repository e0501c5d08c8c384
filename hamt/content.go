//ramet:layer api

package hamt

import (
	"hash/maphash"

	"github.com/ramet-go/ramet/internal/equal"
)

// A ContentHasher is a [Hasher] for keys that have methods Equal and Hash: for the collections of this
// module, and for types of yours that have both. Under the default hasher a collection is a key by its identity: only
// the same version, by ==, is the same key. Under a ContentHasher all that are Equal are the same key:
//
//	seen := hamt.NewSet(hamt.ContentHasher[vector.Vector[int]]{})
//	seen = seen.Add(vector.Of(1, 2))
//	seen.Contains(vector.Of(1, 2)) // true
//
// Hashing and comparing a key takes time in proportion to its contents, each time it is looked for. All
// ContentHashers of a type are the same hasher.
//
// Keys that are Equal must have the same Hash. Maps and sets keep to that as long as those that are compared
// have the same hasher, or the same comparator: with different ones, Equal goes by what its receiver takes
// for the same key, and Hash cannot.
type ContentHasher[K interface {
	comparable
	Equal(K) bool
	Hash(*maphash.Hash)
}] struct{}

// Hash writes the contents of key to h.
func (ContentHasher[K]) Hash(h *maphash.Hash, key K) { key.Hash(h) }

// Equal reports whether a and b have equal contents.
func (ContentHasher[K]) Equal(a, b K) bool { return a.Equal(b) }

// Hash writes the contents of m to h, in such a way that maps with the same hasher that are Equal are
// written alike, whatever the order of their entries. Keys are hashed as m does it; values that are collections of
// this module are written by their own Hash, all others as [maphash.WriteComparable] does, which panics if
// a value is not comparable. It takes O(n) time.
//
// It is for hashers such as [ContentHasher]. Do not keep the hash: the next process gives another one.
func (m Map[K, V]) Hash(h *maphash.Hash) {
	// An order of the entries that does not depend on the history of m would have to be made, but a sum needs none.
	var sum uint64
	var e maphash.Hash
	e.SetSeed(h.Seed())
	write := equal.Writer[V]()
	for k, v := range m.All() {
		e.Reset()
		maphash.WriteComparable(&e, m.by.contentHash(k))
		write(&e, v)
		sum += e.Sum64()
	}
	maphash.WriteComparable(h, m.len)
	maphash.WriteComparable(h, sum)
}

// Hash writes the contents of s to h; see [Map.Hash].
func (s Set[T]) Hash(h *maphash.Hash) { s.m.Hash(h) }

// contentHash returns the hash of k, and the same one for all keys that are not equal to themselves: hash draws
// another for a NaN each time, but a map that has one is Equal to itself.
func (by keying[K]) contentHash(k K) uint64 {
	if self := k; by.hasher == nil && self != k {
		return 0
	}
	return by.hash(k)
}
