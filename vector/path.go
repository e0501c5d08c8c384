//ramet:layer path

package vector

import "github.com/ramet-go/ramet/internal/ownership"

// A tree holds the elements between the head and the tail, in leaves at one depth. The zero tree is empty.
type tree struct {
	root   *node
	off    uint64 // of a strict tree: the radix position of its first element
	count  uint32
	level  uint8 // of the root: how many nodes there are from it down to a leaf
	strict bool  // all leaves are full, and each stands where the radix of its position says
}

// shift returns the binary logarithm of the number of radix positions under a child of a node of the given level, where
// leaves have 1<<bits.
func shift(level uint8, bits uint) uint { return bits + uint(level)*fanBits - fanBits }

// leafAt returns the leaf that has the element at position j < t.count, and the position within it, in a tree whose
// full leaves have 1<<bits elements.
func (t *tree) leafAt(j uint32, bits uint) (*opaque, uint32) {
	if !t.strict {
		return t.find(j)
	}
	// Easy case: the digits of the radix position are the slots. The masks tell the compiler that it need not test
	// whether a shift is too large.
	n, p := t.root, t.off+uint64(j)
	for s := shift(t.level, bits); s > bits; s -= fanBits {
		n = n.kids[p>>(s&63)&fanMask].asNode()
	}
	return n.kids[p>>(bits&63)&fanMask], uint32(p) & (1<<(bits&31) - 1)
}

// find is leafAt for any tree.
func (t *tree) find(j uint32) (*opaque, uint32) {
	n := t.root
	for level := t.level; ; level-- {
		slot, rest := n.find(j)
		if level == 1 {
			return n.kids[slot&fanMask], rest
		}
		n, j = n.kids[slot&fanMask].asNode(), rest
	}
}

// lastNode returns the last node of level 1.
func (t *tree) lastNode() *node {
	n := t.root
	for range t.level - 1 {
		n = n.kids[(n.slots-1)&fanMask].asNode()
	}
	return n
}

// elemAt returns the address of the element at position i < v.Len().
func (v Vector[T]) elemAt(i int) *T {
	d := v.base()
	if i < int(v.h) {
		c := d.core()
		return elemAt(c.head, c.headRoom-uint32(v.h)+uint32(i))
	}
	j := uint32(i - int(v.h)) // more than i, if v.h < 0: that many elements of the tail are not the vector's
	if j >= d.count {
		return elemAt(d.tail(), j-d.count)
	}
	o, j := d.core().tree.leafAt(j, leafBits[T]())
	return elemAt(leaf[T](o), j)
}

// chunkAt returns the elements of the head, leaf or tail that has the one at position i < v.Len(), and the position of
// the first of them. The caller only reads them.
func (v Vector[T]) chunkAt(i int) (chunk []T, start int) {
	d := v.base()
	before := max(int(v.h), 0) // the tree
	after := before + int(d.count)
	switch {
	case i < before:
		return v.head(), 0
	case i >= after:
		return v.tail(), after
	}
	t := &d.core().tree
	n, j := t.root, uint32(i-before)
	for level := t.level; level > 1; level-- {
		slot, rest := n.find(j)
		n, j = n.kids[slot&fanMask].asNode(), rest
	}
	slot, rest := n.find(j)
	return slice(leaf[T](n.kids[slot&fanMask]), n.size(slot)), i - int(rest)
}

// setRoot replaces the root by a and b, which are of its level. There may be a alone. The tree is relaxed afterwards.
//
// borrowed: a and b.
func (t *tree) setRoot(a, b child) {
	t.strict = false // keeps 7
	if b.ptr == nil {
		t.root = a.ptr.asNode()
		return
	}
	t.root = newNode(ownership.None, a, b) // keeps 5: a root has two children
	t.level++
}

// collapse removes roots of a single child, and makes a tree without a root the zero tree. In a strict tree the radix
// positions of the slots before that child are dropped with the root.
func (t *tree) collapse(bits uint) {
	if t.root == nil {
		*t = tree{}
		return
	}
	for t.level > 1 {
		slot := t.root.first()
		if slot != int(t.root.slots)-1 {
			return
		}
		if t.strict {
			t.off -= uint64(slot) << shift(t.level, bits) // keeps 7
		}
		t.root = t.root.kids[slot&fanMask].asNode() // keeps 5
		t.level--
	}
}
