//ramet:layer api

package rbtree

import "slices"

// AppendKeys appends the keys of m to dst, in order, and returns the result, as append does. It grows dst once at most,
// so AppendKeys(nil) allocates what it returns and nothing else, where slices.Collect(m.Keys()) takes several times the
// memory; and it copies whole nodes, where a loop goes key by key.
func (m Map[K, V]) AppendKeys(dst []K) []K { return m.span().AppendKeys(dst) }

// AppendValues appends the values of m to dst, in key order, and returns the result; see [Map.AppendKeys].
func (m Map[K, V]) AppendValues(dst []V) []V { return m.span().AppendValues(dst) }

// AppendTo appends the elements of s to dst, in order, and returns the result; see [Map.AppendKeys].
func (s Set[T]) AppendTo(dst []T) []T { return s.m.AppendKeys(dst) }

// AppendKeys appends the keys to dst, in order, and returns the result; see [Map.AppendKeys].
func (s Span[K, V]) AppendKeys(dst []K) []K {
	dst = slices.Grow(dst, s.Len())
	p := s.ascend()
	for p.next() {
		dst = append(dst, p.keys...)
	}
	return dst
}

// AppendValues appends the values to dst, in key order, and returns the result; see [Map.AppendKeys].
func (s Span[K, V]) AppendValues(dst []V) []V {
	dst = slices.Grow(dst, s.Len())
	p := s.ascend()
	for p.next() {
		dst = append(dst, p.vals...)
	}
	return dst
}

// AppendTo appends the elements to dst, in order, and returns the result; see [Map.AppendKeys].
func (s SetSpan[T]) AppendTo(dst []T) []T { return s.s.AppendKeys(dst) }
