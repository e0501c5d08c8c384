package ordered

import (
	"fmt"

	"github.com/ramet-go/ramet/rbtree"
)

// A Cursor is a place between two entries of a map, from which it moves in both directions. It is for
// walks that are not one loop: that pull entries when they need them, or stop and go
// on. It sees the version that it was made from and keeps it alive. It has nothing to stop or close, and its
// methods allocate nothing. A walk over all entries takes about as long as a range over [Map.All].
//
// A Cursor is a value: a copy is a second cursor at the same place. It must not be used by two goroutines at
// once. The zero Cursor is that of an empty map.
type Cursor[K comparable, V any] struct {
	unencoded

	m Map[K, V]
	i int                               // how many entries of m are before it, if that is flat
	c rbtree.Cursor[int64, entry[K, V]] // otherwise
}

// Cursor returns a cursor before the first entry of m, in O(1).
func (m Map[K, V]) Cursor() Cursor[K, V] {
	c := Cursor[K, V]{m: m}
	if !m.flat() {
		c.c = m.trees().order.Cursor()
	}
	return c
}

// Next moves over the next entry and returns it, or zero values and false if there is none. It takes O(1) time, and
// O(log n) once for a few leaves.
func (c *Cursor[K, V]) Next() (k K, v V, ok bool) {
	if !c.m.flat() {
		_, e, ok := c.c.Next()
		return e.key, e.val, ok
	}
	if c.i == c.m.len {
		return k, v, false
	}
	e := &c.m.entries()[c.i]
	c.i++
	return e.key, e.val, true
}

// Prev moves back over the entry before c and returns it, or zero values and false if there is none. It costs what
// Next does.
func (c *Cursor[K, V]) Prev() (k K, v V, ok bool) {
	if !c.m.flat() {
		_, e, ok := c.c.Prev()
		return e.key, e.val, ok
	}
	if c.i == 0 {
		return k, v, false
	}
	c.i--
	e := &c.m.entries()[c.i]
	return e.key, e.val, true
}

// Seek moves c before the entry at position i of the order, forward or back: Next returns that entry, and Prev the one before
// it. If i is the length of the map, c is at the end. It panics if i is not in [0, Len]. It takes O(log n) time. To go to
// a key, ask for its position with [Map.Index].
func (c *Cursor[K, V]) Seek(i int) {
	if i < 0 || i > c.m.len {
		panic(fmt.Sprintf("ordered: index %d out of range [0:%d]", i, c.m.len))
	}
	if c.m.flat() {
		c.i = i
		return
	}
	order := c.m.trees().order
	if i == c.m.len {
		last, _, _ := order.Max()
		c.c.Seek(last + 1)
		return
	}
	at, _ := order.At(i)
	c.c.Seek(at)
}
