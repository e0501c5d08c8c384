package vector

import (
	"sync/atomic"
	"unsafe"
)

// This file is the only one of the package that imports unsafe: it reaches elements by
// position, and tells apart what a pointer may lead to.
//
// The rules that it relies on:
//
//  1. A leaf, a head or a tail is memory that make([]T, n) returned, or the array within a small
//     core, and is reached by a pointer to one of its elements, which keeps all of it alive.
//  2. No pointer is formed to a position that is not an element's.
//  3. A child of a node of level 1 is converted to *T, any other to *node, as it was made.
//  4. A base that is not small is the first field of a core, which has its address.

// elemSize returns the size of an element.
func elemSize[T any]() int { return int(unsafe.Sizeof(*new(T))) }

// at returns the element i places after the one at p.
func at[T any](p *T, i uint32) *T {
	return (*T)(unsafe.Add(unsafe.Pointer(p), uintptr(i)*unsafe.Sizeof(*p)))
}

// slice returns the n elements from the one at p on. The slice has no room to be appended to.
func slice[T any](p *T, n uint32) []T { return unsafe.Slice(p, n) }

// data returns the address of the elements of s.
func data[T any](s []T) *T { return unsafe.SliceData(s) }

// asNode returns the inner node that o points to.
func (o *opaque) asNode() *node { return (*node)(unsafe.Pointer(o)) }

// opaque returns n as a child.
func (n *node) opaque() *opaque { return (*opaque)(unsafe.Pointer(n)) }

// leaf returns the first element of the leaf that o points to.
func leaf[T any](o *opaque) *T { return (*T)(unsafe.Pointer(o)) }

// leafChild returns a leaf as a child.
func leafChild[T any](p *T) *opaque { return (*opaque)(unsafe.Pointer(p)) }

// full returns the core that b is the beginning of. It must not be small.
func (b *base[T]) full() *core[T] { return (*core[T])(unsafe.Pointer(b)) }

// A base is what a version is made of, if it has neither a tree nor a head: only a tail. The tail
// is an array of room elements, of which versions use different numbers.
type base[T any] struct {
	tail  *T
	claim *atomic.Uint32 // how many elements of the tail are taken; nil: all of them
	room  uint32
	count uint32 // of the tree's elements
	small bool   // there is no more than this
}

// A core is the whole of it.
type core[T any] struct {
	base[T]
	tree      tree
	head      *T
	headClaim *atomic.Uint32 // how many elements of the head are taken, from its end
	headRoom  uint32
}

// The sizes of small cores that hold their elements.
type (
	small2[T any] struct {
		base[T]
		elems [2]T
	}
	small4[T any] struct {
		base[T]
		elems [4]T
	}
	small6[T any] struct {
		base[T]
		elems [6]T
	}
	small8[T any] struct {
		base[T]
		elems [8]T
	}
	small10[T any] struct {
		base[T]
		elems [10]T
	}
	small12[T any] struct {
		base[T]
		elems [12]T
	}
	small16[T any] struct {
		base[T]
		elems [16]T
	}
)

// newSmall returns a small core with room for at least n elements, all of them taken: with the core
// if they are few, so that there is one object and not two.
func newSmall[T any](n uint32) *base[T] {
	var b *base[T]
	switch (n + 1) / 2 {
	case 1:
		s := new(small2[T])
		s.tail, b = &s.elems[0], &s.base
	case 2:
		s := new(small4[T])
		s.tail, b = &s.elems[0], &s.base
	case 3:
		s := new(small6[T])
		s.tail, b = &s.elems[0], &s.base
	case 4:
		s := new(small8[T])
		s.tail, b = &s.elems[0], &s.base
	case 5:
		s := new(small10[T])
		s.tail, b = &s.elems[0], &s.base
	case 6:
		s := new(small12[T])
		s.tail, b = &s.elems[0], &s.base
	case 7, 8:
		s := new(small16[T])
		s.tail, b = &s.elems[0], &s.base
	default:
		b = new(base[T])
		b.tail = data(make([]T, n))
	}
	b.room, b.small = n, true
	return b
}
