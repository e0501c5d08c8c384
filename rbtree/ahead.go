//ramet:layer rep

package rbtree

// Reading ahead. Leaves lie anywhere in memory. Of a tree that is too large for the cache a walk reads several before
// it visits them, so that the processor waits for them at once.

const (
	nearLen   = 4096 // a tree of that length is likely to be in the cache
	mostAhead = 4    // leaves at once: at a million entries 5 to 6 ns for each, and 8 to 10 with one (docs/decisions/0008)
)

// readAhead reads up to most of the children of n, which is of level 1, from position i on, and returns the position of
// the first that it did not read. Their values are of the given size.
func (n *node) readAhead(i, most int, valSize uintptr) (end int) {
	end = min(i+most, int(n.len))
	for _, leaf := range n.kids()[i:end] {
		discard(leaf.touch(valSize))
	}
	return end
}

// discard makes the compiler believe that sum is needed.
//
//go:noinline
func discard(sum byte) {}
