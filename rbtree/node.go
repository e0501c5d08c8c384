//ramet:layer rep

package rbtree

import "github.com/ramet-go/ramet/internal/ownership"

// A node is the header that both kinds of nodes begin with. What follows it in memory depends on the kind and is
// reached through alloc.go:
//
//	inner  header | routers [room-1]K | children [room]*node | counts [room]uint32
//	leaf   header | keys [room]K      | values [room]V
//
// Slots that are not in use are zero. What is searched follows the header, in whose cache line the first keys are.
//
// The header says where children and counts are, so that the code which handles them need not know K and V, and is
// compiled once for all maps.
type node struct {
	_      [0]func() // nodes are not compared, so the compiler need not know how
	id     ownership.ID
	second uint32 // the offset of the children, or the values
	len    uint8  // entries of a leaf, children of an inner node
	room   uint8  // entries or children that there is memory for
	level  uint8  // 0: a leaf
}

// size returns the number of entries under n.
func (n *node) size() (sum int) {
	if n.level == 0 {
		return int(n.len)
	}
	for _, c := range n.counts() {
		sum += int(c)
	}
	return sum
}

// kidWith returns the position of the child of the inner node n that has entry i, counted from the first under n, and
// the position of the entry under that child.
func (n *node) kidWith(i int) (kid, rest int) {
	for _, c := range n.counts() {
		if i < int(c) {
			break
		}
		i -= int(c)
		kid++
	}
	return kid, i
}

// minOf returns how many children or entries a node of n's level has at least, unless it is the root.
func minOf[K, V any](n *node) int {
	if n.level > 0 {
		return fanMin
	}
	return leafMin[K, V]()
}

// maxOf returns how many children or entries a node of n's level has at most.
func maxOf[K, V any](n *node) int {
	if n.level > 0 {
		return fanMax
	}
	return leafCap[K, V]()
}

// A tree is a root, nil if there are no entries, and the number of entries under it.
type tree struct {
	root *node
	len  int
}

// maxLen is how many entries a map may have: counts have 32 bits. Where int has 32 bits, maps of half of that take all
// memory that there is.
const maxLen = 1<<32 - 1

// checkLen panics if a and b entries are too many together. Neither is more than maxLen.
func checkLen(a, b int) {
	if uint64(a)+uint64(b) > min(maxLen, uint64(^uint(0)>>1)) {
		tooLong()
	}
}

func tooLong() {
	panic("rbtree: a map of more than 4294967295 entries, or than an int can count")
}
