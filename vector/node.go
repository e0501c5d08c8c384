//ramet:layer rep

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

// setOwned notes whether the leaf at slot may be changed by whoever may change n.
func (n *node) setOwned(slot int, owned bool) {
	n.owned &^= 1 << slot
	if owned {
		n.owned |= 1 << slot
	}
}
