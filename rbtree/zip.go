package rbtree

import "cmp"

// Walking two trees at once. What works on two maps does it with a zip, which says entry by
// entry, run by run, and subtree by subtree, where the two agree: the work is in proportion to
// where they differ. A subtree that they share is never entered, and the end of a run is found
// by climbing from its beginning only as far as it reaches (a finger search), which makes
// m log(n/m+1) comparisons of m entries among n.

// A walker goes through the entries [index, end) of a tree in order.
type walker[K any] struct {
	path
	place
	end int
	src tree

	ahead   bool    // leaves are read ahead
	valSize uintptr // the size of a value, if they are
	unread  int     // the position in the node of level 1 of the first leaf that was not read
}

// walk returns a walker at entry from of t, which goes to entry to.
func walk[K any](t tree, from, to int) (w walker[K]) {
	w.src, w.index, w.end = t, from, to
	if from < to {
		w.top = int(t.root.level)
		n, i := t.root, from
		for n.level > 0 {
			kid, rest := n.kidWith(i)
			w.set(n, kid)
			n, i = n.kid(kid), rest
		}
		w.leaf, w.place.at = n, i
	}
	return w
}

func (w *walker[K]) done() bool { return w.index >= w.end }

// key returns the key of the entry. The walker must not be done.
func (w *walker[K]) key() K { return *keyAt[K](w.leaf, w.place.at) }

// rest returns the keys of the leaf from the entry on. The walker must not be done.
func (w *walker[K]) rest() []K {
	ks := keys[K](w.leaf)[w.place.at:]
	return ks[:min(len(ks), w.end-w.index)]
}

// step moves to the next entry.
func (w *walker[K]) step() { w.skip(1) }

// skip moves on by n entries of the leaf.
func (w *walker[K]) skip(n int) {
	w.index += n
	if w.place.at += n; w.place.at == int(w.leaf.len) {
		w.next(0)
	}
}

// next moves to the first entry behind the path's node of the given level. The index is that
// entry's already.
func (w *walker[K]) next(level int) {
	for l := level + 1; l <= w.top; l++ {
		n := w.nodes[l]
		if w.path.at[l]+1 < n.len {
			w.path.at[l]++
			if l == 1 && w.ahead && int(w.path.at[1]) >= w.unread {
				w.unread = n.readAhead(int(w.path.at[1]), mostAhead, w.valSize)
			}
			w.enter(n.kid(int(w.path.at[l])))
			return
		}
	}
}

// enter moves to the first entry under n, the next node of the path.
func (w *walker[K]) enter(n *node) {
	for n.level > 0 {
		w.set(n, 0)
		if n.level == 1 && w.ahead {
			w.unread = n.readAhead(0, mostAhead, w.valSize)
		}
		n = n.kid(0)
	}
	w.leaf, w.place.at = n, 0
}

// skipBelow moves to the first entry whose key is not below k, and returns how many entries are
// between. It is at least one: the present entry is below k.
func (w *walker[K]) skipBelow(by ordering[K], k K) int {
	from := w.index
	i, size := w.place.at+1, int(w.leaf.len)
	if i < size && by.compare(*keyAt[K](w.leaf, i), k) < 0 {
		i++
		if i < size && by.compare(*keyAt[K](w.leaf, size-1), k) < 0 {
			i = size
		}
		for high := size - 1; i < high; {
			if mid := int(uint(i+high) >> 1); by.compare(*keyAt[K](w.leaf, mid), k) < 0 {
				i = mid + 1
			} else {
				high = mid
			}
		}
	}
	w.index += i - w.place.at
	w.place.at = i
	for w.place.at == int(w.leaf.len) && w.index < w.end {
		if !w.jump(by, k) {
			break
		}
	}
	return min(w.index, w.end) - from
}

// jump moves from the end of a leaf on to the first entry that is not below k, or to the end of
// another leaf. It reports whether there may be entries below k still.
func (w *walker[K]) jump(by ordering[K], k K) bool {
	for l := 1; l <= w.top; l++ {
		n, i := w.nodes[l], int(w.path.at[l])
		rs := routers[K](n)
		if i == len(rs) {
			continue
		}
		to := i
		for to < len(rs) && by.compare(rs[to], k) <= 0 {
			to++
		}
		if to == i { // the next child is above k
			w.path.at[l]++
			w.enter(n.kid(i + 1))
			return false
		}
		for _, c := range n.counts()[i+1 : to] {
			w.index += int(c)
		}
		w.path.at[l] = uint8(to)
		top := w.top
		w.leaf, w.place.at, _ = by.locate(n.kid(to), k, &w.path)
		w.top, w.unread = top, 0
		for m := l - 1; m > 0; m-- {
			for _, c := range w.nodes[m].counts()[:w.path.at[m]] {
				w.index += int(c)
			}
		}
		w.index += w.place.at
		return true
	}
	return false
}

// A relation says where entries of two trees are.
type relation uint8

const (
	end     relation = iota // there are no more
	shared                  // n entries of both, in a subtree that is the same
	matched                 // one of each, with equal keys
	onlyA                   // n entries of a, below b's next
	onlyB                   // n entries of b, below a's next
	mingled                 // n findings are known of the entries of two leaves
)

// A zip walks two trees.
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

// next returns how the two trees go on, and for how many entries. However a comparator answers,
// each call moves on.
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

// advance is next where all that was known is told. If leaves mingle, it does not move on, but finds
// out how they are related: that is for next to tell, or for the caller to read from known; then he
// passes over both.
func (z *zip[K]) advance() (r relation, n int) {
	a, b := &z.a, &z.b
	z.inA, z.inB = a.place, b.place
	switch {
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
	case a.leaf == b.leaf && a.place.at == 0 && b.place.at == 0 && !z.deep:
		if n = z.skipShared(); n > 0 {
			return shared, n
		}
	}
	as, bs := a.rest(), b.rest()
	switch {
	case z.by.compare(as[len(as)-1], bs[0]) < 0:
		return onlyA, a.skipBelow(z.by, bs[0])
	case z.by.compare(bs[len(bs)-1], as[0]) < 0:
		return onlyB, b.skipBelow(z.by, as[0])
	}
	z.told, z.end = 0, uint8(z.by.relate(as, bs, &z.known))
	return mingled, 0
}

// pass moves on behind the m entries of a and the n of b of which all is known.
func (z *zip[K]) pass(m, n int) {
	z.told = z.end
	z.a.skip(m)
	z.b.skip(n)
}

// skipShared moves behind the largest subtree that both walkers are at the beginning of, and the
// siblings behind it that they share as well, and returns how many entries that is. If one of the
// walkers ends within every such subtree, that is 0.
func (z *zip[K]) skipShared() int {
	a, b := &z.a, &z.b
	most := min(a.end-a.index, b.end-b.index)
	level, n := 0, int(a.leaf.len)
	if n > most {
		return 0
	}
	top := min(a.top, b.top)
	for l := 1; l <= top && a.nodes[l] == b.nodes[l] && a.path.at[l] == 0; l++ {
		size := a.nodes[l].size()
		if size > most {
			break
		}
		level, n = l, size
	}
	if level < top {
		// Siblings are compared without being visited: most are not in the cache.
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
	a.index += n
	b.index += n
	a.next(level)
	b.next(level)
	return n
}

// relate finds out how the ascending keys as and bs are related, until one of the two ends, and
// returns the number of findings. There is at least one, because neither is empty.
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
