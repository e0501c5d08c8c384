package history

import "github.com/ramet-go/ramet/list"

// Forks are the branches of a history, or those within a branch. They are never changed. There is no forks without a
// branch, but nil.
type forks[T any] struct {
	at  numbered[fork[T]] // by the position of the step
	all load              // of all branches
}

// A fork is the branches that hang off one step, at least one.
type fork[T any] struct {
	branches numbered[branch[T]] // by a number: the older one's is less
	all      load                // of all branches
}

// A branch is what was to be redone when something else was done, the nearest step first, and the branches that hang off
// those steps.
type branch[T any] struct {
	steps  list.List[*step[T]]
	size   int64 // of the steps; without a bound it is not looked at
	within *forks[T]
}

// A load is how many branches there are, those within branches included, and the sizes of their steps in sum.
type load struct {
	n    int
	size int64
}

func (l load) plus(o load) load  { return load{l.n + o.n, l.size + o.size} }
func (l load) minus(o load) load { return load{l.n - o.n, l.size - o.size} }

// any reports whether there is anything of l.
func (l load) any() bool { return l.n > 0 || l.size > 0 }

// exceeds reports whether there is more of l than of o, in number or in size.
func (l load) exceeds(o load) bool { return l.n > o.n || l.size > o.size }

// load returns the load of b, with what is within.
func (b branch[T]) load() load { return load{1, b.size}.plus(b.within.load()) }

func (f *forks[T]) load() (l load) {
	if f != nil {
		l = f.all
	}
	return l
}

// with returns the forks that are in at, whose load is all.
func with[T any](at numbered[fork[T]], all load) *forks[T] {
	if all.n == 0 {
		return nil
	}
	return &forks[T]{at, all}
}

// add returns f with b as the newest branch of the step at position.
func (f *forks[T]) add(position int, b branch[T]) *forks[T] {
	var at numbered[fork[T]]
	if f != nil {
		at = f.at
	}
	here := at.get(position)
	here.branches = here.branches.set(here.branches.last()+1, b)
	here.all = here.all.plus(b.load())
	return with(at.set(position, here), f.load().plus(b.load()))
}

// without returns f without the branches of the step at position.
func (f *forks[T]) without(position int) *forks[T] {
	if f == nil {
		return nil
	}
	here := f.at.get(position)
	if here.all.n == 0 {
		return f
	}
	return with(f.at.without(position), f.all.minus(here.all))
}

// cut returns the branches of the steps up to position, and those of the steps beyond. It takes as long as there are
// steps beyond with branches.
func (f *forks[T]) cut(position int) (upTo, beyond *forks[T]) {
	if f == nil {
		return nil, nil
	}
	further := f.at.above(position)
	var all load
	for _, fork := range further.all() {
		all = all.plus(fork.all)
	}
	if all.n == 0 {
		return f, nil
	}
	return with(f.at.upTo(position), f.all.minus(all)), with(further, all)
}

// dropOldest returns f without its oldest branches: with as few less as make up for over, of which there is some, and no more
// than there is of f.
//
// The older of two branches of one history is the one whose step comes first. Of the same step, it is the one that was
// left first. And what is within a branch is older than it, as it was there when the branch was made.
func (f *forks[T]) dropOldest(over load) *forks[T] {
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
		f, over = f.dropForks(over)
		if !over.any() {
			break
		}
		position, fork := f.at.first()
		var number int
		var b branch[T]
		for number, b = range fork.branches.all() {
			if !over.exceeds(b.within.load()) {
				break // what is within is enough
			}
			fork.branches = fork.branches.without(number)
			fork.all = fork.all.minus(b.load())
			f = &forks[T]{f.at, f.all.minus(b.load())}
			if over = over.minus(b.load()); !over.any() {
				break
			}
		}
		if !over.any() {
			if fork.all.n == 0 {
				f = with(f.at.without(position), f.all)
			} else {
				f = &forks[T]{f.at.set(position, fork), f.all}
			}
			break
		}
		path = append(path, level{f, position, fork, number, b})
		f = b.within
	}
	for i := len(path) - 1; i >= 0; i-- {
		l := path[i]
		less := l.branch.within.load().minus(f.load())
		l.branch.within = f
		l.fork.branches = l.fork.branches.set(l.number, l.branch)
		l.fork.all = l.fork.all.minus(less)
		f = &forks[T]{l.f.at.set(l.position, l.fork), l.f.all.minus(less)}
	}
	return f
}

// dropForks returns f without its oldest steps with branches, as long as over is not made up for by less than all of a step's, and
// what of over is left.
func (f *forks[T]) dropForks(over load) (*forks[T], load) {
	for f != nil && over.any() {
		position, fork := f.at.first()
		if over.n < fork.all.n && over.size <= fork.all.size {
			break
		}
		f, over = f.without(position), over.minus(fork.all)
	}
	return f, over
}
