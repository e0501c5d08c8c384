//ramet:layer tree

package rbtree

import "cmp"

// Walking two trees at once. What works on two maps does it with a zip, which says entry by entry, run by run, and
// subtree by subtree, where the two agree: the work is in proportion to where they differ. A subtree that they share is
// never entered, and the end of a run is found by climbing from its beginning only as far as it reaches (a finger
// search), which makes m log(n/m+1) comparisons of m entries among n.

// A relation says where entries of two trees are.
type relation uint8

const (
	end     relation = iota // there are no more
	shared                  // n entries of either, in a subtree that is the same
	matched                 // one of each, with equal keys
	onlyA                   // n entries of a, below b's next
	onlyB                   // n entries of b, below a's next
	mingled                 // n findings are known of the entries of two leaves
)

// A zip walks two trees, which it borrows.
type zip[K any] struct {
	by   ordering[K]
	a, b walker[K]
	deep bool // look into shared subtrees

	// Where the entries are that next has told of, in either tree.
	inA, inB place

	// What is known of the two leaves, and not told yet.
	known     [2 * leafMost]finding
	told, end uint8
}

// A finding is how n entries of two leaves are related.
type finding struct {
	r relation
	n uint8
}

// next returns how the two trees go on, and for how many entries. However a comparator answers, each call moves on.
func (z *zip[K]) next() (r relation, n int) {
	if z.told == z.end {
		if r, n = z.advance(); r != mingled {
			return r, n
		}
	}
	z.inA, z.inB = z.a.place, z.b.place
	f := z.known[z.told]
	z.told++
	if f.r != onlyB {
		z.a.skip(int(f.n))
	}
	if f.r != onlyA {
		z.b.skip(int(f.n))
	}
	return f.r, int(f.n)
}

// advance is next where all that was known is told. If leaves mingle, it does not move on, but finds out how they are
// related: that is for next to tell, or for the caller to read from known, and then to pass over the two.
func (z *zip[K]) advance() (r relation, n int) {
	a, b := &z.a, &z.b
	z.inA, z.inB = a.place, b.place
	switch {
	// Case 1: one of them is done, and all that is left is the other's. If both are, n is 0, or less if a walker went
	// beyond its end.
	case a.done():
		if n = b.end - b.index; n <= 0 {
			return end, 0
		}
		b.index = b.end
		return onlyB, n
	case b.done():
		n = a.end - a.index
		a.index = a.end
		return onlyA, n
	// Case 2: they are at the beginning of the same leaf, and so perhaps of a larger subtree.
	case a.leaf == b.leaf && a.place.at == 0 && b.place.at == 0 && !z.deep:
		if n = z.skipShared(); n > 0 {
			return shared, n
		}
	}
	// Case 3: one leaf ends below where the other begins.
	as, bs := a.rest(), b.rest()
	switch {
	case z.by.compare(as[len(as)-1], bs[0]) < 0:
		return onlyA, a.skipBelow(z.by, bs[0])
	case z.by.compare(bs[len(bs)-1], as[0]) < 0:
		return onlyB, b.skipBelow(z.by, as[0])
	}
	// Case 4: they mingle.
	z.told, z.end = 0, uint8(z.by.relate(as, bs, &z.known))
	return mingled, 0
}

// pass moves on behind the m entries of a and the n of b of which all is known.
func (z *zip[K]) pass(m, n int) {
	z.told = z.end
	z.a.skip(m)
	z.b.skip(n)
}

// skipShared moves behind the largest subtree that both walkers are at the beginning of, and the siblings behind it
// that they share as well, and returns how many entries that is. If one of the walkers ends within every such subtree,
// that is 0.
func (z *zip[K]) skipShared() int {
	a, b := &z.a, &z.b
	most := min(a.end-a.index, b.end-b.index) // entries that neither walker's end cuts off
	level, n := 0, int(a.leaf.len)            // of the subtree that is to be skipped: at first the leaf
	if n > most {
		return 0
	}
	// Up, as long as the paths go through the same node, by its first child. Where a is at the beginning, b is as well:
	// its path goes through the same nodes below.
	top := min(a.top, b.top)
	for l := 1; l <= top && a.nodes[l] == b.nodes[l] && a.path.at[l] == 0; l++ {
		size := a.nodes[l].size()
		if size > most {
			break
		}
		level, n = l, size
	}
	// To the right, over siblings that are the same in the two parents. They are compared without being visited,
	// because most are not in the cache: Diff of ten edits takes 5 µs instead of 13 (docs/decisions/0008).
	if level < top {
		i, j := &a.path.at[level+1], &b.path.at[level+1]
		as, bs := a.nodes[level+1].kids()[*i+1:], b.nodes[level+1].kids()[*j+1:]
		counts := a.nodes[level+1].counts()[*i+1:]
		for k, kid := range as[:min(len(as), len(bs))] {
			if kid != bs[k] || n+int(counts[k]) > most {
				break
			}
			n += int(counts[k])
			*i++
			*j++
		}
	}
	// The paths lead through the last node that is skipped: what comes behind it is next.
	a.index += n
	b.index += n
	a.next(level)
	b.next(level)
	return n
}

// relate finds out how the ascending keys as and bs are related, until one of the two ends, and returns the number of
// findings. There is at least one, because neither is empty.
func (by ordering[K]) relate(as, bs []K, known *[2 * leafMost]finding) int {
	switch by.kind {
	case int64s:
		return relate(asKeys[int64](as), asKeys[int64](bs), known)
	case uint64s:
		return relate(asKeys[uint64](as), asKeys[uint64](bs), known)
	case int32s:
		return relate(asKeys[int32](as), asKeys[int32](bs), known)
	case uint32s:
		return relate(asKeys[uint32](as), asKeys[uint32](bs), known)
	}
	// One finding for each comparison: a comparator is not asked twice about the same two keys.
	n := 0
	for i, j := 0, 0; i < len(as) && j < len(bs); n++ {
		switch c := by.compare(as[i], bs[j]); {
		case c < 0:
			i++
			known[n] = finding{onlyA, 1}
		case c > 0:
			j++
			known[n] = finding{onlyB, 1}
		default:
			i, j = i+1, j+1
			known[n] = finding{matched, 1}
		}
	}
	return n
}

// relate is ordering.relate for the integers that most keys are.
func relate[T cmp.Ordered](as, bs []T, known *[2 * leafMost]finding) int {
	// One finding for each run: neighbours that only one of them has.
	n := 0
	for i, j := 0, 0; i < len(as) && j < len(bs); n++ {
		switch a, b := as[i], bs[j]; {
		case a < b:
			from := i
			for i++; i < len(as) && as[i] < b; i++ {
			}
			known[n] = finding{onlyA, uint8(i - from)}
		case b < a:
			from := j
			for j++; j < len(bs) && bs[j] < a; j++ {
			}
			known[n] = finding{onlyB, uint8(j - from)}
		default:
			i, j = i+1, j+1
			known[n] = finding{matched, 1}
		}
	}
	return n
}
