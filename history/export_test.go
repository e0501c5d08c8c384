package history

import (
	"fmt"
	"iter"
)

// What the external tests may see of the inside.

// BlockLen is the number of steps in a block.
const BlockLen = blockLen

// Shape returns how many steps are in the parts of what can be undone.
func Shape[T any](h History[T]) (young, top, rest, old int) {
	l := h.past
	if l.blocks != nil {
		top = l.blocks.top.Len()
	}
	return l.young.Len(), top, l.blocks.len() - top, l.old.Len()
}

// Check verifies h's invariants; see doc.go for their numbers.
func Check[T any](h History[T]) error {
	young, top, rest, old := Shape(h)
	switch b := h.past.blocks; {
	case young > blockLen || old > blockLen || top != 0 && top != blockLen:
		return fmt.Errorf("invariant 1: %d, %d and %d steps", young, top, old)
	case b != nil && b.len() == 0:
		return fmt.Errorf("invariant 2: blocks of nothing")
	case b != nil && b.rest.len() != b.hi-b.lo:
		return fmt.Errorf("invariant 2: %d blocks from %d to %d", b.rest.len(), b.lo, b.hi)
	case h.limit > 0 && h.UndoLen() > h.limit:
		return fmt.Errorf("invariant 3: %d steps, at most %d", h.UndoLen(), h.limit)
	case h.limit > 0 && h.forks.load().n > h.limit:
		return fmt.Errorf("invariant 3: %d branches, at most %d", h.forks.load().n, h.limit)
	case h.bound != nil && (h.held > h.bound.total || h.forks.load().size > h.bound.total):
		return fmt.Errorf("invariant 3: sizes of %d and %d, at most %d", h.held, h.forks.load().size, h.bound.total)
	default:
		for i := 0; rest > 0; i, rest = i+1, rest-blockLen {
			if n := b.rest.get(b.lo + i).Len(); n != blockLen {
				return fmt.Errorf("invariant 1: a block of %d", n)
			}
		}
		if held, ahead := h.sizes(h.past.all()), h.sizes(h.future.All()); held != h.held || ahead != h.ahead {
			return fmt.Errorf("invariant 6: sizes of %d and %d, said to be %d and %d", held, ahead, h.held, h.ahead)
		}
		return h.checkForks(h.forks, h.bottom, h.position()+h.RedoLen())
	}
}

func (h History[T]) sizes(steps iter.Seq[*step[T]]) (sum int64) {
	for s := range steps {
		sum += h.size(s)
	}
	return sum
}

// checkForks verifies invariants 4 to 6 of the branches of a history whose steps are from bottom to top.
func (h History[T]) checkForks(f *forks[T], bottom, top int) error {
	if f == nil {
		return nil
	}
	var all load
	for position, fork := range f.at.all() {
		if position < bottom || position >= top {
			return fmt.Errorf("invariant 4: a branch at %d of %d to %d", position, bottom, top)
		}
		var here load
		for _, b := range fork.branches.all() {
			if err := h.checkForks(b.within, position+1, position+b.steps.Len()); err != nil {
				return err
			}
			if size := h.sizes(b.steps.All()); h.bound != nil && size != b.size {
				return fmt.Errorf("invariant 6: a branch of size %d, said to be %d", size, b.size)
			}
			here = here.plus(b.load())
		}
		if here != fork.all || here.n == 0 {
			return fmt.Errorf("invariant 5: branches of %v, said to be %v", here, fork.all)
		}
		all = all.plus(here)
	}
	if all != f.all || all.n == 0 {
		return fmt.Errorf("invariant 5: branches of %v, said to be %v", all, f.all)
	}
	return nil
}
