//ramet:layer node

package hamt

import "github.com/ramet-go/ramet/internal/ownership"

// A node is the header that both kinds of nodes begin with. What follows it in memory
// depends on the kind and is reached through alloc.go:
//
//	inner      header | children  [room]*node
//	leaf       header | tags | entries [room]entry[K, V]
//	collision  header | no tags | slice of entries
//
// Inner nodes and headers know nothing of K and V, so the code that handles them is
// compiled once for all maps.
type node struct {
	_        [0]func() // nodes are not compared, so the compiler need not know how
	bitmap   bitmap    // of an inner node; 0 in a leaf
	count    uint8     // entries of a leaf; 0 in a collision
	room     uint8     // entries or children that there is memory for
	collides bool      // a leaf that is a collision
	id       ownership.ID
}

// A leaf holds up to leafCap entries in no particular order.
type leaf struct {
	node
	tags tags
}

// An entry's value stands first: a value of size zero at the end would be padded.
type entry[K comparable, V any] struct {
	val V
	key K
}

// A collision is a leaf at the end of the hash, with more than leafCap entries whose
// hashes are all equal. Its tags are zero and its count is 0, so a search that does not
// know of collisions finds nothing in it.
type collision[K comparable, V any] struct {
	head    leaf
	entries []entry[K, V]
}

// empty is the leaf that covers ranges without entries, shared by all maps.
var empty = new(leaf)

func (n *node) isInner() bool { return n.bitmap != 0 }

// newInner returns an inner node with room for n children, none of which is set.
func newInner(b bitmap, n int, id ownership.ID) *node {
	in := allocInner(n)
	in.bitmap, in.id = b, id
	return in
}

// withChild returns the inner node n, which may be owned, with child c at position i: n itself if id owns it, else a copy stamped id
// (keeps 7). Its bitmap stays, so c stands for the span that its predecessor stood for.
func (n *node) withChild(i int, c *node, id ownership.ID) *node {
	if id.Owns(n.id) {
		n.children()[i] = c
		return n
	}
	nn := n.copyInner()
	nn.id = id
	nn.children()[i] = c
	return nn
}

// copyInner returns a copy of the inner node n, without room to spare.
func (n *node) copyInner() *node {
	if n.bitmap.len()+1 < int(n.room) {
		nn := newInner(n.bitmap, n.bitmap.len(), n.id)
		copy(nn.children(), n.children())
		return nn
	}
	return cloneInner(n)
}

// withChildren returns the inner node n with the children at positions [i, j) replaced
// by those in cs, which stand where the bitmap b says: n itself if id owns it and it
// has room, else a copy stamped id.
func (n *node) withChildren(i, j int, cs []*node, b bitmap, id ownership.ID) *node {
	old := n.children()
	nn := n
	if id.Owns(n.id) && b.len() <= int(n.room) {
		nn.bitmap = b
	} else {
		nn = newInner(b, b.len(), id)
		copy(nn.children(), old[:i])
	}
	children := nn.children()
	copy(children[i+len(cs):], old[j:])
	copy(children[i:], cs)
	if nn == n && len(children) < len(old) {
		clear(old[len(children):]) // it must not keep alive what was removed
	}
	return nn
}
