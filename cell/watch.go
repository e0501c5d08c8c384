package cell

import (
	"context"
	"iter"
)

// Watch returns an iterator over what the cell holds: first what it holds when the range begins, then what it
// holds each time that it has changed, until ctx is done.
//
// A range that is slower than the writers skips values, and goes on with the newest: it sees values in the order in which
// they were written, and never misses the last one before a pause. Storing a value that is equal to the old one is
// a change. After ctx is done, nothing is yielded any more.
//
// The iterator can be used any number of times, and by several goroutines at once. A range that is slow, breaks off or
// panics harms nobody: there is no goroutine and no list of watchers. Watch panics if ctx is nil.
func (c *Cell[T]) Watch(ctx context.Context) iter.Seq[T] {
	if ctx == nil {
		panic("cell: Watch with a nil context")
	}
	return func(yield func(T) bool) {
		for b := c.boxed(); ctx.Err() == nil && yield(b.value); b = c.now.Load() {
			if c.now.Load() != b {
				continue
			}
			replaced := b.watched()
			if c.now.Load() != b { // before its writer could know that someone waits
				continue
			}
			select {
			case <-replaced:
			case <-ctx.Done():
				return
			}
		}
	}
}

// WatchFunc returns an iterator over changes of a part of what c holds, until ctx is done: the part before and after. The
// part is what sel returns, and it has changed if eq returns false for the one that was yielded last and the one
// that there is now. The first pair is the zero value and the part that there is when the range begins.
//
// It is [Cell.Watch] with what is of no interest left out, and what is said there holds: parts are seen in order, a slow range goes
// on with the newest, and the last one before a pause is not missed. sel and eq run in the goroutine that ranges, once
// for each value that Watch would yield. WatchFunc panics if ctx, sel or eq is nil.
func WatchFunc[T, U any](ctx context.Context, c *Cell[T], sel func(T) U, eq func(a, b U) bool) iter.Seq2[U, U] {
	if sel == nil || eq == nil {
		panic("cell: WatchFunc with a nil function")
	}
	values := c.Watch(ctx)
	return func(yield func(old, new U) bool) {
		var last U
		begun := false
		for v := range values {
			part := sel(v)
			if begun && eq(last, part) {
				continue
			}
			if !yield(last, part) {
				return
			}
			last, begun = part, true
		}
	}
}

// boxed returns the box that the cell holds. If there is none, it makes one, which changes nothing but what the cell
// can be waited for with.
func (c *Cell[T]) boxed() *box[T] {
	c.now.CompareAndSwap(nil, new(box[T]))
	return c.now.Load()
}

// watched returns a channel that will be closed when b is replaced, by whoever does it, if that has not begun.
func (b *box[T]) watched() <-chan struct{} {
	if replaced := make(chan struct{}); b.replaced.CompareAndSwap(nil, &replaced) {
		return replaced
	}
	return *b.replaced.Load()
}

// tell wakes those who wait for b to be replaced. Who has replaced b calls it: b is replaced once, and so told once.
func (b *box[T]) tell() {
	if b == nil {
		return
	}
	if replaced := b.replaced.Load(); replaced != nil {
		close(*replaced)
	}
}
