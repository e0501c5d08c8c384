//ramet:layer node

package rbtree

// One leaf from others.

// newLeaf returns a leaf without entries, owned by ed, and with room for n at least.
func (ed *edit[K, V]) newLeaf(n int) *node {
	room := ed.leafRoom(n)
	l := ed.reused(room)
	if l == nil {
		l = allocLeaf[K, V](room)
	}
	l.id = ed.id
	return l
}

// gatherLeaf returns a new leaf with the entries [i, j) of a and [k, l) of b, which may be nil, and room for spare
// more. a and b are borrowed.
func (ed *edit[K, V]) gatherLeaf(a *node, i, j int, b *node, k, l int, spare int) *node {
	nn := ed.newLeaf(j - i + l - k + spare)
	appendEntries[K, V](nn, a, i, j)
	if k < l {
		appendEntries[K, V](nn, b, k, l)
	}
	return nn
}

// appendEntries adds the entries [i, j) of the borrowed leaf from to the owned leaf n, which has the room.
func appendEntries[K, V any](n, from *node, i, j int) {
	old := n.len
	n.len += uint8(j - i) // first, because keys and vals reach as far as that
	copy(keys[K](n)[old:], keys[K](from)[i:j])
	copy(vals[V](n)[old:], vals[V](from)[i:j])
}

// insertEntry adds an entry at position i of the owned leaf n, which has the room.
func insertEntry[K, V any](n *node, i int, k K, v V) {
	n.len++
	ks, vs := keys[K](n), vals[V](n)
	copy(ks[i+1:], ks[i:])
	copy(vs[i+1:], vs[i:])
	ks[i], vs[i] = k, v
}

// withEntry returns the owned leaf n, which is not full, with one more entry at position i.
func (ed *edit[K, V]) withEntry(n *node, i int, k K, v V) *node {
	if ed.id.Owns(n.id) && n.len < n.room {
		insertEntry(n, i, k, v)
		return n
	}
	// Shared, or without room: a new leaf, into which the entries before and behind i are copied to where they stay.
	nn := ed.newLeaf(int(n.len) + 1)
	nn.len = n.len + 1
	ks, vs := keys[K](nn), vals[V](nn)
	oldKeys, oldVals := keys[K](n), vals[V](n)
	copy(ks, oldKeys[:i])
	copy(ks[i+1:], oldKeys[i:])
	copy(vs, oldVals[:i])
	copy(vs[i+1:], oldVals[i:])
	ks[i], vs[i] = k, v
	return nn
}

// withoutEntry returns the owned leaf n without the entry at position i. The result may be too short: invariant 3 is
// for the caller to restore, by fusing it with a neighbour.
func (ed *edit[K, V]) withoutEntry(n *node, i int) *node {
	if !ed.id.Owns(n.id) {
		return ed.gatherLeaf(n, 0, i, n, i+1, int(n.len), 0)
	}
	removeEntries[K, V](n, i, i+1)
	return n
}

// removeEntries removes the entries [i, j) of the owned leaf n.
func removeEntries[K, V any](n *node, i, j int) {
	ks, vs := keys[K](n), vals[V](n)
	size := len(ks) - (j - i)
	copy(ks[i:], ks[j:])
	copy(vs[i:], vs[j:])
	clear(ks[size:]) // keeps 7: what a key or a value points to is not kept alive
	clear(vs[size:])
	n.len = uint8(size)
}

// ownLeaf returns the owned leaf n itself if ed owns it, else a copy that ed owns. Its entries may be changed in place;
// for more of them there may be no room.
func (ed *edit[K, V]) ownLeaf(n *node) *node {
	switch {
	case ed.id.Owns(n.id):
		return n
	case ed.leafRoom(int(n.len)) < int(n.room), sizeOf[V]() == 0:
		// It has room to spare, which the copy shall not have; or it is a set's, and so may be a leaf of a map, which
		// cloneLeaf would copy as if it were a set's own (rule 4 of alloc.go).
		return ed.gatherLeaf(n, 0, int(n.len), nil, 0, 0, 0)
	}
	nn := cloneLeaf[K, V](n)
	nn.id = ed.id
	return nn
}

// splitLeaf returns two leaves for the entries of the owned leaf n, which is full, and one more at position i. atEnd
// says that n is the last leaf.
//
// Where entries come in order, the last leaf is left fuller than half: it may not grow again.
func (ed *edit[K, V]) splitLeaf(n *node, i int, k K, v V, atEnd bool) pair[K] {
	size := int(n.len)
	h := (size + 1) / 2 // how many of the size+1 entries go left
	var p pair[K]
	switch {
	case atEnd && i == size && ed.id.Owns(n.id):
		// Case 1: a builder that gets its keys in order. The new leaf gets the fewest entries that it may have, and
		// full room. n keeps its own, and finger.shift will fill what becomes free in it.
		h = size + 1 - leafMin[K, V]() // keeps 3
		p.a, p.b = n, ed.gatherLeaf(n, h, size, nil, 0, 0, leafCap[K, V]()-(size-h))
		removeEntries[K, V](n, h, size)
		insertEntry(p.b, i-h, k, v)
	case atEnd && i == size:
		// Case 2: a version to which keys are added in order. The same, with two leaves of the sizes that fit.
		h = size + 1 - leafMin[K, V]() // keeps 3
		fallthrough
	case i >= h:
		// Case 3: the entry goes right.
		p.a = ed.gatherLeaf(n, 0, h, nil, 0, 0, 0)
		p.b = ed.gatherLeaf(n, h, size, nil, 0, 0, 1)
		insertEntry(p.b, i-h, k, v)
	default:
		// Case 4: the entry goes left, and so one fewer of n's.
		p.a = ed.gatherLeaf(n, 0, h-1, nil, 0, 0, 1)
		p.b = ed.gatherLeaf(n, h-1, size, nil, 0, 0, 0)
		insertEntry(p.a, i, k, v)
	}
	p.router = *keyAt[K](p.b, 0) // keeps 5
	return p
}
