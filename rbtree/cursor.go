//ramet:layer api

package rbtree

// A Cursor stands between two entries of a map or a span, and moves in either direction. Use one for a walk that is not
// a single loop: a walk that pulls entries when they are needed, merges several maps, skips to a key, or pauses and
// goes on later. A Cursor sees the version that it was made from and keeps it alive. There is nothing to stop or close,
// and its methods allocate nothing. A walk over all entries takes about as long as a range over [Map.All].
//
// A Cursor is a value: a copy is a second cursor at the same position. It must not be used by two goroutines at once.
// The zero Cursor is that of an empty map.
type Cursor[K, V any] struct {
	unencoded

	s     Span[K, V] // its start, kid and pos are those of the leaf, or of the first one
	keys  []K        // the entries of the leaf that are in s, which are not to be changed
	vals  []V
	start int // the position in the map of the first of them
	i     int // how many of them are before the cursor
}

// Cursor returns a cursor before the first entry of m, in O(1).
func (m Map[K, V]) Cursor() Cursor[K, V] { return m.span().Cursor() }

// Cursor returns a cursor before the first entry of s, in O(1). It does not leave s.
func (s Span[K, V]) Cursor() Cursor[K, V] { return Cursor[K, V]{s: s, start: s.from} }

// Next moves over the next entry and returns it, or zero values and false if there is none. It takes O(1) time, and
// O(log n) once for each 4 to 16 leaves.
func (c *Cursor[K, V]) Next() (k K, v V, ok bool) {
	if c.i == len(c.keys) && !c.forward() {
		return k, v, false
	}
	k, v = c.keys[c.i], c.vals[c.i]
	c.i++
	return k, v, true
}

// Prev moves back over the entry before c and returns it, or zero values and false if there is none. It costs what Next
// does.
func (c *Cursor[K, V]) Prev() (k K, v V, ok bool) {
	if c.i == 0 && !c.back() {
		return k, v, false
	}
	c.i--
	return c.keys[c.i], c.vals[c.i], true
}

// Seek moves c before the first entry whose key is not below k, forward or back: Next returns that entry, and Prev the
// one before it. If all keys are below k, c is at the end. It takes O(log n) time.
func (c *Cursor[K, V]) Seek(k K) {
	to, _ := c.s.m.by.spotOf(c.s.m.root(), k)
	at := min(max(to.index, c.s.from), c.s.to)
	// Without a leaf, Next and Prev find theirs: where k is outside of the span, or behind the last entry of a leaf.
	c.keys, c.vals, c.start, c.i, c.s.start = nil, nil, at, 0, ref{}
	if at == to.index && at < c.s.to && to.at < int(to.leaf.len) {
		c.s.start, c.s.kid = refTo(to.above), uint8(to.kid)
		c.enter(to.leaf, to.at)
	}
}

// forward moves on to the next leaf, before its first entry, and reports whether there is one.
func (c *Cursor[K, V]) forward() bool {
	next := c.start + c.i
	if next >= c.s.to {
		return false
	}
	c.start = next
	n, kid, at := c.s.start.node(), int(c.s.kid), int(c.s.pos)
	if c.keys != nil { // kid is the leaf that was left, else the first one
		kid, at = kid+1, 0
	}
	if n == nil || kid == int(n.len) || at == int(n.kid(kid).len) {
		c.find(next)
		return true
	}
	c.s.kid = uint8(kid)
	c.enter(n.kid(kid), at)
	return true
}

// back moves back to the leaf before, behind its last entry, and reports whether there is one.
func (c *Cursor[K, V]) back() bool {
	if c.start <= c.s.from {
		return false
	}
	end := c.start
	if n := c.s.start.node(); n != nil && c.keys != nil && c.s.kid > 0 {
		c.s.kid--
		leaf := n.kid(int(c.s.kid))
		c.start--
		c.enter(leaf, int(leaf.len)-1)
	} else {
		c.find(end - 1)
	}
	c.i = end - c.start
	return true
}

// find moves c before entry i, which it comes down to from the root.
func (c *Cursor[K, V]) find(i int) {
	c.start = i
	n := c.s.m.root()
	c.s.start = ref{}
	for n.level > 0 {
		kid, rest := n.kidWith(i)
		c.s.start, c.s.kid = refTo(n), uint8(kid)
		n, i = n.kid(kid), rest
	}
	c.enter(n, i)
}

// enter makes the leaf n that of c. c.start is the position in the map of the entry at position i of it, before which c
// is.
func (c *Cursor[K, V]) enter(n *node, i int) {
	first := c.start - i
	low, high := max(c.s.from-first, 0), min(c.s.to-first, int(n.len))
	c.keys, c.vals = keys[K](n)[low:high], vals[V](n)[low:high]
	c.start, c.i = first+low, i-low
}

// A SetCursor stands between two elements of a set or a span of one, as a [Cursor] does between two entries of a map.
type SetCursor[T any] struct {
	unencoded

	c Cursor[T, struct{}]
}

// Cursor returns a cursor before the first element of s, in O(1).
func (s Set[T]) Cursor() SetCursor[T] { return SetCursor[T]{c: s.m.Cursor()} }

// Cursor returns a cursor before the first element of s, in O(1). It does not leave s.
func (s SetSpan[T]) Cursor() SetCursor[T] { return SetCursor[T]{c: s.s.Cursor()} }

// Next moves over the next element and returns it, or the zero T and false if there is none; see [Cursor.Next].
func (c *SetCursor[T]) Next() (T, bool) { return element(c.c.Next()) }

// Prev moves back over the element before c and returns it, or the zero T and false if there is none; see
// [Cursor.Prev].
func (c *SetCursor[T]) Prev() (T, bool) { return element(c.c.Prev()) }

// Seek moves c before the first element that is not below v; see [Cursor.Seek].
func (c *SetCursor[T]) Seek(v T) { c.c.Seek(v) }
