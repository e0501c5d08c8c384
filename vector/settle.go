//ramet:layer tree

package vector

import "slices"

// settle puts hunks of sequences with n and m elements at the places that stand for all places where they could be.
//
// A hunk that replaces elements by more, or by fewer, is split: as many as both have are replaced in place, and what
// is left is an insertion or a deletion behind them. Among elements that repeat, an insertion or a deletion can be at
// several places, with the same result: it goes as far to the right as it can, up to the next hunk, and becomes one
// with that if it is of its kind. So what two sides did alike is at one place, whatever else they did near it. Why to
// the right: an element is mostly added at the end of a list of its like, and git puts it there.
//
// sameA and sameB report whether two elements of the one sequence, or of the other, are equal. Hunks may touch
// afterwards. It takes time for the elements that hunks are moved over.
func settle(hs []hunk, n, m int, sameA, sameB func(i, j int) bool) []hunk {
	var settled []hunk // from the right
	for _, h := range slices.Backward(hs) {
		k := min(h.a1-h.a0, h.b1-h.b0)
		rest := hunk{h.a0 + k, h.a1, h.b0 + k, h.b1}
		for rest.size() > 0 {
			next := hunk{n, n, m, m}
			if len(settled) > 0 {
				next = settled[len(settled)-1]
			}
			deletes := rest.b0 == rest.b1
			for rest.a1 < next.a0 && rest.b1 < next.b0 && (deletes && sameA(rest.a0, rest.a1) || !deletes && sameB(rest.b0, rest.b1)) {
				rest = rest.moved(1, 1)
			}
			touch := rest.a1 == next.a0 && rest.b1 == next.b0 && next.size() > 0
			if !touch || next.inPlace() || deletes != (next.b0 == next.b1) {
				break
			}
			rest.a1, rest.b1 = next.a1, next.b1
			settled = settled[:len(settled)-1]
		}
		if rest.size() > 0 {
			settled = append(settled, rest)
		}
		if k > 0 {
			settled = append(settled, hunk{h.a0, h.a0 + k, h.b0, h.b0 + k})
		}
	}
	slices.Reverse(settled)
	return settled
}
