//ramet:layer api

package rbtree

import "github.com/ramet-go/ramet/internal/equal"

// A Span is a range of the entries of a map. [Map.From], [Map.Above], [Map.To], [Map.Below] and [Map.Slice] return
// spans, and methods of the same names narrow them. The zero Span is empty.
//
// A Span is a value like a Map. It holds the version that it was taken from, and where in it the range begins and ends.
// a == b means the same range of the same version; spans of one range that were not taken in the same way may differ.
// Use [Span.Equal] to compare contents.
type Span[K, V any] struct {
	m        Map[K, V]
	from, to int // positions

	// Where the first entry is, if a search has led there; otherwise start leads to nothing.
	start ref   // to a node of level 1
	kid   uint8 // the position of the entry's leaf in it
	pos   uint8 // that of the entry in the leaf
}

// span returns the span of all entries of m.
func (m Map[K, V]) span() Span[K, V] { return Span[K, V]{m: m, to: m.len} }

// From returns the entries of m whose keys are not below k. It takes O(log n) time.
func (m Map[K, V]) From(k K) Span[K, V] {
	s, _ := m.by.spotOf(m.root(), k)
	return Span[K, V]{m, s.index, m.len, refTo(s.above), uint8(s.kid), uint8(s.at)}
}

// Above returns the entries of m whose keys are above k. It takes O(log n) time.
func (m Map[K, V]) Above(k K) Span[K, V] {
	s, found := m.by.spotOf(m.root(), k)
	if found {
		s.index++
		s.at++
	}
	return Span[K, V]{m, s.index, m.len, refTo(s.above), uint8(s.kid), uint8(s.at)}
}

// To returns the entries of m whose keys are not above k. It takes O(log n) time.
func (m Map[K, V]) To(k K) Span[K, V] {
	i, found := m.rank(k)
	if found {
		i++
	}
	return Span[K, V]{m: m, to: i}
}

// Below returns the entries of m whose keys are below k. It takes O(log n) time.
func (m Map[K, V]) Below(k K) Span[K, V] {
	i, _ := m.rank(k)
	return Span[K, V]{m: m, to: i}
}

// From returns the entries of s whose keys are not below k. It takes O(log n) time.
func (s Span[K, V]) From(k K) Span[K, V] { return s.narrow(s.m.From(k)) }

// Above returns the entries of s whose keys are above k. It takes O(log n) time.
func (s Span[K, V]) Above(k K) Span[K, V] { return s.narrow(s.m.Above(k)) }

// To returns the entries of s whose keys are not above k. It takes O(log n) time.
func (s Span[K, V]) To(k K) Span[K, V] { return s.narrow(s.m.To(k)) }

// Below returns the entries of s whose keys are below k. It takes O(log n) time.
func (s Span[K, V]) Below(k K) Span[K, V] { return s.narrow(s.m.Below(k)) }

// narrow returns the entries of both s and o: s itself, if they are all of it.
func (s Span[K, V]) narrow(o Span[K, V]) Span[K, V] {
	to := min(s.to, o.to)
	if o.from > s.from {
		s = o
	}
	s.to = max(s.from, to)
	return s
}

// Len returns the number of entries, in O(1).
func (s Span[K, V]) Len() int { return s.to - s.from }

// Equal reports whether s and o have the same keys with equal values, whatever else is in the maps that they are from.
// It compares as [Map.Equal] does, under the order of s, and skips the nodes that the two share.
func (s Span[K, V]) Equal(o Span[K, V]) bool {
	return s == o || equalSpans(s, o, equal.Safe[V]())
}

// Min returns the entry with the least key, and false if there is none. It takes O(log n) time.
func (s Span[K, V]) Min() (K, V, bool) { return s.tryEntry(s.from) }

// Max returns the entry with the greatest key, and false if there is none. It takes O(log n) time.
func (s Span[K, V]) Max() (K, V, bool) { return s.tryEntry(s.to - 1) }

func (s Span[K, V]) tryEntry(i int) (k K, v V, ok bool) {
	if s.from == s.to {
		return k, v, false
	}
	return s.m.tryEntry(i)
}

// Map returns the entries as a map with the order of the one they are from: that map itself, if they are all of it. It
// takes O(log n) time and shares the nodes of that map.
func (s Span[K, V]) Map() Map[K, V] { return s.m.slice(s.from, s.to) }
