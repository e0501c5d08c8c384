package equal_test

import (
	"hash/maphash"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/history"
	"github.com/ramet-go/ramet/internal/equal"
	"github.com/ramet-go/ramet/list"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/vector"
)

type (
	set    = hamt.Set[string]
	named  set
	around struct{ s set }
	loud   struct{ n int } // has an Equal method, but is not of this module's collections
)

func (loud) Equal(loud) bool { panic("called") }

var seed = maphash.MakeSeed()

// hashOf returns a hash of x.
func hashOf[T any](x T) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	equal.Writer[T]()(&h, x)
	return h.Sum64()
}

// check compares a and b in every way that their type allows.
func check[T comparable](t *testing.T, want bool, a, b T) {
	t.Helper()
	assert.Equal(t, want, equal.Of[T]()(a, b), "Of")
	assert.Equal(t, want, equal.Values(a, b), "Values")
	assert.Equal(t, want, equal.Safe[T]()(a, b), "Safe")
	assert.Equal(t, want, equal.Of[any]()(a, b), "Of, in an interface")
	assert.Equal(t, want, equal.Values[any](a, b), "Values, in an interface")
	assert.Equal(t, want, equal.Safe[any]()(a, b), "Safe, in an interface")
	assert.Equal(t, want, hashOf(a) == hashOf(b), "hash")
	assert.Equal(t, want, hashOf[any](a) == hashOf[any](b), "hash, in an interface")
}

// collection fails unless one and same, which are different versions with equal contents, are equal, and other is not.
func collection[T comparable](t *testing.T, one, same, other T) {
	t.Helper()
	require.False(t, one == same)
	assert.False(t, equal.Plain[T]())
	check(t, true, one, same)
	check(t, true, one, one)
	check(t, false, one, other)
	check(t, true, *new(T), *new(T))
	check(t, false, one, *new(T))
	check(t, true, list.Of(one, other), list.Of(same, other))
	check(t, false, list.Of(one, other), list.Of(other, one))
	check(t, true, list.Of[any](list.Of(one)), list.Of[any](list.Of(same)))
	check(t, false, list.Of[any](list.Of(one)), list.Of[any](list.Of(other)))
	assert.False(t, equal.Of[any]()(one, 1), "of another type")
	assert.False(t, equal.Of[any]()(1, one), "of another type")
	assert.False(t, equal.Of[any]()(one, nil))
	assert.False(t, equal.Of[any]()(nil, one))
	assert.False(t, equal.Safe[any]()(nil, one))
}

func TestCollectionsAreComparedByContents(t *testing.T) {
	collection(t, hamt.SetOf("ash", "elm"), hamt.SetOf("elm", "ash"), hamt.SetOf("elm"))
	m := hamt.Map[int, any]{}.Set(1, "ash")
	collection(t, m, hamt.MapOf(map[int]any{1: "ash"}), m.Set(1, "elm"))
	collection(t, rbtree.SetOf(1, 2), rbtree.SetOf(2, 1), rbtree.SetOf(1))
	r := rbtree.Map[string, set]{}.Set("a", set{}.Add("ash"))
	collection(t, r, rbtree.Map[string, set]{}.Set("a", set{}.Add("ash")), r.Set("b", set{}))
	collection(t, r.From("a"), r.Set("A", set{}).Above("A"), r.To("A"))
	collection(t, rbtree.SetOf(1, 2).From(2), rbtree.SetOf(2, 3).To(2), rbtree.SetOf(2, 3).From(2))
	collection(t, list.Of(1, 2), list.Of(1, 2), list.Of(2, 1))
	collection(t, vector.Of(1, 2), vector.Of(1).Append(2), vector.Of(2, 1))
	collection(t, history.New(1).Do(2), history.New(1).Do(2), history.New(1).Do(3))
	collection(t, list.QueueOf(1, 2), list.QueueOf(1).Push(2), list.QueueOf(2, 1))
}

func TestOthersAreComparedByIdentity(t *testing.T) {
	a, b := hamt.SetOf("ash", "elm"), hamt.SetOf("elm", "ash")
	check(t, false, named(a), named(b))
	check(t, true, named(a), named(a))
	check(t, false, around{a}, around{b})
	check(t, false, [1]set{a}, [1]set{b})
	check(t, false, &a, &b)
	check(t, true, loud{1}, loud{1})
	check(t, false, loud{1}, loud{2})
	check(t, false, a.Builder(), a.Builder())
	check(t, true, 1, 1)
	check(t, false, 1, 2)
	check(t, false, "a", "b")
	check(t, true, 0.0, math.Copysign(0, -1))
	check(t, false, int8(1), int8(2))
	check(t, true, [2]int{1, 2}, [2]int{1, 2})
	check(t, false, new(int), new(int))
	check[any](t, true, nil, nil)
	check[error](t, true, nil, nil)
	assert.False(t, equal.Of[any]()(1, int8(1)))
	assert.False(t, equal.Safe[any]()(1, int8(1)))
}

// TestNotEqualToItself: a NaN is unequal, but what has it has one hash, because versions share it.
func TestNotEqualToItself(t *testing.T) {
	type point struct{ x, y float64 }
	nan := math.NaN()
	for _, x := range []any{nan, float32(nan), complex(nan, 0), point{1, nan}, [2]any{nan, 1}} {
		assert.False(t, equal.Of[any]()(x, x))
		assert.False(t, equal.Safe[any]()(x, x))
		assert.Equal(t, hashOf(x), hashOf(x), "%v", x)
	}
	assert.False(t, equal.Safe[float64]()(nan, nan))
	assert.False(t, equal.Safe[point]()(point{1, nan}, point{1, nan}))
	assert.Equal(t, hashOf(nan), hashOf(nan))
	assert.Equal(t, hashOf(point{1, nan}), hashOf(point{1, nan}))
	l := list.Of[any](nan)
	assert.True(t, equal.Of[any]()(l, l), "the same version")
	assert.Equal(t, hashOf(l), hashOf(l))
}

func TestPlain(t *testing.T) {
	assert.True(t, equal.Plain[int]())
	assert.True(t, equal.Plain[loud]())
	assert.True(t, equal.Plain[around]())
	assert.True(t, equal.Plain[named]())
	assert.True(t, equal.Plain[*set]())
	assert.True(t, equal.Plain[struct{}]())
	assert.True(t, equal.Plain[hamt.ContentHasher[set]](), "which has an Equal for two others")
	assert.False(t, equal.Plain[set]())
	assert.False(t, equal.Plain[any]())
	assert.False(t, equal.Plain[error]())
}

// TestWhatCannotBeCompared is unequal for Safe, and a panic for Of and a hash.
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
		assert.False(t, equal.Safe[any]()(pair{1, a}, pair{1, b}))
		assert.False(t, equal.Safe[pair]()(pair{1, a}, pair{2, b}), "where == may find the difference first")
		assert.Panics(t, func() { equal.Of[any]()(a, b) })
		assert.Panics(t, func() { equal.Of[pair]()(pair{1, a}, pair{1, b}) })
		assert.Panics(t, func() { equal.Values(pair{1, a}, pair{1, b}) })
		assert.Panics(t, func() { hashOf(a) })
		assert.Panics(t, func() { hashOf(pair{1, a}) })
	}
	same([]int{1}, []int{1})
	same(map[int]int{}, map[int]int{})
	same(t.Name, t.Name)
	same(struct{ x any }{[]int{}}, struct{ x any }{[]int{}})
	same(struct{ x [0][]int }{}, struct{ x [0][]int }{})
	assert.False(t, equal.Safe[[]int]()(nil, nil))
	assert.False(t, equal.Safe[func()]()(nil, nil))
	assert.False(t, equal.Safe[any]()(1, []int{1}))
	assert.False(t, equal.Safe[struct{ f func() }]()(struct{ f func() }{}, struct{ f func() }{}))
	assert.True(t, equal.Safe[pair]()(pair{1, "a"}, pair{1, "a"}))
	assert.True(t, equal.Safe[pair]()(pair{1, nil}, pair{1, nil}))
	assert.Panics(t, func() { hashOf([]int{}) })

	l := list.Of([]int{1})
	assert.True(t, equal.Of[any]()(l, l), "the same version")
	assert.False(t, equal.Of[any]()(l, list.Of([]int{1})), "the method of a collection does not panic")
}

// TestNestedDeeply: interfaces can hold collections at any depth.
func TestNestedDeeply(t *testing.T) {
	nest := func(x any, depth int) any {
		for range depth {
			x = list.Of(x)
		}
		return x
	}
	const depth = 20_000
	same := equal.Safe[any]()
	assert.True(t, same(nest(1, depth), nest(1, depth)))
	assert.False(t, same(nest(1, depth), nest(2, depth)))
	assert.False(t, same(nest(1, depth), nest(1, depth+1)))
	assert.Equal(t, hashOf(nest(1, depth)), hashOf(nest(1, depth)))
}

// TestComparingAllocatesLittle: only collections in interfaces are called through reflection.
func TestComparingAllocatesLittle(t *testing.T) {
	type pair struct {
		N int
		X any
	}
	a, b := hamt.SetOf("ash"), hamt.SetOf("ash")
	ints, sets, pairs, anys := equal.Safe[int](), equal.Safe[set](), equal.Safe[struct{ a, b int }](), equal.Safe[any]()
	boxes := [...]any{1000, "ash", &a, struct{ a, b int }{}, 1.5}
	assert.Zero(t, testing.AllocsPerRun(10, func() {
		ok := ints(1000, 1000) && sets(a, b) && pairs(struct{ a, b int }{}, struct{ a, b int }{})
		for _, x := range boxes {
			ok = ok && anys(x, x)
		}
		if !ok || !equal.Values(a, b) || !equal.Values(pair{}, pair{}) {
			t.Error("unequal")
		}
	}))
}
