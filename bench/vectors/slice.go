package vectors

import "slices"

// slice is the slice, changed in place.
func slice[T Elem]() library[T] {
	return library[T]{
		name: "slice",
		ops: func(in *input[T]) runs {
			f := &sliceInPlace[T]{newFixture(in, withRoom(in))}
			return runs{
				"at": f.at, "iterate": f.iterate, "set": f.set, "append": f.append, "prepend": f.prepend,
				"drop-last": f.dropLast, "drop-first": f.dropFirst, "insert": f.insert, "delete": f.delete, "slice": f.slice,
			}
		},
		edited: func(in *input[T]) runs {
			f := &sliceInPlace[T]{newFixture(in, slices.Clone(in.elems))}
			return runs{"at-concats": f.at, "at-inserts": f.at}
		},
		versions: func(in *input[T]) runs {
			f := &sliceVersions[T]{in: in, a: withRoom(in), apart: slices.Clone(in.elems)}
			return runs{"concat": f.concat, "equal": f.equal}
		},
		builds: func(in *input[T]) runs {
			f := &sliceInPlace[T]{}
			return runs{
				"builder": func(n int) {
					for range n {
						var s []T
						//lint:ignore S1011 one at a time is what is measured
						for _, x := range in.elems {
							s = append(s, x)
						}
						f.out = s
					}
				},
				"of": func(n int) {
					for range n {
						f.out = slices.Clone(in.elems)
					}
				},
			}
		},
		byAppend:  func(in *input[T]) any { return exactly(in.elems) },
		byBuilder: func(in *input[T]) any { return exactly(in.elems) },
		bySlice:   func(in *input[T]) any { return exactly(in.elems) },
	}
}

// withRoom returns the elements of in, with room for the fresh ones.
func withRoom[T Elem](in *input[T]) []T {
	return append(make([]T, 0, len(in.elems)+len(in.fresh)), in.elems...)
}

// exactly returns a copy of s that has no room for more.
func exactly[T any](s []T) []T { return append(make([]T, 0, len(s)), s...) }

type sliceInPlace[T Elem] struct {
	fixture[T, []T]
}

func (f *sliceInPlace[T]) at(n int) {
	s, spots, i, count := f.base, f.spots.List, f.spots.Next, f.count
	var zero T
	for range n {
		if s[spots[i]] == zero {
			count++
		}
		if i++; i == len(spots) {
			i = 0
		}
	}
	f.spots.Next, f.count = i, count
}

func (f *sliceInPlace[T]) iterate(n int) {
	s, count := f.base, f.count
	var zero T
	for range n {
		for _, x := range s {
			if x == zero {
				count++
			}
		}
	}
	f.count = count
}

func (f *sliceInPlace[T]) set(n int) {
	s, spots, fresh, i := f.base, f.spots.List, f.fresh, f.spots.Next
	for range n {
		s[spots[i]] = fresh[i]
		if i++; i == len(spots) {
			i = 0
		}
	}
	f.spots.Next, f.out = i, s
}

func (f *sliceInPlace[T]) append(n int) {
	fresh, i, out := f.fresh, 0, f.base
	for range n {
		out = append(out, fresh[i])
		if i++; i == len(fresh) {
			i, out = 0, f.base
		}
	}
	f.out = out
}

// prepend also takes the element off again.
func (f *sliceInPlace[T]) prepend(n int) {
	fresh, i, s := f.fresh, 0, f.base
	for range n {
		s = slices.Insert(s, 0, fresh[i])
		s = slices.Delete(s, 0, 1)
		if i++; i == len(fresh) {
			i = 0
		}
	}
	f.out = s
}

func (f *sliceInPlace[T]) dropLast(n int) {
	half, i, out := f.half(), 0, f.base
	for range n {
		out = out[:len(out)-1]
		if i++; i == half {
			i, out = 0, f.base
		}
	}
	f.out = out
}

func (f *sliceInPlace[T]) dropFirst(n int) {
	half, i, out := f.half(), 0, f.base
	for range n {
		out = out[1:]
		if i++; i == half {
			i, out = 0, f.base
		}
	}
	f.out = out
}

// insert also takes the element out again.
func (f *sliceInPlace[T]) insert(n int) {
	s, spots, fresh, i := f.base, f.spots.List, f.fresh, f.spots.Next
	for range n {
		s = slices.Insert(s, int(spots[i]), fresh[i])
		s = slices.Delete(s, int(spots[i]), int(spots[i])+1)
		if i++; i == len(spots) {
			i = 0
		}
	}
	f.spots.Next, f.out = i, s
}

// delete also puts an element back.
func (f *sliceInPlace[T]) delete(n int) {
	s, spots, fresh, i := f.base, f.spots.List, f.fresh, f.spots.Next
	for range n {
		s = slices.Delete(s, int(spots[i]), int(spots[i])+1)
		s = slices.Insert(s, int(spots[i]), fresh[i])
		if i++; i == len(spots) {
			i = 0
		}
	}
	f.spots.Next, f.out = i, s
}

func (f *sliceInPlace[T]) slice(n int) {
	s, spots, i, j, out := f.base, f.spots.List, f.spots.Next, int32(0), f.out
	for range n {
		out = s[min(spots[i], j):max(spots[i], j)]
		j = spots[i]
		if i++; i == len(spots) {
			i = 0
		}
	}
	f.spots.Next, f.out = i, out
}

type sliceVersions[T Elem] struct {
	in       *input[T]
	a, apart []T
	next     int
	out      []T
	count    int
}

func (f *sliceVersions[T]) concat(n int) {
	for range n {
		f.out = append(f.a, f.in.fresh[:f.in.otherLen(f.next)]...)
		f.next = (f.next + 1) % 10
	}
}

// equal also makes the edit, and undoes it.
func (f *sliceVersions[T]) equal(n int) {
	for range n {
		i := f.in.apart(f.next)
		f.apart[i] = f.in.fresh[0]
		if slices.Equal(f.a, f.apart) {
			f.count++
		}
		f.apart[i] = f.in.elems[i]
		f.next = (f.next + 1) % 10
	}
}

// clone is the slice, cloned on every write.
func clone[T Elem]() library[T] {
	return library[T]{
		name: "clone",
		ops: func(in *input[T]) runs {
			f := &clonedSlice[T]{newFixture(in, slices.Clone(in.elems))}
			return runs{
				"set": f.set, "append": f.append, "prepend": f.prepend, "drop-last": f.dropLast, "drop-first": f.dropFirst,
				"insert": f.insert, "delete": f.delete, "slice": f.slice,
			}
		},
		versions: func(in *input[T]) runs {
			f := &sliceVersions[T]{in: in, a: slices.Clone(in.elems)}
			return runs{"concat": f.cloneConcat}
		},
	}
}

type clonedSlice[T Elem] struct {
	fixture[T, []T]
}

func (f *clonedSlice[T]) set(n int) {
	s, spots, fresh, i, out := f.base, f.spots.List, f.fresh, f.spots.Next, f.out
	for range n {
		out = slices.Clone(s)
		out[spots[i]] = fresh[i]
		if i++; i == len(spots) {
			i = 0
		}
	}
	f.spots.Next, f.out = i, out
}

func (f *clonedSlice[T]) append(n int) {
	fresh, i, out := f.fresh, 0, f.base
	for range n {
		out = inserted(out, len(out), fresh[i])
		if i++; i == len(fresh) {
			i, out = 0, f.base
		}
	}
	f.out = out
}

func (f *clonedSlice[T]) prepend(n int) {
	fresh, i, out := f.fresh, 0, f.base
	for range n {
		out = inserted(out, 0, fresh[i])
		if i++; i == len(fresh) {
			i, out = 0, f.base
		}
	}
	f.out = out
}

func (f *clonedSlice[T]) dropLast(n int) {
	half, i, out := f.half(), 0, f.base
	for range n {
		out = slices.Clone(out[:len(out)-1])
		if i++; i == half {
			i, out = 0, f.base
		}
	}
	f.out = out
}

func (f *clonedSlice[T]) dropFirst(n int) {
	half, i, out := f.half(), 0, f.base
	for range n {
		out = slices.Clone(out[1:])
		if i++; i == half {
			i, out = 0, f.base
		}
	}
	f.out = out
}

func (f *clonedSlice[T]) insert(n int) {
	s, spots, fresh, i, out := f.base, f.spots.List, f.fresh, f.spots.Next, f.out
	for range n {
		out = inserted(s, int(spots[i]), fresh[i])
		if i++; i == len(spots) {
			i = 0
		}
	}
	f.spots.Next, f.out = i, out
}

func (f *clonedSlice[T]) delete(n int) {
	s, spots, i, out := f.base, f.spots.List, f.spots.Next, f.out
	for range n {
		out = deleted(s, int(spots[i]))
		if i++; i == len(spots) {
			i = 0
		}
	}
	f.spots.Next, f.out = i, out
}

func (f *clonedSlice[T]) slice(n int) {
	s, spots, i, j, out := f.base, f.spots.List, f.spots.Next, int32(0), f.out
	for range n {
		out = slices.Clone(s[min(spots[i], j):max(spots[i], j)])
		j = spots[i]
		if i++; i == len(spots) {
			i = 0
		}
	}
	f.spots.Next, f.out = i, out
}

func (f *sliceVersions[T]) cloneConcat(n int) {
	for range n {
		f.out = slices.Concat(f.a, f.in.fresh[:f.in.otherLen(f.next)])
		f.next = (f.next + 1) % 10
	}
}

// inserted returns a copy of s with x before position i.
func inserted[T any](s []T, i int, x T) []T {
	out := make([]T, len(s)+1)
	copy(out, s[:i])
	out[i] = x
	copy(out[i+1:], s[i:])
	return out
}

// deleted returns a copy of s without the element at position i.
func deleted[T any](s []T, i int) []T {
	out := make([]T, len(s)-1)
	copy(out, s[:i])
	copy(out[i:], s[i+1:])
	return out
}
