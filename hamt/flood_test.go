package hamt_test

import (
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/testkit"
)

// TestFloodingCostsNoMoreThanRandomKeys tries families of keys that break unseeded hashes: the trie
// that they make must be as flat as that of random keys, and working with it as fast.
func TestFloodingCostsNoMoreThanRandomKeys(t *testing.T) {
	const n = 1 << 14
	random := func(int) int64 { return rand.Int64() }
	for name, key := range map[string]func(i int) int64{
		"sequential":         func(i int) int64 { return int64(i) },
		"multiples of 2^32":  func(i int) int64 { return int64(i) << 32 },
		"equal low 48 bits":  func(i int) int64 { return int64(i)<<48 | 0x1234_5678_9abc },
		"equal high 48 bits": func(i int) int64 { return 0x1234_5678_9abc<<16 | int64(i) },
		"negative":           func(i int) int64 { return -int64(i) },
	} {
		t.Run(name, func(t *testing.T) { flood(t, n, key, random) })
	}
	t.Run("Aa and BB", func(t *testing.T) {
		flood(t, n, func(i int) string {
			key := ""
			for bit := range 14 {
				key += []string{"Aa", "BB"}[i>>bit&1]
			}
			return key
		}, func(int) string { return fmt.Sprintf("%028x", rand.Uint64()) })
	})
}

func flood[K comparable](t *testing.T, n int, bad, good func(int) K) {
	cost := func(key func(int) K) (hamt.Stats, time.Duration) {
		keys := make([]K, n)
		for i := range keys {
			keys[i] = key(i)
		}
		best := time.Hour
		var m hamt.Map[K, int]
		for range 3 {
			start := time.Now()
			var b hamt.MapBuilder[K, int]
			for i, k := range keys {
				b.Set(k, i)
			}
			for _, k := range keys {
				b.Get(k)
			}
			best = min(best, time.Since(start))
			m = b.Build()
		}
		return hamt.StatsOf(m), best
	}
	s, d := cost(bad)
	r, e := cost(good)
	assert.Equal(t, n, s.Entries)
	assert.LessOrEqual(t, s.Depth, r.Depth+2)
	assert.LessOrEqual(t, s.Inner+s.Leaves, 3*(r.Inner+r.Leaves))
	assert.Zero(t, s.Collisions)
	assert.Less(t, d, 8*e+10*time.Millisecond, "random keys take %v", e)
}

// TestConstantHasher runs everything on 4,096 keys of one hash, on a small stack.
func TestConstantHasher(t *testing.T) {
	defer debug.SetMaxStack(debug.SetMaxStack(256 << 10))
	const n = 4096
	want := map[int]int{}
	empty := hamt.NewMap[int, int](testkit.Constant[int]())
	b := empty.Builder()
	for k := range n {
		b.Set(k, k)
		want[k] = k
	}
	m := b.Build()
	stats := hamt.StatsOf(m)
	assert.Equal(t, n, stats.Largest)
	assert.LessOrEqual(t, stats.Depth, hamt.Levels+1)
	sameMap(t, want, m, "Set in a builder")
	assert.Equal(t, 7, m.Set(5, 7).Get(5))
	assert.Equal(t, n+1, m.Set(-5, 7).Len())
	assert.Equal(t, n-1, m.Delete(5).Len())

	even := func(k, _ int) bool { return k%2 == 0 }
	half := m.Filter(even)
	assert.Equal(t, n/2, half.Len())
	assert.Equal(t, n, half.Union(m).Len())
	assert.Equal(t, n/2, m.Intersection(half).Len())
	assert.Equal(t, n/2, m.Difference(half).Len())
	assert.True(t, hamt.Equal(m, half.Union(m.Difference(half))))
	assert.True(t, hamt.SameShape(m, half.Union(m.Difference(half))))
	changes := 0
	for range hamt.Diff(m, half) {
		changes++
	}
	assert.Equal(t, n/2, changes)
	merged, conflicts := hamt.Merge(half, m, half.Set(-1, 1))
	assert.Empty(t, conflicts)
	assert.Equal(t, n+1, merged.Len())
	b.DeleteFunc(even)
	assert.Equal(t, n/2, b.Len())
	for k := range n {
		b.Delete(k)
	}
	assert.True(t, b.Build() == empty)
	assert.True(t, m.Difference(m) == empty)
}
