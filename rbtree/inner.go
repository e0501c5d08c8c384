//ramet:layer node

package rbtree

// One inner node from others.

// newInner returns an inner node without children, owned by ed, and with room for n at least.
func (ed *edit[K, V]) newInner(level uint8, n int) *node {
	nn := allocInner[K](ed.innerRoom(n))
	nn.level, nn.id = level, ed.id
	return nn
}

// own returns the owned inner node n itself if ed owns it, else a copy that ed owns. Its slots that are in use may be
// changed in place; for more children there may be no room.
func (ed *edit[K, V]) own(n *node) *node {
	switch {
	case ed.id.Owns(n.id):
		return n
	case ed.innerRoom(int(n.len)) < int(n.room):
		return ed.gatherInner(n, 0, int(n.len), *new(K), nil, 0, 0, 0) // it has room to spare, which the copy shall not have
	}
	nn := cloneInner[K](n)
	nn.id = ed.id
	return nn
}

// gatherInner returns a new inner node with the children [i, j) of a and [k, l) of b, which may be nil, with the given
// router between them, and room for spare more. a and b are borrowed: their children become shared.
func (ed *edit[K, V]) gatherInner(a *node, i, j int, router K, b *node, k, l int, spare int) *node {
	nn := ed.newInner(a.level, j-i+l-k+spare)
	appendKids(nn, router, a, i, j)
	if k < l {
		appendKids(nn, router, b, k, l)
	}
	return nn
}

// appendKids adds the children [i, j) of the borrowed node from to the owned inner node n, which has the room. If n has
// children already, router is between them and the new ones.
func appendKids[K any](n *node, router K, from *node, i, j int) {
	if i == j {
		return
	}
	old := n.len
	n.len += uint8(j - i) // first, because kids, counts and routers reach as far as that
	copy(n.kids()[old:], from.kids()[i:j])
	copy(n.counts()[old:], from.counts()[i:j])
	rs := routers[K](n)
	if old > 0 {
		rs[old-1] = router
	}
	copy(rs[old:], routers[K](from)[i:j-1])
}

// insertKid adds a child at position i ≥ 1 of the owned inner node n, which has the room. The router is the child's
// least key.
func insertKid[K any](n *node, i int, router K, kid *node) {
	n.len++
	kids, counts, rs := n.kids(), n.counts(), routers[K](n)
	copy(kids[i+1:], kids[i:])
	copy(counts[i+1:], counts[i:])
	copy(rs[i:], rs[i-1:])
	kids[i], counts[i], rs[i-1] = kid, uint32(kid.size()), router // keeps 4 and 5
}

// removeKid removes the child at position i ≥ 1 of the owned inner node n, and the router before it.
func removeKid[K any](n *node, i int) {
	kids, counts, rs := n.kids(), n.counts(), routers[K](n)
	copy(kids[i:], kids[i+1:])
	copy(counts[i:], counts[i+1:])
	copy(rs[i-1:], rs[i:])
	clear(kids[len(kids)-1:]) // keeps 7
	clear(counts[len(counts)-1:])
	clear(rs[len(rs)-1:])
	n.len--
}

// removeKids removes the children from position h ≥ 1 on of the owned inner node n.
func removeKids[K any](n *node, h int) {
	clear(n.kids()[h:]) // keeps 7
	clear(n.counts()[h:])
	clear(routers[K](n)[h-1:])
	n.len = uint8(h)
}

// setKid puts kid at position i of the owned inner node n. If that changes the least key under the child, the router
// before it is for the caller to change.
func (n *node) setKid(i int, kid *node) { n.kids()[i], n.counts()[i] = kid, uint32(kid.size()) } // keeps 4

// withPair returns the owned inner node n with p in the place of the child at position i: as two nodes, if n is full
// and p is a pair of two. atEnd says that n has the greatest keys of a tree that is likely to grow there.
func (ed *edit[K, V]) withPair(n *node, i int, p pair[K], atEnd bool) pair[K] {
	switch {
	case p.b == nil:
		// Case 1: a child for a child.
		n = ed.own(n)
		n.setKid(i, p.a)
		return pair[K]{a: n}
	case n.len == fanMax:
		// Case 2: one child too many.
		return ed.splitInner(n, i, p, atEnd)
	case !ed.id.Owns(n.id) || n.len == n.room:
		// Case 3: one child more, for which n has no room, or which others must not see.
		n = ed.gatherInner(n, 0, int(n.len), p.router, nil, 0, 0, ed.spare(int(n.len), atEnd))
	}
	n.setKid(i, p.a)
	insertKid(n, i+1, p.router, p.b)
	return pair[K]{a: n}
}

// splitInner is withPair where n is full and p has two nodes: of the fanMax+1 children the first h go left.
//
//	before   c0 … ci … c15                      with p in the place of ci
//	left     c0 … p.a p.b … c(h-2)    i+1 < h   the pair is left: one fewer of n's children is
//	right    c(h-1) … c15
//
//	left     c0 … c(h-1)              i ≥ h     the pair is right
//	right    ch … p.a p.b … c15
//
// p.b, at position i+1 of all, must not be the first on the right: the router before it is p's, and would be the one to
// go up, where both branches below take one of n's. So h is never i+1.
func (ed *edit[K, V]) splitInner(n *node, i int, p pair[K], atEnd bool) pair[K] {
	h := (fanMax + 1) / 2
	switch {
	case atEnd && i+1 == fanMax:
		// Keys come in order: the right node gets the fewest children, and the left one stays as full as can be.
		h = fanMax + 1 - fanMin // keeps 3
	case i+1 == h:
		h++
	}
	size := int(n.len)
	var up pair[K]
	if i+1 < h {
		up.router = routers[K](n)[h-2] // keeps 5
		up.a = ed.gatherInner(n, 0, h-1, p.router, nil, 0, 0, 1)
		up.b = ed.gatherInner(n, h-1, size, p.router, nil, 0, 0, 0)
		up.a.setKid(i, p.a)
		insertKid(up.a, i+1, p.router, p.b)
		return up
	}
	up.router = routers[K](n)[h-1] // keeps 5
	up.b = ed.gatherInner(n, h, size, p.router, nil, 0, 0, ed.spare(size-h, atEnd))
	if ed.growing && h == fanMax+1-fanMin && ed.id.Owns(n.id) {
		up.a = n // at a builder's end: n keeps its memory, and its first children
		removeKids[K](n, h)
	} else {
		up.a = ed.gatherInner(n, 0, h, p.router, nil, 0, 0, 0)
	}
	up.b.setKid(i-h, p.a)
	insertKid(up.b, i+1-h, p.router, p.b)
	return up
}
