//ramet:layer path

package vector

// Cutting a tree at either end. These are persistent operations only, which own nothing: they make new nodes, and share
// the others. The leaf at the cut becomes a head or a tail, as it is.

// truncate keeps the elements before position k, 0 < k ≤ t.count, except for those of the leaf that has the last of
// them: it returns that leaf, with the number of its elements to keep as its size.
//
// borrowed: the nodes of t.
func (t *tree) truncate(k uint32, bits uint) child {
	root, cut := truncateNode(t.root, t.level, k)
	t.root, t.count = root, k-cut.size // keeps 4
	t.collapse(bits)
	return cut
}

// truncateNode is truncate for n, a node of the given level. rest is what is left of it, or nil if nothing is.
//
// borrowed: n.
func truncateNode(n *node, level uint8, k uint32) (rest *node, cut child) {
	slot, j := n.find(k - 1)
	var kid *node // what is left of the child at slot: nothing, if that is the leaf which is cut off
	if level == 1 {
		cut = child{ptr: n.kids[slot&fanMask], size: j + 1}
	} else {
		kid, cut = truncateNode(n.kids[slot&fanMask].asNode(), level-1, j+1)
	}
	before := n.before(slot)
	if kid == nil && before == 0 {
		return nil, cut // keeps 5: before slot there are holes, and no live children
	}
	rest = &node{slots: uint16(slot)} // of nobody, and no leaf is owned: keeps 8
	copy(rest.kids[:], n.kids[:slot]) // holes too, so no child changes its slot: keeps 7
	copy(rest.sizes[:], n.sizes[:slot])
	if kid != nil {
		rest.slots++
		rest.kids[slot&fanMask] = kid.opaque()
		rest.sizes[slot&fanMask] = before + kid.len() // keeps 4
	}
	rest.measure()
	return rest, cut
}

// drop removes the elements before position k < t.count, and the leaf that has the element there. It returns that leaf
// with all of its elements, and the position of that element in it.
//
// borrowed: the nodes of t.
func (t *tree) drop(k uint32, bits uint) (cut child, from uint32) {
	root, cut, from := dropNode(t.root, t.level, k, t.strict)
	gone := k - from + cut.size
	t.root, t.count, t.off = root, t.count-gone, t.off+uint64(gone) // keeps 4, and in a strict tree 7
	t.collapse(bits)
	return cut, from
}

// dropNode is drop for n, a node of the given level. rest is what is left of it, or nil if nothing is.
//
// borrowed: n.
func dropNode(n *node, level uint8, k uint32, strict bool) (rest *node, cut child, from uint32) {
	slot, j := n.find(k)
	var kid *node // what is left of the child at slot
	if level == 1 {
		cut, from = child{ptr: n.kids[slot&fanMask], size: n.size(slot)}, j
	} else {
		kid, cut, from = dropNode(n.kids[slot&fanMask].asNode(), level-1, j, strict)
	}
	gone := n.sizes[slot&fanMask] // elements of n that are not in rest
	if kid != nil {
		gone -= kid.len()
	} else if gone == n.len() {
		return nil, cut, from
	}
	// What is left of n are the children from the next one on, and kid before them if there is one. In a strict tree
	// they stay at their slots, and leave holes: keeps 7. In a relaxed one they begin at slot 0.
	to := slot
	if !strict {
		to = 0
	}
	rest = &node{} // of nobody, and no leaf is owned: keeps 8
	if kid != nil {
		rest.kids[to&fanMask], rest.sizes[to&fanMask] = kid.opaque(), kid.len()
		to++
	} else if strict {
		to++ // another hole, where the leaf was
	}
	for i := slot + 1; i < int(n.slots); i++ {
		rest.kids[to&fanMask], rest.sizes[to&fanMask] = n.kids[i&fanMask], n.sizes[i&fanMask]-gone // keeps 4
		to++
	}
	rest.slots = uint16(to)
	rest.measure()
	return rest, cut, from
}
