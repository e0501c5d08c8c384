package history

import "iter"

// Branching returns h, which from now on keeps what a Do drops, as a branch, if on, and does not if not. Branches that h
// has already, it keeps.
func (h History[T]) Branching(on bool) History[T] {
	h.branching = on
	return h
}

// Branches returns an iterator over the branches that fork off h, at any of the steps that it can undo or redo to: the
// newest first.
//
// A branch is what h, or the history that it was made from, would be if the Do at the fork had not been: it stands at the
// value that was first done after the fork. What was done after that it can redo, and it can undo to the fork
// and beyond, which it shares with h. Its branches are those within, so that each branch is found in one place
// only: h itself is no branch of it. Limit and branching are as h has them.
//
// With a limit of n there are at most n branches, those within branches included: the newest that there were, without
// those that hung off dropped steps.
//
// It takes O(n) time for a history of n steps.
func (h History[T]) Branches() iter.Seq[History[T]] {
	return func(yield func(History[T]) bool) {
		if h.forks == nil {
			return
		}
		// A Do drops everything after it, forks included: so of the forks that there are, the one that is farther along
		// is newer. They are visited from the last to the first. Until then, no limit must drop any step.
		at := h
		at.limit = 0
		for position, f := range h.forks.at.Backward() {
			at, _ = at.Jump(position - at.position())
			for _, b := range f.branches.Backward() {
				if !yield(at.branch(b, h.limit)) {
					return
				}
			}
		}
	}
}

// branch returns the branch b of the step that h is at, as a history with the given limit.
func (h History[T]) branch(b branch[T], limit int) History[T] {
	h.past = h.past.push(h.now)
	h.now, _ = b.steps.First()
	h.future = b.steps.Rest()
	h.forks = b.within
	h.limit = limit
	return h.trimmed()
}
