package rbtree_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/rbtree"
)

// builderOf returns a builder that got the keys from 0 to n-1 in order, and so adds the next one
// without looking for its place.
func builderOf(n int) *rbtree.MapBuilder[int, int] {
	var b rbtree.MapBuilder[int, int]
	for k := range n {
		b.Set(k, k)
	}
	return &b
}

// hasKeys requires that b has the given keys.
func hasKeys(t *testing.T, b *rbtree.MapBuilder[int, int], keys ...int) {
	t.Helper()
	require.NoError(t, rbtree.CheckBuilder(b))
	require.Equal(t, len(keys), b.Len())
	require.Equal(t, keys, slices.Collect(b.Keys()))
}

func keysUpTo(n int) (keys []int) {
	for k := range n {
		keys = append(keys, k)
	}
	return keys
}

// TestBuilderAtItsEdge: what comes between two keys that are added at the end.
func TestBuilderAtItsEdge(t *testing.T) {
	for n := 1; n < 4*rbtree.LeafMost; n++ {
		b := builderOf(n)
		assert.False(t, b.Set(n-1, 7), "the last key again")
		assert.True(t, b.Set(n, n))
		assert.False(t, b.Set(n, n))
		hasKeys(t, b, keysUpTo(n+1)...)

		b = builderOf(n)
		b.Clear()
		b.Set(n, n)
		hasKeys(t, b, n)

		// Deleting from the end fuses the last leaf with the one before.
		for left := range n {
			b = builderOf(n)
			for k := n - 1; k >= left; k-- {
				b.Delete(k)
			}
			b.Set(n, n)
			hasKeys(t, b, append(keysUpTo(left), n)...)
		}

		// A key before the end, and the end again.
		for before := range n {
			b = builderOf(n)
			b.Delete(before)
			b.Set(n, n)
			b.Set(n+1, n)
			b.Set(before, before)
			b.Set(n+2, n)
			hasKeys(t, b, keysUpTo(n+3)...)
		}

		// A key is added at the end each time that one goes elsewhere, and its leaf with the last of them.
		b = builderOf(n)
		for k := range n {
			b.Set(n+k, k)
			b.Delete(k)
			require.NoError(t, rbtree.CheckBuilder(b))
		}
		hasKeys(t, b, keysUpTo(2 * n)[n:]...)

		b = builderOf(n)
		built := b.Build()
		b.Set(n, n)
		require.NoError(t, check(built))
		require.Equal(t, keysUpTo(n), slices.Collect(built.Keys()))
		hasKeys(t, b, keysUpTo(n+1)...)

		b = builderOf(n)
		assert.PanicsWithValue(t, "stop", func() {
			b.SetAll(func(yield func(int, int) bool) { yield(n, n); yield(n+1, n); panic("stop") })
		})
		hasKeys(t, b, keysUpTo(n)...)
		b.Set(n, n)
		hasKeys(t, b, keysUpTo(n+1)...)
	}
}

// TestCallbacksThatUseTheBuilder: the operation's own change comes on top of what they did.
func TestCallbacksThatUseTheBuilder(t *testing.T) {
	for n := 1; n < 4*rbtree.LeafMost; n++ {
		b := builderOf(n)
		b.DeleteFunc(func(k, _ int) bool {
			b.Set(n+k, k)
			return k > 0
		})
		hasKeys(t, b, append([]int{0}, keysUpTo(2 * n)[n:]...)...)

		b = builderOf(n)
		b.Update(n/2, func(v int, ok bool) (int, bool) {
			b.Set(n, v)
			b.Delete(n / 2)
			return v + 1, ok
		})
		hasKeys(t, b, keysUpTo(n+1)...)
		assert.Equal(t, n/2+1, b.Get(n/2))

		b = builderOf(n)
		assert.PanicsWithValue(t, "stop", func() {
			b.DeleteFunc(func(k, _ int) bool {
				b.Set(n+k, k)
				if k == n-1 {
					panic("stop")
				}
				return b.Delete(k)
			})
		})
		hasKeys(t, b, keysUpTo(n)...)
	}
}

// TestCollectingEqualNeighbours: the first instance, and the last value.
func TestCollectingEqualNeighbours(t *testing.T) {
	for n := 1; n < 3*rbtree.LeafMost; n++ {
		keys, values := append(keysUpTo(n), n-1, n), append(make([]int, n), 7, 8)
		m := rbtree.CollectMap(testkit.Zip(keys, values))
		require.NoError(t, check(m))
		require.Equal(t, keysUpTo(n+1), slices.Collect(m.Keys()))
		require.Equal(t, 7, m.Get(n-1))
		require.True(t, rbtree.Equal(m, rbtree.Map[int, int]{}.SetAll(testkit.Zip(keys, values))))
		require.Equal(t, keysUpTo(n+1), slices.Collect(rbtree.SetOf(keys...).All()))
	}
	folded := rbtree.NewMapFunc[string, int](fold).SetAll(testkit.Zip([]string{"a", "A", "b", "B"}, []int{1, 2, 3, 4}))
	assert.Equal(t, "{a: 2, b: 4}", folded.String())
}
