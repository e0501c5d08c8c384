//ramet:layer node

package rbtree

// Two siblings that may be too short. Deletion, Join, Split and bulk operations all come here: there is no other way to
// restore invariant 3.

// fuse returns two neighbours of one level as they may stand beside each other. a and b are borrowed: unless the result
// is a and b themselves, it is made of new nodes. router is the least key under b. That of the result, if there are two
// nodes, is the least under the second.
func (ed *edit[K, V]) fuse(a *node, router K, b *node) pair[K] {
	least, most := minOf[K, V](a), maxOf[K, V](a)
	an, bn := int(a.len), int(b.len)
	// Case 1: neither is short. This is what keeps most nodes shared when trees are joined.
	if an >= least && bn >= least {
		return pair[K]{a, b, router}
	}
	// Case 2: they fit into one node. Two that are short always do, since twice the least is less than the most.
	if an+bn <= most {
		return pair[K]{a: ed.gather(a, 0, an, router, b, 0, bn)}
	}
	// Case 3: one is short, and the other too full to take it in: both get half. That is at least the least number,
	// since together they are more than the most. keeps 3
	h := (an + bn) / 2
	if an > h { // the end of a moves to b
		up := cutRouter[K](a, h)
		return pair[K]{ed.gather(a, 0, h, router, nil, 0, 0), ed.gather(a, h, an, router, b, 0, bn), up}
	}
	// the beginning of b moves to a
	up := cutRouter[K](b, h-an)
	return pair[K]{ed.gather(a, 0, an, router, b, 0, h-an), ed.gather(b, h-an, bn, router, nil, 0, 0), up}
}

// cutRouter returns the least key from position i ≥ 1 of the borrowed node n on: the router between the two parts, if n
// is cut there. keeps 5
func cutRouter[K any](n *node, i int) K {
	if n.level > 0 {
		return routers[K](n)[i-1]
	}
	return *keyAt[K](n, i)
}

// gather is gatherLeaf or gatherInner, by the level of a. a and b are borrowed.
func (ed *edit[K, V]) gather(a *node, i, j int, router K, b *node, k, l int) *node {
	if a.level > 0 {
		return ed.gatherInner(a, i, j, router, b, k, l, 0)
	}
	return ed.gatherLeaf(a, i, j, b, k, l, 0)
}
