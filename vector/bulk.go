//ramet:layer api

package vector

import (
	"cmp"
	"iter"
	"slices"

	"github.com/ramet-go/ramet/internal/loop"
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

// AppendSeq returns v with the elements of seq after its own: v itself, with nothing allocated, if there are none. It
// takes O(1) amortised time for each. There is one version, the result; the last leaf of v is copied.
func (v Vector[T]) AppendSeq(seq iter.Seq[T]) Vector[T] {
	notNil(seq != nil, "AppendSeq")
	a := loop.Each(seq, appending[T]{v: v})
	if !a.begun {
		return v
	}
	return a.b.build()
}

// An appending is a loop of AppendSeq.
type appending[T any] struct {
	v     Vector[T]
	b     bareBuilder[T] // of v, once begun
	begun bool
}

func (a *appending[T]) Take(x T) bool {
	if !a.begun {
		a.b.reset(a.v)
		a.begun = true
	}
	a.b.append(x)
	return true
}

// Map returns a vector of the results of f for each element of v, in O(n) time.
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

// Filter returns a vector of those elements of v for which keep returns true: v itself, if it does so for all of them.
// It takes O(n) time.
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

// DeleteFunc returns v without the elements for which del returns true: v itself, with nothing allocated, if it does so
// for none of them. It calls del once for each element, in order, and takes O(n) time. What is before the first element
// that goes is shared with v.
func (v Vector[T]) DeleteFunc(del func(T) bool) Vector[T] {
	notNil(del != nil, "DeleteFunc")
	return v.Filter(func(x T) bool { return !del(x) })
}

// Sort returns the elements of v in ascending order, as [slices.Sort] has it: NaNs are first. It returns v itself, with
// nothing allocated, if it is sorted. It takes O(n log n) time and makes a slice of the elements on the way. Use
// [Vector.SortFunc] for another order, or where the order of equal elements matters.
func Sort[T cmp.Ordered](v Vector[T]) Vector[T] {
	if v.isSorted(cmp.Compare[T]) {
		return v
	}
	s := v.AppendTo(nil)
	slices.Sort(s)
	return Of(s...)
}

// SortFunc returns the elements of v in the order of cmp, in which equal elements keep the order that they have in v: v
// itself, if it is sorted. It takes O(n log n) time.
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
