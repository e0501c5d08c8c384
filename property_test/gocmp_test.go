package property_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/list"
	"github.com/ramet-go/ramet/rbtree"
)

// A state is what a program's test may compare with cmp.Diff: collections in a struct, behind a pointer, in
// each other, in an interface and in a slice.
type state struct {
	Prices  hamt.Map[string, int]
	Tags    hamt.Map[string, hamt.Set[string]]
	Orders  *rbtree.Map[int, list.List[string]]
	Range   rbtree.Span[int, string]
	IDs     rbtree.Set[int]
	From    rbtree.SetSpan[int]
	Jobs    list.Queue[hamt.Map[string, []int]]
	Any     any
	Several []list.List[int]
}

// newState returns a state that is made anew, and with the same contents each time.
func newState() state {
	jobs := hamt.Map[string, []int]{}
	orders := rbtree.Map[int, list.List[string]]{}.Set(1, list.Of("a", "b")).Set(2, list.Of("c"))
	ids := rbtree.SetOf(1, 2, 3)
	return state{
		Prices:  hamt.MapOf(map[string]int{"ash": 3, "elm": 5}),
		Tags:    hamt.Map[string, hamt.Set[string]]{}.Set("ash", hamt.SetOf("tree", "wood")),
		Orders:  &orders,
		Range:   rbtree.Map[int, string]{}.Set(1, "a").Set(2, "b").From(2),
		IDs:     ids,
		From:    ids.From(2),
		Jobs:    list.QueueOf(jobs, jobs),
		Any:     list.Of[any](hamt.SetOf(1), "a", nil),
		Several: []list.List[int]{list.Of(1), {}},
	}
}

// TestGoCmp: cmp needs no options, and says that there is a difference if and only if there is one.
func TestGoCmp(t *testing.T) {
	assert.Empty(t, cmp.Diff(newState(), newState()))
	assert.Empty(t, cmp.Diff(state{}, state{}))
	assert.NotEmpty(t, cmp.Diff(state{}, newState()))
	for name, change := range map[string]func(*state){
		"a value":                      func(s *state) { s.Prices = s.Prices.Set("ash", -1000) },
		"an element of a value":        func(s *state) { s.Tags = s.Tags.Set("ash", s.Tags.Get("ash").Add("grey")) },
		"a list in a map behind a *":   func(s *state) { *s.Orders = s.Orders.Set(2, list.Of("d")) },
		"a span":                       func(s *state) { s.Range = s.Range.Above(2) },
		"a value in a span":            func(s *state) { s.Range = s.Range.Map().Set(2, "c").From(0) },
		"an element of a sorted set":   func(s *state) { s.IDs = s.IDs.Add(4) },
		"a span of a set":              func(s *state) { s.From = s.IDs.From(3) },
		"the length of a queue":        func(s *state) { s.Jobs = s.Jobs.Rest() },
		"what cannot be compared":      func(s *state) { s.Jobs = s.Jobs.Rest().Push(hamt.Map[string, []int]{}.Set("a", nil)) },
		"an element in an interface":   func(s *state) { s.Any = list.Of[any](hamt.SetOf(2), "a", nil) },
		"the type in an interface":     func(s *state) { s.Any = 1 },
		"an element of one of a slice": func(s *state) { s.Several[1] = list.Of(2) },
	} {
		s := newState()
		change(&s)
		assert.NotEmpty(t, cmp.Diff(newState(), s), name)
		assert.NotEmpty(t, cmp.Diff(s, newState()), name)
		assert.False(t, cmp.Equal([]*state{&s}, []*state{new(newState())}), name)
	}
	nan := list.Of(math.NaN())
	assert.True(t, cmp.Equal(nan, nan), "the same version")
	assert.False(t, cmp.Equal(nan, list.Of(math.NaN())))
}
