//ramet:layer api

package vector

import "iter"

// A Cursor is a position between two elements of a vector, from which it moves in both directions. It is for walks that
// are not one loop: that pull elements when they need them, go through several vectors at once, or stop and go on. It
// sees the version that it was made from and keeps it alive. It needs no stop or close, and its methods allocate
// nothing. A walk over all elements takes about as long as a range over [Vector.All].
//
// A Cursor is a value: a copy is a second cursor at the same position. It must not be used by two goroutines at once.
// The zero Cursor is that of an empty vector.
type Cursor[T any] struct {
	unencoded

	v     Vector[T]
	chunk []T // of the elements around the cursor; borrowed from v
	start int // the position in v of the first of them
	i     int // how many of them are before the cursor
}

// Cursor returns a cursor before the first element of v, in O(1). Use [Cursor.Seek] to begin elsewhere.
func (v Vector[T]) Cursor() Cursor[T] { return Cursor[T]{v: v} }

// Next moves over the next element and returns it, or the zero value and false if there is none. It takes O(1) time,
// and O(log n) once for each leaf.
func (c *Cursor[T]) Next() (x T, ok bool) {
	if c.i == len(c.chunk) && !c.enter(c.Index()) {
		return x, false
	}
	x = c.chunk[c.i]
	c.i++
	return x, true
}

// Prev moves back over the element before c and returns it, or the zero value and false if there is none. It costs as
// much as Next.
func (c *Cursor[T]) Prev() (x T, ok bool) {
	if c.i == 0 {
		at := c.start
		if at == 0 {
			return x, false
		}
		c.enter(at - 1)
		c.i = at - c.start
	}
	c.i--
	return c.chunk[c.i], true
}

// Index returns the position of the element that Next would return: v.Len() at the end.
func (c *Cursor[T]) Index() int { return c.start + c.i }

// Seek moves c before the element at position i, or to the end if i is v.Len(). It panics if i is out of range. It
// takes O(log n) time, and O(1) within a leaf.
func (c *Cursor[T]) Seek(i int) {
	n := c.v.Len()
	if uint(i) > uint(n) {
		panicIndex(i, n)
	}
	if j := i - c.start; uint(j) <= uint(len(c.chunk)) {
		c.i = j
		return
	}
	if i < n {
		c.enter(i)
		return
	}
	c.chunk, c.start, c.i = nil, n, 0
}

// enter moves c before the element at position i, and reports whether there is one.
func (c *Cursor[T]) enter(i int) bool {
	if i >= c.v.Len() {
		return false
	}
	c.chunk, c.start = c.v.chunkAt(i)
	c.i = i - c.start
	return true
}

// Range returns an iterator over the positions in [i, j) and their elements, in order: those of v.Slice(i, j), with the
// positions of v, and without making a vector. A range over it panics unless 0 ≤ i ≤ j ≤ v.Len(). It takes O(j - i +
// log n) time, and allocates nothing.
func (v Vector[T]) Range(i, j int) iter.Seq2[int, T] {
	return func(yield func(int, T) bool) { v.visit(i, j, yield) } // and no more: this way the loop's body is no object
}

// visit calls yield with the positions in [i, j) and their elements, in order, until it returns false.
func (v Vector[T]) visit(i, j int, yield func(int, T) bool) {
	checkRange(i, j, v.Len())
	for i < j {
		chunk, start := v.chunkAt(i)
		for _, x := range chunk[i-start : min(len(chunk), j-start)] {
			if !yield(i, x) {
				return
			}
			i++
		}
	}
}

// Chunks returns an iterator over the elements of v in slices, in order, for code that reads slices faster than single
// elements. Each slice has at least one element, and no more than a leaf and a quarter of one has: 640 bytes, or five
// elements if these are large. It takes O(n) time, copies no elements and allocates nothing.
//
// The slices are v's own memory and must only be read: writing to one changes v and other versions. Appending to one
// copies it.
func (v Vector[T]) Chunks() iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		c := v.chunks()
		for c.next() {
			if !yield(c.chunk) { // which has no room
				return
			}
		}
	}
}
