package hamt

// The structural layer for two trees. What works on two maps walks both in step and skips,
// or keeps whole, every subtree that the two share: the work is in proportion to where they
// differ.

// zip calls f with the pairs of subtrees of two inner nodes of the given level that stand for
// the same span, until f returns false; then it returns false. Where one side has a leaf
// for a wider span than the other's children, it divides the leaf among them.
func (ed *edit[K, V]) zip(a, b *node, level int, f func(a, b *node, s span) bool) bool {
	i, j := 0, 0
	for from := uint8(0); from < slots; {
		s, t := span{from, a.bitmap.width(from)}, span{from, b.bitmap.width(from)}
		switch {
		case s == t:
			if !f(a.child(i), b.child(j), s) {
				return false
			}
			i, j = i+1, j+1
		case s.width > t.width:
			parts := ed.cut(a.child(i), s, b.bitmap, level)
			for at := from; at < from+s.width; j++ {
				t = span{at, b.bitmap.width(at)}
				if !f(parts[at], b.child(j), t) {
					return false
				}
				at += t.width
			}
			i++
			from += s.width
			continue
		default:
			parts := ed.cut(b.child(j), t, a.bitmap, level)
			for at := from; at < from+t.width; i++ {
				s = span{at, a.bitmap.width(at)}
				if !f(a.child(i), parts[at], s) {
					return false
				}
				at += s.width
			}
			j++
			from += t.width
			continue
		}
		from += s.width
	}
	return true
}

// cut divides the leaf n, which stands for span s of an inner node of the given level, into
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
func (c *cursor[K, V]) seekFrom(by keying[K], n *node, i int, from *node, level int) {
	k := entriesOf[K, V](n)[i].key
	if from.isInner() || n.collides {
		c.seek(by, from, level, by.hash(k), k)
		return
	}
	c.path.len, c.path.level, c.hash = 0, level, uint64(n.asLeaf().tags.at(i))
	c.leaf = from
	c.at = search[K, V](by, from, c.hash, k)
}

// under calls f with every leaf under n until f returns false; then it returns false.
func under(n *node, f func(*node) bool) bool {
	if !n.isInner() {
		return f(n)
	}
	for _, c := range n.children() {
		if !under(c, f) {
			return false
		}
	}
	return true
}
