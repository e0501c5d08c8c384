//ramet:layer tree

package vector

import "slices"

// A counter is a matcher of sequences of numbers, from 0 on. Beyond the limit of what Myers' algorithm finds, it leaves
// out the numbers that only one of the sequences has, which changes nothing in their common ones, and then divides them
// at anchors: elements that each of them has once. They are where a person would see the same place in both. This is
// the patience diff of Bram Cohen, for what is left of a big change.
type counter struct {
	matcher
	x, y   []int32
	counts []tally // by number; all zero, but while count works
	depth  int
}

// A tally is how often a number is in either sequence, and where it was seen last in the second one.
type tally struct{ x, y, last int32 }

// maxDepth is how often anchors divide the elements between anchors. Each time takes time for all of the elements. It
// was not measured.
const maxDepth = 12

func newCounter(x, y []int32, counts []tally, depth int, emit func(i, j, n int)) *counter {
	c := &counter{x: x, y: y, counts: counts, depth: depth}
	c.same = func(i, j int) bool { return c.x[i] == c.y[j] }
	c.emit = emit
	c.coarse = c.divide
	return c
}

// divide matches the elements in h.
func (c *counter) divide(h hunk) {
	x, y := c.x[h.a0:h.a1], c.y[h.b0:h.b1]
	for _, k := range x {
		c.counts[k].x++
	}
	for j, k := range y {
		c.counts[k].y++
		c.counts[k].last = int32(j)
	}
	// Numbers that only one sequence has are left out first.
	common := func(t tally) bool { return t.x > 0 && t.y > 0 }
	px, py := c.positions(x, common), c.positions(y, common)
	var anchors []anchor
	if len(px) == len(x) && len(py) == len(y) && c.depth < maxDepth {
		for i, k := range x {
			if t := c.counts[k]; t.x == 1 && t.y == 1 {
				anchors = append(anchors, anchor{i, int(t.last)})
			}
		}
		anchors = rising(anchors)
	}
	// The tallies are zero again before others count.
	for _, s := range [][]int32{x, y} {
		for _, k := range s {
			c.counts[k] = tally{}
		}
	}
	switch {
	case len(px) < len(x) || len(py) < len(y):
		rest := newCounter(picked(x, px), picked(y, py), c.counts, c.depth, func(i, j, n int) {
			for k := range n {
				c.emit(h.a0+px[i+k], h.b0+py[j+k], 1)
			}
		})
		rest.begin(hunk{0, len(px), 0, len(py)})
	case len(anchors) > 0:
		c.depth++
		at := hunk{h.a0, h.a0, h.b0, h.b0}
		for _, next := range append(anchors, anchor{len(x), len(y)}) {
			at.a1, at.b1 = h.a0+next.x, h.b0+next.y
			c.begin(at)
			if next.x < len(x) {
				c.emit(at.a1, at.b1, 1)
			}
			at.a0, at.b0 = at.a1+1, at.b1+1
		}
		c.depth--
	default:
		c.windows(h)
	}
}

// positions returns the positions of those numbers in s whose tallies pass.
func (c *counter) positions(s []int32, pass func(tally) bool) []int {
	at := make([]int, 0, len(s))
	for i, k := range s {
		if pass(c.counts[k]) {
			at = append(at, i)
		}
	}
	return at
}

// picked returns the elements of s at the given positions.
func picked(s []int32, at []int) []int32 {
	t := make([]int32, len(at))
	for i, k := range at {
		t[i] = s[k]
	}
	return t
}

// An anchor is an element that is at x in one sequence and at y in another, and nowhere else.
type anchor struct{ x, y int }

// rising returns as many of the anchors, which are in the order of x, as possible so that they are in the order of y as
// well: the longest increasing subsequence, by patience sorting in O(n log n) time.
func rising(all []anchor) []anchor {
	top := make([]int, 0, len(all)) // of each pile, the index of its last anchor
	before := make([]int, len(all)) // of each anchor, that on the pile to the left when it was laid down
	for i, a := range all {
		pile, _ := slices.BinarySearchFunc(top, a.y, func(k, y int) int { return all[k].y - y })
		before[i] = -1
		if pile > 0 {
			before[i] = top[pile-1]
		}
		if pile == len(top) {
			top = append(top, i)
		} else {
			top[pile] = i
		}
	}
	result := make([]anchor, len(top))
	if len(top) > 0 {
		for i, k := len(top)-1, top[len(top)-1]; i >= 0; i, k = i-1, before[k] {
			result[i] = all[k]
		}
	}
	return result
}
