package list

import (
	"iter"

	"github.com/ramet-go/ramet/internal/equal"
)

// A List is a persistent sequence that is read and changed at its front. The zero List is empty and
// ready to use.
//
// Lists are values: copy them, keep them, and share them between goroutines freely; a List never
// changes. a == b means that a and b are the same version, which is what they are if their elements are in
// the same nodes: l.Push(x).Rest() == l. Use [Equal] or the method [List.Equal] to
// compare contents.
type List[T any] struct {
	head ref[node[T]] // none if there are no elements
	n    int
}

// Of returns a list of the given elements, which it copies, in O(n) time.
func Of[T any](vs ...T) List[T] {
	var c chain[T]
	for _, v := range vs {
		c.add(v)
	}
	return c.list()
}

// Collect returns a list of the elements of seq, in O(n) time. It panics if seq is nil.
func Collect[T any](seq iter.Seq[T]) List[T] {
	notNil(seq != nil, "Collect")
	return chained(seq).list()
}

// Len returns the number of elements, in O(1) time.
func (l List[T]) Len() int { return l.n }

// Push returns a list with v in front of l, which it shares. It takes O(1) time and allocates one node.
func (l List[T]) Push(v T) List[T] { return List[T]{refTo(&node[T]{v, l.head.get()}), l.n + 1} }

// First returns the first element, or the zero value and false if there is none. It takes O(1) time.
func (l List[T]) First() (v T, ok bool) {
	if n := l.head.get(); n != nil {
		return n.value, true
	}
	return v, false
}

// Rest returns l without its first element; that of an empty list is empty. It takes O(1) time and
// allocates nothing.
func (l List[T]) Rest() List[T] {
	if n := l.head.get(); n != nil {
		return List[T]{refTo(n.rest), l.n - 1}
	}
	return l
}

// All returns an iterator over the elements, from the first to the last. It allocates nothing.
func (l List[T]) All() iter.Seq[T] {
	return func(yield func(T) bool) {
		for n := l.head.get(); n != nil; n = n.rest {
			if !yield(n.value) {
				return
			}
		}
	}
}

// Reverse returns the elements in reverse order, in O(n) time. A list of fewer than two elements is its own
// reverse.
func (l List[T]) Reverse() List[T] {
	if l.n < 2 {
		return l
	}
	var r List[T]
	for n := l.head.get(); n != nil; n = n.rest {
		r = r.Push(n.value)
	}
	return r
}

// Append returns the elements of l and then those of o, which it shares. It copies l, in O(l.Len())
// time; if either is empty, it returns the other.
func (l List[T]) Append(o List[T]) List[T] {
	switch {
	case o.n == 0:
		return l
	case l.n == 0:
		return o
	}
	c := chained(l.All())
	c.last.rest, c.n = o.head.get(), c.n+o.n
	return c.list()
}

// Map returns a list of what f makes of each element, in order. It takes O(n) time and panics if f is nil.
func Map[T, U any](l List[T], f func(T) U) List[U] {
	notNil(f != nil, "Map")
	var c chain[U]
	for n := l.head.get(); n != nil; n = n.rest {
		c.add(f(n.value))
	}
	return c.list()
}

// Equal reports whether a and b have equal elements in the same order. Elements that are collections of
// this module are compared by their contents, at any depth, also where T is an interface type; all others are
// compared with ==.
//
// It takes O(n) time and stops where the two share the rest, which is equal without looking. It panics where ==
// does: if it compares two interfaces that hold values of one type that is not comparable, such as slices. Where
// there may be such elements, use [EqualFunc] or the method [List.Equal].
func Equal[T comparable](a, b List[T]) bool {
	if !equal.Plain[T]() {
		return EqualFunc(a, b, equal.Of[T]())
	}
	if a.n != b.n {
		return false
	}
	for x, y := a.head.get(), b.head.get(); x != y; x, y = x.rest, y.rest {
		if x.value != y.value {
			return false
		}
	}
	return true
}

// Equal reports whether l and o have equal elements in the same order. It is [Equal] for elements of any
// type, and the method that packages such as go-cmp look for. It does not panic: elements that are not comparable
// (slices, maps, functions, also in interfaces, structs and arrays) are equal only where l and o share them.
func (l List[T]) Equal(o List[T]) bool { return l == o || EqualFunc(l, o, equal.Safe[T]()) }

// EqualFunc is [Equal] for elements that are equal by eq, which is assumed to say so of an element and
// itself. It panics if eq is nil.
func EqualFunc[T, U any](a List[T], b List[U], eq func(T, U) bool) bool {
	notNil(eq != nil, "EqualFunc")
	if a.n != b.n {
		return false
	}
	for x, y := a.head.get(), b.head.get(); x != nil && !same(x, y); x, y = x.rest, y.rest {
		if !eq(x.value, y.value) {
			return false
		}
	}
	return true
}

// notNil panics if the function that was passed to the named operation is nil.
func notNil(ok bool, operation string) {
	if !ok {
		panic("list: " + operation + " of a nil function")
	}
}
