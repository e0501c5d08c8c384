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

	walk[K, V]
	i int // how many of the leaf's entries are before the place
}

// Cursor returns a cursor before the first entry of m, in O(1).
func (m Map[K, V]) Cursor() Cursor[K, V] { return Cursor[K, V]{walk: m.walk()} }

// Next moves over the next entry and returns it, or zero values and false if there is none. It takes O(1) time, and
// O(log n) once for each leaf at worst.
func (c *Cursor[K, V]) Next() (k K, v V, ok bool) {
	if c.i == len(c.entries) {
		if !c.next() {
			c.i = len(c.entries)
			return k, v, false
		}
		c.i = 0
	}
	e := &c.entries[c.i]
	c.i++
	return e.key, e.val, true
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
