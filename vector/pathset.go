//ramet:layer path

package vector

import (
	"slices"

	"github.com/ramet-go/ramet/internal/ownership"
)

// setLeaf sets the element at position j under n, a node of the given level, and returns n or its copy.
//
// owned: n, and the leaf below it, as far as they are id's. borrowed: the rest, which is copied.
func setLeaf[T any](n *node, level uint8, j uint32, x T, id ownership.ID) *node {
	slot, rest := n.find(j)
	if level > 1 {
		kid := setLeaf(n.kids[slot&fanMask].asNode(), level-1, rest, x, id)
		// A kid that id owned is there already. Not to write it again saves the write barrier.
		if n = n.own(id); n.kids[slot&fanMask] != kid.opaque() {
			n.kids[slot&fanMask] = kid.opaque()
		}
		return n
	}
	n = n.own(id)
	if n.owned>>slot&1 == 0 {
		size := n.size(slot)
		n.kids[slot&fanMask] = leafChild(data(slices.Clone(slice(leaf[T](n.kids[slot&fanMask]), size))))
		n.setOwned(slot, id != ownership.None) // keeps 8: what a persistent operation made, nobody owns
	}
	*elemAt(leaf[T](n.kids[slot&fanMask]), rest) = x
	return n
}

// setLeaves replaces the elements from position j on under n, a node of the given level, by xs, and returns n or its
// copy, which id owns. id is that of a builder.
//
// owned: n, and the leaves below it, as far as they are id's. borrowed: the rest, which is copied, and xs.
func setLeaves[T any](n *node, level uint8, j uint32, xs []T, id ownership.ID) *node {
	n = n.own(id)
	slot, rest := n.find(j) // rest is 0 from the second child on
	for ; len(xs) > 0; slot++ {
		kid := slot & fanMask
		size := n.size(slot)
		k := min(uint32(len(xs)), size-rest)
		switch {
		case level > 1:
			n.kids[kid] = setLeaves(n.kids[kid].asNode(), level-1, rest, xs[:k], id).opaque()
		case n.owned>>slot&1 == 0:
			s := slices.Clone(slice(leaf[T](n.kids[kid]), size))
			n.kids[kid] = leafChild(data(s))
			n.setOwned(slot, true) // keeps 8
			fallthrough
		default:
			copy(slice(leaf[T](n.kids[kid]), size)[rest:], xs[:k])
		}
		xs, rest = xs[k:], 0
	}
	return n
}
