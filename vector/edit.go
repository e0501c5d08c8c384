package vector

import (
	"slices"

	"github.com/ramet-go/ramet/internal/ownership"
)

// Set returns v with the element at position i replaced by x. It panics if i is out of range.
// It takes O(log n) time and copies a leaf of 512 bytes and the nodes above it.
func (v Vector[T]) Set(i int, x T) Vector[T] {
	n := v.Len()
	if uint(i) >= uint(n) {
		panicIndex(i, n)
	}
	if v.base().small() {
		d := newSmall[T](uint32(n))
		copy(slice(d.tail(), uint32(n)), v.tail())
		*elemAt(d.tail(), uint32(i)) = x
		return Vector[T]{top: refTo(d), t: int32(n)}
	}
	p := v.parts()
	p.set(uint32(i), x)
	return p.vector().checked()
}

// set sets the element at position j in the parts of a version: the leaf, the head or the tail
// is copied.
func (p *parts[T]) set(j uint32, x T) {
	p.from = nil
	if j < p.head.len {
		p.head = p.head.grownHead(p.head.len)
		*elemAt(p.head.array, j) = x
		return
	}
	j -= p.head.len
	if j >= p.tree.count {
		p.tail = p.tail.grownTail(p.tail.len)
		*elemAt(p.tail.array, j-p.tree.count) = x
		return
	}
	p.tree.root = setLeaf(p.tree.root, p.tree.level, j, x, ownership.None)
}

// setLeaf sets the element at position j under n, and returns n or its copy.
func setLeaf[T any](n *node, level uint8, j uint32, x T, id ownership.ID) *node {
	slot, rest := n.find(j)
	if level > 1 {
		kid := setLeaf(n.kids[slot&fanMask].asNode(), level-1, rest, x, id)
		if n = n.own(id); n.kids[slot&fanMask] != kid.opaque() { // a builder's is there already
			n.kids[slot&fanMask] = kid.opaque()
		}
		return n
	}
	n = n.own(id)
	if n.owned>>slot&1 == 0 {
		size := n.size(slot)
		n.kids[slot&fanMask] = leafChild(data(slices.Clone(slice(leaf[T](n.kids[slot&fanMask]), size))))
		n.setOwned(slot, id != ownership.None)
	}
	*elemAt(leaf[T](n.kids[slot&fanMask]), rest) = x
	return n
}

// Insert returns v with the elements xs before position i, or at the end if i is v.Len(). It
// panics if i is out of range. It takes O(len(xs) + log n) time.
func (v Vector[T]) Insert(i int, xs ...T) Vector[T] {
	n := v.Len()
	if uint(i) > uint(n) {
		panicIndex(i, n)
	}
	checkLength(n, len(xs))
	switch {
	case len(xs) == 0:
		return v
	case i == n:
		return v.Append(xs...)
	case i == 0:
		return v.Prepend(xs...)
	}
	bits := leafBits[T]()
	start := max(int(v.h), 0) // of the tree
	end := start + int(v.base().count)
	switch {
	case n+len(xs) <= 1<<bits && v.base().small():
		w := small(v.tail(), xs)
		to := w.tail()
		copy(to[i+len(xs):], v.tail()[i:])
		copy(to[i:], xs)
		return w
	case i <= start:
		return v.Slice(i, n).Prepend(xs...).Prepend(v.head()[:i]...)
	case i >= end:
		return v.Slice(0, i).Append(xs...).Append(v.tail()[i-end:]...)
	case len(xs) <= 1<<bits:
		p := v.parts()
		insert(&p.tree, uint32(i-start), xs)
		p.from = nil
		return p.vector().checked()
	}
	return v.Slice(0, i).Append(xs...).Concat(v.Slice(i, n))
}

// Delete returns v without the elements in positions [i, j), as [slices.Delete] does. It panics
// unless 0 ≤ i ≤ j ≤ v.Len(). It takes O(log n) time.
func (v Vector[T]) Delete(i, j int) Vector[T] {
	n := v.Len()
	checkRange(i, j, n)
	switch {
	case i == j:
		return v
	case i == 0:
		return v.Slice(j, n)
	case j == n:
		return v.Slice(0, i)
	case v.base().small():
		s := v.tail()
		return small(s[:i], s[j:])
	}
	start := max(int(v.h), 0) // of the tree
	end := start + int(v.base().count)
	switch {
	case j <= start:
		return v.Slice(j, n).Prepend(v.head()[:i]...)
	case i >= end:
		return v.Slice(0, i).Append(v.tail()[j-end:]...)
	case i >= start && j <= end:
		p := v.parts()
		if remove[T](&p.tree, uint32(i-start), uint32(j-i)) {
			p.from = nil
			return p.vector().checked()
		}
	}
	return v.Slice(0, i).Concat(v.Slice(j, n))
}

// Inserting and removing a few elements within a tree: one leaf is edited, and nodes are
// split as in a B-tree. The tree is relaxed afterwards.

// insert adds the elements xs, no more than fill a leaf, before position j < t.count.
func insert[T any](t *tree, j uint32, xs []T) {
	t.count += uint32(len(xs))
	a, b := insertNode(t.root, t.level, j, xs)
	t.setRoot(a, b)
}

// setRoot makes a and b, of the level that the root had, what the root was; b may be nothing.
func (t *tree) setRoot(a, b child) {
	t.strict = false
	if b.ptr == nil {
		t.root = a.ptr.asNode()
		return
	}
	t.root = newNode(ownership.None, a, b)
	t.level++
}

// insertNode returns the one or two nodes that take the place of n.
func insertNode[T any](n *node, level uint8, j uint32, xs []T) (a, b child) {
	slot, rest := n.find(j)
	old := child{ptr: n.kids[slot&fanMask], size: n.size(slot)}
	if level > 1 {
		a, b = insertNode(old.ptr.asNode(), level-1, rest, xs)
	} else {
		s := slice(leaf[T](old.ptr), old.size)
		a, b = leaves(s[:rest], xs, s[rest:])
	}
	if b.ptr == nil {
		nn := n.own(ownership.None)
		nn.put(slot, a.ptr, len(xs))
		return child{ptr: nn.opaque(), size: nn.len()}, child{}
	}
	var space [fan + 1]child
	kids := n.appendLive(space[:0])
	i := slot - n.first()
	kids = append(kids, child{})
	copy(kids[i+2:], kids[i+1:])
	kids[i], kids[i+1] = a, b
	return pack(kids)
}

// pack returns one node of the given children, or two nodes that share them evenly.
func pack(kids []child) (a, b child) {
	if len(kids) <= fan {
		n := newNode(ownership.None, kids...)
		return child{ptr: n.opaque(), size: n.len()}, child{}
	}
	a, _ = pack(kids[:len(kids)/2])
	b, _ = pack(kids[len(kids)/2:])
	return a, b
}

// leaves returns one leaf of the elements of the given slices, or two that share them evenly.
// They are at most what two leaves can have.
func leaves[T any](parts ...[]T) (a, b child) {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	if n <= leafRoom[T]() {
		return leafOf(0, n, parts...), child{}
	}
	return leafOf(0, n/2, parts...), leafOf(n/2, n, parts...)
}

// leafOf returns a leaf of the elements in positions [i, j) of the given slices, one after the
// other.
func leafOf[T any](i, j int, parts ...[]T) child {
	s := make([]T, 0, j-i)
	for _, p := range parts {
		if i < len(p) {
			k := min(j, len(p))
			s = append(s, p[i:k]...)
			i = k
		}
		i, j = i-len(p), j-len(p)
		if j <= 0 {
			break
		}
		i = max(i, 0)
	}
	return child{ptr: leafChild(data(s)), size: uint32(len(s))}
}

// remove removes k elements from position j on, if they are in one leaf that stays at least
// half full. It reports whether it did; otherwise nothing is changed.
func remove[T any](t *tree, j, k uint32) bool {
	n := removeNode[T](t.root, t.level, j, k)
	if n == nil {
		return false
	}
	t.root, t.strict, t.count = n, false, t.count-k
	return true
}

func removeNode[T any](n *node, level uint8, j, k uint32) *node {
	slot, rest := n.find(j)
	size := n.size(slot)
	if rest+k > size || level == 1 && size-k < 1<<leafBits[T]()/2 {
		return nil
	}
	o := n.kids[slot&fanMask]
	if level > 1 {
		kid := removeNode[T](o.asNode(), level-1, rest, k)
		if kid == nil {
			return nil
		}
		o = kid.opaque()
	} else {
		s := slice(leaf[T](o), size)
		o = leafOf(0, int(size-k), s[:rest], s[rest+k:]).ptr
	}
	n = n.own(ownership.None)
	n.put(slot, o, -int(k))
	return n
}
