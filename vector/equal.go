package vector

import (
	"reflect"
	"slices"
)

// Equal reports whether a and b have equal elements, by ==, in the same order. What they share
// is equal without looking: versions of one history that differ in d places are compared in O(d
// log n) time.
func Equal[T comparable](a, b Vector[T]) bool {
	if a == b || a.Len() != b.Len() {
		return a == b
	}
	v, w := walk(a), walk(b)
	for meet(&v, &w, true) {
		n := min(v.rest(), w.rest())
		if !slices.Equal(v.elements()[:n], w.elements()[:n]) {
			return false
		}
		v.advance(n)
		w.advance(n)
	}
	return true
}

// EqualFunc is [Equal] for elements that are equal by eq, which is assumed to say so of an
// element and itself.
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
