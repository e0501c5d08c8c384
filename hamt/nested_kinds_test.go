//go:build !race && !smallnodes && !invariants

package hamt_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/hamt"
)

// What values of a kind are compared by does not depend on how nodes are made: see kinds_test.go.

func TestCollectionsOfOtherKindsGoByContents(t *testing.T) {
	nest := func(s hamt.Set[int]) hamt.Map[string, hamt.Set[int]] {
		return hamt.Map[string, hamt.Set[int]]{}.Set("a", s).Set("b", s)
	}
	one, same, other := hamt.SetOf(1, 2), hamt.SetOf(2, 1), hamt.SetOf(1, 2, 3)
	goesByContents(t, nest(one), nest(same), nest(other))
	goesByContents[fmt.Stringer](t, one, same, nest(one))
}

func TestOtherValuesGoByIdentity(t *testing.T) {
	type mine struct{ s hamt.Set[int] }
	a, b := filled(mine{hamt.SetOf(1)}), filled(mine{hamt.SetOf(1)})
	assert.False(t, hamt.Equal(a, b) || a.Equal(b), "a struct of the user's is compared by ==")
	assert.True(t, hamt.Equal(a, filled(a.Get("x"))) && a.Equal(filled(a.Get("x"))))
	assert.False(t, filled(new(int)).Equal(filled(new(int))))
	assert.True(t, filled("a").Equal(filled("a")))
	assert.False(t, filled("a").Equal(filled("b")))
	nan := filled(math.NaN())
	assert.False(t, nan.Equal(filled(math.NaN())), "by ==")
	assert.True(t, nan.Equal(nan) && hamt.Equal(nan, nan), "the same version is equal without looking")
	assert.True(t, filled(0.0).Equal(filled(math.Copysign(0, -1))))
}

func TestEqualMethodNeverPanicsWhateverTheKind(t *testing.T) {
	assert.False(t, filled(func() {}).Equal(filled(func() {})))
	assert.False(t, filled([1]any{[]int{}}).Equal(filled([1]any{[]int{}})))
	assert.False(t, filled(hamt.Map[int, []int]{}.Set(1, nil)).Equal(filled(hamt.Map[int, []int]{}.Set(1, nil))))
}

func TestPrintingMapsWithinMaps(t *testing.T) {
	m := hamt.MapOf(map[string]int{"b": 2, "a": 10})
	assert.Equal(t, "{x: {a: 10, b: 2}}", fmt.Sprint(hamt.Map[string, hamt.Map[string, int]]{}.Set("x", m)))
}

// place is a type of the user's that == compares field by field.
type place struct{ x, y float64 }

func TestComparingPlacesAllocatesNothing(t *testing.T) {
	p, q := filled(place{1, 2}), filled(place{1, 2})
	assert.Zero(t, testing.AllocsPerRun(10, func() {
		if !hamt.Equal(p, q) || hamt.SetIfChanged(p, "x", place{1, 2}) != p {
			t.Error("unequal")
		}
	}))
}
