//ramet:layer tree

package vector

import (
	"reflect"

	"github.com/ramet-go/ramet/internal/equal"
)

// elements is how Diff and Merge compare elements.
type elements[T any] struct {
	eq func(a, b T) bool

	// number gives equal elements of two slices equal numbers, from 0 on, and returns how many there are. It is nil if
	// only eq can tell what is equal.
	number func(a, b []T) (x, y []int32, n int)
}

// elementsOf returns how elements of type T are compared: collections of this module by contents, others by ==.
func elementsOf[T comparable]() elements[T] {
	if !equal.Plain[T]() {
		return elements[T]{eq: equal.Of[T]()}
	}
	e := elements[T]{eq: func(a, b T) bool { return a == b }}
	if !holdsInterface(reflect.TypeFor[T]()) {
		e.number = numbered[T]
	}
	return e
}

// numbered is the number of elements that == compares. A NaN has a number of its own.
func numbered[T comparable](a, b []T) (x, y []int32, n int) {
	known := make(map[T]int32, max(len(a), len(b)))
	number := func(s []T) []int32 {
		numbers := make([]int32, len(s))
		for i, e := range s {
			k, ok := known[e]
			if !ok {
				k = int32(n)
				known[e] = k
				n++
			}
			numbers[i] = k
		}
		return numbers
	}
	x, y = number(a), number(b)
	return x, y, n
}

// holdsInterface reports whether there is an interface in t. As the key of a map, such an element may panic where ==
// does not: for two that differ elsewhere.
func holdsInterface(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Interface:
		return true
	case reflect.Array:
		return holdsInterface(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if holdsInterface(t.Field(i).Type) {
				return true
			}
		}
	}
	return false
}
