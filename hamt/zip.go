//ramet:layer tree

package hamt

// Work on two trees at once. An operation on two maps walks both in step and skips,
// or keeps whole, every subtree that the two share: the work is in proportion to where they
// differ.

// zip calls f with the pairs of subtrees of two inner nodes of the given level that stand for
// the same span s, until f returns false; then it returns false. f gets the level at which a
// and b are, if they are inner nodes.
//
// Where one side has a leaf for a wider span than the other's children, it divides the leaf
// among them. But if cutA is false, a leaf of a stays whole, and f gets it with all of b,
// to look its entries up. The entries of a need not be of ed's type then.
func (ed *edit[K, V]) zip(a, b *node, level int, cutA bool, f func(a, b *node, s span, level int) bool) bool {
	i, j := 0, 0
	for from := uint8(0); from < slots; {
		s, t := span{from, a.bitmap.width(from)}, span{from, b.bitmap.width(from)}
		from += max(s.width, t.width)
		switch {
		// Both have a child for the span.
		case s == t:
			if !f(a.child(i), b.child(j), s, level+1) {
				return false
			}
			i, j = i+1, j+1
		// a has a leaf for several children of b, and it stays whole: f looks for its entries from b down.
		case s.width > t.width && !cutA:
			if !f(a.child(i), b, s, level) {
				return false
			}
			for i++; t.from < from; j++ {
				t.from += b.bitmap.width(t.from)
			}
		// a has a leaf for several children of b (2: an inner node stands for one slot, so the wider one is a leaf).
		case s.width > t.width:
			parts := ed.cut(a.child(i), s, b.bitmap, level)
			for i++; t.from < from; j++ {
				t.width = b.bitmap.width(t.from)
				if !f(parts[t.from], b.child(j), t, level+1) {
					return false
				}
				t.from += t.width
			}
		// b has a leaf for several children of a.
		default:
			parts := ed.cut(b.child(j), t, a.bitmap, level)
			for j++; s.from < from; i++ {
				s.width = a.bitmap.width(s.from)
				if !f(a.child(i), parts[s.from], s, level+1) {
					return false
				}
				s.from += s.width
			}
		}
	}
	return true
}

// cut divides the borrowed leaf n, which stands for span s of an inner node of the given level, into
// leaves for the ranges of b within s, and returns them at the first slot of each. As s
// has several slots, n is not a collision.
func (ed *edit[K, V]) cut(n *node, s span, b bitmap, level int) (parts [slots]*node) {
	var (
		hash  [leafMax]uint64
		at    [leafMax]uint8
		count [slots]int
	)
	entries := entriesOf[K, V](n)
	for i := range entries {
		hash[i] = ed.by.hash(entries[i].key)
		at[i] = b.rangeOf(uint(s.clamp(slotAt(hash[i], level)))).from
		count[at[i]]++
	}
	for from := s.from; from < s.from+s.width; from += b.width(from) {
		parts[from] = &empty.node
		if count[from] > 0 {
			parts[from] = &ed.newLeaf(count[from]).node
		}
	}
	for i := range entries {
		push(parts[at[i]].asLeaf(), entries[i], uint8(hash[i]))
	}
	return parts
}

// seekFrom points c to the key of entry i of the leaf n in the node from, which stands for the
// same span or for a slot of it, and is of the given level if it is an inner node.
func (c *finger[K, V]) seekFrom(by keying[K], n *node, i int, from *node, level int) {
	c.seekKey(by, n, i, entriesOf[K, V](n)[i].key, from, level)
}

// seekKey is seekFrom for a leaf n that may have values of another type, with k for the key of its entry i.
func (c *finger[K, V]) seekKey(by keying[K], n *node, i int, k K, from *node, level int) {
	if from.isInner() || n.collides {
		c.seek(by, from, level, by.hash(k), k)
		return
	}
	c.path.len, c.path.level, c.hash = 0, level, uint64(n.asLeaf().tags.at(i))
	c.leaf = from
	c.at = search[K, V](by, from, c.hash, k)
}

// eachLeaf calls f with every leaf under n until f returns false; then it returns false.
func eachLeaf(n *node, f func(*node) bool) bool {
	if !n.isInner() {
		return f(n)
	}
	for _, c := range n.children() {
		if !eachLeaf(c, f) {
			return false
		}
	}
	return true
}
