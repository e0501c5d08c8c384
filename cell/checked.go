package cell

import "fmt"

// NewChecked returns a cell that holds v, and only ever values for which check returns nil. For a v for which it does not, it returns
// no cell, and check's error.
//
// Every write calls check with what it is about to write. If that returns an error, the cell is as it was: [Cell.TryUpdate],
// and what decodes into the cell, return the error; Store, Swap, CompareAndSwap, Update, UpdateIfChanged and Edit, which have no other way to
// say so, panic with an error that wraps it. What Update and the like do again because another writer was faster is checked again.
//
// check must depend on nothing but the value, and must not write the cell. NewChecked panics if check is nil.
func NewChecked[T any](v T, check func(T) error) (*Cell[T], error) {
	if check == nil {
		panic("cell: NewChecked with a nil function")
	}
	if err := check(v); err != nil {
		return nil, err
	}
	c := New(v)
	c.check = check
	return c, nil
}

// refuse returns an error if v must not be in the cell.
func (c *Cell[T]) refuse(v T) error {
	if c.check == nil {
		return nil
	}
	return c.check(v)
}

// must panics for a write that has been refused and has no other way to say so.
func must(err error) {
	if err != nil {
		panic(fmt.Errorf("cell: the value is refused: %w", err))
	}
}
