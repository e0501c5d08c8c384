package vectors

import "github.com/benbjohnson/immutable"

// benbjohnson is github.com/benbjohnson/immutable: a radix trie of 32 children, without insertion, deletion and
// concatenation.
func benbjohnson[T Elem]() library[T] {
	return library[T]{
		name: "benbjohnson",
		ops: func(in *input[T]) runs {
			f := &benbjohnsonList[T]{newFixture(in, immutable.NewList(in.elems...))}
			return runs{
				"at": f.at, "iterate": f.iterate, "set": f.set, "append": f.append, "prepend": f.prepend,
				"drop-last": f.dropLast, "drop-first": f.dropFirst, "slice": f.slice,
			}
		},
		builds: func(in *input[T]) runs {
			f := &benbjohnsonList[T]{}
			return runs{
				"builder": func(n int) {
					for range n {
						f.out = benbjohnsonBuild(in)
					}
				},
				"of": func(n int) {
					for range n {
						f.out = immutable.NewList(in.elems...)
					}
				},
			}
		},
		byAppend: func(in *input[T]) any {
			l := immutable.NewList[T]()
			for _, x := range in.elems {
				l = l.Append(x)
			}
			return l
		},
		byBuilder: func(in *input[T]) any { return benbjohnsonBuild(in) },
		bySlice:   func(in *input[T]) any { return immutable.NewList(in.elems...) },
	}
}

func benbjohnsonBuild[T Elem](in *input[T]) *immutable.List[T] {
	b := immutable.NewListBuilder[T]()
	for _, x := range in.elems {
		b.Append(x)
	}
	return b.List()
}

type benbjohnsonList[T Elem] struct {
	fixture[T, *immutable.List[T]]
}

func (f *benbjohnsonList[T]) at(n int) {
	v, spots, i, count := f.base, f.spots.List, f.spots.Next, f.count
	var zero T
	for range n {
		if v.Get(int(spots[i])) == zero {
			count++
		}
		if i++; i == len(spots) {
			i = 0
		}
	}
	f.spots.Next, f.count = i, count
}

func (f *benbjohnsonList[T]) iterate(n int) {
	v, count := f.base, f.count
	var zero T
	for range n {
		for it := v.Iterator(); !it.Done(); {
			if _, x := it.Next(); x == zero {
				count++
			}
		}
	}
	f.count = count
}

func (f *benbjohnsonList[T]) set(n int) {
	v, spots, fresh, i, out := f.base, f.spots.List, f.fresh, f.spots.Next, f.out
	for range n {
		out = v.Set(int(spots[i]), fresh[i])
		if i++; i == len(spots) {
			i = 0
		}
	}
	f.spots.Next, f.out = i, out
}

func (f *benbjohnsonList[T]) append(n int) {
	fresh, i, out := f.fresh, 0, f.base
	for range n {
		out = out.Append(fresh[i])
		if i++; i == len(fresh) {
			i, out = 0, f.base
		}
	}
	f.out = out
}

func (f *benbjohnsonList[T]) prepend(n int) {
	fresh, i, out := f.fresh, 0, f.base
	for range n {
		out = out.Prepend(fresh[i])
		if i++; i == len(fresh) {
			i, out = 0, f.base
		}
	}
	f.out = out
}

func (f *benbjohnsonList[T]) dropLast(n int) {
	half, i, out := f.half(), 0, f.base
	for range n {
		out = out.Slice(0, out.Len()-1)
		if i++; i == half {
			i, out = 0, f.base
		}
	}
	f.out = out
}

func (f *benbjohnsonList[T]) dropFirst(n int) {
	half, i, out := f.half(), 0, f.base
	for range n {
		out = out.Slice(1, out.Len())
		if i++; i == half {
			i, out = 0, f.base
		}
	}
	f.out = out
}

func (f *benbjohnsonList[T]) slice(n int) {
	v, spots, i, j, out := f.base, f.spots.List, f.spots.Next, int32(0), f.out
	for range n {
		out = v.Slice(int(min(spots[i], j)), int(max(spots[i], j)))
		j = spots[i]
		if i++; i == len(spots) {
			i = 0
		}
	}
	f.spots.Next, f.out = i, out
}
