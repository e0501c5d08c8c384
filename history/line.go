package history

import (
	"iter"

	"github.com/ramet-go/ramet/list"
)

// A step is a value that the history had. No step is the zero value.
type step[T any] struct{ value T }

func (s *step[T]) get() (v T) {
	if s != nil {
		v = s.value
	}
	return v
}

// A line is a persistent sequence of steps: pushed and popped at its top, and dropped at its bottom; see doc.go.
type line[T any] struct {
	young  list.List[*step[T]] // the latest first
	blocks *blocks[T]          // nil: none
	old    list.List[*step[T]] // the oldest first
}

// blocks are the steps between the two ends of a line, the latest first in each block.
type blocks[T any] struct {
	top    list.List[*step[T]] // may be empty
	rest   numbered[list.List[*step[T]]]
	lo, hi int // numbers of the blocks in rest: lo ≤ number < hi
}

// blockLen is the number of steps in a block: the map costs a thirty-second of what it would for single steps, and what an
// end has to turn round at once remains short.
const blockLen = 32

func (l line[T]) len() int { return l.young.Len() + l.blocks.len() + l.old.Len() }

func (b *blocks[T]) len() int {
	if b == nil {
		return 0
	}
	return b.top.Len() + (b.hi-b.lo)*blockLen
}

// push returns l with s on top.
func (l line[T]) push(s *step[T]) line[T] {
	if l.young.Len() == blockLen {
		l.blocks = l.blocks.push(l.young)
		l.young = list.List[*step[T]]{}
	}
	l.young = l.young.Push(s)
	return l
}

// pop returns l, which is not empty, without its top, and the top.
func (l line[T]) pop() (line[T], *step[T]) {
	if l.young.Len() == 0 {
		if l.blocks != nil {
			l.blocks, l.young = l.blocks.pop()
		} else {
			l.old, l.young = l.young, l.old.Reverse()
		}
	}
	s, _ := l.young.First()
	l.young = l.young.Rest()
	return l, s
}

// drop returns l, which is not empty, without its bottom, and the bottom.
func (l line[T]) drop() (line[T], *step[T]) {
	if l.old.Len() == 0 {
		if l.blocks != nil {
			l.blocks, l.old = l.blocks.shift()
			l.old = l.old.Reverse()
		} else {
			l.young, l.old = l.old, l.young.Reverse()
		}
	}
	s, _ := l.old.First()
	l.old = l.old.Rest()
	return l, s
}

// all returns an iterator over the steps, from the top to the bottom.
func (l line[T]) all() iter.Seq[*step[T]] {
	return func(yield func(*step[T]) bool) {
		part := func(l list.List[*step[T]]) bool {
			for s := range l.All() {
				if !yield(s) {
					return false
				}
			}
			return true
		}
		if !part(l.young) {
			return
		}
		if b := l.blocks; b != nil {
			if !part(b.top) {
				return
			}
			for i := b.hi - 1; i >= b.lo; i-- {
				if !part(b.rest.get(i)) {
					return
				}
			}
		}
		part(l.old.Reverse())
	}
}

// push returns b with one more block.
func (b *blocks[T]) push(block list.List[*step[T]]) *blocks[T] {
	if b == nil {
		return &blocks[T]{top: block}
	}
	c := *b
	if c.top.Len() > 0 {
		c.rest = c.rest.set(c.hi, c.top)
		c.hi++
	}
	c.top = block
	return &c
}

// pop returns b without its latest block, and the block.
func (b *blocks[T]) pop() (*blocks[T], list.List[*step[T]]) {
	if c := *b; c.top.Len() > 0 {
		block := c.top
		c.top = list.List[*step[T]]{}
		return c.orNone(), block
	}
	return b.take(b.hi-1, b.lo, b.hi-1)
}

// shift returns b without its oldest block, and the block.
func (b *blocks[T]) shift() (*blocks[T], list.List[*step[T]]) {
	if b.lo == b.hi {
		return b.pop()
	}
	return b.take(b.lo, b.lo+1, b.hi)
}

// take returns b with the blocks from lo to hi only, and block i, which is the one that is missing.
func (b *blocks[T]) take(i, lo, hi int) (*blocks[T], list.List[*step[T]]) {
	c := *b
	c.rest, c.lo, c.hi = c.rest.without(i), lo, hi
	return c.orNone(), b.rest.get(i)
}

func (b *blocks[T]) orNone() *blocks[T] {
	if b.len() == 0 {
		return nil
	}
	return b
}
