//ramet:layer tree

package rbtree

// Joining and cutting whole trees, in the manner of "Just Join": the work is in proportion to the difference of the
// heights. A root may have fewer children or entries than other nodes; where it becomes a child, it is fused with its
// neighbour. Trees that are passed in are owned, trees that are returned may share any of their nodes.

// join returns the tree with the entries of l and of r, the keys of which are above l's. router is the least key of r.
func (ed *edit[K, V]) join(l tree, router K, r tree) tree {
	switch {
	case l.root == nil:
		return r
	case r.root == nil:
		return l
	}
	checkLen(l.len, r.len)
	var up pair[K]
	if l.root.level >= r.root.level {
		up = ed.joinRight(l.root, router, r.root)
	} else {
		up = ed.joinLeft(l.root, router, r.root)
	}
	return tree{ed.top(up), l.len + r.len}
}

// joinRight adds the borrowed node r, of the same level or a lower one, behind the last entry of the owned node n.
func (ed *edit[K, V]) joinRight(n *node, router K, r *node) pair[K] {
	if n.level == r.level {
		return ed.fuse(n, router, r) // keeps 2, and 3: either may have been a root, and short
	}
	i := int(n.len) - 1
	return ed.withPair(n, i, ed.joinRight(n.kid(i), router, r), true)
}

// joinLeft adds the borrowed node l, of a lower level, before the first entry of the owned node n. The router is n's
// least key.
func (ed *edit[K, V]) joinLeft(l *node, router K, n *node) pair[K] {
	if n.level == l.level {
		return ed.fuse(l, router, n)
	}
	return ed.withPair(n, 0, ed.joinLeft(l, router, n.kid(0)), false)
}

// joinTrees is join for a caller that does not know the router.
func (ed *edit[K, V]) joinTrees(l, r tree) tree {
	if r.root == nil {
		return l
	}
	return ed.join(l, firstKey[K](r.root), r)
}

// leading returns the tree of the first i entries under the borrowed node n. It cuts the nodes on one path: what is
// left of the child at the cut is joined with the children before it.
func (ed *edit[K, V]) leading(n *node, i int) tree {
	if i == 0 {
		return tree{}
	}
	if n.level == 0 {
		if i == int(n.len) {
			return tree{n, i}
		}
		return tree{ed.gatherLeaf(n, 0, i, nil, 0, 0, 0), i}
	}
	kid, rest := n.kidWith(i)
	full := tree{len: i - rest} // the children before the cut
	switch {
	case kid == int(n.len):
		return tree{n, i} // there is no cut: i is the number of all entries
	case kid > 1:
		full.root = ed.gatherInner(n, 0, kid, *new(K), nil, 0, 0, 0)
	case kid == 1:
		full.root = n.kid(0) // a node of one child is no root (invariant 3)
	}
	if rest == 0 {
		return full
	}
	part := ed.leading(n.kid(kid), rest)
	if kid == 0 {
		return part
	}
	return ed.join(full, routers[K](n)[kid-1], part)
}

// trailing returns the tree of the entries under the borrowed node n, which is the root of size entries, from the i-th
// on. It is leading from the other end.
func (ed *edit[K, V]) trailing(n *node, size, i int) tree {
	switch {
	case i == 0:
		return tree{n, size}
	case i == size:
		return tree{}
	case n.level == 0:
		return tree{ed.gatherLeaf(n, i, size, nil, 0, 0, 0), size - i}
	}
	kid, rest := n.kidWith(i)
	count := int(n.counts()[kid])
	part := ed.trailing(n.kid(kid), count, rest)
	full := tree{len: size - i - part.len} // the children behind the cut
	switch next := kid + 1; int(n.len) - next {
	case 0:
		return part
	case 1:
		full.root = n.kid(next) // a node of one child is no root (invariant 3)
	default:
		full.root = ed.gatherInner(n, next, int(n.len), *new(K), nil, 0, 0, 0)
	}
	return ed.join(part, routers[K](n)[kid], full)
}

// slice returns the tree with the entries [i, j) of t, which is borrowed: t itself, if they are all of it.
func (ed *edit[K, V]) slice(t tree, i, j int) tree {
	if i == j {
		return tree{}
	}
	t = ed.trailing(t.root, t.len, i)
	return ed.leading(t.root, j-i)
}
