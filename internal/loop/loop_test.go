package loop_test

import (
	"iter"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/internal/loop"
)

// A list takes elements and pairs, up to a limit, and tells on whom it happens.
type list struct {
	got   []int
	limit int
	then  func()
}

func (l *list) Take(x int) bool {
	l.got = append(l.got, x)
	if l.then != nil {
		l.then()
	}
	return len(l.got) != l.limit
}

type pairs map[int]int

func (p *pairs) Take(k, v int) bool { (*p)[k] = v; return true }

const over = "ramet: a sequence goes on after the loop over it has ended"

func TestEach(t *testing.T) {
	for range 3 {
		assert.Equal(t, []int{1, 2, 3}, loop.Each(slices.Values([]int{1, 2, 3}), list{}).got)
		assert.Equal(t, []int{1, 2}, loop.Each(slices.Values([]int{1, 2, 3}), list{limit: 2}).got)
		assert.Empty(t, loop.Each(slices.Values([]int{}), list{}).got)
		assert.Equal(t, pairs{1: 2}, loop.Each2(maps.All(map[int]int{1: 2}), pairs{}))
		assert.Equal(t, pairs{}, loop.Each2(maps.All(map[int]int{}), pairs{}))
	}
}

func TestAnEmptySequenceAllocatesNothing(t *testing.T) {
	none, noPairs := slices.Values([]int{}), maps.All(map[int]int{})
	var l list
	var p pairs
	assert.Zero(t, testing.AllocsPerRun(100, func() { l = loop.Each(none, l) }))
	assert.Zero(t, testing.AllocsPerRun(100, func() { p = loop.Each2(noPairs, p) }))
}

// A loop within a loop, over the same sequence, is its own.
func TestLoopsNest(t *testing.T) {
	seq := slices.Values([]int{1, 2})
	var inner []int
	outer := loop.Each(seq, list{then: func() { inner = append(inner, loop.Each(seq, list{}).got...) }})
	assert.Equal(t, []int{1, 2}, outer.got)
	assert.Equal(t, []int{1, 2, 1, 2}, inner)
}

// A body that a sequence keeps is of no use to it.
func TestKeptBodies(t *testing.T) {
	var kept func(int) bool
	keep := func(then func(body func(int) bool)) iter.Seq[int] {
		return func(body func(int) bool) { kept = body; then(body) }
	}
	unused := keep(func(func(int) bool) {})
	loop.Each(unused, list{})
	assert.PanicsWithValue(t, over, func() { kept(1) }, "after an empty loop")

	var second list
	loop.Each(unused, list{})
	second = loop.Each(slices.Values([]int{1, 2}), list{then: func() {
		assert.PanicsWithValue(t, over, func() { kept(7) }, "while another sequence is looped over")
	}})
	assert.Equal(t, []int{1, 2}, second.got)

	loop.Each(keep(func(body func(int) bool) { body(1) }), list{})
	old := kept
	third := loop.Each(keep(func(body func(int) bool) {
		assert.PanicsWithValue(t, over, func() { old(7) }, "one that was called once")
		body(2)
	}), list{})
	assert.Equal(t, []int{2}, third.got)

	assert.PanicsWithValue(t, over, func() {
		loop.Each(keep(func(body func(int) bool) { body(1); body(2) }), list{limit: 1})
	}, "after the body said to stop")
	assert.PanicsWithValue(t, over, func() {
		loop.Each(slices.Values([]int{1}), list{then: func() { kept = nil; panic(over) }})
	})
	assert.PanicsWithValue(t, over, func() {
		loop.Each(keep(func(body func(int) bool) { body(1) }), list{then: func() { kept(2) }})
	}, "while it is running")

	assert.PanicsWithValue(t, "mine", func() { loop.Each(keep(func(func(int) bool) { panic("mine") }), list{}) })
	assert.PanicsWithValue(t, over, func() { kept(1) }, "after a panic")
}

// TestLoopsOfSeveralGoroutines: a loop that is over has no hand in one that another goroutine has begun since with the same body.
func TestLoopsOfSeveralGoroutines(t *testing.T) {
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for i := range 5000 {
				xs := []int{1, 2, 3}[:i%2*3] // every other one is empty
				assert.Len(t, loop.Each(slices.Values(xs), list{}).got, len(xs))
				assert.Len(t, loop.Each2(slices.All(xs), pairs{}), len(xs))
			}
		})
	}
	all.Wait()
}
