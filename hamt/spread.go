//ramet:layer node

package hamt

import "slices"

// Building nodes from records and from other nodes, bottom-up: what makes the shape
// canonical whichever way a map comes about.

// A record is an entry with its hash.
type record[K comparable, V any] struct {
	hash uint64
	entry[K, V]
}

// An assembler puts the children of one inner node together, from slot 0 up. It merges
// neighbours that fit into one leaf, so that what it makes is canonical.
type assembler[K comparable, V any] struct {
	len   int
	nodes [slots]*node
	spans [slots]span
}

// push adds a child that covers s.
func (a *assembler[K, V]) push(ed *edit[K, V], s span, n *node) {
	// Keeps 3: a leaf and its buddy that fit into one are one, whatever became of them before.
	for a.len > 0 && s.width < slots && a.spans[a.len-1] == s.buddy() && fits[K, V](a.nodes[a.len-1], n) {
		a.len--
		n, s = ed.fuse(a.nodes[a.len], n), s.double()
	}
	a.nodes[a.len], a.spans[a.len] = n, s
	a.len++
}

// bitmap returns the bitmap of the children that were pushed.
func (a *assembler[K, V]) bitmap() (b bitmap) {
	for _, s := range a.spans[:a.len] {
		b |= 1 << s.from
	}
	return b
}

// node returns the node of the children that were pushed, which cover all slots: a leaf, if
// they have merged into one; one of the inner nodes like and orLike, which may be nil, if it
// has just these children; or a new inner node.
func (a *assembler[K, V]) node(ed *edit[K, V], like, orLike *node) *node {
	if a.len == 1 {
		return a.nodes[0]
	}
	b := a.bitmap()
	switch {
	case a.makeUp(like, b):
		return like
	case a.makeUp(orLike, b):
		return orLike
	}
	n := newInner(b, a.len, ed.id)
	copy(n.children(), a.nodes[:a.len])
	return n
}

// makeUp reports whether the children that were pushed, which have the bitmap b, are those
// of n.
func (a *assembler[K, V]) makeUp(n *node, b bitmap) bool {
	return n != nil && n.bitmap == b && slices.Equal(a.nodes[:a.len], n.children())
}

// subtree returns the node of the given level that holds the records, more than a leaf holds.
// scratch is at least as
// long as records; both are overwritten.
func (ed *edit[K, V]) subtree(records, scratch []record[K, V], level int) *node {
	var a assembler[K, V]
	a.spread(ed, records, scratch, whole, level)
	return a.node(ed, nil, nil)
}

// spread pushes the nodes that hold the records, more than a leaf holds, all of which belong into
// span s of an inner node of the given level. Equal keys, if ed allows for them, keep their
// order.
func (a *assembler[K, V]) spread(ed *edit[K, V], records, scratch []record[K, V], s span, level int) {
	b := sorter[K, V]{span: s, level: level}
	b.count(records)
	b.place()
	b.scatter(records, scratch)
	a.divide(ed, scratch[:len(records)], records, &b, s)
}

// divide is spread for records that b has sorted by slot. scratch is as long as those of any
// slot of s.
func (a *assembler[K, V]) divide(ed *edit[K, V], records, scratch []record[K, V], b *sorter[K, V], s span) {
	switch part := b.in(records, s); {
	// The widest span whose entries fit into a leaf (keeps 3).
	case len(part) <= leafCap[K, V]():
		a.push(ed, s, ed.leafOf(part))
	case s.width > 1:
		low, high := s.halves()
		a.divide(ed, records, scratch, b, low)
		a.divide(ed, records, scratch, b, high)
	// The hash has run out: a collision (keeps 5).
	case b.level == levels-1:
		a.push(ed, s, ed.leafOf(part))
	default:
		a.push(ed, s, ed.subtree(part, scratch, b.level+1))
	}
}

// A sorter sorts records by their slots in a span of an inner node: count them all, place the
// slots, scatter them all. It is stable.
type sorter[K comparable, V any] struct {
	span  span
	level int
	ends  [slots]int // for each slot how many records it has; then where they go; then where they end
}

func (b *sorter[K, V]) slot(r *record[K, V]) uint8 { return b.span.clamp(slotAt(r.hash, b.level)) }

func (b *sorter[K, V]) count(records []record[K, V]) {
	for i := range records {
		b.ends[b.slot(&records[i])]++
	}
}

func (b *sorter[K, V]) place() {
	sum := 0
	for i, n := range b.ends {
		b.ends[i] = sum
		sum += n
	}
}

func (b *sorter[K, V]) scatter(from, to []record[K, V]) {
	for i := range from {
		end := &b.ends[b.slot(&from[i])]
		to[*end] = from[i]
		*end++
	}
}

// in returns the records in s, which is in the sorter's span.
func (b *sorter[K, V]) in(sorted []record[K, V], s span) []record[K, V] {
	from := 0
	if s.from > 0 {
		from = b.ends[s.from-1]
	}
	return sorted[from:b.ends[s.from+s.width-1]]
}

// leafOf returns the leaf that holds the records: a collision, if they are too many. Of
// records with equal keys it keeps the first key and the last value.
func (ed *edit[K, V]) leafOf(records []record[K, V]) *node {
	switch {
	case len(records) == 0:
		return &empty.node
	case ed.repeats && ed.anyRepeated(records):
		return ed.leafOfDistinct(ed.distinct(records))
	}
	return ed.leafOfDistinct(records)
}

// anyRepeated reports whether two of the records may have the same key: whether two of the
// hashes are equal.
func (ed *edit[K, V]) anyRepeated(records []record[K, V]) bool {
	if len(records) > leafMax {
		return true
	}
	var seen tags
	for i := range records {
		tag := uint8(records[i].hash)
		for c := seen.match(tag); c != 0; c = c.rest() {
			if j := c.first(); j < i && records[j].hash == records[i].hash {
				return true
			}
		}
		seen.set(i, tag)
	}
	return false
}

func (ed *edit[K, V]) leafOfDistinct(records []record[K, V]) *node {
	if len(records) > leafCap[K, V]() {
		n := ed.newCollision(nil, len(records))
		c := asCollision[K, V](n)
		for i := range records {
			c.entries = append(c.entries, records[i].entry)
		}
		return n
	}
	l := ed.newLeaf(len(records))
	for i := range records {
		insert(l, records[i].entry, uint8(records[i].hash))
	}
	return &l.node
}

// distinct moves the records with distinct keys to the front, each with the last value of
// its key, and returns them.
func (ed *edit[K, V]) distinct(records []record[K, V]) []record[K, V] {
	kept := records[:0]
next:
	for i := range records {
		r := &records[i]
		for j := range kept {
			if kept[j].hash == r.hash && ed.by.equal(kept[j].key, r.key) {
				kept[j].val = r.val
				continue next
			}
		}
		kept = append(kept, *r)
	}
	return kept
}
