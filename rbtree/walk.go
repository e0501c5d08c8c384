//ramet:layer tree

package rbtree

// A walker goes through the entries [index, end) of a tree in order. It borrows the tree. It is at an entry, as long as
// it is not done: its place is never behind the last entry of a leaf, except within skipBelow.
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

// next moves to the first entry behind the path's node of the given level. The index is that entry's already.
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

// skipBelow moves to the first entry whose key is not below k, and returns how many entries are between. It is at least
// one: the present entry is below k.
func (w *walker[K]) skipBelow(by ordering[K], k K) int {
	from := w.index
	// Within the leaf: the next entry first, because runs are often short; then the last one, which tells whether the
	// leaf is all below k; then by halving.
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
	// From leaf to leaf, as long as there may be more. What w goes beyond its end is not counted.
	for w.place.at == int(w.leaf.len) && w.index < w.end {
		if !w.jump(by, k) {
			break
		}
	}
	return min(w.index, w.end) - from
}

// jump moves from the end of a leaf on to the first entry that is not below k, or to the end of another leaf. It
// reports whether there may be entries below k still. The index is that of the first entry behind the leaf.
//
// It climbs to the lowest node of the path that has a child behind, and looks there, and below it, only: the way up is
// as long as the run that is skipped is deep, not as the tree is.
func (w *walker[K]) jump(by ordering[K], k K) bool {
	for l := 1; l <= w.top; l++ {
		n, i := w.nodes[l], int(w.path.at[l])
		rs := routers[K](n)
		if i == len(rs) {
			continue // it is the last child
		}
		// The child at position to+1 begins with the key rs[to]. The last one that does not begin above k is where k
		// belongs.
		to := i
		for to < len(rs) && by.compare(rs[to], k) <= 0 {
			to++
		}
		// Case 1: already the next child begins above k: with the first entry that is not below k.
		if to == i {
			w.path.at[l]++
			w.enter(n.kid(i + 1))
			return false
		}
		// Case 2: the children between are all below k, and counted. Then down to where k belongs.
		for _, c := range n.counts()[i+1 : to] {
			w.index += int(c)
		}
		w.path.at[l] = uint8(to)
		top := w.top
		w.leaf, w.place.at, _ = by.locate(n.kid(to), k, &w.path)
		w.top, w.unread = top, 0 // locate began below the top, and came to a node of which nothing was read ahead
		for m := l - 1; m > 0; m-- {
			for _, c := range w.nodes[m].counts()[:w.path.at[m]] {
				w.index += int(c)
			}
		}
		w.index += w.place.at
		return true // if that is the end of its leaf, the next one has to be looked at
	}
	return false // there is no other leaf
}
