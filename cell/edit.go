package cell

import "github.com/ramet-go/ramet/transient"

// UpdateIfChanged is [Cell.Update] for a function that may have nothing to change: if it returns what it was given, by ==,
// nothing is written, no watcher is woken, and changed is false. That is so for collections of this module after
// operations that change nothing. It panics where == does, and the cell is as it was then.
func UpdateIfChanged[T comparable](c *Cell[T], f func(T) T) (new T, changed bool) {
	if f == nil {
		panic("cell: UpdateIfChanged with a nil function")
	}
	new, err := c.update(func(old T) (T, error) {
		v := f(old)
		if v == old {
			return v, unchanged{}
		}
		return v, nil
	})
	if err == (unchanged{}) {
		return new, false
	}
	must(err)
	return new, true
}

// unchanged is the error of a function that has nothing to write.
type unchanged struct{}

func (unchanged) Error() string { return "cell: nothing is changed" }

// Edit replaces the collection that the cell holds by what f makes of it with a builder, and returns that. Both type parameters are
// inferred:
//
//	cell.Edit(c, func(b *rbtree.MapBuilder[string, int]) {
//		b.Set("ash", 3)
//		b.Delete("elm")
//	})
//
// If f changes nothing, nothing is written. What is said of f at [Cell.Update] holds here: if another writer is faster,
// f runs again, with another builder; and f must not keep the builder. If f panics, the cell is as it was.
func Edit[C interface {
	comparable
	transient.Source[B]
}, B transient.Builder[C]](c *Cell[C], f func(b B)) (new C) {
	if f == nil {
		panic("cell: Edit with a nil function")
	}
	new, _ = UpdateIfChanged(c, func(old C) C { return transient.Update(old, f) })
	return new
}
