//ramet:layer tree

package vector

import "math"

// script returns the hunks that lead from a to b, in order. As few elements as possible are deleted and inserted,
// unless they are so many that finding out would take too long: see costFor.
func script[T any](a, b []T, by elements[T]) []hunk {
	m := matcher{same: func(i, j int) bool { return by.eq(a[i], b[j]) }}
	m.coarse = m.windows
	if by.number != nil {
		m.coarse = func(h hunk) { // numbers are quick to compare, and can be counted
			x, y, n := by.number(a[h.a0:h.a1], b[h.b0:h.b1])
			c := newCounter(x, y, make([]tally, n), 0, func(i, j, n int) { m.emit(h.a0+i, h.b0+j, n) })
			c.divide(hunk{0, len(x), 0, len(y)})
		}
	}
	var found runs
	m.emit = found.add
	m.begin(hunk{0, len(a), 0, len(b)})
	return inPlaces(found.hunks(len(a), len(b)), m.same)
}

// runs are the parts that two sequences have in common: n elements from positions a and b on.
type runs []struct{ a, b, n int }

// add adds a run behind the others, which may be the continuation of the last one.
func (r *runs) add(a, b, n int) {
	if k := len(*r); k > 0 {
		if last := &(*r)[k-1]; last.a+last.n == a && last.b+last.n == b {
			last.n += n
			return
		}
	}
	*r = append(*r, struct{ a, b, n int }{a, b, n})
}

// hunks returns the parts that are not in common of sequences with n and m elements.
func (r runs) hunks(n, m int) (hs []hunk) {
	var h hunk
	add := func(a, b int) {
		if h.a1, h.b1 = a, b; h.size() > 0 {
			hs = append(hs, h)
		}
	}
	for _, r := range r {
		add(r.a, r.b)
		h.a0, h.b0 = r.a+r.n, r.b+r.n
	}
	add(n, m)
	return hs
}

// A matcher finds the parts that two sequences have in common: the longest common subsequence, by the algorithm of
// Myers (An O(ND) Difference Algorithm and Its Variations, 1986) in linear space. It looks from both ends for the
// middle of the least edit, which divides the sequences into two that have half of the edit each.
//
// An edit of d elements takes O(d²) time besides that for runs of what is equal. So there is a limit, and a hunk beyond
// it is left to coarse.
type matcher struct {
	same   func(i, j int) bool
	emit   func(i, j, n int) // is called with the runs that are found, in order
	coarse func(h hunk)

	forward, backward []int // for middle
}

// The limits of the search for the least edit of a hunk. An edit of d elements takes d² steps, so the square root makes
// the work proportional to the size of the hunk. A small hunk may take more than that, and a large one no more than
// costAtMost² steps. With these limits, two vectors of a million integers that share nothing are compared in 0.02 to
// 0.9 s (docs/decisions/0007).
const (
	costPerElement = 8    // steps for each element of the hunk
	costAtLeast    = 4096 // and so many steps besides
	costAtMost     = 2048 // elements
	fuelPerElement = 16   // comparisons for each element of the hunk
	fuelAtLeast    = 4096 // and so many besides
)

// costFor returns how many elements deleted and inserted are looked for from either end of a hunk of the given size.
func costFor(size int) int {
	return min(int(math.Sqrt(float64(costPerElement*size+costAtLeast))), size/2+1, costAtMost)
}

// fuelFor returns how many elements may be compared in doing so. Sequences that repeat themselves over and over could
// take more.
func fuelFor(size int) int { return fuelPerElement*size + fuelAtLeast }

// begin matches the elements in h.
func (m *matcher) begin(h hunk) {
	fuel := fuelFor(h.size())
	m.solve(h, costFor(h.size()), &fuel)
}

// solve matches the elements in h, with an edit of up to cost elements from either end that compares as many elements
// as there is fuel for, or any number if that is nil.
func (m *matcher) solve(h hunk, cost int, fuel *int) {
	h = m.front(h)
	back := 0
	for h.a0 < h.a1 && h.b0 < h.b1 && m.same(h.a1-1, h.b1-1) {
		h.a1, h.b1, back = h.a1-1, h.b1-1, back+1
	}
	if n, k := h.a1-h.a0, h.b1-h.b0; n > 0 && k > 0 && n+k > 2 {
		if x, y, d, ok := m.middle(h, cost, fuel); ok {
			m.solve(hunk{h.a0, x, h.b0, y}, d, fuel)
			m.solve(hunk{x, h.a1, y, h.b1}, d, fuel)
		} else {
			m.coarse(h)
		}
	}
	if back > 0 {
		m.emit(h.a1, h.b1, back)
	}
}

// front matches the equal elements at the front of h, and returns the rest.
func (m *matcher) front(h hunk) hunk {
	a, b := h.a0, h.b0
	for h.a0 < h.a1 && h.b0 < h.b1 && m.same(h.a0, h.b0) {
		h.a0, h.b0 = h.a0+1, h.b0+1
	}
	if n := h.a0 - a; n > 0 {
		m.emit(a, b, n)
	}
	return h
}

// diagonals returns space for diagonals from -cost-1 to cost+1, of which the one at cost+1 is 0.
func diagonals(space []int, cost int) []int {
	if n := 2*cost + 3; cap(space) < n {
		return make([]int, n)
	} else {
		return space[:n]
	}
}

// middle returns a point that a least edit of h passes, with at most d edits on either side. The elements at both ends
// of h must differ. It returns false if that takes more than the cost or the fuel.
//
// Diagonal k is where positions in the two sequences differ by k. forward has, for each diagonal that d edits from the
// start reach, how far in the first sequence they get; backward the same from the end.
func (m *matcher) middle(h hunk, cost int, fuel *int) (x, y, d int, ok bool) {
	m.forward, m.backward = diagonals(m.forward, cost), diagonals(m.backward, cost)
	start, end := h.a0-h.b0, h.a1-h.b1
	forward, backward := m.forward, m.backward
	f, b := cost+1-start, cost+1-end // from diagonals to where they are kept
	least, most := h.a0-h.b1, h.a1-h.b0
	fmin, fmax, bmin, bmax := start, start, end, end
	forward[f+start], backward[b+end] = h.a0, h.a1
	odd := (end-start)&1 != 0
	compared := 0
	for d = 1; d <= cost; d++ {
		// The diagonals that one more edit from the start reaches, except those that are outside of h.
		if fmin > least {
			fmin--
			forward[f+fmin-1] = -1
		} else {
			fmin++
		}
		if fmax < most {
			fmax++
			forward[f+fmax+1] = -1
		} else {
			fmax--
		}
		for k := fmax; k >= fmin; k -= 2 {
			x := max(forward[f+k-1]+1, forward[f+k+1]) // deletes, or inserts
			from := x
			for x < h.a1 && x-k < h.b1 && m.same(x, x-k) {
				x++
			}
			compared += x - from
			forward[f+k] = x
			if odd && bmin <= k && k <= bmax && backward[b+k] <= x && x <= h.a1 && x-k <= h.b1 {
				return x, x - k, d, true
			}
		}
		// The same from the end.
		if bmin > least {
			bmin--
			backward[b+bmin-1] = math.MaxInt
		} else {
			bmin++
		}
		if bmax < most {
			bmax++
			backward[b+bmax+1] = math.MaxInt
		} else {
			bmax--
		}
		for k := bmax; k >= bmin; k -= 2 {
			x := min(backward[b+k-1], backward[b+k+1]-1)
			from := x
			for x > h.a0 && x-k > h.b0 && m.same(x-1, x-k-1) {
				x--
			}
			compared += from - x
			backward[b+k] = x
			if !odd && fmin <= k && k <= fmax && x <= forward[f+k] && x >= h.a0 && x-k >= h.b0 {
				return x, x - k, d, true
			}
		}
		if fuel != nil && compared > *fuel {
			break
		}
	}
	if fuel != nil {
		*fuel -= compared
	}
	return 0, 0, 0, false
}

// windowCost is how many elements a window deletes and inserts at most. The work for each element grows with it. A
// million elements that share nothing, of two kinds, take 0.9 s with 64 (docs/decisions/0007).
const windowCost = 64

// windows matches the elements in h from the front to the back, in pieces that end where an edit of windowCost elements
// gets furthest. What it finds is in order and near, but the edit need not be the least one. It takes O(s·windowCost)
// time for s elements.
func (m *matcher) windows(h hunk) {
	for {
		h = m.front(h)
		if h.a0 == h.a1 || h.b0 == h.b1 {
			return
		}
		x, y := m.furthest(h)
		m.solve(hunk{h.a0, x, h.b0, y}, windowCost, nil)
		h.a0, h.b0 = x, y
	}
}

// furthest returns the point in h that windowCost edits from its start reach with as many elements as possible behind.
func (m *matcher) furthest(h hunk) (x, y int) {
	m.forward = diagonals(m.forward, windowCost)
	start := h.a0 - h.b0
	forward, f := m.forward, windowCost+1-start
	for i := range forward {
		forward[i] = -1
	}
	best, off := -1, 0
	aim := float64(h.a1-h.a0) / float64(h.b1-h.b0) // of points that are as far, the one nearest to the way to the end
	for d := range windowCost + 1 {
		for k := start - d; k <= start+d; k += 2 {
			at := h.a0
			if d > 0 {
				at = max(forward[f+k-1]+1, forward[f+k+1])
				if forward[f+k-1] < 0 {
					at = forward[f+k+1]
				}
			}
			if at < 0 || at > h.a1 || at-k > h.b1 {
				forward[f+k] = -1 // outside
				continue
			}
			for at < h.a1 && at-k < h.b1 && m.same(at, at-k) {
				at++
			}
			forward[f+k] = at
			away := int(math.Abs(float64(at-h.a0) - aim*float64(at-k-h.b0)))
			if far := at + at - k; far > best || far == best && away < off {
				best, off, x, y = far, away, at, at-k
			}
			if at == h.a1 && at-k == h.b1 {
				return x, y
			}
		}
	}
	return x, y
}

// lookAhead is within how many hunks inPlaces looks for the one after which the sequences are as far apart as they
// were. It was not measured; the work for each hunk grows with it.
const lookAhead = 8

// inPlaces returns hunks that lead to the same. Where positions are as far apart after a few hunks as they were before,
// and to replace elements in place between them changes as few, they do that: an edit that replaces is likelier than
// one that inserts here and deletes there.
func inPlaces(hs []hunk, same func(i, j int) bool) (result []hunk) {
	for len(hs) > 0 {
		size, took := 0, 0
		for j := 0; j < min(len(hs), lookAhead); j++ {
			size += hs[j].size()
			if hs[j].a1-hs[j].b1 == hs[0].a0-hs[0].b0 {
				united := hunk{hs[0].a0, hs[j].a1, hs[0].b0, hs[j].b1}
				if replaced, ok := replacements(united, size/2, same); ok {
					result = append(result, replaced...)
					took = j + 1
				}
				break
			}
		}
		if took == 0 {
			result = append(result, hs[0])
			took = 1
		}
		hs = hs[took:]
	}
	return result
}

// replacements returns the hunks that replace the elements that differ in h, which is in place, and true if these are
// no more than most elements.
func replacements(h hunk, most int, same func(i, j int) bool) (hs []hunk, ok bool) {
	for i, j := h.a0, h.b0; i < h.a1; i, j = i+1, j+1 {
		if same(i, j) {
			continue
		}
		if most--; most < 0 {
			return nil, false
		}
		if n := len(hs); n > 0 && hs[n-1].a1 == i {
			hs[n-1].a1, hs[n-1].b1 = i+1, j+1
		} else {
			hs = append(hs, hunk{i, i + 1, j, j + 1})
		}
	}
	return hs, true
}
