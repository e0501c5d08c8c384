package hamt

import (
	"hash/maphash"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/internal/testkit"
)

// sumOf gives all keys one hash.
type sumOf uint64

func (s sumOf) Sum64(maphash.Seed, int) uint64 { return uint64(s) }
func (s sumOf) Hash(*maphash.Hash, int)        {}
func (s sumOf) Equal(a, b int) bool            { return a == b }

// TestCollisionOfIntegers: integers collide in earnest by a chance of one in 2^63 each, so the
// collision is made under a hasher that gives all keys the hash of one of them.
func TestCollisionOfIntegers(t *testing.T) {
	if invariants.Enabled {
		t.Skip("the other keys are where their own hashes do not say")
	}
	const key = 77
	m := NewMap[int, int](sumOf(testkit.SumOf(mix(key) << 1)))
	for k := range 2 * leafMax {
		m = m.Set(k, k)
	}
	absent := m
	m = m.Set(key, 5)
	assert.True(t, m.by.hash(key) == mix(key) && StatsOf(m).Collisions == 1)
	m.by, absent.by = keying[int]{}.resolve(), keying[int]{}.resolve()
	assert.Equal(t, 5, m.Get(key))
	assert.False(t, absent.Contains(key))
	assert.Equal(t, 6, m.Set(key, 6).Get(key))
	assert.Equal(t, 2*leafMax, m.Delete(key).Len())
	assert.True(t, Equal(absent, m.Delete(key)))
}
