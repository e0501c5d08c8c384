//ramet:layer path

package vector

import (
	"slices"

	"github.com/ramet-go/ramet/internal/ownership"
)

// setLeaf sets the element at position j under n, and returns n or its copy.
func setLeaf[T any](n *node, level uint8, j uint32, x T, id ownership.ID) *node {
	slot, rest := n.find(j)
	if level > 1 {
		kid := setLeaf(n.kids[slot&fanMask].asNode(), level-1, rest, x, id)
		if n = n.own(id); n.kids[slot&fanMask] != kid.opaque() { // a builder's is there already
			n.kids[slot&fanMask] = kid.opaque()
		}
		return n
	}
	n = n.own(id)
	if n.owned>>slot&1 == 0 {
		size := n.size(slot)
		n.kids[slot&fanMask] = leafChild(data(slices.Clone(slice(leaf[T](n.kids[slot&fanMask]), size))))
		n.setOwned(slot, id != ownership.None)
	}
	*elemAt(leaf[T](n.kids[slot&fanMask]), rest) = x
	return n
}

// setLeaves replaces the elements from position j on under n by xs, and returns n or its copy, which id owns.
func setLeaves[T any](n *node, level uint8, j uint32, xs []T, id ownership.ID) *node {
	n = n.own(id)
	slot, rest := n.find(j)
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
			n.setOwned(slot, true)
			fallthrough
		default:
			copy(slice(leaf[T](n.kids[kid]), size)[rest:], xs[:k])
		}
		xs, rest = xs[k:], 0
	}
	return n
}
