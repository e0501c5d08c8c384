package rbtree_test

import (
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/rbtree"
)

// TestDividedOperations: what several goroutines make is what one makes, and is the receiver if
// nothing changes.
func TestDividedOperations(t *testing.T) {
	n := rbtree.ParallelLen + 5
	seq := func(from, step, n int) func(func(int) bool) {
		return func(yield func(int) bool) {
			for i := range n {
				if !yield(from + i*step) {
					return
				}
			}
		}
	}
	// Of copied, a part is the same as in s, which is found out where the two meet.
	s, copied := rbtree.CollectSet(seq(0, 3, n)), rbtree.CollectSet(seq(0, 3, n))
	for name, o := range map[string]rbtree.Set[int]{
		"equal": copied, "interleaved": rbtree.CollectSet(seq(1, 3, n)), "partly equal": rbtree.CollectSet(seq(0, 2, n)),
		"overlapping": rbtree.CollectSet(seq(3*n/2+1, 3, n)), "superset": rbtree.CollectSet(seq(-3, 1, 3*n+9)),
	} {
		type result struct{ union, intersection, difference, symmetric rbtree.Set[int] }
		run := func() result {
			return result{s.Union(o), s.Intersection(o), s.Difference(o), s.SymmetricDifference(o)}
		}
		old := runtime.GOMAXPROCS(1)
		before := rbtree.Divisions.Load()
		one := run()
		require.Equal(t, before, rbtree.Divisions.Load())
		for _, procs := range []int{2, 3, 8} {
			runtime.GOMAXPROCS(procs)
			before := rbtree.Divisions.Load()
			many := run()
			assert.Equal(t, before+4, rbtree.Divisions.Load(), "%s was not divided", name)
			for i, pair := range [][2]rbtree.Set[int]{{one.union, many.union}, {one.intersection, many.intersection},
				{one.difference, many.difference}, {one.symmetric, many.symmetric}} {
				require.NoError(t, rbtree.CheckSet(pair[1]), "%s %d", name, i)
				require.True(t, slices.Equal(slices.Collect(pair[0].All()), slices.Collect(pair[1].All())), "%s %d", name, i)
				require.Equal(t, pair[0] == s, pair[1] == s, "%s %d", name, i)
			}
			switch name {
			case "equal":
				assert.True(t, many.union == s && many.intersection == s && many.difference.Len() == 0 && many.symmetric.Len() == 0)
			case "superset":
				assert.True(t, many.intersection == s && many.union.Equal(o))
			case "interleaved":
				assert.True(t, many.difference == s && many.union.Len() == 2*n)
			}
		}
		runtime.GOMAXPROCS(old)
	}

	// Neither versions of one history nor disjoint maps are divided, nor is what calls a function.
	before := rbtree.Divisions.Load()
	m := rbtree.CollectMap(func(yield func(int, int) bool) { seq(0, 3, n)(func(k int) bool { return yield(k, 1) }) })
	calls := 0 // without a lock
	m.UnionFunc(rbtree.MapValues(m, func(_, v int) int { return v }), func(_, a, b int) int { calls++; return a + b })
	assert.Equal(t, n, calls)
	s.Union(s.Add(1).Delete(3))
	s.Union(rbtree.CollectSet(seq(3*n, 1, n)))
	s.Union(s.From(3 * n / 2).Set().Add(1))
	assert.Equal(t, before, rbtree.Divisions.Load())
}
