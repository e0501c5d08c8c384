package hamt_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/internal/testkit"
)

// TestSwapAndTake holds them to a built-in map, and to Set and Delete of the builder.
func TestSwapAndTake(t *testing.T) {
	for _, h := range []hamt.Hasher[int]{nil, testkit.Constant[int]()} {
		for _, n := range []int{0, 1, hamt.LeafMax, 40} {
			m, want := hamt.NewMap[int, int](h), map[int]int{}
			for k := range n {
				m, want[k] = m.Set(k, k+1), k+1
			}
			before := maps.Clone(want)
			for k := -1; k <= n; k++ {
				value, present := before[k]

				swapped, old, ok := m.Swap(k, -5)
				assert.Equal(t, value, old)
				assert.Equal(t, present, ok)
				want[k] = -5
				assert.NoError(t, hamt.Check(swapped))
				assert.Equal(t, want, maps.Collect(swapped.All()))
				maps.DeleteFunc(want, func(int, int) bool { return true })
				maps.Copy(want, before)

				taken, old, ok := m.Take(k)
				assert.Equal(t, value, old)
				assert.Equal(t, present, ok)
				delete(want, k)
				assert.NoError(t, hamt.Check(taken))
				assert.Equal(t, want, maps.Collect(taken.All()))
				assert.Equal(t, len(want), taken.Len())
				assert.Equal(t, !present, taken == m, "Take of an absent key returns the map itself")
				maps.Copy(want, before)

				assert.Equal(t, before, maps.Collect(m.All()), "the version before")
			}
		}
	}
}

// TestSwapKeepsTheKey swaps by another instance of a key, which is dropped.
func TestSwapKeepsTheKey(t *testing.T) {
	modulo := hamt.HasherOf(func(k int) uint64 { return uint64(k % 10) }, func(a, b int) bool { return a%10 == b%10 })
	m, old, ok := hamt.NewMap[int, int](modulo).Set(3, 1).Swap(13, 2)
	assert.Equal(t, map[int]int{3: 2}, maps.Collect(m.All()))
	assert.True(t, ok)
	assert.Equal(t, 1, old)
}

// TestAppend appends what iterators yield, with one allocation at most.
func TestAppend(t *testing.T) {
	for _, n := range []int{0, 1, hamt.LeafMax, 1000, 10_000} {
		m := hamt.Map[int, int]{}
		for k := range n {
			m = m.Set(k, -k)
		}
		ks, vs, set := slices.Collect(m.Keys()), slices.Collect(m.Values()), m.KeySet()
		assert.Equal(t, ks, m.AppendKeys(nil))
		assert.Equal(t, vs, m.AppendValues(nil))
		assert.Equal(t, slices.Collect(set.All()), set.AppendTo(nil))
		assert.Equal(t, append([]int{7}, ks...), m.AppendKeys([]int{7}))
		assert.Equal(t, append([]int{7}, vs...), m.AppendValues([]int{7}))

		if invariants.Enabled {
			continue // what is instrumented allocates more
		}
		once := min(float64(n), 1)
		room := make([]int, 0, n)
		assert.Equal(t, once, testing.AllocsPerRun(5, func() { m.AppendKeys(nil) }))
		assert.Equal(t, once, testing.AllocsPerRun(5, func() { set.AppendTo(nil) }))
		assert.Equal(t, 0.0, testing.AllocsPerRun(5, func() { m.AppendValues(room) }))
	}
}
