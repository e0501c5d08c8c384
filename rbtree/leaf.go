package rbtree

import (
	"github.com/ramet-go/ramet/internal/ownership"
	"github.com/ramet-go/ramet/internal/reuse"
)

// The primitive layer of leaves: functions that make one leaf from others. A function that takes
// an edit changes its leaf in place if the edit owns it and it has the room, and returns a new
// leaf otherwise; the leaf passed in is then untouched. Callers use the result only.

// An edit is what an operation carries down the tree: the order, and the right to change nodes
// in place.
type edit[K, V any] struct {
	by ordering[K]
	id ownership.ID

	// growing says that nodes are expected to grow, most of all inner nodes at the end of the tree.
	// Otherwise they have the memory they need.
	growing bool

	pool **reuse.Pool[node] // where replaced leaves go, or nil
}

// leafRoom returns how much room a new leaf for n entries gets. One that grows does so in steps of 4
// entries, and by the last quarter at once. With a step from half to three quarters and one more, a map
// built from random keys takes 20.9 bytes for an entry of 16 instead of 19.7.
func (ed *edit[K, V]) leafRoom(n int) int {
	if !ed.growing {
		return n | 1
	}
	if most := leafCap[K, V](); n|3 > most*3/4 {
		return most
	}
	return n | 3
}

// newLeaf returns a leaf without entries and with room for n at least.
func (ed *edit[K, V]) newLeaf(n int) *node {
	room := ed.leafRoom(n)
	l := ed.reused(room)
	if l == nil {
		l = allocLeaf[K, V](room)
	}
	l.id = ed.id
	return l
}

// gatherLeaf returns a new leaf with the entries [i, j) of a and [k, l) of b, which may be nil,
// and room for spare more.
func (ed *edit[K, V]) gatherLeaf(a *node, i, j int, b *node, k, l int, spare int) *node {
	nn := ed.newLeaf(j - i + l - k + spare)
	appendEntries[K, V](nn, a, i, j)
	if k < l {
		appendEntries[K, V](nn, b, k, l)
	}
	return nn
}

// appendEntries adds the entries [i, j) of from to the leaf n, which the caller owns and which
// has the room.
func appendEntries[K, V any](n, from *node, i, j int) {
	old := n.len
	n.len += uint8(j - i)
	copy(keys[K](n)[old:], keys[K](from)[i:j])
	copy(vals[V](n)[old:], vals[V](from)[i:j])
}

// insertEntry adds an entry at position i of the leaf n, which the caller owns and which has the
// room.
func insertEntry[K, V any](n *node, i int, k K, v V) {
	n.len++
	ks, vs := keys[K](n), vals[V](n)
	copy(ks[i+1:], ks[i:])
	copy(vs[i+1:], vs[i:])
	ks[i], vs[i] = k, v
}

// withEntry returns the leaf n, which is not full, with one more entry at position i.
func (ed *edit[K, V]) withEntry(n *node, i int, k K, v V) *node {
	if ed.id.Owns(n.id) && n.len < n.room {
		insertEntry(n, i, k, v)
		return n
	}
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

// withoutEntry returns the leaf n without the entry at position i.
func (ed *edit[K, V]) withoutEntry(n *node, i int) *node {
	if !ed.id.Owns(n.id) {
		return ed.gatherLeaf(n, 0, i, n, i+1, int(n.len), 0)
	}
	removeEntries[K, V](n, i, i+1)
	return n
}

// removeEntries removes the entries [i, j) of the leaf n, which the caller owns.
func removeEntries[K, V any](n *node, i, j int) {
	ks, vs := keys[K](n), vals[V](n)
	size := len(ks) - (j - i)
	copy(ks[i:], ks[j:])
	copy(vs[i:], vs[j:])
	clear(ks[size:])
	clear(vs[size:])
	n.len = uint8(size)
}

// ownLeaf returns the leaf n with its entries free to be changed in place, though not added to.
func (ed *edit[K, V]) ownLeaf(n *node) *node {
	switch {
	case ed.id.Owns(n.id):
		return n
	case ed.leafRoom(int(n.len)) < int(n.room), sizeOf[V]() == 0:
		// It has room to spare, or may be that of a map whose keys are a set.
		return ed.gatherLeaf(n, 0, int(n.len), nil, 0, 0, 0)
	}
	nn := cloneLeaf[K, V](n)
	nn.id = ed.id
	return nn
}

// splitLeaf returns two leaves for the entries of the full leaf n and one more at position i.
// Where entries come in order, the last leaf is left fuller than half, and may not grow again:
// atEnd says that n is the last leaf.
func (ed *edit[K, V]) splitLeaf(n *node, i int, k K, v V, atEnd bool) pair[K] {
	size := int(n.len)
	h := (size + 1) / 2
	var p pair[K]
	switch {
	case atEnd && i == size && ed.id.Owns(n.id):
		// A builder expects more there, and will fill what is left of n as well.
		h = size + 1 - leafMin[K, V]()
		p.a, p.b = n, ed.gatherLeaf(n, h, size, nil, 0, 0, leafCap[K, V]()-(size-h))
		removeEntries[K, V](n, h, size)
		insertEntry(p.b, i-h, k, v)
	case atEnd && i == size:
		h = size + 1 - leafMin[K, V]()
		fallthrough
	case i >= h:
		p.a = ed.gatherLeaf(n, 0, h, nil, 0, 0, 0)
		p.b = ed.gatherLeaf(n, h, size, nil, 0, 0, 1)
		insertEntry(p.b, i-h, k, v)
	default:
		p.a = ed.gatherLeaf(n, 0, h-1, nil, 0, 0, 1)
		p.b = ed.gatherLeaf(n, h-1, size, nil, 0, 0, 0)
		insertEntry(p.a, i, k, v)
	}
	p.router = *keyAt[K](p.b, 0)
	return p
}
