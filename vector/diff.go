package vector

import (
	"iter"

	"github.com/ramet-go/ramet/diff"
)

// Diff returns an iterator over splices that turn from into to, in order from the left: none,
// if the two are equal. What the two share is skipped, wherever it is in either: versions of
// one history that differ in d places take O(d log n) time. Where they do not share, elements
// are compared by ==, in place: a region that has grown or shrunk is one splice, without the
// elements that are equal at its ends.
func Diff[T comparable](from, to Vector[T]) iter.Seq[diff.Splice[T]] {
	return func(yield func(diff.Splice[T]) bool) {
		if from.Len() == to.Len() && Equal(from, to) {
			return // what repeats itself could also meet at another place
		}
		a, b := walk(from), walk(to)
		for !a.done() || !b.done() {
			if meet(&a, &b, true); a.done() && b.done() {
				return
			}
			startA, startB := a.pos, b.pos
			endA, endB := reunite(&a, &b)
			old, now := from.Slice(startA, endA).AppendTo(nil), to.Slice(startB, endB).AppendTo(nil)
			if !splices(startB, old, now, yield) {
				return
			}
			a.seek(endA)
			b.seek(endB)
		}
	}
}

// reunite looks, from leaves on that a and b do not share, for the next leaf that they do, and
// returns where it begins in either: where the vectors end, if there is none. It moves both.
func reunite[T any](a, b *walker[T]) (endA, endB int) {
	inA, inB := map[*opaque]int{}, map[*opaque]int{}
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

// pass returns the position of w's next leaf among the others' leaves, if it is there;
// otherwise it moves over that leaf and adds it to seen.
func pass[T any](w *walker[T], seen, others map[*opaque]int) (pos int, ok bool) {
	if w.done() {
		return 0, false
	}
	for w.level > 0 {
		w.enter()
	}
	if w.off == 0 {
		if pos, ok = others[w.at]; ok {
			return pos, true
		}
		seen[w.at] = w.pos
	}
	w.advance(w.rest())
	return 0, false
}

// splices yields the splices that turn old into now, at position at.
func splices[T comparable](at int, old, now []T, yield func(diff.Splice[T]) bool) bool {
	for len(old) > 0 && len(now) > 0 && old[0] == now[0] {
		old, now = old[1:], now[1:]
		at++
	}
	for len(old) > 0 && len(now) > 0 && old[len(old)-1] == now[len(now)-1] {
		old, now = old[:len(old)-1], now[:len(now)-1]
	}
	if len(old) != len(now) {
		return yield(diff.Splice[T]{At: at, Old: old[:len(old):len(old)], New: now[:len(now):len(now)]})
	}
	for i := 0; i < len(old); {
		j := i
		for j < len(old) && old[j] != now[j] {
			j++
		}
		if j > i && !yield(diff.Splice[T]{At: at + i, Old: old[i:j:j], New: now[i:j:j]}) {
			return false
		}
		i = j + 1
	}
	return true
}
