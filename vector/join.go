//ramet:layer tree

package vector

// joinTrees adds the elements of o at the right end of t. The result is a relaxed tree.
//
// borrowed: the nodes of t and of o.
func joinTrees[T any](t, o *tree) {
	l := child{ptr: t.root.opaque(), size: t.count}
	r := child{ptr: o.root.opaque(), size: o.count}
	a, b := join[T](l, t.level, r, o.level)
	t.count += o.count              // keeps 4
	t.level = max(t.level, o.level) // a and b are of this one
	t.setRoot(a, b)
	t.collapse(leafBits[T]()) // keeps 5: a root may have one child
}

// join returns the one or two nodes, or leaves, of the higher one's level, that have the elements of l and those of r
// after them. ll and rl are their levels. Of two, each is at least half full; of one, it may be sparse, and the caller,
// who has its siblings, mends that.
//
// borrowed: l and r.
func join[T any](l child, ll uint8, r child, rl uint8) (a, b child) {
	if ll == 0 && rl == 0 {
		return fuseLeaves[T](l, r)
	}

	// Down: of the higher one, or of each if they are of one level, the child that is at the seam. kids are the
	// children to the left of it, rest those to the right.
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

	// The seam. What is at it was at an edge until now, where it may have been sparse, and is within the tree from now
	// on. So one that is sparse is fused with the sibling to the left, or if there is none, to the right. Joining is
	// how they are fused: below a, too, there may be sparse nodes, along its edges. Two are not sparse.
	if b.ptr == nil && a.sparse(level, leafBits[T]()) && len(kids) > 0 {
		l, kids = kids[len(kids)-1], kids[:len(kids)-1]
		a, b = join[T](l, level, a, level) // keeps 5 and 6
	}
	if b.ptr == nil && a.sparse(level, leafBits[T]()) && len(rest) > 0 {
		r, rest = rest[0], rest[1:]
		a, b = join[T](a, level, r, level) // keeps 5 and 6
	}

	// Up: no more than fan-1 children from either side, and the two at the seam.
	kids = append(kids, a)
	if b.ptr != nil {
		kids = append(kids, b)
	}
	return pack(append(kids, rest...))
}
