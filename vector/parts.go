//ramet:layer path

package vector

import (
	"slices"

	"github.com/ramet-go/ramet/internal/ownership"
)

// parts is a vector taken apart, to be changed. The nodes and arrays are those of the vector: a builder keeps beside
// the parts which of them it owns.
type parts[T any] struct {
	tree       tree
	head, tail end[T]

	// from is the object that the vector was made of, or nil once more than the lengths of the ends has changed.
	from *base[T]
}

// parts takes v apart.
func (v Vector[T]) parts() parts[T] {
	if v.base() == nil {
		return parts[T]{}
	}
	d := v.base()
	p := parts[T]{from: d}
	if v.t > 0 {
		p.tail = d.end(uint32(v.t))
	}
	if !d.small() {
		c := d.core()
		p.tree = c.tree
		if v.h > 0 {
			p.head = end[T]{c.head, c.headClaimed, c.headRoom, uint32(v.h)}
		}
	}
	// Without a tree, elements where the ends meet may not be the vector's. What is left is a view of one end: keeps 2.
	switch {
	case v.h < 0:
		s := v.tail()
		p.tail, p.from = viewEnd(data(s), uint32(len(s))), nil
	case v.t < 0:
		s := v.head()
		p.head, p.from = viewEnd(data(s), uint32(len(s))), nil
	}
	return p
}

// vector puts a vector together. It takes O(1) time, and makes a new core only if more than the lengths has changed.
//
// borrowed: the nodes and arrays of p, which the vector shares. Whoever owns them gives them up, or drops the vector
// before changing them.
func (p *parts[T]) vector() Vector[T] {
	if p.from != nil {
		return Vector[T]{top: refTo(p.from), h: int32(p.head.len), t: int32(p.tail.len)}
	}
	if p.tree.count == 0 && p.head.len == 0 { // keeps 1, and 2
		if p.tail.len == 0 {
			return Vector[T]{}
		}
		return Vector[T]{top: refTo(p.tail.base()), t: int32(p.tail.len)}
	}
	c := &core[T]{tree: p.tree}
	c.count = p.tree.count // keeps 4
	if p.tail.len > 0 {
		c.array, c.claimed, c.room = p.tail.array, p.tail.claimed, p.tail.room
	}
	if p.head.len > 0 {
		c.head, c.headClaimed, c.headRoom = p.head.array, p.head.claimed, p.head.room
	}
	return Vector[T]{top: refTo(&c.base), h: int32(p.head.len), t: int32(p.tail.len)}
}

// set sets the element at position j in the parts of a version: the leaf, the head or the tail is copied.
//
// borrowed: the nodes and arrays of p.
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

// append adds the elements xs at the back: to free room that versions share, if it can claim that.
//
// borrowed: the arrays of p's ends, and xs. What it writes to is claimed, or new.
func (p *parts[T]) append(xs []T) {
	bits := leafBits[T]()
	for len(xs) > 0 {
		if p.tail.len >= 1<<bits {
			p.pushTail(false, ownership.None)
		}
		k := min(uint32(len(xs)), max(p.tail.room, p.tail.len+1)-p.tail.len) // of a full tail, one that fails
		if !p.tail.claim(k) {
			// Another version has claimed the room, or there is none: the elements are copied, and those that are free
			// afterwards are for whoever claims them. xs is claimed at once, with the elements before it.
			room := roomFor(int(p.tail.len)+len(xs), p.tail.len == 0 && p.tree.count > 0, bits)
			p.tail, p.from = p.tail.grownTail(room), nil
			k = min(uint32(len(xs)), room-p.tail.len)
			p.tail.len += k
			p.tail.share()
			p.tail.len -= k
		}
		copy(slice(p.tail.array, p.tail.len+k)[p.tail.len:], xs[:k])
		p.tail.len += k
		xs = xs[k:]
	}
}

// prepend adds the elements xs, in their order, at the front, as append does at the back: the last of xs first.
//
// borrowed: the arrays of p's ends, and xs.
func (p *parts[T]) prepend(xs []T) {
	bits := leafBits[T]()
	for len(xs) > 0 {
		if p.head.len >= 1<<bits {
			p.pushHead(false, ownership.None)
		}
		k := min(uint32(len(xs)), max(p.head.room, p.head.len+1)-p.head.len)
		if !p.head.claim(k) {
			room := roomFor(int(p.head.len)+len(xs), p.head.len == 0 && p.tree.count > 0, bits) // as in append
			p.head, p.from = p.head.grownHead(room), nil
			k = min(uint32(len(xs)), room-p.head.len)
			p.head.len += k
			p.head.share()
			p.head.len -= k
		}
		p.head.len += k
		copy(p.head.head(), xs[uint32(len(xs))-k:])
		xs = xs[:uint32(len(xs))-k]
	}
}

// pushTail makes a full tail a leaf. A tail that is larger, because it was a leaf of a relaxed tree, is split: the tree
// stays strict, if it is.
//
// owned: the nodes of the tree as far as they are id's, and the array, if owned is set: then id owns the leaf.
// borrowed: the array otherwise.
func (p *parts[T]) pushTail(owned bool, id ownership.ID) {
	full := uint32(1) << leafBits[T]()
	p.tree.pushBack(child{ptr: leafChild(p.tail.array), size: full, owned: owned}, id) // keeps 7
	var rest end[T]
	if n := p.tail.len; n > full {
		rest = viewEnd(elemAt(p.tail.array, full), n-full) // of nobody, as the leaf has the array: keeps 8
	}
	p.tail, p.from = rest, nil
}

// pushHead makes a full head a leaf, as pushTail does: of a larger one, the elements that are next to the tree.
//
// owned: the nodes of the tree as far as they are id's, and the array, if owned is set. borrowed: the array otherwise.
func (p *parts[T]) pushHead(owned bool, id ownership.ID) {
	full := uint32(1) << leafBits[T]()
	s := p.head.head()
	rest := uint32(len(s)) - full
	p.tree.pushFront(child{ptr: leafChild(data(s[rest:])), size: full, owned: owned}, leafBits[T](), id)
	p.head, p.from = end[T]{}, nil
	if rest > 0 {
		p.head = viewEnd(data(s), rest) // of nobody: keeps 8
	}
}

// pushFull adds copies of the elements xs to the tree, as full leaves that id owns, and returns those that are left: at
// least one. It adds fan leaves at a time where they make a node, so that no node is copied or measured for each leaf.
//
// owned: the nodes of the tree as far as they are id's. borrowed: xs.
func (p *parts[T]) pushFull(xs []T, id ownership.ID) []T {
	full := 1 << leafBits[T]()
	var leaves [fan]child
	for n := 0; len(xs) > full; {
		leaf := slices.Clone(xs[:full])
		leaves[n] = child{ptr: leafChild(data(leaf)), size: uint32(full), owned: true}
		xs = xs[full:]
		if n++; n == fan || len(xs) <= full {
			if n < fan || !p.tree.pushLeaves(&leaves, id) {
				for _, c := range leaves[:n] {
					p.tree.pushBack(c, id)
				}
			}
			n = 0
		}
	}
	return xs
}

// pushBetween adds the elements of a tail and a head to the tree, as leaves of which the first alone may be less than
// half full, and then is at the right edge, where a join mends it. The tree is no strict one until it is joined.
//
// borrowed: the nodes of the tree, and the arrays, which may become leaves as they are.
func (p *parts[T]) pushBetween(tail, head end[T]) {
	size := uint32(1) << leafBits[T]()
	a, b := child{ptr: leafChild(tail.array), size: tail.len}, child{}
	if head.len > 0 {
		b = child{ptr: leafChild(data(head.head())), size: head.len}
	}
	if a.size > 0 && b.size > 0 && (a.size+b.size <= size || a.size < size/2 || b.size < size/2) {
		a, b = leaves(tail.tail(), head.head())
	}
	for _, c := range []child{a, b} {
		if c.size > 0 {
			p.tree.pushBack(c, ownership.None)
		}
	}
}
