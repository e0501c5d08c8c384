package hashmaps

import (
	"github.com/arr-ai/frozen"

	"github.com/ramet-go/ramet/bench/contest"
)

// frozenMap is github.com/arr-ai/frozen: a trie whose nodes carry the hash of what is below them.
func frozenMap[K Key]() library[K] {
	return library[K]{
		name: "frozen",
		ops: func(in *input[K]) runs {
			f := &frozenFixture[K]{newFixture(in, frozenBuild(in))}
			return runs{
				"lookup-hit": func(n int) { f.lookup(&f.hit, n) }, "lookup-miss": func(n int) { f.lookup(&f.absent, n) },
				"set": func(n int) { f.set(&f.hit, n) }, "insert": func(n int) { f.set(&f.fresh, n) },
				"delete": f.delete, "iterate": f.iterate,
			}
		},
		builds: func(in *input[K]) runs {
			f := &frozenFixture[K]{}
			return runs{
				"builder": func(n int) {
					for range n {
						f.out = frozenBuild(in)
					}
				},
			}
		},
		bulk: func(in *input[K], m map[K]int64) runs {
			f := &frozenFixture[K]{}
			return runs{"mapof": func(n int) {
				for range n {
					f.out = frozen.NewMapFromGoMap(m)
				}
			}}
		},
		versions: func(in *input[K]) runs {
			f := newFrozenVersions(in)
			return runs{"union": f.union, "equal": f.equal}
		},
		pair: func(in *input[K]) runs {
			f := newFrozenPair(in)
			return runs{"union-random": f.union, "intersection-100": f.intersection}
		},
		bySet: func(in *input[K]) any {
			var m frozen.Map[K, int64]
			for i, k := range in.keys {
				m = m.With(k, int64(i))
			}
			return m
		},
		byBuilder: func(in *input[K]) any { return frozenBuild(in) },
		byMap:     func(m map[K]int64) any { return frozen.NewMapFromGoMap(m) },
	}
}

func frozenBuild[K Key](in *input[K]) frozen.Map[K, int64] {
	var b frozen.MapBuilder[K, int64]
	for i, k := range in.keys {
		b.Put(k, int64(i))
	}
	return b.Finish()
}

type frozenFixture[K Key] struct {
	fixture[K, frozen.Map[K, int64]]
}

func (f *frozenFixture[K]) lookup(c *contest.Cursor[K], n int) {
	m, keys, i, sum := f.base, c.List, c.Next, f.sum
	for range n {
		v, _ := m.Get(keys[i])
		sum += v
		if i++; i == len(keys) {
			i = 0
		}
	}
	c.Next, f.sum = i, sum
}

func (f *frozenFixture[K]) set(c *contest.Cursor[K], n int) {
	m, keys, i, out := f.base, c.List, c.Next, f.out
	for v := range n {
		out = m.With(keys[i], int64(-1-v))
		if i++; i == len(keys) {
			i = 0
		}
	}
	c.Next, f.out = i, out
}

func (f *frozenFixture[K]) delete(n int) {
	m, keys, i, out := f.base, f.hit.List, f.hit.Next, f.out
	for range n {
		out = m.Without(keys[i])
		if i++; i == len(keys) {
			i = 0
		}
	}
	f.hit.Next, f.out = i, out
}

func (f *frozenFixture[K]) iterate(n int) {
	m, sum, last := f.base, f.sum, f.last
	for range n {
		for it := m.Range(); it.Next(); {
			k, v := it.Entry()
			last = k
			sum += v
		}
	}
	f.sum, f.last = sum, last
}

type frozenVersions[K Key] struct {
	a, near frozen.Map[K, int64]
	apart   [10]frozen.Map[K, int64] // one edit from a, each elsewhere
	next    int
	out     frozen.Map[K, int64]
	count   int
}

func newFrozenVersions[K Key](in *input[K]) *frozenVersions[K] {
	f := &frozenVersions[K]{a: frozenBuild(in)}
	f.near = f.a
	for i, k := range in.hit[:edits(in)] {
		f.near = f.near.With(k, int64(-1-i))
	}
	for i := range f.apart {
		f.apart[i] = f.a.With(in.hit[i*len(in.hit)/len(f.apart)], -1)
	}
	return f
}

func (f *frozenVersions[K]) union(n int) {
	for range n {
		f.out = f.a.Update(f.near)
	}
}

func (f *frozenVersions[K]) equal(n int) {
	for range n {
		if f.a.Equal(f.apart[f.next]) {
			f.count++
		}
		f.next = (f.next + 1) % len(f.apart)
	}
}

type frozenPair[K Key] struct {
	a, b, out frozen.Map[K, int64]
	few       []K
}

func newFrozenPair[K Key](in *input[K]) *frozenPair[K] {
	f := &frozenPair[K]{a: frozenBuild(in), few: few(in)}
	for i, k := range in.fresh {
		f.b = f.b.With(k, int64(-1-i))
	}
	return f
}

func (f *frozenPair[K]) union(n int) {
	for range n {
		f.out = f.a.Update(f.b)
	}
}

func (f *frozenPair[K]) intersection(n int) {
	for range n {
		f.out = f.a.Project(f.few...)
	}
}
