//go:build !smallnodes

package vector

import "math/bits"

// The shape of the tree. Nodes of 16 children are 208 bytes and leaves 512: a Set at 100,000 elements
// copies 1.2 KB then. With 32 children or leaves of 1 KB it takes one and a half times as long, and
// objects of more than 512 bytes that hold pointers are slow to allocate.
const (
	fanBits   = 4
	leafBytes = 512
	leafMin   = 4
	leafMax   = 512
	maxLevel  = 16 // no tree of 2³² elements is as high
)

// leafBits returns the binary logarithm of the number of elements that a full leaf has: as many as
// fill leafBytes, a power of two.
func leafBits[T any]() uint {
	n := leafBytes / max(elemSize[T](), 1)
	return uint(bits.Len(uint(min(max(n, leafMin), leafMax)))) - 1
}
