//ramet:layer api

package vector

import "iter"

// A Vector is a persistent sequence of elements. The zero Vector is empty and ready to use.
//
// Vectors are values: copy them, keep them, and share them between goroutines freely; a Vector never changes. a == b
// means that a and b are the same version; use [Equal] to compare contents.
type Vector[T any] struct {
	top ref[T] // of the object that the version is made of; nil if there are no elements

	// The lengths of the head and the tail. Without a tree, one of them may be negative: as many elements of the other
	// one, from where the two meet, are not the vector's.
	h, t int32
}

// Of returns a vector of the given elements, which it copies. It takes O(n) time.
func Of[T any](vs ...T) Vector[T] {
	if len(vs) <= 1<<leafBits[T]() {
		return small(vs, nil)
	}
	var b bareBuilder[T]
	b.append(vs...)
	return b.build()
}

// Collect returns a vector of the elements of seq, in O(n) time.
func Collect[T any](seq iter.Seq[T]) Vector[T] {
	notNil(seq != nil, "Collect")
	var b bareBuilder[T]
	for x := range seq {
		b.append(x)
	}
	return b.build()
}

// Len returns the number of elements, in O(1).
func (v Vector[T]) Len() int {
	if v.base() == nil {
		return 0
	}
	return int(v.h) + int(v.base().count) + int(v.t)
}
