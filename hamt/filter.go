//ramet:layer tree

package hamt

// Operations on whole trees that look at one map only.

// filter returns n with those entries only for which keep returns true: n itself, if it
// does so for all. It calls keep once for each entry.
func (ed *edit[K, V]) filter(n *node, keep func(*entry[K, V]) bool) *node {
	if !n.isInner() {
		return ed.filterLeaf(n, func(_ int, e *entry[K, V]) bool { return keep(e) })
	}
	var a assembler[K, V]
	from := uint8(0)
	for _, c := range n.children() {
		s := span{from, n.bitmap.width(from)}
		a.push(ed, s, ed.filter(c, keep))
		from += s.width
	}
	return a.node(ed, n, nil)
}

// filterLeaf is filter for a leaf. keep also gets the entry's position.
func (ed *edit[K, V]) filterLeaf(n *node, keep func(int, *entry[K, V]) bool) *node {
	if n.collides {
		return ed.filterCollision(n, keep)
	}
	var kept [leafMax]uint8
	count, entries := 0, entriesOf[K, V](n)
	for i := range entries {
		if keep(i, &entries[i]) {
			kept[count] = uint8(i)
			count++
		}
	}
	switch count {
	case len(entries):
		return n
	case 0:
		return &empty.node
	}
	l := ed.newLeaf(count)
	for _, i := range kept[:count] {
		push(l, entries[i], n.asLeaf().tags.at(int(i)))
	}
	return &l.node
}

func (ed *edit[K, V]) filterCollision(n *node, keep func(int, *entry[K, V]) bool) *node {
	var kept []record[K, V]
	entries := entriesOf[K, V](n)
	for i := range entries {
		if keep(i, &entries[i]) {
			kept = append(kept, record[K, V]{entry: entries[i]})
		}
	}
	switch {
	case len(kept) == len(entries):
		return n
	case len(kept) > 0 && len(kept) <= leafCap[K, V]():
		hash := ed.by.hash(kept[0].key) // it is that of all of them
		for i := range kept {
			kept[i].hash = hash
		}
	}
	return ed.leafOf(kept)
}

// mapValues returns the node with the keys under n and the values that f returns.
func mapValues[K comparable, V, W any](n *node, f func(K, V) W) *node {
	if n.isInner() {
		children := n.children()
		nn := newInner(n.bitmap, len(children), 0)
		for i, c := range children {
			nn.children()[i] = mapValues[K, V, W](c, f)
		}
		return nn
	}
	entries := entriesOf[K, V](n)
	if n.collides {
		c := &collision[K, W]{entries: make([]entry[K, W], len(entries))}
		c.head.collides = true
		for i := range entries {
			c.entries[i] = entry[K, W]{f(entries[i].key, entries[i].val), entries[i].key}
		}
		return &c.head.node
	}
	if len(entries) == 0 {
		return n
	}
	l := allocLeaf[K, W](len(entries))
	for i := range entries {
		e := &entries[i]
		*entryAt[K, W](&l.node, i) = entry[K, W]{f(e.key, e.val), e.key}
	}
	l.tags, l.count = n.asLeaf().tags, n.count
	return &l.node
}
