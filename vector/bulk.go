package vector

import (
	"slices"
)

// AppendTo appends the elements of v to dst and returns the result, as append does.
func (v Vector[T]) AppendTo(dst []T) []T {
	dst = slices.Grow(dst, v.Len())
	c := v.chunks()
	for c.next() {
		dst = append(dst, c.chunk...)
	}
	return dst
}

// Map returns a vector of what f returns for each element of v, in O(n) time.
func Map[T, U any](v Vector[T], f func(T) U) Vector[U] {
	notNil(f != nil, "Map")
	var b bareBuilder[U]
	c := v.chunks()
	for c.next() {
		for _, x := range c.chunk {
			b.append(f(x))
		}
	}
	return b.build()
}

// Filter returns a vector of those elements of v for which keep returns true: v itself, if it
// does so for all of them. It takes O(n) time.
func (v Vector[T]) Filter(keep func(T) bool) Vector[T] {
	notNil(keep != nil, "Filter")
	var b bareBuilder[T]
	kept := 0 // of a prefix that is kept as it is
	all := true
	c := v.chunks()
	for c.next() {
		for _, x := range c.chunk {
			switch ok := keep(x); {
			case ok && all:
				kept++
			case ok:
				b.append(x)
			case all:
				all = false
				b.reset(v.Slice(0, kept))
			}
		}
	}
	if all {
		return v
	}
	return b.build()
}

// SortFunc returns the elements of v in the order of cmp, in which equal elements keep the
// order that they have in v: v itself, if it is sorted. It takes O(n log n) time.
func (v Vector[T]) SortFunc(cmp func(a, b T) int) Vector[T] {
	notNil(cmp != nil, "SortFunc")
	if v.isSorted(cmp) {
		return v
	}
	s := v.AppendTo(nil)
	slices.SortStableFunc(s, cmp)
	return Of(s...)
}

func (v Vector[T]) isSorted(cmp func(a, b T) int) bool {
	var last *T
	c := v.chunks()
	for c.next() {
		for i := range c.chunk {
			x := &c.chunk[i]
			if last != nil && cmp(*x, *last) < 0 {
				return false
			}
			last = x
		}
	}
	return true
}

// Reverse returns the elements of v in the opposite order, in O(n) time.
func (v Vector[T]) Reverse() Vector[T] {
	if v.Len() <= 1 {
		return v
	}
	var b bareBuilder[T]
	for _, x := range v.Backward() {
		b.append(x)
	}
	return b.build()
}
