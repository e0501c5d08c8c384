package history

import (
	"github.com/ramet-go/ramet/list"
	"github.com/ramet-go/ramet/rbtree"
)

// Forks are the branches of a history, or those within a branch. They are never changed. There is no forks without a
// branch, but nil.
type forks[T any] struct {
	at  rbtree.Map[int, fork[T]] // by the position of the step
	all int                      // the number of branches, with those within
}

// A fork is the branches that hang off one step, at least one.
type fork[T any] struct {
	branches rbtree.Map[int, branch[T]] // by a number: the older one's is less
	all      int                        // the number of branches, with those within
}

// A branch is what was to be redone when something else was done, the nearest step first, and the branches that hang off
// those steps.
type branch[T any] struct {
	steps  list.List[*step[T]]
	within *forks[T]
}

// all returns the number of branches that b is, with those within.
func (b branch[T]) all() int { return 1 + b.within.len() }

func (f *forks[T]) len() int {
	if f == nil {
		return 0
	}
	return f.all
}

// with returns the forks that are in at, all branches in number.
func with[T any](at rbtree.Map[int, fork[T]], all int) *forks[T] {
	if all == 0 {
		return nil
	}
	return &forks[T]{at, all}
}

// add returns f with b as the newest branch of the step at position.
func (f *forks[T]) add(position int, b branch[T]) *forks[T] {
	var at rbtree.Map[int, fork[T]]
	if f != nil {
		at = f.at
	}
	here := at.Get(position)
	last, _, _ := here.branches.Max()
	here.branches = here.branches.Set(last+1, b)
	here.all += b.all()
	return with(at.Set(position, here), f.len()+b.all())
}

// without returns f without the branches of the step at position.
func (f *forks[T]) without(position int) *forks[T] {
	if f == nil {
		return nil
	}
	here, ok := f.at.Lookup(position)
	if !ok {
		return f
	}
	return with(f.at.Delete(position), f.all-here.all)
}

// cut returns the branches of the steps up to position, and those of the steps beyond. It takes as long as there are
// steps beyond with branches.
func (f *forks[T]) cut(position int) (upTo, beyond *forks[T]) {
	if f == nil {
		return nil, nil
	}
	span := f.at.Above(position)
	if span.Len() == 0 {
		return f, nil
	}
	n := 0
	for _, fork := range span.All() {
		n += fork.all
	}
	return with(f.at.To(position).Map(), f.all-n), with(span.Map(), n)
}

// dropOldest returns f without its n oldest branches; it has at least n.
//
// The older of two branches of one history is the one whose step comes first. Of the same step, it is the one that was
// left first. And what is within a branch is older than it, as it was there when the branch was made.
func (f *forks[T]) dropOldest(n int) *forks[T] {
	// Down to the branch that stays while some within it go, which has one such branch within, and so on. Branches can
	// be nested as deep as a history is long, so there is no recursion here.
	type level struct {
		f        *forks[T]
		position int
		fork     fork[T]
		number   int
		branch   branch[T]
	}
	var path []level
	for {
		f, n = f.dropForks(n)
		if n == 0 {
			break
		}
		position, fork, _ := f.at.Min()
		var number int
		var b branch[T]
		for number, b = range fork.branches.All() {
			if n < b.all() {
				break
			}
			fork.branches = fork.branches.Delete(number)
			fork.all -= b.all()
			f = &forks[T]{f.at, f.all - b.all()}
			n -= b.all()
		}
		if n == 0 {
			f = &forks[T]{f.at.Set(position, fork), f.all}
			break
		}
		path = append(path, level{f, position, fork, number, b})
		f = b.within
	}
	for i := len(path) - 1; i >= 0; i-- {
		l := path[i]
		less := l.branch.within.len() - f.len()
		l.branch.within = f
		l.fork.branches = l.fork.branches.Set(l.number, l.branch)
		l.fork.all -= less
		f = &forks[T]{l.f.at.Set(l.position, l.fork), l.f.all - less}
	}
	return f
}

// dropForks returns f without its oldest steps whose branches are n or fewer, and how many of n are left to drop.
func (f *forks[T]) dropForks(n int) (*forks[T], int) {
	for f != nil && n > 0 {
		position, fork, _ := f.at.Min()
		if fork.all > n {
			break
		}
		f, n = f.without(position), n-fork.all
	}
	return f, n
}
