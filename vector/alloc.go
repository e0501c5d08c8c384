//ramet:layer rep

package vector

import "unsafe"

// This file is the only one of the package that imports unsafe: it reaches elements by position, and tells apart what a
// pointer may lead to.
//
// The rules that it relies on:
//
//  1. A leaf, a head or a tail is memory that make([]T, n) returned, or the array of packed
//     elements, and is reached by a pointer to one of its elements, which keeps all of it alive.
//  2. No pointer is formed to a position that is not an element's.
//  3. A child of a node of level 1 is converted to *T, any other to *node, as it was made.
//  4. A base is the first field of the object that its kind names, which has its address. Of packed elements the
//     first stand at the same place whatever their number.

// elemSize returns the size of an element.
func elemSize[T any]() int { return int(unsafe.Sizeof(*new(T))) }

// at returns the element i places after the one at p.
func elemAt[T any](p *T, i uint32) *T {
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

// A ref leads to the object that a version is made of. Reflection does not see through it: it would find lengths and
// the first element, and so reflect.DeepEqual would call vectors equal whose others differ. It compares refs as ==
// does: they are equal if they lead to the same object.
type ref[T any] struct{ p unsafe.Pointer }

// refTo returns a ref to b, which may be nil.
func refTo[T any](b *base[T]) ref[T] { return ref[T]{unsafe.Pointer(b)} }

// base returns the object that r leads to, or nil.
func (r ref[T]) base() *base[T] { return (*base[T])(r.p) }

// here reports whether the builder was used, and was not copied since.
func (w *watch) here() bool { return w.Self == unsafe.Pointer(w) }

// core returns the core that b is the beginning of. It must be one.
func (b *base[T]) core() *core[T] { return (*core[T])(unsafe.Pointer(b)) }

// ending returns the ending that b is the beginning of. It must not be packed.
func (b *base[T]) ending() *ending[T] { return (*ending[T])(unsafe.Pointer(b)) }

// tail returns the first element of the tail, which must have one.
func (b *base[T]) tail() *T {
	if b.kind == kindPacked {
		return &(*packedElems[T, [2]T])(unsafe.Pointer(b)).elems[0]
	}
	return b.ending().array
}
