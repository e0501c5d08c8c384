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
// only: h itself is no branch of it. Limits and branching are as h has them.
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
		// is newer. They are visited from the last to the first. On the way no limit must drop any step.
		at := h
		for position, f := range h.forks.at.backward() {
			at = at.moved(position - at.position())
			for _, b := range f.branches.backward() {
				if !yield(at.branch(b)) {
					return
				}
			}
		}
	}
}

// branch returns the branch b of the step that h is at.
func (h History[T]) branch(b branch[T]) History[T] {
	h = h.pushed()
	h.now, _ = b.steps.First()
	h.future, h.ahead = b.steps.Rest(), b.size-h.size(h.now)
	h.forks = b.within
	return h.trimmed()
}
