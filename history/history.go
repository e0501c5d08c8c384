package history

import (
	"fmt"
	"iter"

	"github.com/ramet-go/ramet/list"
)

// A History is a value, with those before it and those that were undone. The zero History holds the zero value, and has
// nothing to undo or redo.
//
// Histories are values: copy them, keep them, and share them between goroutines freely; a History never changes. a ==
// b means that a and b are the same version, whatever T is.
type History[T any] struct {
	now    *step[T]            // nil: the zero value
	past   line[T]             // to be undone
	future list.List[*step[T]] // to be redone, the nearest first
	forks  *forks[T]           // the branches; nil: none
	bottom int                 // position of the oldest step of past

	limit     int // of past's length and of the number of branches; 0: none
	branching bool
}

// New returns a history that holds now, with nothing to undo, without a limit and without branching.
func New[T any](now T) History[T] { return History[T]{now: &step[T]{value: now}} }

// Now returns the value that h holds.
func (h History[T]) Now() T { return h.now.get() }

// UndoLen returns how often Undo has something to undo.
func (h History[T]) UndoLen() int { return h.past.len() }

// RedoLen returns how often Redo has something to redo.
func (h History[T]) RedoLen() int { return h.future.Len() }

// position returns the position of h's value: those of the steps after it count on from there, and those before it back.
func (h History[T]) position() int { return h.bottom + h.past.len() }

// Limit returns h with the limit of n undo steps and n branches, or without one if n is 0. If there are more steps, now or
// later, after Do or after Redo, the oldest are dropped, together with the branches that hang off them. If there are
// more branches, those within branches included, now or later, the oldest are dropped. What h has already is h. Limit
// panics if n is negative.
func (h History[T]) Limit(n int) History[T] {
	if n < 0 {
		panic(fmt.Sprintf("history: negative limit %d", n))
	}
	h.limit = n
	return h.trimmed()
}

// trimmed returns h without the undo steps and the branches that are over the limit.
func (h History[T]) trimmed() History[T] {
	if h.limit == 0 {
		return h
	}
	for n := h.past.len(); n > h.limit; n-- {
		h.past = h.past.drop()
		h.forks = h.forks.without(h.bottom)
		h.bottom++
	}
	if over := h.forks.len() - h.limit; over > 0 {
		h.forks = h.forks.dropOldest(over)
	}
	return h
}

// Do returns a history that holds v, and can undo to h's value. What h could redo is dropped; with [History.Branching]
// it becomes a branch. A v that is equal to h's value is a step like any other.
func (h History[T]) Do(v T) History[T] {
	if h.future.Len() > 0 {
		on, within := h.forks.cut(h.position())
		if h.branching {
			on = on.add(h.position(), branch[T]{h.future, within})
		}
		h.forks = on
	}
	h.past = h.past.push(h.now)
	h.now = &step[T]{value: v}
	h.future = list.List[*step[T]]{}
	return h.trimmed()
}

// Replace returns h with v in place of its value, and all that h can undo, redo and branch off to: for what is to be no step
// of its own, as the next letter of a word that is being typed, a place that something is dragged over, or what a server has
// sent meanwhile. The branches that hang off h's value hang off v. It takes O(1) time, and allocates a step.
//
// To have many changes be one step, replace with each but the first; or keep the history that there was before them, and do the
// last one on that:
//
//	before := h
//	…                            // any number of steps
//	h = before.Do(h.Now())
func (h History[T]) Replace(v T) History[T] {
	h.now = &step[T]{value: v}
	return h
}

// SameNow reports whether h and o hold the value of the same Do, New or Replace, whatever was undone and redone since. So it
// tells whether h is where it was when o was kept, as when it was saved: without comparing values, in O(1) time, and
// with other steps before and after it. Decoding makes a history anew, which is the same as no other one.
func (h History[T]) SameNow(o History[T]) bool { return h.now == o.now }

// Undo returns the history before the last step, which Redo returns from, and true; or h and false if there is nothing to
// undo.
func (h History[T]) Undo() (History[T], bool) {
	if h.past.len() == 0 {
		return h, false
	}
	h.future = h.future.Push(h.now)
	h.past, h.now = h.past.pop()
	return h, true
}

// Redo returns the history after the step that was undone last, and true; or h and false if there is nothing to redo. If
// there are now more undo steps than the limit allows, the oldest one is dropped.
func (h History[T]) Redo() (History[T], bool) {
	if h.future.Len() == 0 {
		return h, false
	}
	h.past = h.past.push(h.now)
	h.now, _ = h.future.First()
	h.future = h.future.Rest()
	return h.trimmed(), true
}

// Jump returns the history n steps ahead, as n Redos do, or −n steps back, as −n Undos do, and true; or h and false if
// there are not so many. Jump(0) is h. It takes O(|n|) time.
func (h History[T]) Jump(n int) (History[T], bool) {
	if n < -h.UndoLen() || n > h.RedoLen() {
		return h, false
	}
	for ; n < 0; n++ {
		h, _ = h.Undo()
	}
	for ; n > 0; n-- {
		h, _ = h.Redo()
	}
	return h, true
}

// Past returns an iterator over the values that can be undone to, the latest first: h's own is not among them.
func (h History[T]) Past() iter.Seq[T] { return values(h.past.all()) }

// Future returns an iterator over the values that can be redone, the nearest first.
func (h History[T]) Future() iter.Seq[T] { return values(h.future.All()) }

func values[T any](steps iter.Seq[*step[T]]) iter.Seq[T] {
	return func(yield func(T) bool) {
		for s := range steps {
			if !yield(s.get()) {
				return
			}
		}
	}
}
