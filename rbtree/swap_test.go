package rbtree_test

import (
	"cmp"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/rbtree"
)

// TestSwapAndTake holds them to a built-in map.
func TestSwapAndTake(t *testing.T) {
	for _, n := range []int{0, 1, 31, 32, 200} {
		m, before := rbtree.Map[int, int]{}, map[int]int{}
		for k := range n {
			m, before[k] = m.Set(k, k+1), k+1
		}
		for k := -1; k <= n; k++ {
			value, present := before[k]

			swapped, old, ok := m.Swap(k, -5)
			assert.Equal(t, value, old)
			assert.Equal(t, present, ok)
			want := maps.Clone(before)
			want[k] = -5
			assert.NoError(t, rbtree.Check(swapped))
			assert.Equal(t, want, maps.Collect(swapped.All()))

			taken, old, ok := m.Take(k)
			assert.Equal(t, value, old)
			assert.Equal(t, present, ok)
			want = maps.Clone(before)
			delete(want, k)
			assert.NoError(t, rbtree.Check(taken))
			assert.Equal(t, want, maps.Collect(taken.All()))
			assert.Equal(t, len(want), taken.Len())
			assert.Equal(t, !present, taken == m, "Take of an absent key returns the map itself")

			assert.Equal(t, before, maps.Collect(m.All()), "the version before")
		}
	}
}

// TestSwapKeepsTheKey swaps by another instance of a key, which is dropped.
func TestSwapKeepsTheKey(t *testing.T) {
	modulo := rbtree.NewMapFunc[int, int](func(a, b int) int { return cmp.Compare(a%10, b%10) })
	m, old, ok := modulo.Set(3, 1).Swap(13, 2)
	assert.Equal(t, map[int]int{3: 2}, maps.Collect(m.All()))
	assert.True(t, ok)
	assert.Equal(t, 1, old)

	empty, _, ok := modulo.Take(3)
	assert.True(t, empty == modulo)
	assert.False(t, ok)
}

// TestAppend appends what iterators yield, with one allocation at most.
func TestAppend(t *testing.T) {
	for _, n := range []int{0, 1, 31, 32, 1000, 10_000} {
		m := rbtree.Map[int, int]{}
		for k := range n {
			m = m.Set(k, -k)
		}
		set := m.KeySet()
		for _, r := range [][2]int{{0, n}, {0, n / 2}, {n / 3, n}, {n / 2, n / 2}} {
			s := m.Slice(r[0], r[1])
			assert.Equal(t, slices.Collect(s.Keys()), s.AppendKeys(nil))
			assert.Equal(t, slices.Collect(s.Values()), s.AppendValues(nil))
			assert.Equal(t, slices.Collect(s.Keys()), set.Slice(r[0], r[1]).AppendTo(nil))
		}
		assert.Equal(t, append([]int{7}, slices.Collect(m.Keys())...), m.AppendKeys([]int{7}))
		assert.Equal(t, append([]int{7}, slices.Collect(m.Values())...), m.AppendValues([]int{7}))
		assert.Equal(t, slices.Collect(m.Keys()), set.AppendTo(nil))

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
