//ramet:layer tree

package vector

// A chunker visits the chunks of a vector in one direction: its head, its leaves and its tail. It comes down from the
// root once for each node of level 1. That is as fast as a stack, which a small vector would pay for as well
// (docs/decisions/0006).
type chunker[T any] struct {
	chunk []T // not to be changed
	v     Vector[T]
	n     *node  // of level 1
	slot  int    // of the next leaf in n
	pos   uint32 // in the tree: of the element after (before, if going backward) that leaf's neighbour
	stage uint8  // how many of head, tree and tail were begun
}

// chunks returns a chunker of v, which is at neither end yet: next begins at the front, prev at the back.
func (v Vector[T]) chunks() chunker[T] { return chunker[T]{v: v} }

// next moves to the next chunk, and reports whether there is one.
func (c *chunker[T]) next() bool {
	for {
		switch {
		case c.n != nil && c.slot < int(c.n.slots): // the next leaf of this node
			c.leaf()
			c.pos += uint32(len(c.chunk))
			c.slot++
			return true
		case c.stage == 2 && c.pos < c.v.base().count: // the next node
			c.descend(c.pos)
		default:
			c.n = nil
			if more, ok := c.begin(0, 1, 2); ok {
				return more
			}
		}
	}
}

// prev moves to the previous chunk, and reports whether there is one. It begins at the end.
func (c *chunker[T]) prev() bool {
	for {
		switch {
		case c.n != nil && c.slot >= 0 && c.n.kids[c.slot&fanMask] != nil: // and no hole
			c.leaf()
			c.pos -= uint32(len(c.chunk))
			c.slot--
			return true
		case c.stage == 2 && c.pos > 0:
			c.descend(c.pos - 1)
		default:
			c.n = nil
			if more, ok := c.begin(2, 1, 0); ok {
				return more
			}
		}
	}
}

// leaf makes the leaf at c's slot the chunk.
func (c *chunker[T]) leaf() {
	c.chunk = slice(leaf[T](c.n.kids[c.slot&fanMask]), c.n.size(c.slot))
}

// descend finds the leaf that has the element at position j of the tree.
func (c *chunker[T]) descend(j uint32) {
	t := &c.v.base().core().tree
	c.n = t.root
	for level := t.level; level > 1; level-- {
		slot, rest := c.n.find(j)
		c.n, j = c.n.kids[slot&fanMask].asNode(), rest
	}
	c.slot, _ = c.n.find(j)
}

// begin begins the next of the three parts in the given order: head (0), tree (1) and tail (2). It returns true and
// true if that is a chunk, false and true if there is none left, and false and false otherwise.
func (c *chunker[T]) begin(order ...int) (more, ok bool) {
	if c.stage == 3 || c.v.base() == nil {
		return false, true
	}
	part := order[c.stage]
	c.stage++
	switch part {
	case 0:
		c.chunk = c.v.head()
	case 1:
		c.pos = 0
		if order[0] == 2 {
			c.pos = c.v.base().count
		}
		return false, false
	case 2:
		c.chunk = c.v.tail()
	}
	return true, len(c.chunk) > 0
}
