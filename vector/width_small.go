//go:build smallnodes

//ramet:layer rep

package vector

// The shape of the tree in the test build that makes a hundred elements a deep one.
const (
	fanBits  = 2
	leafMax  = 4
	maxLevel = 32
)

// leafBits returns the binary logarithm of the number of elements that a full leaf has.
func leafBits[T any]() uint { return 2 }

// leafRoom returns how many elements a leaf of a relaxed tree can have.
func leafRoom[T any]() int { return 1<<leafBits[T]() + 1<<leafBits[T]()/4 }
