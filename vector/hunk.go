//ramet:layer tree

package vector

import (
	"iter"
	"slices"
)

// A hunk is a change of a sequence: the elements in positions [a0, a1) of the one become those in [b0, b1) of the
// other. What is between hunks is equal in both.
type hunk struct{ a0, a1, b0, b1 int }

// size returns the number of elements that h deletes and inserts.
func (h hunk) size() int { return h.a1 - h.a0 + h.b1 - h.b0 }

// inPlace reports whether h replaces elements by as many others.
func (h hunk) inPlace() bool { return h.a1-h.a0 == h.b1-h.b0 }

// moved returns h for sequences that begin a and b elements earlier.
func (h hunk) moved(a, b int) hunk { return hunk{h.a0 + a, h.a1 + a, h.b0 + b, h.b1 + b} }

// total returns the number of elements that hunks delete and insert.
func total(hs []hunk) (n int) {
	for _, h := range hs {
		n += h.size()
	}
	return n
}

func inPlaceOnly(hs []hunk) bool {
	return !slices.ContainsFunc(hs, func(h hunk) bool { return !h.inPlace() })
}

// relative returns hunks for parts of their sequences that begin at a and b.
func relative(hs []hunk, a, b int) []hunk {
	rel := make([]hunk, len(hs))
	for i, h := range hs {
		rel[i] = h.moved(-a, -b)
	}
	return rel
}

// inverse returns the hunks that lead back.
func inverse(hs []hunk) []hunk {
	inv := make([]hunk, len(hs))
	for i, h := range hs {
		inv[i] = hunk{h.b0, h.b1, h.a0, h.a1}
	}
	return inv
}

// joined returns an iterator over hunks of which those that meet are one.
func joined(hs []hunk) iter.Seq[hunk] {
	return func(yield func(hunk) bool) {
		for i := 0; i < len(hs); {
			h := hs[i]
			for i++; i < len(hs) && hs[i].a0 == h.a1 && hs[i].b0 == h.b1; i++ {
				h.a1, h.b1 = hs[i].a1, hs[i].b1
			}
			if !yield(h) {
				return
			}
		}
	}
}
