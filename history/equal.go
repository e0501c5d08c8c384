package history

import (
	"slices"

	"github.com/ramet-go/ramet/internal/equal"
	"github.com/ramet-go/ramet/list"
)

// Equal reports whether h and o hold equal values, have equal values to undo and to redo to, the same limit, branching
// alike, and equal branches at the same steps. Values that are collections of this module are compared by their contents, at
// any depth, and all others by ==. Values that cannot be compared are not equal; Equal never panics. A limit of size is not
// compared, as functions are not.
//
// What h and o share is equal without being looked at. It takes O(n) time for n steps and branches, those within branches
// included, and none to compare a history with itself.
func (h History[T]) Equal(o History[T]) bool {
	if h == o {
		return true
	}
	if h.limit != o.limit || h.branching != o.branching || h.UndoLen() != o.UndoLen() || h.forks.load().n != o.forks.load().n {
		return false
	}
	eq := equal.Safe[T]()
	same := func(a, b *step[T]) bool { return a == b || eq(a.get(), b.get()) }
	return same(h.now, o.now) && sameSteps(h.future, o.future, same) && sameLine(h.past, o.past, same) &&
		sameForks(h.forks, o.forks, o.position()-h.position(), same)
}

func sameLine[T any](a, b line[T], same func(a, b *step[T]) bool) bool {
	return a == b || slices.EqualFunc(slices.Collect(a.all()), slices.Collect(b.all()), same)
}

func sameSteps[T any](a, b list.List[*step[T]], same func(a, b *step[T]) bool) bool {
	if a.Len() != b.Len() {
		return false
	}
	for ; a != b; a, b = a.Rest(), b.Rest() {
		x, _ := a.First()
		y, _ := b.First()
		if !same(x, y) {
			return false
		}
	}
	return true
}

// sameForks compares the branches of two histories, of which the positions of the second are ahead of those of the first
// by some number. Branches can be nested as deep as a history is long, so there is no recursion here.
func sameForks[T any](a, b *forks[T], ahead int, same func(a, b *step[T]) bool) bool {
	type pair struct{ a, b *forks[T] }
	for todo := []pair{{a, b}}; len(todo) > 0; {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if p.a == p.b && ahead == 0 {
			continue
		}
		if p.a.load().n != p.b.load().n {
			return false
		}
		if p.a == nil {
			continue
		}
		if p.a.at.len() != p.b.at.len() {
			return false
		}
		for i := range p.a.at.len() {
			at, x := p.a.at.at(i)
			at2, y := p.b.at.at(i)
			if at2-at != ahead || x.branches.len() != y.branches.len() {
				return false
			}
			for j := range x.branches.len() {
				_, s := x.branches.at(j)
				_, t := y.branches.at(j)
				if !sameSteps(s.steps, t.steps, same) {
					return false
				}
				todo = append(todo, pair{s.within, t.within})
			}
		}
	}
	return true
}
