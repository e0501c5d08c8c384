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
	case h.shared < 0 || h.shared > h.UndoLen()+h.RedoLen():
		return fmt.Errorf("invariant 4: %d of %d steps are shared", h.shared, h.UndoLen()+h.RedoLen())
	default:
		for i := 0; rest > 0; i, rest = i+1, rest-blockLen {
			if n := b.rest.Get(b.lo + i).Len(); n != blockLen {
				return fmt.Errorf("invariant 1: a block of %d", n)
			}
		}
		return nil
	}
}
