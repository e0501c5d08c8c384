package vectors

import "github.com/ramet-go/ramet/vector"

func ramet[T Elem]() library[T] {
	return library[T]{
		name: "ramet",
		ops: func(in *input[T]) runs {
			f := &rametVector[T]{newFixture(in, vector.Of(in.elems...))}
			return runs{
				"at": f.at, "iterate": f.iterate, "set": f.set, "append": f.append, "prepend": f.prepend,
				"drop-last": f.dropLast, "drop-first": f.dropFirst, "insert": f.insert, "delete": f.delete, "slice": f.slice,
			}
		},
		edited: func(in *input[T]) runs {
			concats := &rametVector[T]{newFixture(in, rametByConcats(in))}
			inserts := &rametVector[T]{newFixture(in, rametByInserts(in))}
			return runs{"at-concats": concats.at, "at-inserts": inserts.at}
		},
		versions: func(in *input[T]) runs {
			f := newRametVersions(in)
			return runs{"concat": f.concat, "equal": f.equal, "diff": f.diff}
		},
		builds: func(in *input[T]) runs {
			f := &rametVector[T]{}
			return runs{
				"builder": func(n int) {
					for range n {
						f.out = rametBuild(in)
					}
				},
				"of": func(n int) {
					for range n {
						f.out = vector.Of(in.elems...)
					}
				},
			}
		},
		byAppend: func(in *input[T]) any {
			var v vector.Vector[T]
			for _, x := range in.elems {
				v = v.Append(x)
			}
			return v
		},
		byBuilder: func(in *input[T]) any { return rametBuild(in) },
		bySlice:   func(in *input[T]) any { return vector.Of(in.elems...) },
	}
}

func rametBuild[T Elem](in *input[T]) vector.Vector[T] {
	var b vector.Builder[T]
	for _, x := range in.elems {
		b.Append(x)
	}
	return b.Build()
}

// rametByConcats returns the elements in another order.
func rametByConcats[T Elem](in *input[T]) vector.Vector[T] {
	v := vector.Of(in.elems...)
	for _, i := range in.spots[:in.thousand()] {
		v = v.Slice(int(i), v.Len()).Concat(v.Slice(0, int(i)))
	}
	return v
}

// rametByInserts returns as many elements, the last of them inserted.
func rametByInserts[T Elem](in *input[T]) vector.Vector[T] {
	k := in.thousand()
	v := vector.Of(in.elems[:in.size()-k]...)
	for i, x := range in.elems[in.size()-k:] {
		v = v.Insert(int(in.spots[i])%(v.Len()+1), x)
	}
	return v
}

type rametVector[T Elem] struct {
	fixture[T, vector.Vector[T]]
}

func (f *rametVector[T]) at(n int) {
	v, spots, i, count := f.base, f.spots.List, f.spots.Next, f.count
	var zero T
	for range n {
		if v.At(int(spots[i])) == zero {
			count++
		}
		if i++; i == len(spots) {
			i = 0
		}
	}
	f.spots.Next, f.count = i, count
}

func (f *rametVector[T]) iterate(n int) {
	v, count := f.base, f.count
	var zero T
	for range n {
		for _, x := range v.All() {
			if x == zero {
				count++
			}
		}
	}
	f.count = count
}

func (f *rametVector[T]) set(n int) {
	v, spots, fresh, i, out := f.base, f.spots.List, f.fresh, f.spots.Next, f.out
	for range n {
		out = v.Set(int(spots[i]), fresh[i])
		if i++; i == len(spots) {
			i = 0
		}
	}
	f.spots.Next, f.out = i, out
}

func (f *rametVector[T]) append(n int) {
	fresh, i, out := f.fresh, 0, f.base
	for range n {
		out = out.Append(fresh[i])
		if i++; i == len(fresh) {
			i, out = 0, f.base
		}
	}
	f.out = out
}

func (f *rametVector[T]) prepend(n int) {
	fresh, i, out := f.fresh, 0, f.base
	for range n {
		out = out.Prepend(fresh[i])
		if i++; i == len(fresh) {
			i, out = 0, f.base
		}
	}
	f.out = out
}

func (f *rametVector[T]) dropLast(n int) {
	half, i, out := f.half(), 0, f.base
	for range n {
		out = out.Slice(0, out.Len()-1)
		if i++; i == half {
			i, out = 0, f.base
		}
	}
	f.out = out
}

func (f *rametVector[T]) dropFirst(n int) {
	half, i, out := f.half(), 0, f.base
	for range n {
		out = out.Slice(1, out.Len())
		if i++; i == half {
			i, out = 0, f.base
		}
	}
	f.out = out
}

func (f *rametVector[T]) insert(n int) {
	v, spots, fresh, i, out := f.base, f.spots.List, f.fresh, f.spots.Next, f.out
	for range n {
		out = v.Insert(int(spots[i]), fresh[i])
		if i++; i == len(spots) {
			i = 0
		}
	}
	f.spots.Next, f.out = i, out
}

func (f *rametVector[T]) delete(n int) {
	v, spots, i, out := f.base, f.spots.List, f.spots.Next, f.out
	for range n {
		out = v.Delete(int(spots[i]), int(spots[i])+1)
		if i++; i == len(spots) {
			i = 0
		}
	}
	f.spots.Next, f.out = i, out
}

func (f *rametVector[T]) slice(n int) {
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

type rametVersions[T Elem] struct {
	a      vector.Vector[T]
	others [10]vector.Vector[T] // of different lengths
	apart  [10]vector.Vector[T] // one edit from a, each elsewhere
	next   int
	out    vector.Vector[T]
	count  int
}

func newRametVersions[T Elem](in *input[T]) *rametVersions[T] {
	f := &rametVersions[T]{a: vector.Of(in.elems...)}
	other := vector.Of(in.fresh...)
	for i := range f.others {
		f.others[i] = other.Slice(0, in.otherLen(i))
		f.apart[i] = f.a.Set(in.apart(i), in.fresh[0])
	}
	return f
}

func (f *rametVersions[T]) concat(n int) {
	for range n {
		f.out = f.a.Concat(f.others[f.next])
		f.next = (f.next + 1) % len(f.others)
	}
}

func (f *rametVersions[T]) equal(n int) {
	for range n {
		if vector.Equal(f.a, f.apart[f.next]) {
			f.count++
		}
		f.next = (f.next + 1) % len(f.apart)
	}
}

func (f *rametVersions[T]) diff(n int) {
	for range n {
		for range vector.Diff(f.a, f.apart[f.next]) {
			f.count++
		}
		f.next = (f.next + 1) % len(f.apart)
	}
}
