package rbtree_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/rbtree"
)

// TestJoinFunc is UnionFunc of a function that is idempotent.
func TestJoinFunc(t *testing.T) {
	greater := func(k, a, b int) int { return max(a, b) }
	twoMaps(t, func(t *testing.T, kit kit, m, o rbtree.Map[int, int], keys, others []int) {
		for i, k := range others { // some are more than m's, some are less
			if i%50 < 3 {
				o = o.Set(k, 10*k+i%50-1)
			}
		}
		other := rbtree.NewMapFunc[int, int](func(a, b int) int { return cmp.Compare(b, a) }).SetAll(o.All())
		for _, o := range []rbtree.Map[int, int]{o, other} {
			last, begun := 0, false
			got := rbtree.JoinFunc(m, o, func(k, a, b int) int {
				require.True(t, m.Get(k) == a && o.Get(k) == b && m.Contains(k) && o.Contains(k))
				require.True(t, !begun || kit.compare(last, k) < 0, "in order")
				last, begun = k, true
				return max(a, b)
			})
			require.NoError(t, check(got))
			require.True(t, rbtree.Equal(got, m.UnionFunc(o, greater)))
			require.True(t, rbtree.Equal(got, rbtree.JoinFunc(o, m, greater)))
		}
		require.True(t, rbtree.JoinFunc(m, m, func(_, a, b int) int { panic("shared") }) == m)
		require.True(t, rbtree.JoinFunc(m, kit.empty, greater) == m)
		requireKeys(t, slices.Collect(m.Keys()), rbtree.JoinFunc(kit.empty, m, greater).All())
	})
	assert.PanicsWithValue(t, "rbtree: JoinFunc of a nil function", func() { rbtree.JoinFunc(rbtree.Map[int, int]{}, rbtree.Map[int, int]{}, nil) })
}

// TestJoinFuncSkips what two versions share.
func TestJoinFuncSkips(t *testing.T) {
	eachKit(t, func(t *testing.T, kit kit) {
		m, keys := kit.upTo(100_000)
		a, b := m, m
		for i := range 10 {
			a = a.Set(keys[9_000*i], 10*keys[9_000*i]+i)
			b = b.Set(keys[9_000*i+4_000], 0).Delete(keys[9_000*i+1])
		}
		asked := 0
		got := rbtree.JoinFunc(a, b, func(_, x, y int) int { asked++; return max(x, y) })
		assert.Less(t, asked, 1500)
		assert.True(t, rbtree.Equal(got, a))
		small := m.Slice(100, 140).Map() // which shares a leaf or two
		for _, j := range []rbtree.Map[int, int]{rbtree.JoinFunc(m, small, func(_, x, y int) int { return x }),
			rbtree.JoinFunc(small, m, func(_, x, y int) int { return x })} {
			assert.True(t, rbtree.Equal(m, j))
		}
	})
}

// TestJoinFuncKeepsInstances of the keys of the first.
func TestJoinFuncKeepsInstances(t *testing.T) {
	tens := rbtree.NewMapFunc[int, int](byTens)
	a, b := tens, tens
	for i := range 2000 {
		a = a.Set(10*i+1, i)
		if i%3 == 0 {
			b = b.Set(10*i+2, i+1)
		}
	}
	for _, pair := range [][2]rbtree.Map[int, int]{{a, b}, {b, a}, {a, b.Slice(0, 20).Map()}, {b.Slice(0, 20).Map(), a}} {
		for k, v := range rbtree.JoinFunc(pair[0], pair[1], func(_, x, y int) int { return max(x, y) }).All() {
			if first, ok := pair[0].KeySet().Lookup(k); ok {
				require.Equal(t, first, k)
			}
			require.Equal(t, max(pair[0].Get(k), pair[1].Get(k)), v)
		}
	}
}
