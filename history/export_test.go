package history

import "fmt"

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
	case b != nil && b.rest.Len() != b.hi-b.lo:
		return fmt.Errorf("invariant 2: %d blocks from %d to %d", b.rest.Len(), b.lo, b.hi)
	case h.limit > 0 && h.UndoLen() > h.limit:
		return fmt.Errorf("invariant 3: %d steps, at most %d", h.UndoLen(), h.limit)
	case h.limit > 0 && h.forks.len() > h.limit:
		return fmt.Errorf("invariant 3: %d branches, at most %d", h.forks.len(), h.limit)
	default:
		for i := 0; rest > 0; i, rest = i+1, rest-blockLen {
			if n := b.rest.Get(b.lo + i).Len(); n != blockLen {
				return fmt.Errorf("invariant 1: a block of %d", n)
			}
		}
		return checkForks(h.forks, h.bottom, h.position()+h.RedoLen())
	}
}

// checkForks verifies invariants 4 and 5 of the branches of a history whose steps are from bottom to top.
func checkForks[T any](f *forks[T], bottom, top int) error {
	if f == nil {
		return nil
	}
	all := 0
	for position, fork := range f.at.All() {
		if position < bottom || position >= top {
			return fmt.Errorf("invariant 4: a branch at %d of %d to %d", position, bottom, top)
		}
		n := 0
		for _, b := range fork.branches.All() {
			if err := checkForks(b.within, position+1, position+b.steps.Len()); err != nil {
				return err
			}
			n += b.all()
		}
		if n != fork.all || n == 0 {
			return fmt.Errorf("invariant 5: %d branches, said to be %d", n, fork.all)
		}
		all += n
	}
	if all != f.all || all == 0 {
		return fmt.Errorf("invariant 5: %d branches, said to be %d", all, f.all)
	}
	return nil
}
