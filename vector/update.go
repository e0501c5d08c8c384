package vector

import (
	"cmp"
	"iter"
	"slices"

	"github.com/ramet-go/ramet/internal/equal"
)

// Update returns v with the element at position i replaced by what f returns for it. It panics if i is out of
// range. It costs what [Vector.Set] does. Use [UpdateIfChanged] where f may return what it was given.
func (v Vector[T]) Update(i int, f func(T) T) Vector[T] {
	notNil(f != nil, "Update")
	return v.Set(i, f(v.At(i)))
}

// UpdateIfChanged is [Vector.Update], except that it returns v itself if f returns its argument, as
// [SetIfChanged] does.
func UpdateIfChanged[T comparable](v Vector[T], i int, f func(T) T) Vector[T] {
	notNil(f != nil, "UpdateIfChanged")
	return SetIfChanged(v, i, f(v.At(i)))
}

// SetIfChanged returns v with the element at position i replaced by x: v itself, if that is equal to x
// already, by == or, if both are collections of this module, by their contents. It panics if i is out of
// range, and where == does. Otherwise it costs what [Vector.Set] does.
func SetIfChanged[T comparable](v Vector[T], i int, x T) Vector[T] {
	if equal.Of[T]()(v.At(i), x) {
		return v
	}
	return v.Set(i, x)
}

// SetIfChangedFunc is [SetIfChanged] for elements that are equal by eq.
func SetIfChangedFunc[T any](v Vector[T], i int, x T, eq func(a, b T) bool) Vector[T] {
	notNil(eq != nil, "SetIfChangedFunc")
	if eq(v.At(i), x) {
		return v
	}
	return v.Set(i, x)
}

// AppendSeq returns v with the elements of seq behind its own: v itself, if there are none. It takes O(1)
// amortised time for each.
func (v Vector[T]) AppendSeq(seq iter.Seq[T]) Vector[T] {
	notNil(seq != nil, "AppendSeq")
	var b *Builder[T] // none while there are no elements, so that nothing is allocated for none
	for x := range seq {
		if b == nil {
			b = v.Builder()
		}
		b.Append(x)
	}
	if b == nil {
		return v
	}
	return b.Build()
}

// DeleteFunc returns v without the elements for which del returns true: v itself, if it does so for none of
// them. It takes O(n) time.
func (v Vector[T]) DeleteFunc(del func(T) bool) Vector[T] {
	notNil(del != nil, "DeleteFunc")
	return v.Filter(func(x T) bool { return !del(x) })
}

// Sort returns the elements of v in ascending order, as [slices.Sort] has it: v itself, if it is sorted. It
// takes O(n log n) time.
func Sort[T cmp.Ordered](v Vector[T]) Vector[T] {
	if v.isSorted(cmp.Compare[T]) {
		return v
	}
	s := v.AppendTo(nil)
	slices.Sort(s)
	return Of(s...)
}

// IndexFunc returns the position of the first element for which f returns true, or -1.
func IndexFunc[T any](v Vector[T], f func(T) bool) int {
	notNil(f != nil, "IndexFunc")
	i := 0
	c := v.chunks()
	for c.next() {
		if j := slices.IndexFunc(c.chunk, f); j >= 0 {
			return i + j
		}
		i += len(c.chunk)
	}
	return -1
}

// ContainsFunc reports whether f returns true for an element.
func ContainsFunc[T any](v Vector[T], f func(T) bool) bool {
	notNil(f != nil, "ContainsFunc")
	return IndexFunc(v, f) >= 0
}
