package testkit

import (
	"fmt"
	"hash/maphash"
	"math/bits"
)

// Hasher is the method set of hamt.Hasher, repeated here so that the tests inside
// hamt can use this package.
type Hasher[K any] interface {
	Hash(h *maphash.Hash, key K)
	Equal(a, b K) bool
}

// Summer is a Hasher that gives its hash directly. All hashers of this package are
// Summers except [HashOnly], and all ignore the seed: what they do to a trie is the
// same in every run for keys of an integer or string type.
type Summer[K any] interface {
	Hasher[K]
	Sum64(seed maphash.Seed, key K) uint64
}

// A NamedHasher is a row of [Hashers].
type NamedHasher[K any] struct {
	Name   string
	Hasher Hasher[K] // nil: the collection's default
}

// GoString returns the expression that makes the hasher. It prints the types of other
// packages with their names only.
func (n NamedHasher[K]) GoString() string {
	if n.Hasher == nil {
		return "nil"
	}
	return unqualify(fmt.Sprintf("%#v", n.Hasher))
}

// Hashers returns the default hasher and every hostile one whose Equal is ==. Each
// call makes new ones.
func Hashers[K comparable]() []NamedHasher[K] {
	return []NamedHasher[K]{
		{"default", nil},
		{"good", Mask[K]{Keep: ^uint64(0)}},
		{"constant", Constant[K]()},
		{"constant ones", Mask[K]{Ones: ^uint64(0)}},
		{"low 32 bits equal", LowEqual[K](32)},
		{"low 48 bits equal", LowEqual[K](48)},
		{"top 32 bits equal", TopEqual[K](32)},
		{"top 60 bits equal", TopEqual[K](60)},
		{"top 32 bits ones", Mask[K]{Keep: 1<<32 - 1, Ones: (1<<32 - 1) << 32}},
		{"equal to level 1", TopEqual[K](5)},
		{"equal to level 6", TopEqual[K](30)},
		{"equal to level 11", TopEqual[K](55)},
		{"last 3 bits", LastBits[K](3)},
		{"last bit of each level", Mask[K]{Keep: 0x0842_1084_2108_4210}},
		{"8 bits", Mask[K]{Keep: 0xff << 56}},
		{"random of 4", Few[K]{4}},
		{"random of 64", Few[K]{64}},
		{"no Sum64", HashOnly[K]{Mask[K]{Keep: ^uint64(0)}}},
		{"no Sum64, 2 bits", HashOnly[K]{Mask[K]{Keep: 3 << 62}}},
	}
}

// SumOf returns the sum for which a trie uses the given hash: hamt mixes what a Summer returns, and this is the
// inverse.
func SumOf(hash uint64) uint64 {
	hash ^= hash >> 32
	hash *= 0x319642b2d24d8ec3
	hash ^= hash >> 32
	hash *= 0x96de1b173f119089
	return hash ^ hash>>32
}

// HashOf is the inverse of [SumOf].
func HashOf(sum uint64) uint64 {
	sum ^= sum >> 32
	sum *= 0xbf58476d1ce4e5b9
	sum ^= sum >> 32
	sum *= 0x94d049bb133111eb
	return sum ^ sum>>32
}

// Mask is a good hash of which only the bits of Keep are kept, and the bits of Ones
// are always set, as the trie sees it.
type Mask[K comparable] struct{ Keep, Ones uint64 }

// Constant gives every key the same hash.
func Constant[K comparable]() Mask[K] { return Mask[K]{} }

// LowEqual gives hashes that differ only above their n low bits.
func LowEqual[K comparable](n int) Mask[K] { return Mask[K]{Keep: ^uint64(0) << n} }

// TopEqual gives hashes whose n top bits are equal. A trie that takes w bits a level
// cannot tell keys apart before level n/w.
func TopEqual[K comparable](n int) Mask[K] { return Mask[K]{Keep: ^uint64(0) >> n} }

// LastBits gives hashes that differ in their n lowest bits only: one path to the
// bottom of the trie, and 1<<n hashes there.
func LastBits[K comparable](n int) Mask[K] { return Mask[K]{Keep: 1<<n - 1} }

func (m Mask[K]) Sum64(_ maphash.Seed, key K) uint64 { return SumOf(mix(key)&m.Keep | m.Ones) }
func (m Mask[K]) Hash(h *maphash.Hash, key K)        { writeSum(h, m.Sum64(maphash.Seed{}, key)) }
func (m Mask[K]) Equal(a, b K) bool                  { return a == b }

// Few gives each key one of N hashes, which share no pattern. The hash of a key does not
// depend on those hashed before: a printed program that hashes in another order than the
// run it repeats must meet the same collisions.
type Few[K comparable] struct{ N uint64 }

func (f Few[K]) Sum64(_ maphash.Seed, key K) uint64 { return scramble(mix(key) % f.N) }
func (f Few[K]) Hash(h *maphash.Hash, key K)        { writeSum(h, f.Sum64(maphash.Seed{}, key)) }
func (f Few[K]) Equal(a, b K) bool                  { return a == b }

// HashOnly has no Sum64, so that a collection must hash through maphash.Hash. Of its
// mask only the equality of whole hashes survives.
type HashOnly[K comparable] struct{ Mask Mask[K] }

func (o HashOnly[K]) Hash(h *maphash.Hash, key K) { o.Mask.Hash(h, key) }
func (o HashOnly[K]) Equal(a, b K) bool           { return a == b }

func writeSum(h *maphash.Hash, sum uint64) { maphash.WriteComparable(h, sum) }

// seed is for keys that mix has no fixed hash for.
var seed = maphash.MakeSeed()

// mix is the good hash that the hostile ones are cut from.
func mix[K comparable](key K) uint64 {
	switch k := any(key).(type) {
	case int:
		return scramble(uint64(k))
	case int64:
		return scramble(uint64(k))
	case uint8:
		return scramble(uint64(k))
	case uint64:
		return scramble(k)
	case string:
		sum := uint64(len(k))
		for i := range len(k) {
			sum = scramble(sum ^ uint64(k[i]))
		}
		return sum
	}
	return maphash.Comparable(seed, key)
}

// scramble is the output function of SplitMix64 after one step: a bijection in which
// every bit of x reaches every bit of the result.
func scramble(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return bits.RotateLeft64(x^x>>31, 32)
}
