//ramet:layer api

package rbtree

import (
	"hash/maphash"

	"github.com/ramet-go/ramet/internal/equal"
)

// Hash writes the contents of m to h. Maps of the same order that are Equal are written alike. Values that are
// collections of this module are written by their own Hash, all others as [maphash.WriteComparable] does, which panics
// if a value is not comparable. It takes O(n) time.
//
// If m has a comparator, only the length and the values are written, because a comparator says which keys are equal,
// but cannot hash them. So all sets of one length with a comparator have the same hash.
//
// Hashers such as ContentHasher of package hamt use it. Do not store the hash: the next process computes a different
// one.
func (m Map[K, V]) Hash(h *maphash.Hash) { m.span().Hash(h) }

// Hash writes the contents of s to h; see [Map.Hash].
func (s Set[T]) Hash(h *maphash.Hash) { s.m.Hash(h) }

// Hash writes the entries of s to h; see [Map.Hash].
func (s Span[K, V]) Hash(h *maphash.Hash) {
	maphash.WriteComparable(h, s.Len())
	write := equal.Writer[V]()
	for k, v := range s.All() {
		s.m.by.write(h, k)
		write(h, v)
	}
}

// Hash writes the elements of s to h; see [Map.Hash].
func (s SetSpan[T]) Hash(h *maphash.Hash) { s.s.Hash(h) }

// write writes to h what all keys that are equal to k have in common: if the order is the natural one k, else nothing.
// by must be resolved.
func (by ordering[K]) write(h *maphash.Hash, k K) {
	switch by.kind {
	case int64s, uint64s:
		maphash.WriteComparable(h, as[uint64](&k))
	case int32s, uint32s:
		maphash.WriteComparable(h, as[uint32](&k))
	case int16s, uint16s:
		maphash.WriteComparable(h, as[uint16](&k))
	case int8s, uint8s:
		maphash.WriteComparable(h, as[uint8](&k))
	case texts:
		maphash.WriteComparable(h, as[string](&k))
	case float64s:
		writeFloat(h, as[float64](&k))
	case float32s:
		writeFloat(h, float64(as[float32](&k)))
	}
}

// writeFloat writes x to h: zeros are alike, and so are NaNs, which maphash.WriteComparable gives a hash at random.
func writeFloat(h *maphash.Hash, x float64) {
	if x != x {
		maphash.WriteComparable(h, "NaN")
		return
	}
	maphash.WriteComparable(h, x)
}
