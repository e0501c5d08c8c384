package vector

import "github.com/ramet-go/ramet/internal/ownership"

// A tree holds the elements between the head and the tail, in leaves at one depth. The zero tree is
// empty.
type tree struct {
	root   *node
	off    uint64 // of a strict tree: the radix position of its first element
	count  uint32
	level  uint8 // of the root: how many nodes there are from it down to a leaf
	strict bool  // all leaves are full, and each stands where the radix of its position says
}

// shift returns the binary logarithm of the number of radix positions under a child of a node of
// the given level, where leaves have 1<<bits.
func shift(level uint8, bits uint) uint { return bits + uint(level)*fanBits - fanBits }

// leafAt returns the leaf that has the element at position j < t.count, and the position within it,
// in a tree whose full leaves have 1<<bits elements.
func (t *tree) leafAt(j uint32, bits uint) (*opaque, uint32) {
	if !t.strict {
		return t.find(j)
	}
	n, p := t.root, t.off+uint64(j)
	for s := shift(t.level, bits); s > bits; s -= fanBits {
		n = n.kids[p>>(s&63)&fanMask].asNode()
	}
	return n.kids[p>>(bits&63)&fanMask], uint32(p) & (1<<(bits&31) - 1)
}

// find is leafAt for any tree.
func (t *tree) find(j uint32) (*opaque, uint32) {
	n := t.root
	for level := t.level; ; level-- {
		slot, rest := n.find(j)
		if level == 1 {
			return n.kids[slot&fanMask], rest
		}
		n, j = n.kids[slot&fanMask].asNode(), rest
	}
}

// chain returns c, of level of, under as many nodes of one child as make it a child of a node of level
// above. In a strict tree that grows to the left, the child is each node's last.
func chain(above uint8, c child, of uint8, last bool, id ownership.ID) child {
	for range above - of - 1 {
		n := &node{id: id}
		slot := 0
		if last {
			slot = fan - 1
		}
		n.slots = uint16(slot + 1)
		n.put(slot, c.ptr, int(c.size))
		n.setOwned(slot, c.owned)
		c = child{ptr: n.opaque(), size: c.size}
	}
	return c
}

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

// lastNode returns the last node of level 1.
func (t *tree) lastNode() *node {
	n := t.root
	for range t.level - 1 {
		n = n.kids[(n.slots-1)&fanMask].asNode()
	}
	return n
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

// collapse removes roots of a single child.
func (t *tree) collapse(bits uint) {
	if t.root == nil {
		*t = tree{}
		return
	}
	for t.level > 1 {
		slot := t.root.first()
		if slot != int(t.root.slots)-1 {
			return
		}
		if t.strict {
			t.off -= uint64(slot) << shift(t.level, bits)
		}
		t.root = t.root.kids[slot&fanMask].asNode()
		t.level--
	}
}
