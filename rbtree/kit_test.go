package rbtree_test

import (
	"cmp"
	"iter"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/rbtree"
)

// kitSizes are lengths at which trees have one leaf, one inner node and more levels.
var kitSizes = []int{0, 1, 2, 7, 31, 32, 100, 1000, 9000}

// A kit is an order of ints, and what has it.
type kit struct {
	compare func(a, b int) int
	empty   rbtree.Map[int, int]
	none    rbtree.Set[int]
}

// eachKit calls f with the natural order, and with comparators.
func eachKit(t *testing.T, f func(t *testing.T, k kit)) {
	t.Run("natural", func(t *testing.T) { f(t, kit{compare: cmp.Compare[int]}) })
	for name, compare := range map[string]func(a, b int) int{
		"function": cmp.Compare[int],
		"reversed": func(a, b int) int { return cmp.Compare(b, a) },
	} {
		t.Run(name, func(t *testing.T) {
			f(t, kit{compare, rbtree.NewMapFunc[int, int](compare), rbtree.NewSetFunc(compare)})
		})
	}
}

// of returns a map of the keys, each with ten times itself, and the keys in order.
func (k kit) of(keys ...int) (rbtree.Map[int, int], []int) {
	keys = slices.Clone(keys)
	slices.SortFunc(keys, k.compare)
	keys = slices.Compact(keys)
	b := k.empty.Builder()
	for _, x := range keys {
		b.Set(x, 10*x)
	}
	return b.Build(), keys
}

// upTo returns a map of n even keys, and the keys in order.
func (k kit) upTo(n int) (rbtree.Map[int, int], []int) {
	keys := make([]int, n)
	for i := range keys {
		keys[i] = 2 * i
	}
	return k.of(keys...)
}

// requireKeys fails unless seq has the keys, in that order, each with ten times itself.
func requireKeys(t *testing.T, keys []int, seq iter.Seq2[int, int], msg ...any) {
	t.Helper()
	var got []int
	for k, v := range seq {
		got = append(got, k)
		if v != 10*k {
			require.Equal(t, 10*k, v, msg...)
		}
	}
	if !slices.Equal(keys, got) {
		require.Equal(t, keys, got, msg...)
	}
}

// set returns the set of the keys.
func (k kit) set(keys []int) rbtree.Set[int] {
	b := k.none.Builder()
	for _, x := range keys {
		b.Add(x)
	}
	return b.Build()
}

// requireElements fails unless seq has the elements, in that order.
func requireElements(t *testing.T, elements []int, seq iter.Seq[int], msg ...any) {
	t.Helper()
	if got := slices.Collect(seq); !slices.Equal(elements, got) {
		require.Equal(t, elements, got, msg...)
	}
}
