//ramet:layer path

package rbtree

// From the root to one leaf, and back up with what became of it.

// A path is the way from a node, the root or one below it, down to a leaf: for each level above 0 the inner node, and
// the position of the next one among its children.
type path struct {
	nodes [maxLevel]*node
	at    [maxLevel]uint8
	top   int // the level of the first; 0: it is the leaf
}

// set records that the way leads through the child of n at position i.
func (p *path) set(n *node, i int) { p.nodes[n.level], p.at[n.level] = n, uint8(i) }

// A finger is where a key is in a tree, or where it would be: the path to its leaf and the position there. It borrows
// the nodes of the path. A change through a finger makes it void, unless the change says otherwise.
type finger[K, V any] struct {
	path
	leaf  *node // nil if there are no entries
	at    int   // position in the leaf
	found bool  // the key is there
}

// seek points f to k in the tree at root, which may be nil. It changes nothing. It calls the caller's comparator; what
// follows a seek calls nothing of the caller's, so that no panic can leave a change half made.
func (f *finger[K, V]) seek(by ordering[K], root *node, k K) {
	if root == nil {
		f.leaf, f.at, f.found, f.top = nil, 0, false, 0
		return
	}
	f.leaf, f.at, f.found = by.locate(root, k, &f.path)
}

// seekOn is seek for a key that is above the one that f was pointed to last, in the same tree, which is not empty. It
// takes as long as the way there is far, not as the tree is high.
func (f *finger[K, V]) seekOn(by ordering[K], k K) {
	if by.compare(*keyAt[K](f.leaf, int(f.leaf.len)-1), k) >= 0 {
		_, f.at, f.found = by.locate(f.leaf, k, nil)
		return
	}
	l, further := by.climb(&f.path, k)
	if !further {
		f.at, f.found = int(f.leaf.len), false // between this leaf and the next one, or behind all
		return
	}
	f.leaf, f.at, f.found = by.locateOn(&f.path, l, k)
}

// seekEnd points f behind the last entry of the tree at root.
func (f *finger[K, V]) seekEnd(root *node) {
	n := root
	f.top = int(n.level)
	for n.level > 0 {
		i := int(n.len) - 1
		f.path.set(n, i)
		n = n.kid(i)
	}
	f.leaf, f.at, f.found = n, int(n.len), false
}

// seekAt points f to entry i of the tree at root, which must be there.
func (f *finger[K, V]) seekAt(root *node, i int) {
	n := root
	f.top = int(n.level)
	for n.level > 0 {
		kid, rest := n.kidWith(i)
		f.path.set(n, kid)
		n, i = n.kid(kid), rest
	}
	f.leaf, f.at, f.found = n, i, true
}

// value returns the value of the key that was found, or zero and false.
func (f *finger[K, V]) value() (v V, ok bool) {
	if f.found {
		return *valAt[V](f.leaf, f.at), true
	}
	return v, false
}

// set gives the key that was found another value, and returns the new root. The nodes of the path are owned: those that
// ed owns are changed, the others copied. f stays good if ed owns the leaf.
func (f *finger[K, V]) set(ed *edit[K, V], v V) *node {
	n := ed.ownLeaf(f.leaf)
	*valAt[V](n, f.at) = v
	if n == f.leaf {
		return f.root(n) // the leaf is owned, and so are those above it (invariant 8): no pointer to it changes
	}
	for l := 1; l <= f.top; l++ {
		p := ed.own(f.nodes[l])
		p.kids()[f.path.at[l]] = n // keeps 8: p is owned by whoever owns n
		n = p
	}
	return n
}

// root returns the root of the tree, of which n is the leaf.
func (f *finger[K, V]) root(n *node) *node {
	if f.top > 0 {
		return f.nodes[f.top]
	}
	return n
}

// setKey puts another instance of the key that was found in its place, with the value v, and returns the new root. The
// nodes of the path are owned.
func (f *finger[K, V]) setKey(ed *edit[K, V], k K, v V) *node {
	n := ed.ownLeaf(f.leaf)
	*keyAt[K](n, f.at), *valAt[V](n, f.at) = k, v
	least := f.at == 0 // k is the least key of n, and of what is above n as far as n is the first child
	for l := 1; l <= f.top; l++ {
		p := ed.own(f.nodes[l])
		i := int(f.path.at[l])
		p.kids()[i] = n // keeps 8
		if least && i > 0 {
			routers[K](p)[i-1], least = k, false // keeps 5: a router is the same instance
		}
		n = p
	}
	return n
}

// insert adds the key that was not found, and returns the new root. The nodes of the path are owned.
//
// It goes up from the leaf. up is what the path's node of the level below has become: one node, which takes its place,
// or two, of which the second is a child more for the node above.
func (f *finger[K, V]) insert(ed *edit[K, V], k K, v V) *node {
	// Case 1: the first entry.
	if f.leaf == nil {
		n := ed.newLeaf(1)
		insertEntry(n, 0, k, v)
		return n
	}
	// Case 2: the leaf is owned and has room, as most often in a builder.
	if f.insertInPlace(ed, k, v) {
		return f.root(f.leaf)
	}
	// Case 3: the leaf is replaced, by one or by two.
	var up pair[K]
	if int(f.leaf.len) < leafCap[K, V]() {
		up.a = ed.withEntry(f.leaf, f.at, k, v)
	} else {
		up = ed.splitLeaf(f.leaf, f.at, k, v, f.atEnd(0)) // keeps 3
	}
	if up.a != f.leaf && f.top > 0 { // a tree of one leaf has no use for a pool
		ed.recycle(f.leaf)
	}
	least := f.at == 0 // k is the least key of the nodes on the path, up to where they are no first children
	for l := 1; l <= f.top; l++ {
		p, i := f.nodes[l], int(f.path.at[l])
		if up.b == nil {
			p = ed.own(p)
			p.kids()[i] = up.a // keeps 8
			p.counts()[i]++    // keeps 4
			up.a = p
		} else {
			up = ed.withPair(p, i, up, f.atEnd(l)) // keeps 3, 4 and 8
		}
		if least && i > 0 {
			// A comparator that contradicts itself led here: k is not below the router, and yet below the key that the
			// router is an instance of. keeps 5
			f.renewRouter(&up, i, k)
			least = false
		}
	}
	return ed.top(up)
}

// insertInPlace inserts the key if ed owns the leaf and that has room, and reports whether it did. f stays good for
// what is in the same place: it points to the new entry then. A key that is to be the least of the leaf is left to
// insert, because a router may have to change.
func (f *finger[K, V]) insertInPlace(ed *edit[K, V], k K, v V) bool {
	n := f.leaf
	if n == nil || !ed.id.Owns(n.id) || f.at == 0 {
		return false
	}
	if int(n.len) == leafCap[K, V]() && f.at == int(n.len) {
		f.shift(ed)
	}
	if n.len == n.room {
		return false
	}
	insertEntry(n, f.at, k, v)
	for l := 1; l <= f.top; l++ {
		f.nodes[l].counts()[f.path.at[l]]++ // keeps 4; owned, because the leaf is (invariant 8)
	}
	return true
}

// shift moves entries of the full leaf, which ed owns, into the room of the leaf before it, if that has the same parent
// and ed owns it as well, and moves f along with the end. Where a builder gets its keys in order, this is what makes
// leaves full that splitLeaf left with room.
func (f *finger[K, V]) shift(ed *edit[K, V]) {
	if f.top == 0 || f.path.at[1] == 0 {
		return
	}
	p, i, n := f.nodes[1], int(f.path.at[1]), f.leaf // p is owned, because n is (invariant 8)
	before := p.kid(i - 1)
	m := leafCap[K, V]() - int(before.len)
	if m == 0 || before.room < before.len+uint8(m) || !ed.id.Owns(before.id) {
		return
	}
	appendEntries[K, V](before, n, 0, m)
	removeEntries[K, V](n, 0, m) // keeps 3: before has leafMin entries at least, so n keeps as many
	p.counts()[i-1] += uint32(m) // keeps 4
	p.counts()[i] -= uint32(m)
	routers[K](p)[i-1] = *keyAt[K](n, 0) // keeps 5
	f.at -= m
}

// renewRouter makes k the router before the child at position i ≥ 1 of the node that up has become of. The nodes of up
// are owned.
func (f *finger[K, V]) renewRouter(up *pair[K], i int, k K) {
	switch n := int(up.a.len); {
	case i < n:
		routers[K](up.a)[i-1] = k
	case i == n:
		up.router = k // the child is the first of the second node
	default:
		routers[K](up.b)[i-n-1] = k
	}
}

// atEnd reports whether the path's node of the given level has the greatest keys of the tree.
func (f *finger[K, V]) atEnd(level int) bool {
	for l := level + 1; l <= f.top; l++ {
		if f.path.at[l] != f.nodes[l].len-1 {
			return false
		}
	}
	return true
}

// top returns the root of the tree that p is all of.
func (ed *edit[K, V]) top(p pair[K]) *node {
	if p.b == nil {
		return p.a
	}
	root := ed.newInner(p.a.level+1, 2) // keeps 2, and 3: a root may have two children
	root.len = 1
	root.setKid(0, p.a)
	insertKid(root, 1, p.router, p.b)
	return root
}

// remove removes the key that was found, and returns the new root: nil, if it was the only one. The nodes of the path
// are owned.
func (f *finger[K, V]) remove(ed *edit[K, V]) *node {
	n := ed.withoutEntry(f.leaf, f.at)
	least := f.at == 0 // the least key of the nodes on the path has changed
	for l := 1; l <= f.top; l++ {
		p, i := ed.own(f.nodes[l]), int(f.path.at[l])
		p.kids()[i] = n // keeps 8
		p.counts()[i]-- // keeps 4
		if least && i > 0 {
			// The router is the key that was removed. If nothing is left behind it, it goes when n is fused with the
			// sibling before it.
			if n.len > 0 {
				routers[K](p)[i-1] = firstKey[K](n) // keeps 5
			}
			least = false
		}
		if int(n.len) < minOf[K, V](n) {
			ed.mend(p, i) // keeps 3
		}
		n = p
	}
	if n.len == 0 {
		return nil
	}
	return n.shrunk()
}

// mend fuses the child at position i of the inner node n, which ed owns, with the sibling before it, or with the one
// behind it if it is the first. The children are borrowed. n may be short afterwards.
func (ed *edit[K, V]) mend(n *node, i int) {
	i = max(i, 1)
	kids, counts := n.kids(), n.counts()
	sum := counts[i-1] + counts[i]
	up := ed.fuse(kids[i-1], routers[K](n)[i-1], kids[i])
	// Case 1: the two are one.
	if up.b == nil {
		kids[i-1], counts[i-1] = up.a, sum // keeps 4
		removeKid[K](n, i)
		return
	}
	// Case 2: they were evened out.
	kids[i-1], kids[i] = up.a, up.b
	counts[i-1] = uint32(up.a.size()) // keeps 4
	counts[i] = sum - counts[i-1]
	routers[K](n)[i-1] = up.router // keeps 5
}

// shrunk returns the root of the tree that the borrowed node n is all of: a node with one child is no root (invariant
// 3).
func (n *node) shrunk() *node {
	for n.level > 0 && n.len == 1 {
		n = n.kid(0)
	}
	return n
}
