package equal_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/equal"
)

type (
	set    = hamt.Set[string]
	named  set
	around struct{ s set }
	loud   struct{ n int } // has an Equal method, but is not of this module's collections
)

func (loud) Equal(loud) bool { panic("called") }

// check compares a and b in every way that their type allows.
func check[T comparable](t *testing.T, want bool, a, b T) {
	t.Helper()
	assert.Equal(t, want, equal.Of[T]()(a, b), "Of")
	assert.Equal(t, want, equal.Safe[T]()(a, b), "Safe")
	assert.Equal(t, want, equal.Of[any]()(a, b), "Of, in an interface")
	assert.Equal(t, want, equal.Safe[any]()(a, b), "Safe, in an interface")
}

func TestCollectionsAreComparedByContents(t *testing.T) {
	a, b := hamt.SetOf("ash", "elm"), hamt.SetOf("elm", "ash")
	assert.False(t, a == b)
	check(t, true, a, b)
	check(t, true, a, a)
	check(t, false, a, b.Add("oak"))
	check(t, true, set{}, set{})
	assert.False(t, equal.Of[any]()(a, hamt.SetOf(1)), "of another type")
	assert.False(t, equal.Of[any]()(a, nil))
	assert.False(t, equal.Of[any]()(nil, a))
}

func TestOthersAreComparedByIdentity(t *testing.T) {
	a, b := hamt.SetOf("ash", "elm"), hamt.SetOf("elm", "ash")
	check(t, false, named(a), named(b))
	check(t, true, named(a), named(a))
	check(t, false, around{a}, around{b})
	check(t, true, loud{1}, loud{1})
	check(t, false, loud{1}, loud{2})
	check(t, true, 1, 1)
	check(t, false, "a", "b")
	check(t, true, 0.0, math.Copysign(0, -1))
	check(t, false, math.NaN(), math.NaN())
	check(t, false, new(int), new(int))
	check[any](t, true, nil, nil)
}

func TestPlain(t *testing.T) {
	assert.True(t, equal.Plain[int]())
	assert.True(t, equal.Plain[loud]())
	assert.True(t, equal.Plain[around]())
	assert.True(t, equal.Plain[named]())
	assert.True(t, equal.Plain[*set]())
	assert.False(t, equal.Plain[set]())
	assert.False(t, equal.Plain[any]())
	assert.False(t, equal.Plain[error]())
}

// TestWhatCannotBeCompared is unequal for Safe, and a panic for Of.
func TestWhatCannotBeCompared(t *testing.T) {
	type pair struct {
		n int
		x any
	}
	same := func(a, b any) {
		t.Helper()
		assert.False(t, equal.Safe[any]()(a, b))
		assert.False(t, equal.Safe[[1]any]()([1]any{a}, [1]any{b}))
		assert.False(t, equal.Safe[pair]()(pair{1, a}, pair{1, b}))
		assert.False(t, equal.Safe[pair]()(pair{1, a}, pair{2, b}), "where == may find the difference first")
		assert.Panics(t, func() { equal.Of[any]()(a, b) })
		assert.Panics(t, func() { equal.Of[pair]()(pair{1, a}, pair{1, b}) })
	}
	same([]int{1}, []int{1})
	same(map[int]int{}, map[int]int{})
	same(t.Name, t.Name)
	same(struct{ x any }{[]int{}}, struct{ x any }{[]int{}})
	assert.False(t, equal.Safe[[]int]()(nil, nil))
	assert.False(t, equal.Safe[func()]()(nil, nil))
	assert.False(t, equal.Safe[any]()(1, []int{1}))
	assert.True(t, equal.Safe[pair]()(pair{1, "a"}, pair{1, "a"}))
	assert.True(t, equal.Safe[pair]()(pair{1, nil}, pair{1, nil}))
}
