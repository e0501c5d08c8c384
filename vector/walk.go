//ramet:layer tree

package vector

// A walker goes through a vector from front to back in units of any size: the next unit is a subtree, until it is
// entered. So two walkers can skip what their vectors share.
type walker[T any] struct {
	v    Vector[T]
	pos  int    // of the next element
	part uint8  // 0: in the head; 1: the tree; 2: the tail; 3: at the end
	off  uint32 // how many elements of the unit, if it is a leaf, are behind
	unit
	depth uint8
	stack [maxLevel]step // the nodes that were entered
}

// A unit is a subtree, or the head, or the tail, which count as leaves.
type unit struct {
	ptr   *opaque
	size  uint32
	level uint8 // 0: a leaf
}

// A step is a node that was entered, and the slot of the child that is the unit or is above it.
type step struct {
	n    *node
	slot int
}

func walk[T any](v Vector[T]) walker[T] {
	w := walker[T]{v: v}
	w.load()
	return w
}

// done reports whether there is nothing left.
func (w *walker[T]) done() bool { return w.part == 3 }

// load makes the first of w's parts, from the present one on, that has elements the unit.
func (w *walker[T]) load() {
	w.off, w.depth = 0, 0
	for ; w.part < 3; w.part++ {
		var s []T
		switch {
		case w.v.base() == nil:
			continue
		case w.part == 0:
			s = w.v.head()
		case w.part == 2:
			s = w.v.tail()
		case w.v.base().count > 0:
			t := &w.v.base().core().tree
			w.unit = unit{t.root.opaque(), t.count, t.level}
			return
		}
		if len(s) > 0 {
			w.unit = unit{leafChild(data(s)), uint32(len(s)), 0}
			return
		}
	}
}

// enter makes the first child of the unit, a node, the unit.
func (w *walker[T]) enter() {
	n := w.ptr.asNode()
	w.stack[w.depth] = step{n, n.first()}
	w.depth++
	w.child()
}

// child makes the child at the slot of the top step the unit.
func (w *walker[T]) child() {
	top := w.stack[w.depth-1]
	w.unit = unit{top.n.kids[top.slot&fanMask], top.n.size(top.slot), w.v.base().core().tree.level - w.depth}
}

// rest returns how many elements of the unit are ahead.
func (w *walker[T]) rest() uint32 { return w.size - w.off }

// elements returns the elements ahead of the unit, a leaf.
func (w *walker[T]) elements() []T { return slice(leaf[T](w.ptr), w.size)[w.off:] }

// advance moves over n elements of the unit, which must be all of them if it is a node.
func (w *walker[T]) advance(n uint32) {
	w.pos += int(n)
	if w.off += n; w.off < w.size {
		return
	}
	w.off = 0
	for ; w.depth > 0; w.depth-- {
		top := &w.stack[w.depth-1]
		if top.slot++; top.slot < int(top.n.slots) {
			w.child()
			return
		}
	}
	w.part++
	w.load()
}

// seek moves to position i, and makes the leaf there the unit.
func (w *walker[T]) seek(i int) {
	w.pos, w.part = 0, 0
	w.load()
	for !w.done() && i >= w.pos+int(w.size) {
		w.advance(w.size)
	}
	for !w.done() && w.level > 0 {
		w.enter()
		top := &w.stack[w.depth-1]
		slot, rest := top.n.find(uint32(i - w.pos))
		top.slot = slot
		w.pos = i - int(rest)
		w.child()
	}
	if !w.done() && i > w.pos {
		w.advance(uint32(i - w.pos))
	}
}

// meet moves the walkers over what their vectors share, where they are at it together, and on to the next leaves that
// they do not share. It returns false if one of them is at its end. same says that T and U are one type.
func meet[T, U any](a *walker[T], b *walker[U], same bool) bool {
	for !a.done() && !b.done() {
		switch {
		case same && a.ptr == b.ptr && a.off == b.off: // one subtree, or one leaf of which as much is behind
			if a.off == 0 && a.size == b.size {
				skipSiblings(a, b)
			}
			n := min(a.rest(), b.rest())
			a.advance(n)
			b.advance(n)
		case a.level > 0 && a.level >= b.level: // the higher one is entered, or if they are equal one after the other
			a.enter()
		case b.level > 0:
			b.enter()
		default:
			return true
		}
	}
	return false
}

// skipSiblings moves the walkers from a unit that their vectors share over as many of its next siblings as they share
// as well, but the last. It compares pointers within two nodes, where advance would load each unit.
func skipSiblings[T, U any](a *walker[T], b *walker[U]) {
	if a.depth == 0 || b.depth == 0 {
		return
	}
	x, y := &a.stack[a.depth-1], &b.stack[b.depth-1]
	i, j := x.slot, y.slot
	for i+1 < int(x.n.slots) && j+1 < int(y.n.slots) && x.n.kids[(i+1)&fanMask] == y.n.kids[(j+1)&fanMask] && x.n.size(i+1) == y.n.size(j+1) {
		i++
		j++
	}
	if i > x.slot {
		a.pos += int(x.n.before(i) - x.n.before(x.slot))
		b.pos += int(y.n.before(j) - y.n.before(y.slot))
		x.slot, y.slot = i, j
		a.child()
		b.child()
	}
}
