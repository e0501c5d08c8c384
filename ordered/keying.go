package ordered

import (
	"hash/maphash"
	"reflect"

	"github.com/ramet-go/ramet/hamt"
)

// A keying is a map's notion of its keys, if that is not the default: a caller's Hasher. It is used by pointer, and nil is
// the default. Maps hold a pointer because comparing two maps with == must not compare Hashers, which may be of an
// uncomparable type.
type keying[K comparable] struct {
	hasher hamt.Hasher[K]
	none   hamt.Map[K, int64] // what all indexes descend from, so that they are known to have the same hasher
}

func newKeying[K comparable](h hamt.Hasher[K]) *keying[K] {
	return &keying[K]{h, hamt.NewMap[K, int64](h)}
}

// index returns an empty index.
func (by *keying[K]) index() (empty hamt.Map[K, int64]) {
	if by == nil {
		return empty
	}
	return by.none
}

// equal reports whether a and b are the same key.
func (by *keying[K]) equal(a, b K) bool {
	if by == nil {
		return a == b
	}
	return by.hasher.Equal(a, b)
}

// same reports whether two maps are known to agree on which keys are equal.
func (by *keying[K]) same(o *keying[K]) bool {
	if by == o {
		return true
	}
	if by == nil || o == nil {
		return false
	}
	return reflect.ValueOf(by.hasher).Comparable() && reflect.ValueOf(o.hasher).Comparable() && by.hasher == o.hasher
}

// valid panics if k cannot be a key: its dynamic type is not comparable. Only a key that has a NaN in it is unequal to
// itself without a look at all of it, and is hashed to find out.
func (by *keying[K]) valid(k K) {
	if self := k; by == nil && self != k {
		hamt.Map[K, struct{}]{}.Contains(k)
	}
}

// write writes to h what all keys that are equal to k have in common.
func (by *keying[K]) write(h *maphash.Hash, k K) {
	switch self := k; {
	case by == nil && self != k:
		maphash.WriteComparable(h, "NaN") // of which WriteComparable makes another hash each time
	case by == nil:
		maphash.WriteComparable(h, k)
	default:
		if s, ok := by.hasher.(summer[K]); ok {
			maphash.WriteComparable(h, s.Sum64(h.Seed(), k))
			return
		}
		var own maphash.Hash // whatever the Hasher does to it
		own.SetSeed(h.Seed())
		by.hasher.Hash(&own, k)
		maphash.WriteComparable(h, own.Sum64())
	}
}

// summer is the faster way to ask a Hasher; see hamt.Hasher.
type summer[K any] interface {
	Sum64(seed maphash.Seed, key K) uint64
}
