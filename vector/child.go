//ramet:layer node

package vector

import "github.com/ramet-go/ramet/internal/ownership"

// A child is a subtree on its way into a node.
type child struct {
	ptr   *opaque
	size  uint32
	owned bool // a leaf, which the owner of the node that it goes into may change
}

// newNode returns a node of the owner id with the given children.
//
// borrowed: what kids point to.
func newNode(id ownership.ID, kids ...child) *node {
	n := &node{id: id, slots: uint16(len(kids))}
	sum := uint32(0)
	for i, c := range kids {
		sum += c.size
		n.kids[i&fanMask], n.sizes[i&fanMask] = c.ptr, sum // keeps 4
		n.setOwned(i, c.owned)
	}
	n.measure()
	return n
}

// pack returns one node of the given children, or two nodes that share them evenly. There are at most 2*fan of them,
// those of two nodes that are joined.
//
// borrowed: what kids point to. The new nodes own none of it: a leaf that a builder owned is copied when it is next
// changed.
func pack(kids []child) (a, b child) {
	if len(kids) <= fan {
		n := newNode(ownership.None, kids...)
		return child{ptr: n.opaque(), size: n.len()}, child{}
	}
	// More than fan children make two nodes of at least half a node's: keeps 5.
	a, _ = pack(kids[:len(kids)/2])
	b, _ = pack(kids[len(kids)/2:])
	return a, b
}

// chain returns c, of level of, under as many nodes of one child as make it a child of a node of level above. In a
// strict tree that grows to the left, the child is each node's last. The nodes are sparse, and so may only stand at an
// edge of the tree.
//
// borrowed: what c points to. If c is an owned leaf, the first of the nodes takes note of that.
func chain(above uint8, c child, of uint8, last bool, id ownership.ID) child {
	for range above - of - 1 {
		n := &node{id: id}
		slot := 0
		if last {
			slot = fan - 1 // keeps 7: what comes before c next has the slots to the left
		}
		n.slots = uint16(slot + 1)
		n.put(slot, c.ptr, int(c.size))
		n.setOwned(slot, c.owned)
		c = child{ptr: n.opaque(), size: c.size} // a node, which carries its id: keeps 8
	}
	return c
}

// sparse reports whether c, of the given level, is less than half full: a leaf has fewer than half of 1<<bits elements,
// or a node fewer than half of its children.
func (c child) sparse(level uint8, bits uint) bool {
	if level == 0 {
		return c.size < 1<<bits/2
	}
	n := c.ptr.asNode()
	return int(n.slots)-n.first() < half
}

// appendLive appends the live children of n to dst. Nobody owns them there: of which node they will be, and whose that
// is, is open.
//
// borrowed: n.
func (n *node) appendLive(dst []child) []child {
	for i := n.first(); i < int(n.slots); i++ {
		dst = append(dst, child{ptr: n.kids[i], size: n.size(i)})
	}
	return dst
}

// own returns n if id owns it, and else a copy that id owns. The copy owns none of its leaves, which n goes on to point
// to.
//
// borrowed: n, unless id owns it.
func (n *node) own(id ownership.ID) *node {
	if id.Owns(n.id) {
		return n
	}
	c := *n
	c.id, c.owned = id, 0 // keeps 8: the leaves are still those of n
	return &c
}

// put makes kid the child at slot, which is grown elements larger than the child that was there.
//
// owned: n. borrowed: kid.
func (n *node) put(slot int, kid *opaque, grown int) {
	n.kids[slot&fanMask] = kid
	for i := slot; i < int(n.slots); i++ {
		n.sizes[i&fanMask] += uint32(grown) // keeps 4: the sizes are sums
	}
	n.measure()
}
