package history

import (
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

	limit     int       // of past's length and of the number of branches; 0: none
	bound     *bound[T] // of the sizes of past, and of those of the branches; nil: none
	held      int64     // the sizes of past; 0 without a bound
	ahead     int64     // those of future
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

// Do returns a history that holds v, and can undo to h's value. What h could redo is dropped; with [History.Branching]
// it becomes a branch. A v that is equal to h's value is a step like any other.
func (h History[T]) Do(v T) History[T] {
	if h.future.Len() > 0 {
		on, within := h.forks.cut(h.position())
		if h.branching {
			on = on.add(h.position(), branch[T]{h.future, h.ahead, within})
		}
		h.forks = on
		h.future, h.ahead = list.List[*step[T]]{}, 0
	}
	h = h.pushed()
	h.now = &step[T]{value: v}
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
	return h.moved(-1), true
}

// Redo returns the history after the step that was undone last, and true; or h and false if there is nothing to redo. If
// there are now more undo steps than the limits allow, the oldest are dropped.
func (h History[T]) Redo() (History[T], bool) {
	if h.future.Len() == 0 {
		return h, false
	}
	return h.moved(1).trimmed(), true
}

// Jump returns the history n steps ahead, as n Redos do, or −n steps back, as −n Undos do, and true; or h and false if
// there are not so many. Jump(0) is h. It takes O(|n|) time.
func (h History[T]) Jump(n int) (History[T], bool) {
	if n < -h.UndoLen() || n > h.RedoLen() {
		return h, false
	}
	return h.moved(n).trimmed(), true
}

// moved returns the history n steps ahead, or −n back, of which there are as many, with more steps to undo than the limits allow.
func (h History[T]) moved(n int) History[T] {
	for ; n < 0; n++ {
		h.future = h.future.Push(h.now)
		h.ahead += h.size(h.now)
		h.past, h.now = h.past.pop()
		h.held -= h.size(h.now)
	}
	for ; n > 0; n-- {
		h = h.pushed()
		h.now, _ = h.future.First()
		h.future = h.future.Rest()
		h.ahead -= h.size(h.now)
	}
	h.checkSizes()
	return h
}

// pushed returns h with what it holds as the latest of the steps to undo.
func (h History[T]) pushed() History[T] {
	h.past = h.past.push(h.now)
	h.held += h.size(h.now)
	return h
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
