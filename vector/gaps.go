//ramet:layer tree

package vector

import "iter"

// gaps returns an iterator over the parts in which from and to do not share, in order.
func gaps[T any](from, to Vector[T]) iter.Seq[hunk] {
	return func(yield func(hunk) bool) {
		a, b := walk(from), walk(to)
		for !a.done() || !b.done() {
			// What they share and reach together is skipped.
			if meet(&a, &b, true); a.done() && b.done() {
				return
			}
			// From here on they do not share, up to the next leaf that is in each of them, wherever it is.
			g := hunk{a0: a.pos, b0: b.pos}
			g.a1, g.b1 = reunite(&a, &b)
			if !yield(g) {
				return
			}
			a.seek(g.a1) // one of them looked further than that leaf
			b.seek(g.b1)
		}
	}
}

// reunite looks, from leaves on that a and b do not share, for the next leaf that they do, and returns where it begins
// in each: where the vectors end, if there is none. It moves both walkers.
//
// They look in turn, a leaf each. So it visits no more leaves than twice the farther of the two positions, and what
// follows of two long vectors is not looked at.
func reunite[T any](a, b *walker[T]) (endA, endB int) {
	inA, inB := map[*opaque]int{}, map[*opaque]int{} // the positions of the leaves that each was at
	for !a.done() || !b.done() {
		if i, ok := pass(a, inA, inB); ok {
			return a.pos, i
		}
		if i, ok := pass(b, inB, inA); ok {
			return i, b.pos
		}
	}
	return a.pos, b.pos
}

// pass returns the position of w's next leaf among the others' leaves, if it is there; otherwise it moves over that
// leaf and adds it to seen.
func pass[T any](w *walker[T], seen, others map[*opaque]int) (pos int, ok bool) {
	if w.done() {
		return 0, false
	}
	for w.level > 0 {
		w.enter()
	}
	if w.off == 0 { // w is not within a leaf, of which a part may have been shared
		if pos, ok = others[w.ptr]; ok {
			return pos, true
		}
		seen[w.ptr] = w.pos
	}
	w.advance(w.rest())
	return 0, false
}
