package rbtree_test

import (
	"cmp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/rbtree"
)

// TestAFewOfMany: where one map is much smaller, its keys are looked up, each from where the last one was; but what is a
// part of the other, and shares its nodes, is skipped as a whole.
func TestAFewOfMany(t *testing.T) {
	const n = 20_000
	calls := 0
	empty := rbtree.NewMapFunc[int, int](func(a, b int) int { calls++; return cmp.Compare(a, b) })
	b := empty.Builder()
	for k := range n {
		b.Set(2*k, k)
	}
	m := b.Build()
	few := empty
	for i := range 100 {
		few = few.Set(i*n/50, -1).Set(i*n/50+1, -1)
	}
	asked := func(f func() rbtree.Map[int, int]) (rbtree.Map[int, int], int) {
		calls = 0
		r := f()
		made := calls
		require.NoError(t, check(r))
		return r, made
	}
	for name, c := range map[string]struct {
		f    func() rbtree.Map[int, int]
		len  int
		val  int // of key 0, or what it is not there for
		most int // comparisons
	}{
		"many of few":        {func() rbtree.Map[int, int] { return m.Intersection(few) }, 100, 0, 200 * 20},
		"few of many":        {func() rbtree.Map[int, int] { return few.Intersection(m) }, 100, -1, 200 * 20},
		"few without many":   {func() rbtree.Map[int, int] { return few.Difference(m) }, 100, -2, 200 * 20},
		"many of a range":    {func() rbtree.Map[int, int] { return m.Intersection(m.From(n).Slice(0, n/20).Map()) }, n / 20, -2, 400},
		"a range of many":    {func() rbtree.Map[int, int] { return m.From(n).Slice(0, n/20).Map().Intersection(m) }, n / 20, -2, 400},
		"a range with many":  {func() rbtree.Map[int, int] { return m.From(n).Slice(0, n/20).Map().Difference(m) }, 0, -2, 400},
		"few, none is there": {func() rbtree.Map[int, int] { return m.Intersection(empty.Set(-1, 0).Set(7, 0).Set(3*n, 0)) }, 0, -2, 100},
	} {
		r, made := asked(c.f)
		assert.Equal(t, c.len, r.Len(), name)
		v, ok := r.Lookup(0)
		if assert.Equal(t, c.val != -2, ok, name); ok {
			assert.Equal(t, c.val, v, name)
		}
		if !invariants.Enabled { // the checks compare as well
			assert.Less(t, made, c.most, name)
		}
	}
}
