//ramet:layer path

package vector

// truncate keeps the elements before position k, 0 < k ≤ t.count, except for those of the leaf that has
// the last of them, which it returns with the number of elements to keep.
func (t *tree) truncate(k uint32, bits uint) child {
	root, cut := truncateNode(t.root, t.level, k)
	t.root, t.count = root, k-cut.size
	t.collapse(bits)
	return cut
}

func truncateNode(n *node, level uint8, k uint32) (rest *node, cut child) {
	slot, j := n.find(k - 1)
	var kid *node
	if level == 1 {
		cut = child{ptr: n.kids[slot&fanMask], size: j + 1}
	} else {
		kid, cut = truncateNode(n.kids[slot&fanMask].asNode(), level-1, j+1)
	}
	before := n.before(slot)
	if kid == nil && before == 0 {
		return nil, cut
	}
	rest = &node{slots: uint16(slot)}
	copy(rest.kids[:], n.kids[:slot])
	copy(rest.sizes[:], n.sizes[:slot])
	if kid != nil {
		rest.slots++
		rest.kids[slot&fanMask] = kid.opaque()
		rest.sizes[slot&fanMask] = before + kid.len()
	}
	rest.measure()
	return rest, cut
}

// drop removes the elements before position k < t.count and the leaf that has the element
// there, which it returns whole, with the position of that element in it.
func (t *tree) drop(k uint32, bits uint) (cut child, from uint32) {
	root, cut, from := dropNode(t.root, t.level, k, t.strict)
	gone := k - from + cut.size
	t.root, t.count, t.off = root, t.count-gone, t.off+uint64(gone)
	t.collapse(bits)
	return cut, from
}

func dropNode(n *node, level uint8, k uint32, strict bool) (rest *node, cut child, from uint32) {
	slot, j := n.find(k)
	var kid *node
	if level == 1 {
		cut, from = child{ptr: n.kids[slot&fanMask], size: n.size(slot)}, j
	} else {
		kid, cut, from = dropNode(n.kids[slot&fanMask].asNode(), level-1, j, strict)
	}
	gone := n.sizes[slot&fanMask]
	if kid != nil {
		gone -= kid.len()
	} else if gone == n.len() {
		return nil, cut, from
	}
	// What is left of n are the children from the next one on, and kid before them if there is one.
	to := slot
	if !strict {
		to = 0
	}
	rest = &node{}
	if kid != nil {
		rest.kids[to&fanMask], rest.sizes[to&fanMask] = kid.opaque(), kid.len()
		to++
	} else if strict {
		to++
	}
	for i := slot + 1; i < int(n.slots); i++ {
		rest.kids[to&fanMask], rest.sizes[to&fanMask] = n.kids[i&fanMask], n.sizes[i&fanMask]-gone
		to++
	}
	rest.slots = uint16(to)
	rest.measure()
	return rest, cut, from
}
