//ramet:layer node

package vector

import "github.com/ramet-go/ramet/internal/ownership"

// A child is a subtree on its way into a node.
type child struct {
	ptr   *opaque
	size  uint32
	owned bool // a leaf that whoever makes the node may change
}

// newNode returns a node with the given children.
func newNode(id ownership.ID, kids ...child) *node {
	n := &node{id: id, slots: uint16(len(kids))}
	sum := uint32(0)
	for i, c := range kids {
		sum += c.size
		n.kids[i&fanMask], n.sizes[i&fanMask] = c.ptr, sum
		n.setOwned(i, c.owned)
	}
	n.measure()
	return n
}

// pack returns one node of the given children, or two nodes that share them evenly.
func pack(kids []child) (a, b child) {
	if len(kids) <= fan {
		n := newNode(ownership.None, kids...)
		return child{ptr: n.opaque(), size: n.len()}, child{}
	}
	a, _ = pack(kids[:len(kids)/2])
	b, _ = pack(kids[len(kids)/2:])
	return a, b
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

// sparse reports whether c is less than half full.
func (c child) sparse(level uint8, bits uint) bool {
	if level == 0 {
		return c.size < 1<<bits/2
	}
	n := c.ptr.asNode()
	return int(n.slots)-n.first() < half
}

// appendLive appends the live children of n to dst.
func (n *node) appendLive(dst []child) []child {
	for i := n.first(); i < int(n.slots); i++ {
		dst = append(dst, child{ptr: n.kids[i], size: n.size(i)})
	}
	return dst
}

// own returns the node n if id owns it, and else a copy stamped id, which owns none of its leaves.
func (n *node) own(id ownership.ID) *node {
	if id.Owns(n.id) {
		return n
	}
	c := *n
	c.id, c.owned = id, 0
	return &c
}

// put sets the child of the node n, which the caller owns, at slot, and adds grown to its size.
func (n *node) put(slot int, kid *opaque, grown int) {
	n.kids[slot&fanMask] = kid
	for i := slot; i < int(n.slots); i++ {
		n.sizes[i&fanMask] += uint32(grown)
	}
	n.measure()
}
