//ramet:layer api

package vector

import "iter"

// The iterators look at small vectors first: the compiler then makes of a range over one what it makes of a range over
// a slice, without a chunker.

// All returns an iterator over positions and elements, in order.
func (v Vector[T]) All() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		if v.base() == nil || v.base().small() {
			for i, x := range v.tail() {
				if !yield(i, x) {
					return
				}
			}
			return
		}
		i := 0
		c := v.chunks()
		for c.next() {
			chunk := c.chunk
			for j, x := range chunk {
				if !yield(i+j, x) {
					return
				}
			}
			i += len(chunk)
		}
	}
}

// Values returns an iterator over the elements, in order.
func (v Vector[T]) Values() iter.Seq[T] {
	return func(yield func(T) bool) {
		if v.base() == nil || v.base().small() {
			for _, x := range v.tail() {
				if !yield(x) {
					return
				}
			}
			return
		}
		c := v.chunks()
		for c.next() {
			chunk := c.chunk
			for _, x := range chunk {
				if !yield(x) {
					return
				}
			}
		}
	}
}

// Backward returns an iterator over positions and elements, from the last to the first.
func (v Vector[T]) Backward() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		if v.base() == nil || v.base().small() {
			s := v.tail()
			for i := len(s) - 1; i >= 0; i-- {
				if !yield(i, s[i]) {
					return
				}
			}
			return
		}
		i := v.Len()
		c := v.chunks()
		for c.prev() {
			for j := len(c.chunk) - 1; j >= 0; j-- {
				i--
				if !yield(i, c.chunk[j]) {
					return
				}
			}
		}
	}
}
