package rbtree

// Joining and cutting whole trees, in the manner of "Just Join": the work is in proportion to
// the difference of the heights. A root may have fewer children or entries than other nodes;
// where it becomes a child it is fused with its neighbour.

// join returns the tree with the entries of l and of r, the keys of which are above l's. router
// is the least key of r.
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

// joinRight adds r, of the same level or a lower one, behind the last entry of n.
func (ed *edit[K, V]) joinRight(n *node, router K, r *node) pair[K] {
	if n.level == r.level {
		return ed.fuse(n, router, r)
	}
	i := int(n.n) - 1
	return ed.withPair(n, i, ed.joinRight(n.kid(i), router, r), true)
}

// joinLeft adds l, of a lower level, before the first entry of n. The router is n's least key.
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
	return ed.join(l, first[K](r.root), r)
}

// take returns the tree with the first i entries of n.
func (ed *edit[K, V]) take(n *node, i int) tree {
	if i == 0 {
		return tree{}
	}
	if n.level == 0 {
		if i == int(n.n) {
			return tree{n, i}
		}
		return tree{ed.gatherLeaf(n, 0, i, nil, 0, 0, 0), i}
	}
	kid, rest := n.kidWith(i)
	whole := tree{len: i - rest}
	switch {
	case kid == int(n.n):
		return tree{n, i}
	case kid > 1:
		whole.root = ed.gatherInner(n, 0, kid, *new(K), nil, 0, 0, 0)
	case kid == 1:
		whole.root = n.kid(0)
	}
	if rest == 0 {
		return whole
	}
	part := ed.take(n.kid(kid), rest)
	if kid == 0 {
		return part
	}
	return ed.join(whole, routers[K](n)[kid-1], part)
}

// drop returns the tree with the entries of n, which is the root of size entries, from the i-th
// on.
func (ed *edit[K, V]) drop(n *node, size, i int) tree {
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
	part := ed.drop(n.kid(kid), count, rest)
	whole := tree{len: size - i - part.len}
	switch next := kid + 1; int(n.n) - next {
	case 0:
		return part
	case 1:
		whole.root = n.kid(next)
	default:
		whole.root = ed.gatherInner(n, next, int(n.n), *new(K), nil, 0, 0, 0)
	}
	return ed.join(part, routers[K](n)[kid], whole)
}

// slice returns the tree with the entries [i, j) of t.
func (ed *edit[K, V]) slice(t tree, i, j int) tree {
	if i == j {
		return tree{}
	}
	t = ed.drop(t.root, t.len, i)
	return ed.take(t.root, j-i)
}
