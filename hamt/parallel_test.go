package hamt_test

import (
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
)

// TestOperationsInParts: what several goroutines make is what one makes, and is the receiver if nothing changes.
func TestOperationsInParts(t *testing.T) {
	n := hamt.ParallelLen + 5
	set := func(from, step, n int) hamt.Set[int] {
		return hamt.CollectSet(func(yield func(int) bool) {
			for i := range n {
				if !yield(from + i*step) {
					return
				}
			}
		})
	}
	s := set(0, 3, n)
	for name, o := range map[string]hamt.Set[int]{
		"equal": set(0, 3, n), "disjoint": set(1, 3, n), "partly equal": set(0, 2, n), "superset": set(-3, 1, 3*n+9), "much larger": set(-5, 1, 5*n),
	} {
		type result struct{ union, intersection, difference, symmetric hamt.Set[int] }
		run := func() result {
			return result{s.Union(o), s.Intersection(o), s.Difference(o), s.SymmetricDifference(o)}
		}
		old := runtime.GOMAXPROCS(1)
		require.False(t, hamt.InParts(s, o))
		one := run()
		for _, procs := range []int{2, 3, 8} {
			runtime.GOMAXPROCS(procs)
			require.True(t, hamt.InParts(s, o), name)
			many := run()
			for i, pair := range [][2]hamt.Set[int]{{one.union, many.union}, {one.intersection, many.intersection},
				{one.difference, many.difference}, {one.symmetric, many.symmetric}} {
				require.NoError(t, hamt.CheckSet(pair[1]), "%s %d", name, i)
				require.Equal(t, pair[0].Len(), pair[1].Len(), "%s %d", name, i)
				require.True(t, pair[0].Equal(pair[1]), "%s %d", name, i)
				require.Equal(t, pair[0] == s, pair[1] == s, "%s %d", name, i)
			}
			switch name {
			case "equal":
				assert.True(t, many.intersection == s && many.difference.Len() == 0 && many.symmetric.Len() == 0)
				assert.Equal(t, n, many.union.Len())
			case "superset", "much larger":
				assert.True(t, many.union.Equal(o) && many.difference.Len() == s.Len()-many.intersection.Len())
				assert.True(t, many.intersection == s)
			case "disjoint":
				assert.True(t, many.difference == s && many.union.Len() == 2*n)
			}
		}
		runtime.GOMAXPROCS(old)
	}
	// Versions of one history are not combined in parts.
	assert.False(t, hamt.InParts(s, s.Add(1).Delete(3)))
	assert.False(t, hamt.InParts(s, s))
}

// TestFunctionsRunHere: a function of the caller's, or a Hasher, is called in the caller's goroutine, however large the maps are.
func TestFunctionsRunHere(t *testing.T) {
	n, here := hamt.ParallelLen+5, goroutine()
	calls := 0 // without a lock
	called := func() {
		if calls++; calls%1000 == 0 && goroutine() != here {
			t.Error("a function was called in another goroutine")
		}
	}
	h := hamt.HasherOf(func(k int) uint64 { called(); return uint64(k) }, func(a, b int) bool { called(); return a == b })
	for _, empty := range []hamt.Map[int, int]{{}, hamt.NewMap[int, int](h)} {
		seq := func(from int) func(func(int, int) bool) {
			return func(yield func(int, int) bool) {
				for i := range n {
					if !yield(from+i, i) {
						return
					}
				}
			}
		}
		a, b := empty.SetAll(seq(0)), empty.SetAll(seq(n/2))
		assert.Equal(t, n+n/2, a.UnionFunc(b, func(_, x, y int) int { called(); return x + y }).Len())
		assert.Equal(t, n-n/2, a.IntersectionFunc(b, func(_, x, y int) int { called(); return x + y }).Len())
		assert.Equal(t, n+n/2, a.Union(b).Len())
		assert.Equal(t, n-n/2, a.Intersection(b).Len())
		assert.Equal(t, n/2, a.Difference(b).Len())
	}
	assert.Greater(t, calls, 2*n)
}

// goroutine returns the name of the goroutine that calls it.
func goroutine() string {
	var buf [64]byte
	name, _, _ := strings.Cut(string(buf[:runtime.Stack(buf[:], false)]), " [")
	return name
}
