//ramet:layer path

package vector

import "github.com/ramet-go/ramet/internal/ownership"

// pushBack adds a leaf at the right end: a full one, unless the tree is about to become a relaxed one.
//
// owned: the nodes of t as far as they are id's; the others are copied. borrowed: the leaf, unless c.owned.
func (t *tree) pushBack(c child, id ownership.ID) {
	if t.root == nil {
		t.root, t.level, t.strict, t.count = newNode(id, c), 1, true, c.size
		return
	}
	t.pushBackOf(0, c, id)
}

// pushLeaves adds fan full leaves, which id owns, at the right end, and reports true; or it does nothing, if they are
// not to be a node of their own because the last one has slots left.
//
// owned: the nodes of t as far as they are id's, and the leaves.
func (t *tree) pushLeaves(leaves *[fan]child, id ownership.ID) bool {
	switch {
	case t.root == nil:
		t.root, t.level, t.strict = newNode(id, leaves[:]...), 1, true
		t.count = t.root.len()
		return true
	case t.lastNode().slots < fan:
		return false // keeps 5: a node within the tree is full enough
	}
	n := newNode(id, leaves[:]...)
	t.pushBackOf(1, child{ptr: n.opaque(), size: n.len()}, id)
	return true
}

// pushBackOf adds a child of level of < t.level + 1 at the right end of a tree that is not empty.
//
// owned: the nodes of t as far as they are id's.
func (t *tree) pushBackOf(of uint8, c child, id ownership.ID) {
	t.count += c.size // keeps 4
	if of < t.level {
		if root := pushBack(t.root, t.level, c, of, id); root != nil {
			t.root = root
			return
		}
	}
	// The right edge is full up to the root, or the child is as high as the root: the tree grows by a level.
	t.root = newNode(id, child{ptr: t.root.opaque(), size: t.root.len()}, chain(t.level+1, c, of, false, id))
	t.level++
}

// pushBack adds a child of level of at the right end of n, a node of the given level, and returns n or its copy: nil,
// and nothing is changed, if there is no room.
//
// owned: n, and the nodes below it, as far as they are id's. borrowed: the others, and what c points to.
func pushBack(n *node, level uint8, c child, of uint8, id ownership.ID) *node {
	slot := int(n.slots) - 1

	// Easy case: there is room under the last child.
	if level > of+1 {
		if kid := pushBack(n.kids[slot&fanMask].asNode(), level-1, c, of, id); kid != nil {
			n = n.own(id)
			n.put(slot, kid.opaque(), int(c.size))
			return n
		}
	}

	// A new child, if there is a slot. It has size 0 until put adds its own.
	if n.slots == fan {
		return nil
	}
	n = n.own(id)
	slot++
	n.sizes[slot&fanMask] = n.len()
	n.slots++
	kid := chain(level, c, of, false, id)
	n.put(slot, kid.ptr, int(kid.size)) // keeps 4
	n.setOwned(slot, kid.owned)         // keeps 8: the slot may have been another leaf's
	return n
}

// pushFront adds a full leaf at the left end.
//
// owned: the nodes of t as far as they are id's; the others are copied. borrowed: the leaf, unless c.owned.
func (t *tree) pushFront(c child, bits uint, id ownership.ID) {
	if t.root == nil {
		t.pushBack(c, id)
		return
	}
	t.count += c.size // keeps 4
	root := pushFront(t.root, t.level, c, t.strict, id)
	switch {
	case root != nil: // easy case: the left edge had a hole, or a relaxed tree had a slot
		t.root = root
	case t.strict:
		// The old root goes to the middle, so that there is as much room on either side. All radix positions move by
		// the slots before it, and off with them.
		root = &node{id: id, slots: half + 1}
		kid := chain(t.level+1, c, 0, true, id)
		root.put(half-1, kid.ptr, int(kid.size))
		root.put(half, t.root.opaque(), int(t.root.len()))
		t.root = root
		t.level++
		t.off += half << shift(t.level, bits) // keeps 7
	default:
		t.root = newNode(id, chain(t.level+1, c, 0, false, id), child{ptr: t.root.opaque(), size: t.root.len()})
		t.level++
	}
	if t.strict {
		t.off -= uint64(c.size) // keeps 7: the first element is the leaf's now
	}
}

// pushFront adds a leaf at the left end of n, a node of the given level, and returns n or its copy: nil, and nothing is
// changed, if there is no room. In a strict tree no child changes its slot, and there is room only in a hole.
//
// owned: n, and the nodes below it, as far as they are id's. borrowed: the others, and the leaf, unless c.owned.
func pushFront(n *node, level uint8, c child, strict bool, id ownership.ID) *node {
	slot := n.first()

	// Easy case: there is room under the first child.
	if level > 1 {
		if kid := pushFront(n.kids[slot&fanMask].asNode(), level-1, c, strict, id); kid != nil {
			n = n.own(id)
			n.put(slot, kid.opaque(), int(c.size))
			return n
		}
	}

	if slot == 0 && (strict || n.slots == fan) {
		return nil // keeps 7
	}
	n = n.own(id)
	if slot == 0 {
		// A relaxed tree, without a hole: all children move by a slot, and so do the bits of the owned leaves.
		copy(n.kids[1:], n.kids[:n.slots])
		copy(n.sizes[1:], n.sizes[:n.slots])
		n.sizes[0] = 0
		n.owned <<= 1 // keeps 8
		n.slots++
		slot = 1
	}
	// The slot before the first child is a hole now, of size 0 until put adds that of the new child.
	kid := chain(level, c, 0, strict, id)
	n.put(slot-1, kid.ptr, int(kid.size)) // keeps 4
	n.setOwned(slot-1, kid.owned)         // keeps 8
	return n
}
