//ramet:layer api

package hamt

import "slices"

// AppendKeys appends the keys of m to dst, in the order of [Map.All], and returns the result, as append does. It grows
// dst once at most, so AppendKeys(nil) allocates its result and nothing else. slices.Collect(m.Keys()) takes several times
// the memory.
func (m Map[K, V]) AppendKeys(dst []K) []K {
	dst = slices.Grow(dst, m.len)
	for k := range m.Keys() {
		dst = append(dst, k)
	}
	return dst
}

// AppendValues appends the values of m to dst, in the order of [Map.All], and returns the result; see [Map.AppendKeys].
func (m Map[K, V]) AppendValues(dst []V) []V {
	dst = slices.Grow(dst, m.len)
	for v := range m.Values() {
		dst = append(dst, v)
	}
	return dst
}

// AppendTo appends the elements of s to dst, in the order of [Set.All], and returns the result; see [Map.AppendKeys].
func (s Set[T]) AppendTo(dst []T) []T { return s.m.AppendKeys(dst) }
