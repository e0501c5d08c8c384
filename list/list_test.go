package list_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/list"
)

type ints = list.List[int]

// upTo returns the numbers in [0, n).
func upTo(n int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = i
	}
	return s
}

// holds fails unless l has the elements of s, by All and by First and Rest.
func holds[T any](t *testing.T, s []T, l list.List[T], msg ...any) {
	t.Helper()
	require.Equal(t, len(s), l.Len(), msg...)
	require.Equal(t, s, slices.AppendSeq(make([]T, 0, len(s)), l.All()), msg...)
	for i := range s {
		first, ok := l.First()
		require.True(t, ok, msg...)
		require.Equal(t, s[i], first, msg...)
		l = l.Rest()
		require.Equal(t, len(s)-i-1, l.Len(), msg...)
	}
	first, ok := l.First()
	require.False(t, ok, msg...)
	require.Zero(t, first, msg...)
	require.True(t, l == list.List[T]{}, msg...)
	require.True(t, l.Rest() == l, msg...)
}

// TestModel does everything to lists of every length, and looks at the old versions again afterwards.
func TestModel(t *testing.T) {
	for n := range 12 {
		s := upTo(n)
		l := list.Of(s...)
		holds(t, s, l)
		holds(t, s, list.Collect(slices.Values(s)))
		holds(t, append([]int{-1}, s...), l.Push(-1))
		turned := slices.Clone(s)
		slices.Reverse(turned)
		holds(t, turned, l.Reverse())
		words := make([]string, n)
		for i := range s {
			words[i] = fmt.Sprint(i)
		}
		holds(t, words, list.Map(l, func(i int) string { return fmt.Sprint(i) }))
		for m := range 5 {
			o := list.Of(upTo(m)...).Push(7).Rest()
			holds(t, append(slices.Clone(s), upTo(m)...), l.Append(o), "%d and %d", n, m)
			holds(t, upTo(m), o)
		}
		holds(t, append(slices.Clone(s), s...), l.Append(l))
		holds(t, s, l)
		s = slices.Repeat(s, 1)
		given := slices.Clone(s)
		l = list.Of(given...)
		clear(given)
		holds(t, s, l, "Of copies")
	}
}

func TestNoOpsReturnTheReceiver(t *testing.T) {
	var empty ints
	one, two, also := list.Of(1), list.Of(1, 2), list.Of(1, 2)
	for name, same := range map[string]bool{
		"Rest of empty":       empty.Rest() == empty,
		"Of nothing":          list.Of[int]() == empty,
		"Collect of nothing":  list.Collect(slices.Values([]int{})) == empty,
		"Append of empty":     two.Append(empty) == two,
		"empty's Append":      empty.Append(two) == two,
		"empty and empty":     empty.Append(empty) == empty,
		"Reverse of empty":    empty.Reverse() == empty,
		"Reverse of one":      one.Reverse() == one,
		"Map of empty":        list.Map(empty, func(i int) int { return i }) == empty,
		"Rest undoes Push":    two.Push(0).Rest() == two,
		"Rest of Append":      one.Append(two).Rest() == two,
		"a list is itself":    two == two.Push(1).Rest(),
		"another is not":      two != also,
		"nor another Push":    two.Push(1) != also.Push(1),
		"nor another Reverse": two.Reverse() != also.Reverse(),
	} {
		assert.True(t, same, name)
	}
	allocs(t, 0, "no-ops", func() {
		if two.Append(empty) != two || empty.Append(two) != two || one.Reverse() != one || empty.Rest() != empty {
			t.Error("another version")
		}
	})
}

// TestVersionsOfAnythingCompare: == looks at no elements, and distinguishes versions of no size.
func TestVersionsOfAnythingCompare(t *testing.T) {
	assert.NotPanics(t, func() {
		l, q := list.Of[any](func() {}, []int{}), list.QueueOf[any](func() {}, []int{})
		assert.True(t, any(l) == any(l.Push(1).Rest()) && any(q) == any(q))
		assert.False(t, l == list.Of[any](func() {}, []int{}) || q == list.QueueOf[any](func() {}, []int{}))
		assert.Equal(t, 7, map[list.List[any]]int{l: 7}[l], "as a key")
		assert.True(t, list.Equal(l.Push(1), l.Push(1)), "what is shared is equal without looking")
		assert.True(t, list.EqualQueues(q.Push(1), q.Push(1)))
	})
	assert.Panics(t, func() { list.Equal(list.Of[any]([]int{}), list.Of[any]([]int{})) }, "elements are compared by ==")
	assert.Panics(t, func() { list.EqualQueues(list.QueueOf[any]([]int{}), list.QueueOf[any]([]int{})) })

	var none struct{}
	a, b := list.Of(none, none), list.Of(none, none)
	assert.True(t, a != b && a.Push(none).Rest() == a && a.Rest() != a)
	once, again := a.Push(none), a.Push(none)
	assert.True(t, once != again)
	assert.True(t, list.Equal(a, b) && list.Equal(a, b.Rest().Push(none)) && !list.Equal(a, b.Rest()))
	holds(t, make([]struct{}, 3), a.Push(none))
	var q list.Queue[struct{}]
	for i := range 50 {
		require.Equal(t, i, q.Len())
		require.NoError(t, list.Check(q))
		q = q.Push(none)
	}
	assert.Equal(t, 49, q.Rest().Len())
}

func TestEqual(t *testing.T) {
	for n := range 6 {
		a, b := list.Of(upTo(n)...), list.Of(upTo(n)...)
		assert.True(t, list.Equal(a, b) && list.Equal(a, a) && list.EqualFunc(a, b, func(x, y int) bool { return x == y }))
		assert.False(t, list.Equal(a, b.Push(0)) || list.Equal(a.Push(0), b) || list.Equal(a.Push(1), b.Push(2)))
		wide := list.Map(a, func(i int) int64 { return int64(i) })
		eq := func(x int, y int64) bool { return int64(x) == y }
		assert.True(t, list.EqualFunc(a, wide, eq))
		assert.False(t, list.EqualFunc(a, wide.Push(1), eq) || list.EqualFunc(a.Push(2), wide.Push(1), eq))
		for i := range n {
			s := upTo(n)
			s[i] = -1
			c := list.Of(s...)
			assert.False(t, list.Equal(a, c) || list.EqualFunc(c, b, func(x, y int) bool { return x == y }), "%d of %d", i, n)
		}
	}
	nan := list.Of(math.NaN())
	assert.False(t, list.Equal(nan, list.Of(math.NaN())))
	assert.True(t, list.Equal(nan.Push(1), nan.Push(1)), "a NaN in what is shared is unchanged")
}

// TestEqualStopsWhereListsMeet: eq is called for what the two do not share, and not once more.
func TestEqualStopsWhereListsMeet(t *testing.T) {
	shared := list.Of(upTo(1000)...)
	calls := 0
	eq := func(x, y int) bool { calls++; return x == y }
	assert.True(t, list.EqualFunc(shared.Push(1).Push(2), shared.Push(1).Push(2), eq))
	assert.Equal(t, 2, calls)
	assert.True(t, list.EqualFunc(shared, list.Of(upTo(1000)...), eq))
	assert.Equal(t, 1002, calls)
}

func TestNilFunctionsPanicAtTheCall(t *testing.T) {
	for want, do := range map[string]func(){
		"list: Collect of a nil function":         func() { list.Collect[int](nil) },
		"list: CollectQueue of a nil function":    func() { list.CollectQueue[int](nil) },
		"list: Map of a nil function":             func() { list.Map[int, int](ints{}, nil) },
		"list: EqualFunc of a nil function":       func() { list.EqualFunc[int, int](list.Of(1), ints{}, nil) },
		"list: EqualQueuesFunc of a nil function": func() { list.EqualQueuesFunc[int, int](list.QueueOf(1), list.Queue[int]{}, nil) },
	} {
		assert.PanicsWithValue(t, want, do)
	}
}

// TestCallbacksThatPanic leave every version as it was.
func TestCallbacksThatPanic(t *testing.T) {
	l, q := list.Of(upTo(5)...), list.QueueOf(upTo(5)...)
	for at := range 5 {
		boom := func(i int) bool {
			if i == at {
				panic("boom")
			}
			return true
		}
		for name, do := range map[string]func(){
			"Map":             func() { list.Map(l, boom) },
			"EqualFunc":       func() { list.EqualFunc(l, list.Of(upTo(5)...), func(i, _ int) bool { return boom(i) }) },
			"EqualQueuesFunc": func() { list.EqualQueuesFunc(q, list.QueueOf(upTo(5)...), func(i, _ int) bool { return boom(i) }) },
			"All":             func() { l.All()(boom) },
			"Queue.All":       func() { q.All()(boom) },
			"Collect":         func() { list.Collect(func(yield func(int) bool) { l.All()(boom) }) },
		} {
			assert.PanicsWithValue(t, "boom", do, "%s at %d", name, at)
		}
		holds(t, upTo(5), l)
		queueHolds(t, upTo(5), q)
	}
}

// allocs fails unless do allocates at most want objects.
func allocs(t *testing.T, want float64, name string, do func()) {
	t.Helper()
	if invariants.Enabled {
		return // the checks of this build allocate
	}
	if got := testing.AllocsPerRun(20, do); got > want {
		t.Errorf("%s: %v objects, want at most %v", name, got, want)
	}
}

func TestAllocations(t *testing.T) {
	for _, n := range []int{1, 3, 1000, 10_000} {
		l, o := list.Of(upTo(n)...), list.Of(upTo(n)...)
		q := list.QueueOf(upTo(n)...)
		for i := range n - n/3 { // of which a third is in the rear
			q = q.Push(i).Rest()
		}
		sum := 0
		for name, do := range map[string]func(){
			"First":     func() { l.First(); q.First() },
			"Rest":      func() { sum += l.Rest().Len() },
			"Equal":     func() { list.Equal(l, o) },
			"EqualFunc": func() { list.EqualFunc(l, o, func(a, b int) bool { return a == b }) },
			"All": func() {
				for x := range l.All() {
					sum += x
				}
			},
			"Queue.All": func() {
				for x := range q.All() {
					sum += x
				}
			},
			"a broken range": func() {
				for range q.All() {
					break
				}
			},
		} {
			allocs(t, 0, fmt.Sprintf("%s of %d", name, n), do)
		}
		allocs(t, 1, "Push", func() { sum += l.Push(1).Len() })
		allocs(t, float64(n), "Append", func() { sum += l.Append(o).Len() })
		allocs(t, float64(n), "Reverse", func() { sum += l.Reverse().Len() })
	}
}
