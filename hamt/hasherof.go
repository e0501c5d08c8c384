//ramet:layer api

package hamt

import "hash/maphash"

// HasherOf returns a [Hasher] that hashes with hash and compares with equal. Keys that are equal must have the same hash.
//
// The hash may have any number of bits: what it returns is mixed, as that of a Sum64 is (see [Hasher]), so a 32-bit
// hash such as FNV, or a number that keys have already, is as good as it is different. Since it has no seed, keys for which hash
// returns the same can be chosen by whoever knows it: where they come from outside, write a Hasher that uses its seed.
//
//	type point struct{ x, y int32; label string }
//	byPlace := hamt.HasherOf(
//		func(p point) uint64 { return uint64(p.x)<<32 | uint64(uint32(p.y)) },
//		func(a, b point) bool { return a.x == b.x && a.y == b.y })
//	m := hamt.NewMap[point, string](byPlace)
//
// Each call makes another hasher, even of the same functions: maps that are to be compared or combined node by node
// must have the same one, so keep it in a variable. It panics if hash or equal is nil.
func HasherOf[K any](hash func(K) uint64, equal func(a, b K) bool) Hasher[K] {
	notNil(hash != nil && equal != nil, "HasherOf")
	return &funcHasher[K]{hash, equal}
}

// A funcHasher is used by pointer, so that it can be compared.
type funcHasher[K any] struct {
	hash  func(K) uint64
	equal func(a, b K) bool
}

func (f *funcHasher[K]) Hash(h *maphash.Hash, k K)        { maphash.WriteComparable(h, f.hash(k)) }
func (f *funcHasher[K]) Equal(a, b K) bool                { return f.equal(a, b) }
func (f *funcHasher[K]) Sum64(_ maphash.Seed, k K) uint64 { return f.hash(k) }
