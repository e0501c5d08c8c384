package rbtree_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/vector"
)

func TestUpdateIfChanged(t *testing.T) {
	eachKit(t, func(t *testing.T, kit kit) {
		for _, n := range kitSizes {
			m, keys := kit.upTo(n)
			for _, k := range keys[:min(n, 40)] {
				got := rbtree.UpdateIfChanged(m, k, func(v int) int {
					require.Equal(t, 10*k, v)
					return v + 1
				})
				require.Equal(t, m.Len(), got.Len())
				require.Equal(t, 10*k+1, got.Get(k))
				require.Equal(t, 10*k, m.Get(k))
				require.NoError(t, check(got))
				require.True(t, rbtree.UpdateIfChanged(m, k, func(v int) int { return v }) == m)
				require.Zero(t, testing.AllocsPerRun(5, func() { rbtree.UpdateIfChanged(m, k, func(v int) int { return v }) }))
			}
			require.True(t, rbtree.UpdateIfChanged(m, -1, func(int) int { panic("called for an absent key") }) == m)
		}
	})
	assert.PanicsWithValue(t, "rbtree: UpdateIfChanged of a nil function", func() { rbtree.UpdateIfChanged(rbtree.Map[int, int]{}, 1, nil) })
}

// TestUpdateIfChangedOfCollections compares them by contents.
func TestUpdateIfChangedOfCollections(t *testing.T) {
	m := rbtree.MapOf(map[string]vector.Vector[int]{"a": vector.Of(1, 2)})
	same := func(v vector.Vector[int]) vector.Vector[int] { return v.Append(3).Slice(0, 2) }
	require.True(t, rbtree.UpdateIfChanged(m, "a", same) == m)
	other := rbtree.UpdateIfChanged(m, "a", func(v vector.Vector[int]) vector.Vector[int] { return v.Append(3) })
	assert.Equal(t, "{a: [1 2 3]}", other.String())

	nan := rbtree.MapOf(map[string]float64{"a": math.NaN()})
	assert.False(t, rbtree.UpdateIfChanged(nan, "a", func(v float64) float64 { return v }) == nan, "NaN equals nothing")
}

func TestSetIfChangedFunc(t *testing.T) {
	tenth := func(a, b int) bool { return a/10 == b/10 }
	eachKit(t, func(t *testing.T, kit kit) {
		m, keys := kit.upTo(1000)
		k := keys[700]
		require.True(t, rbtree.SetIfChangedFunc(m, k, 10*k+9, tenth) == m)
		require.Equal(t, 10*k+10, rbtree.SetIfChangedFunc(m, k, 10*k+10, tenth).Get(k))
		never := func(a, b int) bool { panic("asked about an absent key") }
		added := rbtree.SetIfChangedFunc(m, 1, 0, never)
		require.True(t, added.Contains(1) && added.Len() == 1001)
		require.NoError(t, check(added))
		require.True(t, rbtree.SetIfChangedFunc(kit.empty, 1, 0, never).Contains(1))
	})
	assert.PanicsWithValue(t, "rbtree: SetIfChangedFunc of a nil function", func() { rbtree.SetIfChangedFunc(rbtree.Map[int, int]{}, 1, 1, nil) })
}

func TestIsZero(t *testing.T) {
	eachKit(t, func(t *testing.T, kit kit) {
		for _, n := range kitSizes[:4] {
			m, keys := kit.upTo(n)
			type both struct {
				M rbtree.Map[int, int] `json:",omitzero"`
				S rbtree.Set[int]      `json:",omitzero"`
			}
			data, err := json.Marshal(both{m, kit.set(keys)})
			require.NoError(t, err)
			require.Equal(t, n == 0, string(data) == "{}", "%s", data)
			require.Equal(t, n == 0, m.IsZero())
			require.Equal(t, n == 0, kit.set(keys).IsZero())
		}
	})
}
