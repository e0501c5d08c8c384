package vectors

import "src.elv.sh/pkg/persistent/vector"

// elvish is src.elv.sh/pkg/persistent/vector: Clojure's vector, of elements of type any. A slice of it is a view.
func elvish[T Elem]() library[T] {
	return library[T]{
		name: "elvish",
		ops: func(in *input[T]) runs {
			f := &elvishVector[T]{newFixture(in, elvishBuild(in))}
			return runs{
				"at": f.at, "iterate": f.iterate, "set": f.set, "append": f.append,
				"drop-last": f.dropLast, "drop-first": f.dropFirst, "slice": f.slice,
			}
		},
		builds: func(in *input[T]) runs {
			f := &elvishVector[T]{}
			return runs{
				"builder": func(n int) {
					for range n {
						f.out = elvishBuild(in)
					}
				},
			}
		},
		byAppend: func(in *input[T]) any { return elvishBuild(in) },
	}
}

func elvishBuild[T Elem](in *input[T]) vector.Vector {
	v := vector.Empty
	for _, x := range in.elems {
		v = v.Conj(x)
	}
	return v
}

type elvishVector[T Elem] struct {
	fixture[T, vector.Vector]
}

func (f *elvishVector[T]) at(n int) {
	v, spots, i, count := f.base, f.spots.List, f.spots.Next, f.count
	var zero T
	for range n {
		if x, _ := v.Index(int(spots[i])); x.(T) == zero {
			count++
		}
		if i++; i == len(spots) {
			i = 0
		}
	}
	f.spots.Next, f.count = i, count
}

func (f *elvishVector[T]) iterate(n int) {
	v, count := f.base, f.count
	var zero T
	for range n {
		for it := v.Iterator(); it.HasElem(); it.Next() {
			if it.Elem().(T) == zero {
				count++
			}
		}
	}
	f.count = count
}

func (f *elvishVector[T]) set(n int) {
	v, spots, fresh, i, out := f.base, f.spots.List, f.fresh, f.spots.Next, f.out
	for range n {
		out = v.Assoc(int(spots[i]), fresh[i])
		if i++; i == len(spots) {
			i = 0
		}
	}
	f.spots.Next, f.out = i, out
}

func (f *elvishVector[T]) append(n int) {
	fresh, i, out := f.fresh, 0, f.base
	for range n {
		out = out.Conj(fresh[i])
		if i++; i == len(fresh) {
			i, out = 0, f.base
		}
	}
	f.out = out
}

func (f *elvishVector[T]) dropLast(n int) {
	half, i, out := f.half(), 0, f.base
	for range n {
		out = out.Pop()
		if i++; i == half {
			i, out = 0, f.base
		}
	}
	f.out = out
}

func (f *elvishVector[T]) dropFirst(n int) {
	half, i, out := f.half(), 0, f.base
	for range n {
		out = out.SubVector(1, out.Len())
		if i++; i == half {
			i, out = 0, f.base
		}
	}
	f.out = out
}

func (f *elvishVector[T]) slice(n int) {
	v, spots, i, j, out := f.base, f.spots.List, f.spots.Next, int32(0), f.out
	for range n {
		out = v.SubVector(int(min(spots[i], j)), int(max(spots[i], j)))
		j = spots[i]
		if i++; i == len(spots) {
			i = 0
		}
	}
	f.spots.Next, f.out = i, out
}
