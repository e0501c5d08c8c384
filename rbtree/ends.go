//ramet:layer api

package rbtree

import "github.com/ramet-go/ramet/internal/ownership"

// DeleteMin returns m without the entry with the least key, and that entry, as a step of a priority queue does. If m is
// empty, it returns m itself and false. It costs what [Map.Set] does.
func (m Map[K, V]) DeleteMin() (rest Map[K, V], k K, v V, ok bool) { return m.deleteAt(0) }

// DeleteMax returns m without the entry with the greatest key, and that entry; see [Map.DeleteMin].
func (m Map[K, V]) DeleteMax() (rest Map[K, V], k K, v V, ok bool) { return m.deleteAt(m.len - 1) }

// deleteAt returns m without entry i, which is there unless m is empty, and that entry.
func (m Map[K, V]) deleteAt(i int) (rest Map[K, V], k K, v V, ok bool) {
	if m.len == 0 {
		return m, k, v, false
	}
	var f finger[K, V]
	f.seekAt(m.root(), i)
	k, v = *keyAt[K](f.leaf, f.at), *valAt[V](f.leaf, f.at)
	return m.without(&f), k, v, true
}

// DeleteSpan returns m without the entries of s: m itself, if it has none of them.
//
// If s is of m itself, it takes O(log n) time and copies about log n nodes, however many entries there are. If s is of
// another map, its keys say which entries are removed: the result and the cost are those of [Map.Difference] with the
// map of s. Entries that m has in that range and s has not stay.
func (m Map[K, V]) DeleteSpan(s Span[K, V]) Map[K, V] {
	switch {
	case s.from == s.to:
		return m
	case s.m != m:
		return m.Difference(s.Map())
	}
	ed := edit[K, V]{by: m.by, id: ownership.NewID()}
	t := m.tree()
	return wrap[K, V](m.by, ed.joinTrees(ed.slice(t, 0, s.from), ed.slice(t, s.to, m.len)))
}

// DeleteMin returns s without the least element, and that; see [Map.DeleteMin].
func (s Set[T]) DeleteMin() (rest Set[T], v T, ok bool) {
	m, v, _, ok := s.m.DeleteMin()
	return Set[T]{m}, v, ok
}

// DeleteMax returns s without the greatest element, and that; see [Map.DeleteMin].
func (s Set[T]) DeleteMax() (rest Set[T], v T, ok bool) {
	m, v, _, ok := s.m.DeleteMax()
	return Set[T]{m}, v, ok
}

// DeleteSpan returns s without the elements of o: s itself, if it has none of them. If o is of s itself, it takes O(log
// n) time; see [Map.DeleteSpan].
func (s Set[T]) DeleteSpan(o SetSpan[T]) Set[T] { return Set[T]{s.m.DeleteSpan(o.s)} }
