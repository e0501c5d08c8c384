package rbtree

import "github.com/ramet-go/ramet/internal/ownership"

// The primitive layer of inner nodes, with the rules of leaf.go.

// A pair is what a node has become: one node, or two neighbours with the router between them,
// which is the second one's least key.
type pair[K any] struct {
	a, b   *node // b is nil if there is one
	router K
}

// innerRoom returns how much room a new inner node for n children gets. One that grows does so in
// steps of 4.
func (ed *edit[K, V]) innerRoom(n int) int {
	if ed.growing {
		return (n + 3) &^ 3
	}
	return max(n+n&1, 4)
}

// newInner returns an inner node without children, and with room for n at least.
func (ed *edit[K, V]) newInner(level uint8, n int) *node {
	nn := allocInner[K](ed.innerRoom(n))
	nn.level, nn.id = level, ed.id
	return nn
}

// own returns the inner node n free to be changed in place, though not added to.
func (ed *edit[K, V]) own(n *node) *node {
	switch {
	case ed.id.Owns(n.id):
		return n
	case ed.innerRoom(int(n.len)) < int(n.room):
		return ed.gatherInner(n, 0, int(n.len), *new(K), nil, 0, 0, 0) // it has room to spare
	}
	nn := cloneInner[K](n)
	nn.id = ed.id
	return nn
}

// gatherInner returns a new inner node with the children [i, j) of a and [k, l) of b, which may
// be nil, with the given router between them, and room for spare more.
func (ed *edit[K, V]) gatherInner(a *node, i, j int, router K, b *node, k, l int, spare int) *node {
	nn := ed.newInner(a.level, j-i+l-k+spare)
	appendKids(nn, router, a, i, j)
	if k < l {
		appendKids(nn, router, b, k, l)
	}
	return nn
}

// appendKids adds the children [i, j) of from to the inner node n, which the caller owns and
// which has the room. If n has children already, router is between them and the new ones.
func appendKids[K any](n *node, router K, from *node, i, j int) {
	if i == j {
		return
	}
	old := n.len
	n.len += uint8(j - i)
	copy(n.kids()[old:], from.kids()[i:j])
	copy(n.counts()[old:], from.counts()[i:j])
	rs := routers[K](n)
	if old > 0 {
		rs[old-1] = router
	}
	copy(rs[old:], routers[K](from)[i:j-1])
}

// insertKid adds a child at position i ≥ 1 of the inner node n, which the caller owns and which
// has the room. The router is the child's least key.
func insertKid[K any](n *node, i int, router K, kid *node) {
	n.len++
	kids, counts, rs := n.kids(), n.counts(), routers[K](n)
	copy(kids[i+1:], kids[i:])
	copy(counts[i+1:], counts[i:])
	copy(rs[i:], rs[i-1:])
	kids[i], counts[i], rs[i-1] = kid, uint32(kid.size()), router
}

// removeKid removes the child at position i ≥ 1 of the inner node n, which the caller owns, and
// the router before it.
func removeKid[K any](n *node, i int) {
	kids, counts, rs := n.kids(), n.counts(), routers[K](n)
	copy(kids[i:], kids[i+1:])
	copy(counts[i:], counts[i+1:])
	copy(rs[i-1:], rs[i:])
	clear(kids[len(kids)-1:])
	clear(counts[len(counts)-1:])
	clear(rs[len(rs)-1:])
	n.len--
}

// removeKids removes the children from position h ≥ 1 on of the inner node n, which the caller owns.
func removeKids[K any](n *node, h int) {
	clear(n.kids()[h:])
	clear(n.counts()[h:])
	clear(routers[K](n)[h-1:])
	n.len = uint8(h)
}

// withKid returns the inner node n with kid, under which there are count entries, at position i.
func (ed *edit[K, V]) withKid(n *node, i int, kid *node, count uint32) *node {
	n = ed.own(n)
	n.kids()[i], n.counts()[i] = kid, count
	return n
}

// withPair returns the inner node n with p in the place of the child at position i: two nodes,
// if n was full and p has two. atEnd says that n has the greatest keys of a tree that is likely
// to grow there.
func (ed *edit[K, V]) withPair(n *node, i int, p pair[K], atEnd bool) pair[K] {
	if p.b == nil {
		return pair[K]{a: ed.withKid(n, i, p.a, uint32(p.a.size()))}
	}
	if n.len == fanMax {
		return ed.splitInner(n, i, p, atEnd)
	}
	if !ed.id.Owns(n.id) || n.len == n.room {
		n = ed.gatherInner(n, 0, int(n.len), p.router, nil, 0, 0, ed.spare(int(n.len), atEnd))
	}
	n.setKid(i, p.a)
	insertKid(n, i+1, p.router, p.b)
	return pair[K]{a: n}
}

// setKid puts kid at position i of the inner node n, which the caller owns.
func (n *node) setKid(i int, kid *node) { n.kids()[i], n.counts()[i] = kid, uint32(kid.size()) }

// spare returns for how many more children to make room in an inner node of n that is to get another:
// for several, if what owns it is likely to go on there.
func (ed *edit[K, V]) spare(n int, atEnd bool) int {
	switch {
	case atEnd && ed.growing:
		return fanMax - n
	case atEnd && ed.id != ownership.None:
		return min(4, fanMax-n)
	}
	return 1
}

// splitInner is withPair where both have two.
func (ed *edit[K, V]) splitInner(n *node, i int, p pair[K], atEnd bool) pair[K] {
	// Of the fanMax+1 children the first h go left. The new one, at position i+1, shall not be
	// the first on the right: the router before it would be the one to go up.
	h := (fanMax + 1) / 2
	switch {
	case atEnd && i+1 == fanMax:
		h = fanMax + 1 - fanMin
	case i+1 == h:
		h++
	}
	size := int(n.len)
	var up pair[K]
	if i+1 < h {
		up.router = routers[K](n)[h-2]
		up.a = ed.gatherInner(n, 0, h-1, p.router, nil, 0, 0, 1)
		up.b = ed.gatherInner(n, h-1, size, p.router, nil, 0, 0, 0)
		up.a.setKid(i, p.a)
		insertKid(up.a, i+1, p.router, p.b)
		return up
	}
	up.router = routers[K](n)[h-1]
	up.b = ed.gatherInner(n, h, size, p.router, nil, 0, 0, ed.spare(size-h, atEnd))
	if ed.growing && h == fanMax+1-fanMin && ed.id.Owns(n.id) {
		up.a = n
		removeKids[K](n, h)
	} else {
		up.a = ed.gatherInner(n, 0, h, p.router, nil, 0, 0, 0)
	}
	up.b.setKid(i-h, p.a)
	insertKid(up.b, i+1-h, p.router, p.b)
	return up
}

// fuse returns two neighbours of one level as they may stand beside each other: as they are, if
// neither is short of children or entries; as one node, if they fit into one; or evened out. A
// new node is not part of what was passed in.
func (ed *edit[K, V]) fuse(a *node, router K, b *node) pair[K] {
	least, most := minOf[K, V](a), maxOf[K, V](a)
	an, bn := int(a.len), int(b.len)
	if an >= least && bn >= least {
		return pair[K]{a, b, router}
	}
	if an+bn <= most {
		return pair[K]{a: ed.gather(a, 0, an, router, b, 0, bn)}
	}
	h := (an + bn) / 2
	if an > h {
		up := cutRouter[K](a, h)
		return pair[K]{ed.gather(a, 0, h, router, nil, 0, 0), ed.gather(a, h, an, router, b, 0, bn), up}
	}
	up := cutRouter[K](b, h-an)
	return pair[K]{ed.gather(a, 0, an, router, b, 0, h-an), ed.gather(b, h-an, bn, router, nil, 0, 0), up}
}

// cutRouter returns the least key from position i ≥ 1 of n on.
func cutRouter[K any](n *node, i int) K {
	if n.level > 0 {
		return routers[K](n)[i-1]
	}
	return *keyAt[K](n, i)
}

// gather is gatherLeaf or gatherInner, by the level of a.
func (ed *edit[K, V]) gather(a *node, i, j int, router K, b *node, k, l int) *node {
	if a.level > 0 {
		return ed.gatherInner(a, i, j, router, b, k, l, 0)
	}
	return ed.gatherLeaf(a, i, j, b, k, l, 0)
}
