//ramet:layer api

package vector

import (
	"slices"

	"github.com/ramet-go/ramet/internal/ownership"
)

// A bareBuilder is a builder without a guard. Operations that need a builder for themselves use one, which may live on
// the stack.
//
// It owns what it may change in place: the nodes that carry its owner's id, the leaves whose bits are set in these, and
// the ends' arrays that it has made. See invariant 8.
type bareBuilder[T any] struct {
	p        parts[T]
	owner    ownership.Owner
	ownsHead bool      // it has made the head's array, and no version has it
	ownsTail bool      // the same of the tail's
	dirty    bool      // there were changes since it had the elements of built
	built    Vector[T] // of no elements, if there were: it would keep a version alive
}

// reset makes v the contents, and gives up all that the builder owns.
func (b *bareBuilder[T]) reset(v Vector[T]) {
	b.owner.Release()
	b.p, b.ownsHead, b.ownsTail = v.parts(), false, false
	b.built, b.dirty = v, false
}

// change notes that there is a change. The version that was built does not live on because of the builder.
func (b *bareBuilder[T]) change() {
	if !b.dirty {
		b.dirty, b.p.from, b.built = true, nil, Vector[T]{}
	}
}

// build returns the elements as a vector. The nodes and arrays are the vector's from then on.
func (b *bareBuilder[T]) build() Vector[T] {
	if !b.dirty {
		return b.built
	}
	b.checked()
	if b.ownsTail {
		b.p.tail.share() // the free elements are for the version that claims them
	}
	if b.ownsHead {
		b.p.head.share()
	}
	v := b.p.vector().checked()
	b.reset(v) // keeps 8
	return v
}

// length returns the number of elements.
func (b *bareBuilder[T]) length() int {
	return int(b.p.head.len) + int(b.p.tree.count) + int(b.p.tail.len)
}

// append adds the elements xs at the end.
func (b *bareBuilder[T]) append(xs ...T) {
	if tail := &b.p.tail; len(xs) == 1 && b.ownsTail && tail.len < tail.room {
		*elemAt(tail.array, tail.len) = xs[0]
		tail.len++
		return
	}
	b.appendAll(xs)
}

// appendAll adds the elements xs at the end, all that are left of them in a round.
//
// borrowed: xs.
func (b *bareBuilder[T]) appendAll(xs []T) {
	if len(xs) == 0 {
		return
	}
	bits := leafBits[T]()
	p := &b.p
	checkLength(b.length(), len(xs))
	b.change()
	for {
		if p.tail.len >= 1<<bits { // full: it becomes a leaf, which the builder owns if it owned the array
			p.pushTail(b.ownsTail, b.owner.ID())
			b.ownsTail = false
		}
		if p.tail.len == 0 { // leaves of xs need no tail on the way
			xs = p.pushFull(xs, b.owner.ID())
		}
		if !b.ownsTail || p.tail.len == p.tail.room { // a tail that versions have, or one that is too small, is copied
			room := roomFor(int(p.tail.len)+len(xs), p.tree.count > 0, bits)
			p.tail, b.ownsTail = p.tail.grownTail(max(room, min(p.tail.room, 1<<bits))), true
		}
		k := min(uint32(len(xs)), p.tail.room-p.tail.len)
		copy(slice(p.tail.array, p.tail.len+k)[p.tail.len:], xs)
		p.tail.len += k
		if xs = xs[k:]; len(xs) == 0 {
			return
		}
	}
}

// prependAll adds the elements xs, in their order, at the front, as appendAll does at the end: the last of them first.
//
// borrowed: xs.
func (b *bareBuilder[T]) prependAll(xs []T) {
	bits := leafBits[T]()
	p := &b.p
	checkLength(b.length(), len(xs))
	switch {
	case len(xs) == 0:
		return
	case b.length() == 0:
		b.appendAll(xs)
		return
	case len(xs) > prependByConcat<<bits:
		b.through(func(v Vector[T]) Vector[T] { return v.Prepend(xs...) })
		return
	}
	b.change()
	for len(xs) > 0 {
		if p.head.len >= 1<<bits {
			p.pushHead(b.ownsHead, b.owner.ID())
			b.ownsHead = false
		}
		if !b.ownsHead || p.head.len == p.head.room {
			room := roomFor(int(p.head.len)+len(xs), p.tree.count > 0, bits)
			p.head, b.ownsHead = p.head.grownHead(room), true
		}
		k := min(uint32(len(xs)), p.head.room-p.head.len)
		p.head.len += k
		copy(p.head.head(), xs[uint32(len(xs))-k:])
		xs = xs[:uint32(len(xs))-k]
	}
}

// insert adds the elements xs before position i. It panics if i is out of range.
func (b *bareBuilder[T]) insert(i int, xs []T) {
	switch {
	case i == b.length():
		b.appendAll(xs)
	case i == 0:
		b.prependAll(xs)
	case len(xs) > 0 || i < 0 || i > b.length():
		b.through(func(v Vector[T]) Vector[T] { return v.Insert(i, xs...) })
	}
}

// delete removes the elements in positions [i, j). It panics if they are out of range.
func (b *bareBuilder[T]) delete(i, j int) {
	if checkRange(i, j, b.length()); i < j {
		b.through(func(v Vector[T]) Vector[T] { return v.Delete(i, j) })
	}
}

// sort puts the elements in the order of cmp, unless they are in it. Nothing is changed before cmp has been called for
// the last time: it may panic.
func (b *bareBuilder[T]) sort(cmp func(a, b T) int) {
	v := b.p.vector() // which nobody else gets to see
	if v.isSorted(cmp) {
		return
	}
	s := v.AppendTo(nil)
	slices.SortStableFunc(s, cmp)
	b.setRun(0, s)
}

// through replaces the contents by the vector that f makes of them. f gets them as a version, and must not keep it:
// then the builder goes on to own the nodes and leaves that it owned, where they are in the result. They may be under
// nodes that f has made and nobody owns. Ends are copied when they are next changed, as f may have cut or shared them.
func (b *bareBuilder[T]) through(f func(Vector[T]) Vector[T]) {
	v := f(b.p.vector())
	b.change()
	b.p, b.ownsHead, b.ownsTail = v.parts(), false, false // keeps 8
	b.p.from = nil
}

// replace puts the elements xs in place of those in positions [i, j). It panics if they are out of range.
//
// borrowed: xs.
func (b *bareBuilder[T]) replace(i, j int, xs []T) {
	checkRange(i, j, b.length())
	k := min(j-i, len(xs))
	if k > 0 {
		b.setRun(i, xs[:k])
	}
	b.delete(i+k, j)
	b.insert(i+k, xs[k:])
}

// setRun replaces the elements from position i on by xs, in O(len(xs) + log n) time. There must be as many. Part of
// them may be in the head, in the tree and in the tail.
//
// borrowed: xs.
func (b *bareBuilder[T]) setRun(i int, xs []T) {
	p := &b.p
	start, end := int(p.head.len), b.length()-int(p.tail.len) // of the tree
	if i < start {
		if !b.ownsHead {
			p.head, b.ownsHead = p.head.grownHead(p.head.room), true
		}
		k := copy(p.head.head()[i:], xs)
		i, xs = i+k, xs[k:]
	}
	if k := min(len(xs), end-i); k > 0 {
		p.tree.root = setLeaves(p.tree.root, p.tree.level, uint32(i-start), xs[:k], b.owner.ID())
		i, xs = i+k, xs[k:]
	}
	if len(xs) > 0 {
		if !b.ownsTail {
			p.tail, b.ownsTail = p.tail.grownTail(p.tail.room), true
		}
		copy(p.tail.tail()[i-end:], xs)
	}
	b.change()
}
