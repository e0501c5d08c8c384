//ramet:layer api

package rbtree

// Spans by rank, and ranks within a span.

// Slice returns the entries of m in positions [i, j) of its order, counted from 0: a page of a leaderboard. It panics
// unless 0 ≤ i ≤ j ≤ m.Len(). It takes O(1) time and allocates nothing; a range over the span begins with O(log n)
// time. Use [Span.Map] to make a map of it.
func (m Map[K, V]) Slice(i, j int) Span[K, V] {
	checkRange(i, j, m.len)
	return Span[K, V]{m: m, from: i, to: j}
}

// Slice returns the entries of s in positions [i, j), counted from the beginning of s. It panics unless 0 ≤ i ≤ j ≤
// s.Len(). It takes O(1) time and allocates nothing.
func (s Span[K, V]) Slice(i, j int) Span[K, V] {
	checkRange(i, j, s.Len())
	if i > 0 {
		return Span[K, V]{m: s.m, from: s.from + i, to: s.from + j}
	}
	s.to = s.from + j
	return s
}

// At returns the i-th entry of s, counted from 0. It takes O(log n) time, and panics if there is none.
func (s Span[K, V]) At(i int) (K, V) {
	checkIndex(i, s.Len())
	return s.m.entry(s.from + i)
}

// Rank returns how many keys of s are below k, and whether s has k. It takes O(log n) time.
func (s Span[K, V]) Rank(k K) (i int, found bool) {
	i, found = s.m.rank(k)
	return min(max(i, s.from), s.to) - s.from, found && s.from <= i && i < s.to
}

// Slice returns the elements of s in positions [i, j) of its order; see [Map.Slice].
func (s Set[T]) Slice(i, j int) SetSpan[T] { return SetSpan[T]{s.m.Slice(i, j)} }

// Slice returns the elements of s in positions [i, j), counted from the beginning of s; see [Span.Slice].
func (s SetSpan[T]) Slice(i, j int) SetSpan[T] { return SetSpan[T]{s.s.Slice(i, j)} }

// At returns the i-th element of s, counted from 0. It takes O(log n) time, and panics if there is none.
func (s SetSpan[T]) At(i int) T {
	v, _ := s.s.At(i)
	return v
}

// Rank returns how many elements of s are below v, and whether v is in s. It takes O(log n) time.
func (s SetSpan[T]) Rank(v T) (i int, found bool) { return s.s.Rank(v) }

// checkRange panics unless 0 ≤ i ≤ j ≤ n.
func checkRange(i, j, n int) {
	switch {
	case i < 0 || i > n || i > j && 0 <= j && j <= n:
		outOfRange(i, n)
	case j < 0 || j > n:
		outOfRange(j, n)
	}
}
