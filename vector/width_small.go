//go:build smallnodes

package vector

// The shape of the tree in the test build that makes a hundred elements a deep one.
const (
	fanBits  = 2
	leafMax  = 4
	maxLevel = 32
)

// leafBits returns the binary logarithm of the number of elements that a full leaf has.
func leafBits[T any]() uint { return 2 }
