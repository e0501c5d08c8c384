package vector

import (
	"fmt"
	"iter"

	"github.com/ramet-go/ramet/internal/invariants"
)

// A Vector is a persistent sequence of elements. The zero Vector is empty and ready to use.
//
// Vectors are values: copy them, keep them, and share them between goroutines freely; a
// Vector never changes. a == b means that a and b are the same version; use [Equal] to compare
// contents.
type Vector[T any] struct {
	top ref[T] // of what the version is made of; none if there are no elements

	// The lengths of the head and the tail. Without a tree, one of them may be negative: as many
	// elements of the other one, from where the two meet, are not the vector's.
	h, t int32
}

// d returns the object that v is made of, or nil if there are no elements.
func (v Vector[T]) base() *base[T] { return v.top.base() }

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

// small returns a vector of the elements of two slices, which fit into a leaf.
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

// checked returns v. Where invariants are checked it panics if v breaks one.
func (v Vector[T]) checked() Vector[T] {
	if invariants.Enabled {
		v.verify()
	}
	return v
}

// Len returns the number of elements, in O(1).
func (v Vector[T]) Len() int {
	if v.base() == nil {
		return 0
	}
	return int(v.h) + int(v.base().count) + int(v.t)
}

//go:noinline
func panicIndex(i, n int) { panic(fmt.Sprintf("vector: index %d out of range [0:%d]", i, n)) }

// checkLength panics if n elements and m more are too many. A vector may have a few more
// itself, which took room that an end had.
func checkLength(n, m int) {
	if m > 0 && uint64(n)+uint64(m) > maxTree {
		panicTooLong()
	}
}

//go:noinline
func panicTooLong() { panic(fmt.Sprintf("vector: more than %d elements", maxTree)) }

// checkRange panics unless 0 ≤ i ≤ j ≤ n.
func checkRange(i, j, n int) {
	switch {
	case uint(i) > uint(n) || i > j && uint(j) <= uint(n):
		panicIndex(i, n)
	case uint(j) > uint(n):
		panicIndex(j, n)
	}
}

// notNil panics if the function that was passed to the named operation is nil.
func notNil(ok bool, operation string) {
	if !ok {
		panic("vector: " + operation + " of a nil function")
	}
}
