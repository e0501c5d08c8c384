package vector

import (
	"math"

	"github.com/ramet-go/ramet/internal/ownership"
)

const (
	fan     = 1 << fanBits // children of an inner node
	fanMask = fan - 1
	half    = fan / 2 // live children that a node has at least, unless it is at an edge of the tree
)

// maxTree is how many elements a tree can hold. It leaves room for a head and a tail in a length of
// 32 bits, or of 31 where int has 32.
const maxTree = min(math.MaxUint32, math.MaxInt) - 4096

// An opaque is what a child points to: a *node, or the first element of a leaf. alloc.go converts.
type opaque struct{ _ byte }

// A node is an inner node. Children stand in [0, n); those before the first live one are nil and
// have no elements. A node of level 1 has leaves for children.
//
// Nodes know nothing of the element type, so the code that handles them is compiled once for all
// vectors.
type node struct {
	kids  [fan]*opaque
	sizes [fan]uint32  // how many elements there are in kids[:i+1]
	id    ownership.ID // who may change the node
	scale uint32       // a hint: slot ≈ position * scale >> 32
	slots uint16
	owned uint16 // of a node of level 1 that id owns: bit i is set if id owns leaf i as well
}

// len returns the number of elements under n.
func (n *node) len() uint32 { return n.sizes[(n.slots-1)&fanMask] }

// before returns the number of elements before the child at slot.
func (n *node) before(slot int) uint32 {
	if slot == 0 {
		return 0
	}
	return n.sizes[(slot-1)&fanMask]
}

// size returns the number of elements of the child at slot.
func (n *node) size(slot int) uint32 { return n.sizes[slot&fanMask] - n.before(slot) }

// first returns the slot of the first live child.
func (n *node) first() (slot int) {
	for n.kids[slot&fanMask] == nil && slot < int(n.slots) {
		slot++
	}
	return slot
}

// find returns the slot of the child that has the element at position j < n.len(), and the
// position within it. Interpolation finds the slot at once where children have nearly the same
// sizes, and never has far to go: fan is small.
func (n *node) find(j uint32) (slot int, rest uint32) {
	slot = int(uint64(j) * uint64(n.scale) >> 32)
	for n.sizes[slot&fanMask] <= j {
		slot++
	}
	for slot > 0 && n.sizes[(slot-1)&fanMask] > j {
		slot--
	}
	return slot, j - n.before(slot)
}

// measure sets the hint for find. It is called when the sizes have changed.
func (n *node) measure() {
	n.scale = 0
	if total := uint64(n.len()); total > 0 {
		n.scale = uint32(min(uint64(n.slots)<<32/total, math.MaxUint32))
	}
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

// setOwned notes whether the leaf at slot may be changed by whoever may change n.
func (n *node) setOwned(slot int, owned bool) {
	n.owned &^= 1 << slot
	if owned {
		n.owned |= 1 << slot
	}
}

// appendLive appends the live children of n to dst.
func (n *node) appendLive(dst []child) []child {
	for i := n.first(); i < int(n.slots); i++ {
		dst = append(dst, child{ptr: n.kids[i], size: n.size(i)})
	}
	return dst
}
