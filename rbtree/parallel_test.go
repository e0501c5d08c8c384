package rbtree_test

import (
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/rbtree"
)

// TestOperationsInParts: what several goroutines make is what one makes, and is the receiver if
// nothing changes.
func TestOperationsInParts(t *testing.T) {
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
		require.False(t, rbtree.InParts(s, o))
		one := run()
		for _, procs := range []int{2, 3, 8} {
			runtime.GOMAXPROCS(procs)
			require.True(t, rbtree.InParts(s, o), name)
			many := run()
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

	// Neither versions of one history nor disjoint maps are combined in parts, nor is what calls a function.
	m := rbtree.CollectMap(func(yield func(int, int) bool) { seq(0, 3, n)(func(k int) bool { return yield(k, 1) }) })
	calls, here := 0, goroutine() // without a lock
	m.UnionFunc(rbtree.MapValues(m, func(_, v int) int { return v }), func(_, a, b int) int {
		if calls++; goroutine() != here {
			t.Error("a function was called in another goroutine")
		}
		return a + b
	})
	assert.Equal(t, n, calls)
	assert.False(t, rbtree.InParts(s, s.Add(1).Delete(3)))
	assert.False(t, rbtree.InParts(s, rbtree.CollectSet(seq(3*n, 1, n))))
	assert.False(t, rbtree.InParts(s, s.From(3*n/2).Set().Add(1)))
}

// goroutine returns the name of the goroutine that calls it.
func goroutine() string {
	var buf [64]byte
	name, _, _ := strings.Cut(string(buf[:runtime.Stack(buf[:], false)]), " [")
	return name
}
