package rbtree_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/rbtree"
)

// TestMapsOfOneOrder share it: where nothing differs, operations on two of them compare no keys or few, and return the
// map itself, also across maps and sets. Of two orders by the same function they look at all keys.
func TestMapsOfOneOrder(t *testing.T) {
	const n = 2000
	asked := 0
	down := func(a, b int) int { asked++; return cmp.Compare(b, a) }
	fill := func(m rbtree.Map[int, int]) rbtree.Map[int, int] {
		for i := range n {
			m = m.Set(i, i)
		}
		return m
	}
	one, other := rbtree.NewOrder(down), rbtree.NewOrder(down)
	a := fill(rbtree.NewMapIn[int, int](one))
	keys := rbtree.NewSetIn(one).AddAll(a.Keys())
	same, apart := rbtree.NewMapIn[int, int](one).Set(n/2, n/2), rbtree.NewMapIn[int, int](other).Union(a)

	few := func(name string, few bool, f func()) {
		t.Helper()
		asked = 0
		f()
		assert.Equal(t, few, asked < n/2, "%s: %d comparisons", name, asked)
	}
	assert.True(t, one == a.Order() && one == keys.Order() && one == a.KeySet().Order())
	assert.False(t, one == other)
	assert.False(t, one == apart.Order())
	assert.Equal(t, slices.Collect(a.Keys()), slices.Collect(apart.Keys()))

	few("union", true, func() { assert.Equal(t, n, a.Union(same).Len()) })
	few("intersection", true, func() { assert.Equal(t, 1, same.Intersection(a).Len()) })
	few("restrict", true, func() { assert.Equal(t, 1, same.Restrict(keys).Len()) })
	few("set from the order of a map", true, func() {
		assert.Equal(t, 1, a.Restrict(rbtree.NewSetIn(a.Order()).Add(3)).Len())
	})
	few("another order", false, func() { assert.Equal(t, n, a.Union(apart).Len()) })
	few("two calls of NewMapFunc", false, func() {
		x, y := rbtree.NewMapFunc[int, int](down), rbtree.NewMapFunc[int, int](down)
		assert.Equal(t, n, x.Set(1, 1).Union(y.Union(a)).Len())
	})
}

func TestZeroOrderIsTheNaturalOne(t *testing.T) {
	var natural rbtree.Order[int]
	assert.True(t, rbtree.NewMapIn[int, int](natural) == rbtree.Map[int, int]{})
	assert.True(t, rbtree.NewSetIn(natural) == rbtree.Set[int]{})
	assert.True(t, rbtree.MapOf(map[int]int{2: 1}).Order() == natural)
	assert.True(t, rbtree.SetOf(2, 1).Order() == natural)
	assert.Equal(t, -1, natural.Compare(1, 2))
	assert.PanicsWithValue(t, "rbtree: key type []int has no natural order; use NewOrder",
		func() { rbtree.Order[[]int]{}.Compare(nil, nil) })
}

// TestLess sorts as the function of NewMapFunc would that compares by the same.
func TestLess(t *testing.T) {
	modulo := func(a, b int) bool { return a%10 > b%10 }
	compare := func(a, b int) int { return cmp.Compare(b%10, a%10) }
	want := rbtree.NewSetFunc(compare)
	m, s := rbtree.NewMapLess[int, int](modulo), rbtree.NewSetLess(modulo)
	in := rbtree.NewMapIn[int, int](rbtree.OrderLess(modulo))
	for i := range 100 {
		v := i * 7 % 100
		want, s = want.Add(v), s.Add(v)
		m, in = m.Set(v, i), in.Set(v, i)
		assert.Equal(t, compare(v, i), in.Order().Compare(v, i))
	}
	assert.Equal(t, 10, want.Len())
	for _, got := range [][]int{s.AppendTo(nil), m.AppendKeys(nil), in.AppendKeys(nil)} {
		assert.Equal(t, want.AppendTo(nil), got)
	}
}

func TestOrdersOfNothing(t *testing.T) {
	assert.PanicsWithValue(t, "rbtree: NewOrder of a nil function", func() { rbtree.NewOrder[int](nil) })
	assert.PanicsWithValue(t, "rbtree: OrderLess of a nil function", func() { rbtree.OrderLess[int](nil) })
	assert.PanicsWithValue(t, "rbtree: NewMapLess of a nil function", func() { rbtree.NewMapLess[int, int](nil) })
	assert.PanicsWithValue(t, "rbtree: NewSetLess of a nil function", func() { rbtree.NewSetLess[int](nil) })
}

func ExampleNewOrder() {
	newestFirst := rbtree.NewOrder(func(a, b int) int { return cmp.Compare(b, a) })

	today := rbtree.NewMapIn[int, string](newestFirst).Set(2026, "b").Set(2024, "a")
	more := rbtree.NewMapIn[int, string](newestFirst).Set(2025, "c")
	fmt.Println(today.Union(more)) // they share an order: nothing is sorted again

	wanted := rbtree.NewSetIn(today.Order()).Add(2024)
	fmt.Println(today.Restrict(wanted))
	// Output:
	// {2026: b, 2025: c, 2024: a}
	// {2024: a}
}
