//ramet:layer rep

package vector

import "sync/atomic"

// A version is made of one of three objects, each of which begins with a base:
//
//	packed:  base, elements
//	ending:  base, a pointer to the tail, its claim
//	core:    base, a pointer to the tail, its claim, the tree, and the same for a head
//
// They never change, except that versions claim elements of the arrays: see end. So versions that differ in the lengths
// of their ends only share one.

// A base is the beginning of the object that a version is made of.
type base[T any] struct {
	count uint32 // of the tree's elements
	room  uint32 // of the tail's array, of which versions have different numbers of elements
	kind  kind
}

// A kind says which object a base begins.
type kind uint8

const (
	kindCore   kind = iota // a core
	kindEnding             // an ending: there is neither a tree nor a head
	kindPacked             // packed elements: those of the tail, all of them claimed, follow the base
)

// small reports whether there is neither a tree nor a head.
func (b *base[T]) small() bool { return b.kind != kindCore }

// An ending has its tail in an array of its own.
type ending[T any] struct {
	base[T]
	array   *T
	claimed *atomic.Uint32 // how many elements of the tail are claimed; nil: all of them
}

// A core has a tail, a tree and a head.
type core[T any] struct {
	ending[T]
	tree        tree
	head        *T
	headClaimed *atomic.Uint32 // how many elements of the head are claimed, from its end
	headRoom    uint32
}

// packedElems is a base and its packed elements, A being an array of T. base.tail reaches them as if A were [2]T.
type packedElems[T, A any] struct {
	base[T]
	elems A
}

// newSmall returns a vector's base with a tail of n > 0 elements, all of them claimed: packed up to 16, so that there
// is one object and not two, and none with pointers if elements have none. A Set at 10 elements takes 44 ns so, and 61
// in two objects (docs/decisions/0006).
func newSmall[T any](n uint32) (b *base[T]) {
	kind := kindPacked
	switch (n + 1) / 2 { // in sizes that fill those of the allocator, for elements of eight bytes
	case 1:
		b = &new(packedElems[T, [2]T]).base
	case 2:
		b = &new(packedElems[T, [4]T]).base
	case 3:
		b = &new(packedElems[T, [6]T]).base
	case 4:
		b = &new(packedElems[T, [8]T]).base
	case 5:
		b = &new(packedElems[T, [10]T]).base
	case 6:
		b = &new(packedElems[T, [12]T]).base
	case 7:
		b = &new(packedElems[T, [14]T]).base
	case 8:
		b = &new(packedElems[T, [16]T]).base
	default:
		b, kind = &(&ending[T]{array: data(make([]T, n))}).base, kindEnding
	}
	b.room, b.kind = n, kind
	return b
}

// base returns the object that v is made of, or nil if there are no elements.
func (v Vector[T]) base() *base[T] { return v.top.base() }

// head returns the elements of the head, which are not to be changed.
func (v Vector[T]) head() []T {
	if v.h <= 0 {
		return nil
	}
	c := v.base().core()
	return slice(elemAt(c.head, c.headRoom-uint32(v.h)), uint32(v.h+min(v.t, 0)))
}

// tail returns the elements of the tail, which are not to be changed.
func (v Vector[T]) tail() []T {
	if v.t <= 0 {
		return nil
	}
	return slice(elemAt(v.base().tail(), uint32(-min(v.h, 0))), uint32(v.t+min(v.h, 0)))
}

// small returns a vector of the elements of two slices, which fit into a leaf.
//
// borrowed: a and b, whose elements are copied.
func small[T any](a, b []T) Vector[T] {
	n := uint32(len(a) + len(b))
	if n == 0 {
		return Vector[T]{}
	}
	d := newSmall[T](n)
	to := slice(d.tail(), n)
	copy(to, a)
	copy(to[len(a):], b)
	return Vector[T]{top: refTo(d), t: int32(n)}
}
