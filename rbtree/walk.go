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

// skipBelow moves from a leaf whose entries are all below k, as far as the walker goes, to the first entry that is not,
// and returns how many entries are between: one at least.
func (w *walker[K]) skipBelow(by ordering[K], k K) int {
	from := w.index
	w.index += int(w.leaf.len) - w.place.at
	w.place.at = int(w.leaf.len)
	// From leaf to leaf, as long as there may be more. What w goes beyond its end is not counted.
	for w.place.at == int(w.leaf.len) && w.index < w.end && w.jump(by, k) {
	}
	return min(w.index, w.end) - from
}

// jump moves from the end of a leaf, all of which is below k, to the first entry that is not, or to the end of another
// leaf. It reports whether there may be entries below k still. The index is that of the first entry behind the leaf.
func (w *walker[K]) jump(by ordering[K], k K) bool {
	switch l, further := by.climb(&w.path, k); {
	case further:
		w.index -= w.before(l)
		w.leaf, w.place.at, _ = by.locateOn(&w.path, l, k)
		w.index += w.before(l)
		w.unread = 0 // nothing was read ahead of this node of level 1
		return true  // if that is the end of its leaf, the next one has to be looked at
	case l > 0:
		w.path.at[l]++
		w.enter(w.nodes[l].kid(int(w.path.at[l])))
	}
	return false
}

// before returns how many entries are before the place under the path's node of the given level.
func (w *walker[K]) before(level int) int {
	n := w.place.at
	for l := 1; l <= level; l++ {
		for _, c := range w.nodes[l].counts()[:w.path.at[l]] {
			n += int(c)
		}
	}
	return n
}
