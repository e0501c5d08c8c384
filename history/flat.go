package history

// A hung is a branch in a row of all of them, in which each comes after the one that it is of, and of two that hang off the same
// step the older one first. A row has no end of levels, so neither what makes one nor what goes through it calls itself.
type hung[T any] struct {
	branch[T]     // without what is within
	of        int // index of the branch that it is of, or trunk
	position  int // of the step that it hangs off
}

// trunk is the history's own line, in place of a branch.
const trunk = -1

// flat returns all branches of f.
func (f *forks[T]) flat() (all []hung[T]) {
	if f == nil {
		return nil
	}
	type line struct {
		of    int
		forks *forks[T]
	}
	for lines := []line{{trunk, f}}; len(lines) > 0; lines = lines[1:] {
		l := lines[0]
		for position, here := range l.forks.at.all() {
			for _, b := range here.branches.all() {
				if b.within != nil {
					lines = append(lines, line{len(all), b.within})
					b.within = nil
				}
				all = append(all, hung[T]{b, l.of, position})
			}
		}
	}
	return all
}

// grown returns the forks that are all, in the order of flat.
func grown[T any](all []hung[T]) (f *forks[T]) {
	on := make([][]int, len(all)+1) // by 1 + of: the branches of each, the oldest first
	for i, b := range all {
		on[b.of+1] = append(on[b.of+1], i)
	}
	for i := len(all); i >= 0; i-- { // what is within a branch before the branch
		f = nil
		for _, j := range on[i] {
			f = f.add(all[j].position, all[j].branch)
		}
		if i > 0 {
			all[i-1].within = f
		}
	}
	return f
}
