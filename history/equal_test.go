package history_test

import (
	"math"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/history"
)

// TestEqual compares histories that were made apart, by everything that can be told of them.
func TestEqual(t *testing.T) {
	type nested = history.History[ints] // histories are collections, too
	build := func(change func(h nested, at int) nested) nested {
		h := history.New(history.New(0)).Branching(true).Limit(30)
		for i := range 100 {
			h = change(h, i)
			h = h.Do(history.New(i))
			if i%4 == 3 {
				h, _ = h.Jump(-i % 3)
			}
		}
		h, _ = h.Jump(-3)
		return change(h, 100)
	}
	none := func(h nested, _ int) nested { return h }
	h := build(none)
	assert.True(t, h.Equal(h) && h.Equal(build(none)) && build(none).Equal(h))
	assert.NotEqual(t, 0, h.RedoLen())
	branches := 0
	for range h.Branches() {
		branches++
	}
	assert.Greater(t, branches, 5)
	for name, other := range map[string]nested{
		"now":             h.Do(history.New(1)),
		"limit":           h.Limit(31),
		"branching":       h.Branching(false),
		"empty":           {},
		"a step back":     first(h.Undo()),
		"a step ahead":    first(h.Redo()),
		"past":            build(func(h nested, at int) nested { return only(at == 78, h, h.Do(history.New(-1))) }),
		"future":          build(func(h nested, at int) nested { return only(at == 98, h, first(h.Do(history.New(-1)).Undo())) }),
		"a branch":        build(func(h nested, at int) nested { return only(at == 82, h, first(h.Do(history.New(-1)).Undo())) }),
		"no branch there": build(func(h nested, at int) nested { return h.Branching(at != 84) }),
	} {
		assert.False(t, h.Equal(other), name)
		assert.False(t, other.Equal(h), name)
		assert.True(t, other.Equal(other), name)
	}
	assert.True(t, history.New(0).Equal(history.History[int]{}), "the zero history holds the zero value")
	moved := history.New(9).Limit(2).Do(8).Do(1).Do(2).Do(3)
	assert.True(t, moved.Equal(history.New(1).Limit(2).Do(2).Do(3)), "whatever was dropped")
	fork := func(h ints) ints { return first(h.Branching(true).Do(5).Undo()).Do(6) }
	assert.True(t, fork(moved).Equal(fork(history.New(1).Limit(2).Do(2).Do(3))))
	assert.False(t, fork(moved).Equal(first(history.New(1).Limit(2).Do(2).Do(3).Branching(true).Do(7).Undo()).Do(6)))

	// What == cannot compare.
	f := history.New[any]([]int{1})
	assert.True(t, f.Equal(f) && f.Do(1).Equal(f.Do(1)), "what is shared is not looked at")
	assert.False(t, f.Equal(history.New[any]([]int{1})))
	assert.False(t, history.New(math.NaN()).Equal(history.New(math.NaN())))
	assert.True(t, history.New[any](history.New(1)).Equal(history.New[any](history.New(1))), "collections in interfaces")
	assert.True(t, history.New(history.New(1)).Equal(history.New(history.New(1))), "histories of histories")
}

func first[T any](x T, _ bool) T { return x }

func only[T any](when bool, otherwise, x T) T {
	if when {
		return x
	}
	return otherwise
}

// TestLongHistoriesCompare, by Equal and by reflection, without going down a step at a time; and reflection never calls
// different ones equal.
func TestLongHistoriesCompare(t *testing.T) {
	long := func(first int) ints {
		h := history.New(first).Branching(true)
		for i := range 100_000 {
			h = h.Do(i)
		}
		for range 50_000 {
			h, _ = h.Jump(-2)
			h = h.Do(-1)
		}
		return h
	}
	a, b, c := long(0), long(0), long(1)
	assert.True(t, a.Equal(b))
	assert.False(t, a.Equal(c))
	deepEqual := func(x, y any) bool { return reflect.DeepEqual(x, y) }
	assert.True(t, deepEqual(a, a))
	assert.False(t, deepEqual(a, c), "only the oldest step differs")
	assert.NotPanics(t, func() { deepEqual(&a, &b) })
}
