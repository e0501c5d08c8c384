//ramet:layer path

package vector

import "github.com/ramet-go/ramet/internal/ownership"

// pushBack adds a leaf at the right end: a full one, unless the tree is about to become a
// relaxed one.
func (t *tree) pushBack(c child, id ownership.ID) {
	if t.root == nil {
		t.root, t.level, t.strict, t.count = newNode(id, c), 1, true, c.size
		return
	}
	t.pushBackOf(0, c, id)
}

// pushLeaves adds fan full leaves at the right end, and reports true; or it does nothing, if they are not to
// be a node of their own, which id owns.
func (t *tree) pushLeaves(leaves *[fan]child, id ownership.ID) bool {
	switch {
	case t.root == nil:
		t.root, t.level, t.strict = newNode(id, leaves[:]...), 1, true
		t.count = t.root.len()
		return true
	case t.lastNode().slots < fan:
		return false
	}
	n := newNode(id, leaves[:]...)
	t.pushBackOf(1, child{ptr: n.opaque(), size: n.len()}, id)
	return true
}

// pushBackOf adds a child of level of < t.level + 1 at the right end of a tree that is not empty.
func (t *tree) pushBackOf(of uint8, c child, id ownership.ID) {
	t.count += c.size
	if of < t.level {
		if root := pushBack(t.root, t.level, c, of, id); root != nil {
			t.root = root
			return
		}
	}
	t.root = newNode(id, child{ptr: t.root.opaque(), size: t.root.len()}, chain(t.level+1, c, of, false, id))
	t.level++
}

// pushBack adds a child of level of at the right end of n, and returns n or its copy: nil, and nothing
// is changed, if there is no room.
func pushBack(n *node, level uint8, c child, of uint8, id ownership.ID) *node {
	slot := int(n.slots) - 1
	if level > of+1 {
		if kid := pushBack(n.kids[slot&fanMask].asNode(), level-1, c, of, id); kid != nil {
			n = n.own(id)
			n.put(slot, kid.opaque(), int(c.size))
			return n
		}
	}
	if n.slots == fan {
		return nil
	}
	n = n.own(id)
	slot++
	n.sizes[slot&fanMask] = n.len()
	n.slots++
	kid := chain(level, c, of, false, id)
	n.put(slot, kid.ptr, int(kid.size))
	n.setOwned(slot, kid.owned)
	return n
}

// pushFront adds a full leaf at the left end.
func (t *tree) pushFront(c child, bits uint, id ownership.ID) {
	if t.root == nil {
		t.pushBack(c, id)
		return
	}
	t.count += c.size
	root := pushFront(t.root, t.level, c, t.strict, id)
	switch {
	case root != nil:
		t.root = root
	case t.strict:
		// The old root goes to the middle, so that there is as much room on either side.
		root = &node{id: id, slots: half + 1}
		kid := chain(t.level+1, c, 0, true, id)
		root.put(half-1, kid.ptr, int(kid.size))
		root.put(half, t.root.opaque(), int(t.root.len()))
		t.root = root
		t.level++
		t.off += half << shift(t.level, bits)
	default:
		t.root = newNode(id, chain(t.level+1, c, 0, false, id), child{ptr: t.root.opaque(), size: t.root.len()})
		t.level++
	}
	if t.strict {
		t.off -= uint64(c.size)
	}
}

// pushFront adds a leaf at the left end of n, and returns n or its copy: nil, and nothing is
// changed, if there is no room. In a strict tree no child changes its slot.
func pushFront(n *node, level uint8, c child, strict bool, id ownership.ID) *node {
	slot := n.first()
	if level > 1 {
		if kid := pushFront(n.kids[slot&fanMask].asNode(), level-1, c, strict, id); kid != nil {
			n = n.own(id)
			n.put(slot, kid.opaque(), int(c.size))
			return n
		}
	}
	if slot == 0 && (strict || n.slots == fan) {
		return nil
	}
	n = n.own(id)
	if slot == 0 {
		copy(n.kids[1:], n.kids[:n.slots])
		copy(n.sizes[1:], n.sizes[:n.slots])
		n.sizes[0] = 0
		n.owned <<= 1
		n.slots++
		slot = 1
	}
	kid := chain(level, c, 0, strict, id)
	n.put(slot-1, kid.ptr, int(kid.size))
	n.setOwned(slot-1, kid.owned)
	return n
}
