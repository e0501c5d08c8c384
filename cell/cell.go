package cell

import "sync/atomic"

// A Cell holds a value of type T, which is replaced as a whole. The zero Cell holds the zero value. All methods may
// be called from any number of goroutines at once.
//
// A Cell must not be copied; go vet says so. It prints what it holds, if it is printed by its pointer. A struct that
// has a Cell, not a pointer to one, should not be printed while others write it: fmt would read the Cell's insides, as
// it does with the types of sync and sync/atomic.
type Cell[T any] struct {
	now   atomic.Pointer[box[T]] // nil: the zero value, not written yet
	gate  gate
	check func(T) error // what NewChecked was given; nil: all values are accepted
}

// A box is a value that a cell holds or held. Every write makes a new one, so a box that is still there is proof
// that nothing was written.
type box[T any] struct {
	value    T
	replaced atomic.Pointer[chan struct{}] // closed when the box is replaced; nil: nobody waits for that
}

// New returns a cell that holds v.
func New[T any](v T) *Cell[T] {
	c := new(Cell[T])
	c.now.Store(&box[T]{value: v})
	return c
}

// get returns the box's value; that of no box is the zero value.
func (b *box[T]) get() (v T) {
	if b != nil {
		v = b.value
	}
	return v
}

// Load returns what the cell holds. It never waits and allocates nothing.
func (c *Cell[T]) Load() T { return c.now.Load().get() }

// Store replaces what the cell holds by v. Where stores come so fast that an [Cell.Update] of another goroutine runs in vain again
// and again, they wait for it, but no longer than a tenth of a second.
func (c *Cell[T]) Store(v T) { c.Swap(v) }

// Swap replaces what the cell holds by v, and returns what it held. It waits when Store does.
func (c *Cell[T]) Swap(v T) (old T) {
	must(c.refuse(v))
	c.gate.giveWay(nil)
	was := c.now.Swap(&box[T]{value: v})
	was.tell()
	return was.get()
}

// CompareAndSwap replaces what the cell holds by new if it is equal to old by ==, and reports whether it was. It
// panics where == does, and changes nothing then. It waits when [Cell.Store] does. Replacing a value by an equal one is a change, which watchers see.
func CompareAndSwap[T comparable](c *Cell[T], old, new T) bool {
	var next *box[T]
	c.gate.giveWay(nil)
	for {
		b := c.now.Load()
		if b.get() != old {
			return false
		}
		if next == nil {
			must(c.refuse(new))
			next = &box[T]{value: new}
		}
		if c.replace(b, next) {
			return true
		}
	}
}

// Update replaces what the cell holds by what f makes of it, and returns that. If another writer is faster, f runs
// again, on what that one wrote; so f should do nothing but compute. If f panics, the cell is as it was.
//
// f may load the cell, but must not write it, nor wait for another goroutine that does: the write makes f run again. An f
// that does so each time runs again each time, and Update never returns. Update panics at once if f is nil.
//
// A function that takes long is starved by others that do not. So after a few runs in vain, the writers of other
// goroutines wait for it, for a while; Load does not.
func (c *Cell[T]) Update(f func(T) T) (new T) {
	if f == nil {
		panic("cell: Update with a nil function")
	}
	new, err := c.update(func(v T) (T, error) { return f(v), nil })
	must(err)
	return new
}

// TryUpdate is [Cell.Update] with a function that may fail: then the cell is as it was, and TryUpdate returns what it
// held when f failed, and f's error.
func (c *Cell[T]) TryUpdate(f func(T) (T, error)) (new T, err error) {
	if f == nil {
		panic("cell: TryUpdate with a nil function")
	}
	return c.update(f)
}

// update calls f until the cell has not been written meanwhile.
func (c *Cell[T]) update(f func(T) (T, error)) (T, error) {
	for range patience {
		c.gate.giveWay(nil)
		if v, done, err := c.attempt(f); done {
			return v, err
		}
	}
	mine := newStarved()
	defer c.gate.leave(mine)
	for {
		c.gate.enter(mine)
		c.gate.giveWay(mine)
		if v, done, err := c.attempt(f); done {
			return v, err
		}
	}
}

// attempt calls f once, and reports whether that was enough.
func (c *Cell[T]) attempt(f func(T) (T, error)) (v T, done bool, err error) {
	b := c.now.Load()
	old := b.get()
	if v, err = f(old); err == nil {
		err = c.refuse(v)
	}
	if err != nil {
		return old, true, err
	}
	return v, c.replace(b, &box[T]{value: v}), nil
}

// replace replaces b by next, if the cell still holds b, and reports whether it did.
func (c *Cell[T]) replace(b, next *box[T]) bool {
	if !c.now.CompareAndSwap(b, next) {
		return false
	}
	b.tell()
	return true
}
