package rbtree_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/rbtree"
)

func TestSpanByRank(t *testing.T) {
	eachKit(t, func(t *testing.T, kit kit) {
		for _, n := range kitSizes[:8] {
			m, keys := kit.upTo(n)
			set := kit.set(keys)
			for _, r := range ranges(n) {
				i, j := r[0], r[1]
				s, o := m.Slice(i, j), set.Slice(i, j)
				requireSpan(t, kit, keys[i:j], s, o)
				if i < j {
					s, o = m.From(keys[i]), set.From(keys[i]) // which know where they begin
					requireSpan(t, kit, keys[i:j], s.Slice(0, j-i), o.Slice(0, j-i))
				}
				for _, q := range [][2]int{{0, j - i}, {(j - i) / 3, (j - i) / 2}, {min(1, j-i), j - i}} {
					requireSpan(t, kit, keys[i:j][q[0]:q[1]], s.Slice(q[0], q[1]), o.Slice(q[0], q[1]))
				}
			}
		}
	})
}

// requireSpan fails unless s and o have the keys, at their ranks.
func requireSpan(t *testing.T, kit kit, keys []int, s rbtree.Span[int, int], o rbtree.SetSpan[int]) {
	t.Helper()
	requireKeys(t, keys, s.All())
	requireElements(t, keys, o.All())
	require.Equal(t, len(keys), s.Len())
	for _, i := range []int{0, len(keys) / 2, len(keys) - 1} {
		if i < 0 || i >= len(keys) {
			continue
		}
		k, v := s.At(i)
		require.Equal(t, [3]int{keys[i], 10 * keys[i], keys[i]}, [3]int{k, v, o.At(i)})
	}
	for _, k := range []int{-9, -1, 0, 1, 60, 61, 1001, 1002, 3000, 90_000} {
		want, in := slices.BinarySearchFunc(keys, k, kit.compare)
		got, ok := s.Rank(k)
		require.Equal(t, want, got, k)
		require.Equal(t, in, ok, k)
		got, ok = o.Rank(k)
		require.Equal(t, want, got, k)
		require.Equal(t, in, ok, k)
	}
}

func TestRankOutOfRange(t *testing.T) {
	m, _ := kit{compare: cmp.Compare[int]}.upTo(100)
	s := m.Slice(10, 20)
	assert.PanicsWithValue(t, "rbtree: index 10 out of range [0:10]", func() { s.At(10) })
	assert.PanicsWithValue(t, "rbtree: index -1 out of range [0:10]", func() { s.At(-1) })
	assert.PanicsWithValue(t, "rbtree: index 0 out of range [0:0]", func() { rbtree.Span[int, int]{}.At(0) })
	for _, c := range []struct {
		i, j  int
		wrong string
	}{{-1, 5, "-1"}, {0, 11, "11"}, {5, 4, "5"}, {11, 11, "11"}, {0, -1, "-1"}, {12, 14, "12"}} {
		assert.PanicsWithValue(t, "rbtree: index "+c.wrong+" out of range [0:10]", func() { s.Slice(c.i, c.j) }, c)
		assert.PanicsWithValue(t, "rbtree: index "+c.wrong+" out of range [0:10]", func() { s.Map().Slice(c.i, c.j) }, c)
	}
}
