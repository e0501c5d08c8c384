package testkit

import (
	"hash/maphash"
	"math/rand/v2"
	"sync/atomic"
)

// Liars returns hashers that contradict themselves. A collection promises nothing
// about its contents under one of these, except what it promises about damage: no
// panic of its own, bounded work, a length that is what iterates, other versions
// unharmed.
func Liars[K comparable]() []NamedHasher[K] {
	good := Mask[K]{Keep: ^uint64(0)}
	never := func(a, b K) bool { return false }
	coin := func(a, b K) bool { return rand.IntN(2) == 0 }
	var turn atomic.Uint64
	oneWay := func(a, b K) bool { return a == b && turn.Add(1)%2 == 0 || mix(a) < mix(b) }
	return []NamedHasher[K]{
		{"random hash", &Inconsistent[K]{}},
		{"never equal", &Lying[K]{good, never}},
		{"random equal", &Lying[K]{good, coin}},
		{"asymmetric equal", &Lying[K]{good, oneWay}},
		{"constant, never equal", &Lying[K]{Constant[K](), never}},
		{"constant, random equal", &Lying[K]{Constant[K](), coin}},
		{"constant, asymmetric equal", &Lying[K]{Constant[K](), oneWay}},
		{"last bits, random equal", &Lying[K]{LastBits[K](3), coin}},
		{"constant, all equal", &Lying[K]{Constant[K](), func(a, b K) bool { return true }}},
	}
}

// Inconsistent hashes a key differently every time. Use it by pointer.
type Inconsistent[K comparable] struct{ _ byte }

func (*Inconsistent[K]) Sum64(maphash.Seed, K) uint64 { return rand.Uint64() }
func (i *Inconsistent[K]) Hash(h *maphash.Hash, key K) {
	writeSum(h, i.Sum64(maphash.Seed{}, key))
}
func (*Inconsistent[K]) Equal(a, b K) bool { return a == b }

// Lying hashes as its Summer does and says what it likes about equality. Use it by
// pointer.
type Lying[K comparable] struct {
	Summer[K]
	Says func(a, b K) bool
}

func (l *Lying[K]) Equal(a, b K) bool { return l.Says(a, b) }

// Counting counts the calls that reach its Summer. Use it by pointer. It is safe for
// concurrent use.
type Counting[K comparable] struct {
	Summer[K]
	Hashes, Equals atomic.Int64
}

func (c *Counting[K]) Sum64(seed maphash.Seed, key K) uint64 {
	c.Hashes.Add(1)
	return c.Summer.Sum64(seed, key)
}
func (c *Counting[K]) Hash(h *maphash.Hash, key K) {
	c.Hashes.Add(1)
	c.Summer.Hash(h, key)
}
func (c *Counting[K]) Equal(a, b K) bool {
	c.Equals.Add(1)
	return c.Summer.Equal(a, b)
}

// Reset sets both counts to zero.
func (c *Counting[K]) Reset() {
	c.Hashes.Store(0)
	c.Equals.Store(0)
}
