//ramet:layer api

package vector

import "github.com/ramet-go/ramet/internal/equal"

// Set returns v with the element at position i replaced by x. It panics if i is out of range. It takes O(log n) time
// and copies a leaf of 512 bytes and the nodes above it.
func (v Vector[T]) Set(i int, x T) Vector[T] {
	n := v.Len()
	if uint(i) >= uint(n) {
		panicIndex(i, n)
	}
	if v.base().small() {
		d := newSmall[T](uint32(n))
		copy(slice(d.tail(), uint32(n)), v.tail())
		*elemAt(d.tail(), uint32(i)) = x
		return Vector[T]{top: refTo(d), t: int32(n)}
	}
	p := v.parts()
	p.set(uint32(i), x)
	return p.vector().checked()
}

// Update returns v with the element at position i replaced by the result of f for it. It panics if i is out of range,
// before it calls f. It costs as much as [Vector.Set], and returns a new version even if f returns its argument; see
// [UpdateIfChanged].
func (v Vector[T]) Update(i int, f func(T) T) Vector[T] {
	notNil(f != nil, "Update")
	return v.Set(i, f(v.At(i)))
}

// UpdateIfChanged is [Vector.Update], except that it returns v itself if the result of f equals its argument, as
// [SetIfChanged] compares. So an update deep inside nested collections that changes nothing makes no new version of
// those around it.
func UpdateIfChanged[T comparable](v Vector[T], i int, f func(T) T) Vector[T] {
	notNil(f != nil, "UpdateIfChanged")
	return SetIfChanged(v, i, f(v.At(i)))
}

// SetIfChanged returns v with the element at position i replaced by x. If the element there equals x, it returns v
// itself and allocates nothing. Collections of this module are compared by their contents, other elements by ==. It
// panics if i is out of range, and where == panics: if an interface holds a value that is not comparable. A NaN equals
// nothing, and so is a change. It costs as much as [Vector.Set].
func SetIfChanged[T comparable](v Vector[T], i int, x T) Vector[T] {
	if equal.Values(v.At(i), x) {
		return v
	}
	return v.Set(i, x)
}

// SetIfChangedFunc is [SetIfChanged] for elements of any type: it returns v itself if eq returns true for the element
// at position i and x.
func SetIfChangedFunc[T any](v Vector[T], i int, x T, eq func(a, b T) bool) Vector[T] {
	notNil(eq != nil, "SetIfChangedFunc")
	if eq(v.At(i), x) {
		return v
	}
	return v.Set(i, x)
}
