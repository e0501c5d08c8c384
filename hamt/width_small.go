//go:build smallnodes

//ramet:layer rep

package hamt

// The shape of the trie in the test build that makes a hundred entries a deep tree.
const (
	slotBits = 2
	leafMax  = 4
)

// leafCap returns how many entries a leaf has room for.
func leafCap[K comparable, V any]() int { return leafMax }
