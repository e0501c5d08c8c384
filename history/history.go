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

	limit     int // of past's length; 0: none
	branching bool

	// shared is how many steps, from the bottom of past, are of the history that this one is a branch of. What hangs off
	// them is not this one's.
	shared int
}

// New returns a history that holds now, with nothing to undo, without a limit and without branching.
func New[T any](now T) History[T] { return History[T]{now: &step[T]{value: now}} }

// Now returns the value that h holds.
func (h History[T]) Now() T { return h.now.get() }

// UndoLen returns how often Undo has something to undo.
func (h History[T]) UndoLen() int { return h.past.len() }

// RedoLen returns how often Redo has something to redo.
func (h History[T]) RedoLen() int { return h.future.Len() }

// Limit returns h with the limit of n undo steps, or without one if n is 0. If there are more, now or later, after Do or
// after Redo, the oldest are dropped, together with the branches that hang off them. What h has already is h. Limit
// panics if n is negative.
func (h History[T]) Limit(n int) History[T] {
	if n < 0 {
		panic(fmt.Sprintf("history: negative limit %d", n))
	}
	h.limit = n
	return h.trimmed()
}

// trimmed returns h without the undo steps that are over the limit.
func (h History[T]) trimmed() History[T] {
	for n := h.past.len(); h.limit > 0 && n > h.limit; n-- {
		h.past = h.past.drop()
		h.shared = max(0, h.shared-1)
	}
	return h
}

// Do returns a history that holds v, and can undo to h's value. What h could redo is dropped; with [History.Branching]
// it becomes a branch. A v that is equal to h's value is a step like any other.
func (h History[T]) Do(v T) History[T] {
	from, n := h.now, h.past.len()
	if h.branching && h.future.Len() > 0 {
		from = &step[T]{from.get(), from.forks().Push(branch[T]{h.future})}
	}
	h.shared = min(h.shared, n)
	h.past = h.past.push(from)
	h.now = &step[T]{value: v}
	h.future = list.List[*step[T]]{}
	return h.trimmed()
}

// Undo returns the history before the last step, which Redo returns from, and true; or h and false if there is nothing to
// undo.
func (h History[T]) Undo() (History[T], bool) {
	if h.past.len() == 0 {
		return h, false
	}
	h.future = h.future.Push(h.now)
	h.past, h.now = h.past.pop()
	if h.past.len() < h.shared && h.now.forks().Len() > 0 {
		h.now = &step[T]{value: h.now.value} // from here on it is h's own
	}
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

// String returns the value that h holds, and how many steps can be undone and redone: {undo: 2, now: c, redo: 1}.
func (h History[T]) String() string {
	return fmt.Sprintf("{undo: %d, now: %v, redo: %d}", h.UndoLen(), h.Now(), h.RedoLen())
}
