//ramet:layer node

package rbtree

import "github.com/ramet-go/ramet/internal/ownership"

// How much room nodes get. The sizes that there are stand in alloc.go: a leaf has room for an odd number of entries, an
// inner node for an even number of children. A persistent operation takes the smallest size that fits, because nobody
// will add to the node. A builder's nodes grow, and take a larger one each time they must be replaced.

// step is by how many entries or children nodes grow at once. Steps of two, for nodes that do not grow, and of four are
// the outcome of measurements: two against four saved 103 of 1,395 bytes for a persistent write at 100,000 entries
// (docs/decisions/0008).
const step = 4

// leafRoom returns how much room a new leaf for n entries gets. One that grows gets the last quarter at once: with a
// step from half to three quarters and one more, a map built from random keys takes 20.9 bytes for an entry of 16
// instead of 19.7.
func (ed *edit[K, V]) leafRoom(n int) int {
	if !ed.growing {
		return leafSize(n)
	}
	room := n | (step - 1)
	if most := leafCap[K, V](); room > most*3/4 {
		return most
	}
	return room
}

// innerRoom returns how much room a new inner node for n children gets.
func (ed *edit[K, V]) innerRoom(n int) int {
	if ed.growing {
		return (n + step - 1) &^ (step - 1)
	}
	return innerSize(n)
}

// spare returns for how many more children to make room in an inner node of n that is to get another. atEnd says that
// the node has the greatest keys of a tree that is likely to grow there.
func (ed *edit[K, V]) spare(n int, atEnd bool) int {
	switch {
	case atEnd && ed.growing:
		return fanMax - n // keys in order fill it without another copy
	case atEnd && ed.id != ownership.None:
		return min(step, fanMax-n) // an appender, or a join, goes on there for a while
	}
	return 1
}

// isStep reports whether a leaf's room is one of those that growing leaves have: one less than a multiple of the step.
func isStep(room int) bool { return room%step == step-1 }
