//ramet:layer api

package rbtree

import "iter"

// A SetSpan is a range of the elements of a set. [Set.From], [Set.Above], [Set.To], [Set.Below] and [Set.Slice] return
// spans; see [Span].
type SetSpan[T any] struct {
	s Span[T, struct{}]
}

// From returns the elements of s that are not below v. It takes O(log n) time.
func (s Set[T]) From(v T) SetSpan[T] { return SetSpan[T]{s.m.From(v)} }

// Above returns the elements of s that are above v. It takes O(log n) time.
func (s Set[T]) Above(v T) SetSpan[T] { return SetSpan[T]{s.m.Above(v)} }

// To returns the elements of s that are not above v. It takes O(log n) time.
func (s Set[T]) To(v T) SetSpan[T] { return SetSpan[T]{s.m.To(v)} }

// Below returns the elements of s that are below v. It takes O(log n) time.
func (s Set[T]) Below(v T) SetSpan[T] { return SetSpan[T]{s.m.Below(v)} }

// From returns the elements of s that are not below v. It takes O(log n) time.
func (s SetSpan[T]) From(v T) SetSpan[T] { return SetSpan[T]{s.s.From(v)} }

// Above returns the elements of s that are above v. It takes O(log n) time.
func (s SetSpan[T]) Above(v T) SetSpan[T] { return SetSpan[T]{s.s.Above(v)} }

// To returns the elements of s that are not above v. It takes O(log n) time.
func (s SetSpan[T]) To(v T) SetSpan[T] { return SetSpan[T]{s.s.To(v)} }

// Below returns the elements of s that are below v. It takes O(log n) time.
func (s SetSpan[T]) Below(v T) SetSpan[T] { return SetSpan[T]{s.s.Below(v)} }

// Len returns the number of elements, in O(1).
func (s SetSpan[T]) Len() int { return s.s.Len() }

// All returns an iterator over the elements, in order.
func (s SetSpan[T]) All() iter.Seq[T] { return s.s.Keys() }

// Backward returns an iterator over the elements, from the greatest to the least.
func (s SetSpan[T]) Backward() iter.Seq[T] { return keysOf(s.s.Backward()) }

// Equal reports whether s and o have the same elements, whatever else is in the sets that they are from; see
// [Span.Equal].
func (s SetSpan[T]) Equal(o SetSpan[T]) bool { return s.s.Equal(o.s) }

// Min returns the least element, and false if there is none. It takes O(log n) time.
func (s SetSpan[T]) Min() (T, bool) { return element(s.s.Min()) }

// Max returns the greatest element, and false if there is none. It takes O(log n) time.
func (s SetSpan[T]) Max() (T, bool) { return element(s.s.Max()) }

// Set returns the elements as a set with the order of the one they are from: that set itself, if they are all of it. It
// takes O(log n) time and shares the nodes of that set.
func (s SetSpan[T]) Set() Set[T] { return Set[T]{s.s.Map()} }
