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

// maxEnds is how many elements a length leaves room for beside those of the tree. A head and a tail have fewer, of
// leafRoom each, which is 640 at most.
const maxEnds = 4096

// maxTree is how many elements a tree can hold, so that a length fits into 32 bits, or into 31 where int has 32.
const maxTree = min(math.MaxUint32, math.MaxInt) - maxEnds

// An opaque stands for the target of a child: a *node, or the first element of a leaf. alloc.go converts.
type opaque struct{ _ byte }

// A node is an inner node. Children stand in the slots [0, slots); those before the first live one are nil and have no
// elements. A node of level 1 has leaves for children.
//
// Nodes know nothing of the element type, so the code that handles them is compiled once for all vectors. A slot is
// masked by fanMask where it is an index, which spares the compiler's test of the bound.
type node struct {
	kids  [fan]*opaque
	sizes [fan]uint32  // how many elements there are in kids[:i+1]
	id    ownership.ID // of the builder that may change the node, or None
	scale uint32       // a hint: slot ≈ position * scale >> 32
	slots uint16       // how many are in use, holes among them
	owned uint16       // in a node of level 1: bit i is set if the owner of the node owns leaf i as well
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

// find returns the slot of the child that has the element at position j < n.len(), and the position within it.
// Interpolation finds the slot at once where children have nearly the same sizes, and never has far to go: fan is
// small. At 100,000 and 1,000,000 elements it took 25 and 74 ns, a search step by step 42 and 90, one without branches
// 27 and 117 (docs/decisions/0006).
func (n *node) find(j uint32) (slot int, rest uint32) {
	slot = int(uint64(j) * uint64(n.scale) >> 32)
	for n.sizes[slot&fanMask] <= j { // a hole has size 0, and is passed like a child that ends too early
		slot++
	}
	for slot > 0 && n.sizes[(slot-1)&fanMask] > j {
		slot--
	}
	return slot, j - n.before(slot)
}

// measure sets the hint for find. It is called when the sizes have changed. A hint that is wrong costs time only.
//
// owned: n.
func (n *node) measure() {
	n.scale = 0
	if total := uint64(n.len()); total > 0 {
		n.scale = uint32(min(uint64(n.slots)<<32/total, math.MaxUint32))
	}
}

// setOwned notes whether the owner of n may change the leaf at slot. It is called whenever a leaf is put there.
//
// owned: n.
func (n *node) setOwned(slot int, owned bool) {
	n.owned &^= 1 << slot
	if owned {
		n.owned |= 1 << slot
	}
}
