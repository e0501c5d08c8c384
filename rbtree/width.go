//go:build !smallnodes

//ramet:layer rep

package rbtree

// The shape of the tree. An inner node is a cluster of black-height 2, a leaf one of 3: that of an entry of 16 bytes is
// 512 bytes when it is full. Inner nodes of 32 or 64 children, and leaves of 15, 23 or 63 entries, were no faster at
// reading and slower at writing, in prototypes of this layout (docs/decisions/0008).
const (
	fanMin   = 4
	fanMax   = 16
	leafMost = 31 // entries that any leaf may have
	maxLevel = 18 // no tree of 2³² entries is as high
)

// leafCap returns how many entries a leaf has room for: fewer if they are large, because each write copies a leaf. So a
// full leaf has at most 1 KiB, unless an entry has more than 128 bytes. The compiler folds it to a constant.
func leafCap[K, V any]() int {
	switch size := entrySize[K, V](); {
	case size <= 32:
		return 31
	case size <= 64:
		return 15
	}
	return 7
}

// leafMin returns how many entries a leaf has at least, unless it is the root. Two that are short fit into one leaf,
// and any number from here to leafCap has a valid colouring: clusters of black-height 2 have from 3 to 15 entries,
// those of black-height 3 from 7 to 63.
func leafMin[K, V any]() int { return max((leafCap[K, V]()+1)/4, 3) }
