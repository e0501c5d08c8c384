//ramet:layer api

package hamt

// A Cursor is a place between two entries of a map, from which it moves on. It is for walks that are not one loop: that
// pull entries when they need them, merge several maps, or stop and go on. It sees the version that it was made from
// and keeps it alive. It has nothing to stop or close, and its methods allocate nothing. A walk over all entries takes about
// as long as a range over [Map.All], and has the same order.
//
// A Cursor is a value: a copy is a second cursor at the same place. It must not be used by two goroutines at
// once. The zero Cursor is that of an empty map.
type Cursor[K comparable, V any] struct {
	unencoded

	entries []entry[K, V] // of the leaf around the place, which are not to be changed
	i       int           // how many of them are before the place

	// The inner nodes above that leaf, from the root, or the first of them that has another child
	// after the place; and the position of that child. They are refs so that reflection does not follow them.
	nodes [levels]ref
	next  [levels]uint8
	depth int

	first ref  // the root, until it is entered
	far   bool // the map is so large that its leaves are not likely to be in the cache
}

// Cursor returns a cursor before the first entry of m, in O(1).
func (m Map[K, V]) Cursor() Cursor[K, V] {
	return Cursor[K, V]{first: m.top, far: m.len > fewEntries}
}

// Next moves over the next entry and returns it, or zero values and false if there is none. It takes O(1) time, and
// O(log n) once for each leaf at worst.
func (c *Cursor[K, V]) Next() (k K, v V, ok bool) {
	if c.i == len(c.entries) && !c.forward() {
		return k, v, false
	}
	e := &c.entries[c.i]
	c.i++
	return e.key, e.val, true
}

// forward moves c before the first entry of the next leaf that has any, and reports whether there is one.
func (c *Cursor[K, V]) forward() bool {
	if n := c.first.node(); n != nil {
		c.first = ref{}
		if c.enter(n) {
			return true
		}
	}
	for c.depth > 0 {
		n, at := c.nodes[c.depth-1].node(), int(c.next[c.depth-1])
		if at++; at == n.bitmap.len() {
			c.depth--
		} else {
			c.next[c.depth-1] = uint8(at)
		}
		if c.enter(n.child(at - 1)) {
			return true
		}
	}
	return false
}

// enter moves c to the leaf n, or to the first leaf under n, and reports whether it has entries.
func (c *Cursor[K, V]) enter(n *node) bool {
	for n.isInner() {
		if c.far {
			c.warm(n)
		}
		c.nodes[c.depth], c.next[c.depth] = refTo(n), 1 // it has at least two children
		c.depth++
		n = n.child(0)
	}
	c.entries, c.i = entriesOf[K, V](n), 0
	return len(c.entries) > 0
}

// warm reads from the memory of the leaves that are children of n; see [warm].
func (c *Cursor[K, V]) warm(n *node) {
	var sum byte
	for _, l := range n.children() {
		if !l.isInner() {
			sum |= touch[K, V](l)
		}
	}
	discard(sum)
}

// A SetCursor is a place between two elements of a set. It is to a [Set] what a [Cursor] is to a [Map].
type SetCursor[T comparable] struct {
	unencoded

	c Cursor[T, struct{}]
}

// Cursor returns a cursor before the first element of s, in O(1).
func (s Set[T]) Cursor() SetCursor[T] { return SetCursor[T]{c: s.m.Cursor()} }

// Next moves over the next element and returns it, or the zero T and false if there is none; see [Cursor.Next].
func (c *SetCursor[T]) Next() (T, bool) {
	v, _, ok := c.c.Next()
	return v, ok
}
