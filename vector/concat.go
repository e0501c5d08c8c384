package vector

import "github.com/ramet-go/ramet/internal/ownership"

// Concat returns the elements of v followed by those of o. It takes O(log n) time, and shares
// the nodes of both but for those along the seam.
//
// It is the join of B-trees, as RRB trees allow it (Stucki, Rompf, Ureche, Bagwell: RRB Vector,
// ICFP 2015): the two edges that meet are joined from the leaves up, and a node along the seam
// that is less than half full is fused with a neighbour. So only the outer edges of a tree
// ever have nodes that are less than half full.
func (v Vector[T]) Concat(o Vector[T]) Vector[T] {
	bits := leafBits[T]()
	n, m := v.Len(), o.Len()
	switch {
	case n == 0:
		return o
	case m == 0:
		return v
	}
	checkLength(n, m)
	switch {
	case o.base().count == 0 || m <= 1<<bits:
		p := v.parts()
		c := o.chunks()
		for c.next() {
			p.append(c.chunk)
		}
		return p.vector().checked()
	case v.base().count == 0:
		p := o.parts()
		p.prepend(v.tail())
		p.prepend(v.head())
		return p.vector().checked()
	}
	p, q := v.parts(), o.parts()
	p.pushBetween(p.tail, q.head) // the tree is not a strict one until it is joined
	joinTrees[T](&p.tree, &q.tree)
	p.tail, p.from = q.tail, nil
	return p.vector().checked()
}

// pushBetween adds the elements of a tail and a head to the tree, as leaves of which the first
// alone may be less than half full.
func (p *parts[T]) pushBetween(tail, head end[T]) {
	size := uint32(1) << leafBits[T]()
	a, b := child{ptr: leafChild(tail.array), size: tail.len}, child{}
	if head.len > 0 {
		b = child{ptr: leafChild(data(head.head())), size: head.len}
	}
	if a.size > 0 && b.size > 0 && (a.size+b.size <= size || a.size < size/2 || b.size < size/2) {
		a, b = leaves(tail.tail(), head.head())
	}
	for _, c := range []child{a, b} {
		if c.size > 0 {
			p.tree.pushBack(c, ownership.None)
		}
	}
}

// joinTrees adds the elements of o at the right end of t.
func joinTrees[T any](t, o *tree) {
	a, b := join[T](child{ptr: t.root.opaque(), size: t.count}, t.level, child{ptr: o.root.opaque(), size: o.count}, o.level)
	t.count += o.count
	t.level = max(t.level, o.level)
	t.setRoot(a, b)
	t.collapse(leafBits[T]())
}

// join returns the one or two nodes, of the higher one's level, that have the elements of l and
// those of r after them. Of two, both are at least half full.
func join[T any](l child, ll uint8, r child, rl uint8) (a, b child) {
	if ll == 0 && rl == 0 {
		return fuseLeaves[T](l, r)
	}
	var left, right [2 * fan]child
	kids, rest := left[:0], right[:0]
	level := max(ll, rl) - 1 // of the children
	if ll > level {
		kids = l.ptr.asNode().appendLive(kids)
		l, kids = kids[len(kids)-1], kids[:len(kids)-1]
		ll--
	}
	if rl > level {
		rest = r.ptr.asNode().appendLive(rest)
		r, rest = rest[0], rest[1:]
		rl--
	}
	a, b = join[T](l, ll, r, rl)
	if b.ptr == nil && a.sparse(level, leafBits[T]()) && len(kids) > 0 {
		l, kids = kids[len(kids)-1], kids[:len(kids)-1]
		a, b = join[T](l, level, a, level)
	}
	if b.ptr == nil && a.sparse(level, leafBits[T]()) && len(rest) > 0 {
		r, rest = rest[0], rest[1:]
		a, b = join[T](a, level, r, level)
	}
	kids = append(kids, a)
	if b.ptr != nil {
		kids = append(kids, b)
	}
	return pack(append(kids, rest...))
}

// sparse reports whether c is less than half full.
func (c child) sparse(level uint8, bits uint) bool {
	if level == 0 {
		return c.size < 1<<bits/2
	}
	n := c.ptr.asNode()
	return int(n.slots)-n.first() < half
}

// fuseLeaves returns the two leaves l and r, fused to one or filled evenly if one of them is less
// than half full.
func fuseLeaves[T any](l, r child) (a, b child) {
	bits := leafBits[T]()
	if !l.sparse(0, bits) && !r.sparse(0, bits) {
		return l, r
	}
	return leaves(slice(leaf[T](l.ptr), l.size), slice(leaf[T](r.ptr), r.size))
}
