//ramet:layer api

package vector

import (
	"reflect"
	"slices"

	"github.com/ramet-go/ramet/internal/equal"
)

// Equal reports whether a and b have equal elements in the same order. Elements that are collections of this module are
// compared by their contents, at any depth, others by ==, which panics if they hold values that cannot be compared; the
// method [Vector.Equal] does not. Elements that a and b share are not looked at and count as equal, even a NaN. So
// versions of one history that differ in d places are compared in O(d log n) time.
func Equal[T comparable](a, b Vector[T]) bool {
	if a == b || a.Len() != b.Len() {
		return a == b
	}
	plain := equal.Plain[T]()
	v, w := walk(a), walk(b)
	for meet(&v, &w, true) {
		n := min(v.rest(), w.rest())
		x, y := v.elements()[:n], w.elements()[:n]
		if !slices.Equal(x, y) && (plain || !slices.EqualFunc(x, y, equal.Of[T]())) { // == says the same mostly, and allocates nothing
			return false
		}
		v.advance(n)
		w.advance(n)
	}
	return true
}

// Equal reports whether v and o have equal elements in the same order, as the function [Equal] does, for elements of
// any type. It never panics: elements that cannot be compared, like functions or slices, are unequal, unless v and o
// share them. A NaN equals nothing, with the same exception. Packages that compare values, like go-cmp, call this
// method.
func (v Vector[T]) Equal(o Vector[T]) bool { return v == o || EqualFunc(v, o, equal.Safe[T]()) }

// EqualFunc is [Equal] for elements that are equal if eq returns true, which it must do for an element and itself.
func EqualFunc[T, U any](a Vector[T], b Vector[U], eq func(T, U) bool) bool {
	notNil(eq != nil, "EqualFunc")
	if a.Len() != b.Len() {
		return false
	}
	same := reflect.TypeFor[T]() == reflect.TypeFor[U]()
	v, w := walk(a), walk(b)
	for meet(&v, &w, same) {
		n := min(v.rest(), w.rest())
		if !slices.EqualFunc(v.elements()[:n], w.elements()[:n], eq) {
			return false
		}
		v.advance(n)
		w.advance(n)
	}
	return true
}
