//go:build smallnodes

//ramet:layer rep

package rbtree

// The shape of the tree in the test build that makes a hundred entries a deep one: clusters of black-height 1, which
// makes it a 2-3-4 tree.
const (
	fanMin   = 2
	fanMax   = 4
	leafMost = 3
	maxLevel = 36
)

// leafCap returns how many entries a leaf has room for.
func leafCap[K, V any]() int { return leafMost }

// leafMin returns how many entries a leaf has at least, unless it is the root.
func leafMin[K, V any]() int { return 1 }
