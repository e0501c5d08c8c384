//ramet:layer path

package hamt

import (
	"math/bits"

	"github.com/ramet-go/ramet/internal/ownership"
)

// From the root to one leaf, and back up with what became of it.

// A path is the way from a node, the root or one below it, down to a leaf.
type path struct {
	nodes [levels]*node // the inner nodes
	at    [levels]uint8 // the position of the next one among their children
	len   int
	level int // of the first
}

// descend extends the empty path p from n, a node of level p.level, to the leaf whose
// range hash is in, and returns the leaf.
func (p *path) descend(n *node, hash uint64) *node {
	for rest := hash << (uint(p.level) * slotBits); n.isInner(); rest <<= slotBits {
		i := n.bitmap.index(uint(rest >> (hashBits - slotBits)))
		p.nodes[p.len], p.at[p.len] = n, uint8(i)
		p.len++
		n = n.child(i)
	}
	return n
}

// spanAt returns the level of the inner node at the given depth of the path to hash, and the
// span of that node's child on the path.
func (p *path) spanAt(depth int, hash uint64) (level int, s span) {
	level = p.level + depth
	return level, p.nodes[depth].bitmap.rangeOf(slotAt(hash, level))
}

// replace puts now in the place of old, the node that the path leads to at the given
// depth, and returns the node that is at the top of the path then. Nodes that id owns are
// changed in place, others copied.
func (p *path) replace(depth int, old, now *node, id ownership.ID) *node {
	for depth > 0 {
		if old == now {
			return p.nodes[0]
		}
		depth--
		old = p.nodes[depth]
		now = old.withChild(int(p.at[depth]), now, id)
	}
	return now
}

// A finger points to where a key is, or would be: a path to a leaf, and a position there (Guibas and others, A new
// representation for linear lists, 1977, call it so).
type finger[K comparable, V any] struct {
	path
	hash uint64
	leaf *node
	at   int // position in the leaf; -1: not there
}

// seek points the finger to k, whose hash is given, in the subtree at root, which is of
// the given level; nil stands for the empty leaf. It changes nothing. It calls the
// caller's Equal; what follows a seek calls nothing of the caller's once it has begun
// to change nodes.
func (c *finger[K, V]) seek(by keying[K], root *node, level int, hash uint64, k K) {
	c.path.len, c.path.level, c.hash = 0, level, hash
	if root == nil {
		root = &empty.node
	}
	c.leaf = c.descend(root, hash)
	c.at = search[K, V](by, c.leaf, hash, k)
}

func (c *finger[K, V]) found() bool { return c.at >= 0 }

// entry returns the entry that the finger found, which is not to be changed.
func (c *finger[K, V]) entry() *entry[K, V] { return &entriesOf[K, V](c.leaf)[c.at] }

// value returns the value of the key that was found, or zero and false.
func (c *finger[K, V]) value() (v V, ok bool) {
	if c.found() {
		return c.entry().val, true
	}
	return v, false
}

// set gives the key that was found another value, and returns the new root. The nodes of the path may be owned; those that are not are
// copied. The finger is of no use afterwards, and so after the other functions that return a root.
func (c *finger[K, V]) set(ed *edit[K, V], v V) *node {
	leaf := ed.own(c.leaf)
	entriesOf[K, V](leaf)[c.at].val = v
	return c.replace(c.len, c.leaf, leaf, ed.id)
}

// setEntry is set that also puts another instance in the place of the key that was found.
func (c *finger[K, V]) setEntry(ed *edit[K, V], e entry[K, V]) *node {
	leaf := ed.own(c.leaf)
	entriesOf[K, V](leaf)[c.at] = e
	return c.replace(c.len, c.leaf, leaf, ed.id)
}

// insert adds the key that was not found, and returns the new root.
func (c *finger[K, V]) insert(ed *edit[K, V], e entry[K, V]) (root *node) {
	old := c.leaf
	if int(old.count) == leafCap[K, V]() {
		root = c.split(ed, e) // keeps 3; a collision has a count of 0, and grows
	} else {
		now := ed.withEntry(old, e, uint8(c.hash))
		root = c.replace(c.len, old, now, ed.id)
		if now == old {
			return root // changed in place
		}
	}
	// Nothing of the builder's leads to old any more. While the root is a leaf nothing is recycled, so a small map makes no pool.
	if c.len > 0 {
		ed.recycle(old)
	}
	return root
}

// split inserts e into a full leaf, which it divides.
func (c *finger[K, V]) split(ed *edit[K, V], e entry[K, V]) *node {
	var hashes [leafMax + 1]uint64
	entries := entriesOf[K, V](c.leaf)
	n := len(entries)
	for i := range entries {
		hashes[i] = ed.by.hash(entries[i].key)
	}
	hashes[n] = c.hash

	// The leaf stands for several slots: its two halves take its place, unless one of them would get all entries.
	depth := c.len - 1
	if depth >= 0 {
		if level, s := c.spanAt(depth, c.hash); s.width > 1 {
			if low, high := ed.halve(c.leaf, e, hashes[:n+1], level, s); low != nil {
				_, upper := s.halves()
				return c.replaceBy(depth, []*node{low, high}, 1<<upper.from, ed.id)
			}
		}
	}

	var records, scratch [leafMax + 1]record[K, V]
	for i := range entries {
		records[i] = record[K, V]{hashes[i], entries[i]}
	}
	records[n] = record[K, V]{c.hash, e}
	// The leaf is the root: an inner node takes its place.
	if depth < 0 {
		return ed.subtree(records[:n+1], scratch[:n+1], c.level)
	}
	// Narrower spans within its own, or, if it stands for one slot, a node of the next level.
	level, s := c.spanAt(depth, c.hash)
	var a assembler[K, V]
	a.spread(ed, records[:n+1], scratch[:n+1], s, level)
	return c.replaceBy(depth, a.nodes[:a.len], a.bitmap(), ed.id)
}

// replaceBy puts the nodes, which stand where the bitmap b says, in the place of the child that
// the path leads to from the given depth, and returns the new root.
func (c *finger[K, V]) replaceBy(depth int, nodes []*node, b bitmap, id ownership.ID) *node {
	parent, i := c.nodes[depth], int(c.path.at[depth])
	return c.replace(depth, parent, parent.withChildren(i, i+1, nodes, parent.bitmap|b, id), id)
}

// halve returns two leaves for the halves of the span s, to which the entries of the full leaf
// n, and e, go by their hashes, that of e being the last: what spread does, in the case that is
// by far the most frequent. It returns nil, and has done nothing, if one half gets them all.
func (ed *edit[K, V]) halve(n *node, e entry[K, V], hashes []uint64, level int, s span) (low, high *node) {
	var upper uint32 // bit i: entry i goes to the upper half
	half := bits.TrailingZeros8(s.width / 2)
	for i, hash := range hashes {
		upper |= uint32(slotAt(hash, level)>>half&1) << i
	}
	count := bits.OnesCount32(upper)
	if count == 0 || count == len(hashes) {
		return nil, nil
	}
	halves := [2]*leaf{ed.newLeaf(len(hashes) - count), ed.newLeaf(count)}
	entries := entriesOf[K, V](n)
	for i := range entries {
		push(halves[upper>>i&1], entries[i], n.asLeaf().tags.at(i))
	}
	push(halves[upper>>len(entries)&1], e, uint8(hashes[len(entries)]))
	return &halves[0].node, &halves[1].node
}

// remove removes the key that was found, and returns the new root: the empty leaf, if it
// was the only one.
func (c *finger[K, V]) remove(ed *edit[K, V]) *node {
	old, now := c.leaf, ed.without(c.leaf, c.at, uint8(c.hash))
	for depth := c.len - 1; depth >= 0; depth-- {
		// now has become smaller and takes the place of old, the child of parent that stands for s. Where it fits into one
		// leaf with its buddy, the two must be one, and so on with the span twice as wide (keeps 3).
		parent := c.nodes[depth]
		_, s := c.spanAt(depth, c.hash)
		b := parent.bitmap
		i := int(c.path.at[depth])
		j := i + 1 // now stands for the children [i, j)
		for s.width < slots {
			bud := s.buddy()
			at := b.index(uint(bud.from))
			// The buddy may be divided into narrower spans: then it has more entries than a leaf.
			if b>>bud.from&1 == 0 || b.width(bud.from) != s.width || !fits[K, V](now, parent.child(at)) {
				break
			}
			now = ed.fuse(now, parent.child(at)) // if the buddy is owned, so is parent (7): no version leads to it
			i, j = min(i, at), max(j, at+1)
			s = s.double()
		}
		if s.width < slots {
			// Several children became one.
			if j > i+1 {
				now = parent.withChildren(i, j, []*node{now}, b.joined(s), ed.id)
				return c.replace(depth, parent, now, ed.id)
			}
			// The shape is as it was.
			return c.replace(depth+1, old, now, ed.id)
		}
		// All children of parent became one leaf, which takes its place. That stands for one slot in the node above, and
		// may fit together with a buddy there.
		old = parent
	}
	return now
}
