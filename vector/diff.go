//ramet:layer api

package vector

import (
	"iter"
	"slices"

	"github.com/ramet-go/ramet/diff"
)

// Diff returns an iterator over splices that turn from into to, in order from the left: none,
// if the two are equal. Elements are compared by ==, collections of this module by their contents.
//
// What the two share is skipped, wherever it is in either: versions of one history that differ in
// d places take O(d log n) time. Where they do not share, as few elements as possible are in the
// splices, if they are no more than some hundreds, in a long vector some thousands. If there are more,
// elements that are there once in both are where the two meet again, and between such places the
// splices are small, but not the smallest there are. The time is nearly proportional to what is
// not shared, whatever it is. Of an insertion or a deletion among equal elements, which could be at
// several places, it is the last one.
func Diff[T comparable](from, to Vector[T]) iter.Seq[diff.Splice[T]] {
	return func(yield func(diff.Splice[T]) bool) {
		if from.Len() == to.Len() && Equal(from, to) {
			return // what repeats itself could also meet at another place
		}
		splices(from, to, elementsOf[T](), yield)
	}
}

// DiffFunc is [Diff] for elements of any type, which are equal if eq says so. eq must be an equivalence: x is equal to itself,
// y to x if x is to y, and what equals one of two equal elements equals the other. It is not called for what the two share.
//
// Elements that are equal and yet not the same are no difference. So the splices make of from, by [Apply], a vector that is equal
// to to by eq: it has from's elements where the two are equal, and to's in place of the others.
//
// It costs what Diff does, except that elements cannot be counted by eq. What does not share and is too different to find the
// least splices is matched piece by piece from the front, and the splices may be larger there. The time was one and a half of Diff's for
// 100,000 elements in another order, and twice Diff's for half of them replaced, with an eq that is ==.
func DiffFunc[T any](from, to Vector[T], eq func(a, b T) bool) iter.Seq[diff.Splice[T]] {
	notNil(eq != nil, "DiffFunc")
	return func(yield func(diff.Splice[T]) bool) {
		if from.Len() == to.Len() && EqualFunc(from, to, eq) {
			return
		}
		splices(from, to, elements[T]{eq: eq}, yield)
	}
}

// splices calls yield with the splices that turn from into to, which are not equal, in order, until it returns false.
func splices[T any](from, to Vector[T], by elements[T], yield func(diff.Splice[T]) bool) {
	for g := range gaps(from, to) {
		old, now := from.Slice(g.a0, g.a1).AppendTo(nil), to.Slice(g.b0, g.b1).AppendTo(nil)
		hs := settle(script(old, now, by), len(old), len(now),
			func(i, j int) bool { return by.eq(old[i], old[j]) },
			func(i, j int) bool { return by.eq(now[i], now[j]) })
		for h := range joined(hs) {
			for h.a0 < h.a1 && h.b0 < h.b1 && by.eq(old[h.a0], now[h.b0]) {
				h.a0, h.b0 = h.a0+1, h.b0+1
			}
			for h.a0 < h.a1 && h.b0 < h.b1 && by.eq(old[h.a1-1], now[h.b1-1]) {
				h.a1, h.b1 = h.a1-1, h.b1-1
			}
			s := diff.Splice[T]{At: g.b0 + h.b0, Old: old[h.a0:h.a1:h.a1], New: now[h.b0:h.b1:h.b1]}
			if h.size() < (len(old)+len(now))/2 { // whoever keeps the splice shall not keep all that was compared
				s.Old, s.New = slices.Clone(s.Old), slices.Clone(s.New)
			}
			if h.size() > 0 && !yield(s) {
				return
			}
		}
	}
}
