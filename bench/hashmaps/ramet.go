package hashmaps

import (
	"runtime"

	"github.com/ramet-go/ramet/bench/contest"
	"github.com/ramet-go/ramet/hamt"
)

func ramet[K Key]() library[K] {
	return library[K]{
		name: "ramet",
		ops: func(in *input[K]) runs {
			f := &rametMap[K]{newFixture(in, rametBuild(in))}
			return runs{
				"lookup-hit": func(n int) { f.lookup(&f.hit, n) }, "lookup-miss": func(n int) { f.lookup(&f.absent, n) },
				"set": func(n int) { f.set(&f.hit, n) }, "insert": func(n int) { f.set(&f.fresh, n) },
				"delete": f.delete, "iterate": f.iterate,
			}
		},
		builds: func(in *input[K]) runs {
			f := &rametMap[K]{}
			return runs{
				"builder": func(n int) {
					for range n {
						f.out = rametBuild(in)
					}
				},
				"collect": func(n int) {
					for range n {
						f.out = hamt.CollectMap(in.all())
					}
				},
			}
		},
		bulk: func(in *input[K], m map[K]int64) runs {
			f := &rametMap[K]{}
			return runs{"mapof": func(n int) {
				for range n {
					f.out = hamt.MapOf(m)
				}
			}}
		},
		versions: func(in *input[K]) runs {
			f := newRametVersions(in)
			return runs{"union": f.union, "equal": f.equal, "diff": f.diff}
		},
		pair: func(in *input[K]) runs {
			f := newRametPair(in)
			return runs{"union-random": f.union, "intersection-100": f.intersection}
		},
		bySet: func(in *input[K]) any {
			var m hamt.Map[K, int64]
			for i, k := range in.keys {
				m = m.Set(k, int64(i))
			}
			return m
		},
		byBuilder: func(in *input[K]) any { return rametBuild(in) },
		byMap:     func(m map[K]int64) any { return hamt.MapOf(m) },
	}
}

// oneCore is ramet where the runtime has one processor.
func oneCore[K Key]() library[K] {
	return library[K]{
		name: "one-core",
		pair: func(in *input[K]) runs {
			f := newRametPair(in)
			return runs{"union-random": func(n int) {
				defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
				f.union(n)
			}}
		},
	}
}

func rametBuild[K Key](in *input[K]) hamt.Map[K, int64] {
	var b hamt.MapBuilder[K, int64]
	for i, k := range in.keys {
		b.Set(k, int64(i))
	}
	return b.Build()
}

type rametMap[K Key] struct {
	fixture[K, hamt.Map[K, int64]]
}

func (f *rametMap[K]) lookup(c *contest.Cursor[K], n int) {
	m, keys, i, sum := f.base, c.List, c.Next, f.sum
	for range n {
		v, _ := m.Lookup(keys[i])
		sum += v
		if i++; i == len(keys) {
			i = 0
		}
	}
	c.Next, f.sum = i, sum
}

func (f *rametMap[K]) set(c *contest.Cursor[K], n int) {
	m, keys, i, out := f.base, c.List, c.Next, f.out
	for v := range n {
		out = m.Set(keys[i], int64(-1-v))
		if i++; i == len(keys) {
			i = 0
		}
	}
	c.Next, f.out = i, out
}

func (f *rametMap[K]) delete(n int) {
	m, keys, i, out := f.base, f.hit.List, f.hit.Next, f.out
	for range n {
		out = m.Delete(keys[i])
		if i++; i == len(keys) {
			i = 0
		}
	}
	f.hit.Next, f.out = i, out
}

func (f *rametMap[K]) iterate(n int) {
	m, sum, last := f.base, f.sum, f.last
	for range n {
		for k, v := range m.All() {
			last = k
			sum += v
		}
	}
	f.sum, f.last = sum, last
}

type rametVersions[K Key] struct {
	a, near hamt.Map[K, int64]
	apart   [10]hamt.Map[K, int64] // one edit from a, each elsewhere
	next    int
	out     hamt.Map[K, int64]
	count   int
}

func newRametVersions[K Key](in *input[K]) *rametVersions[K] {
	f := &rametVersions[K]{a: rametBuild(in)}
	b := f.a.Builder()
	for i, k := range in.hit[:edits(in)] {
		b.Set(k, int64(-1-i))
	}
	f.near = b.Build()
	for i := range f.apart {
		f.apart[i] = f.a.Set(in.hit[i*len(in.hit)/len(f.apart)], -1)
	}
	return f
}

func (f *rametVersions[K]) union(n int) {
	for range n {
		f.out = f.a.Union(f.near)
	}
}

func (f *rametVersions[K]) equal(n int) {
	for range n {
		if hamt.Equal(f.a, f.apart[f.next]) {
			f.count++
		}
		f.next = (f.next + 1) % len(f.apart)
	}
}

func (f *rametVersions[K]) diff(n int) {
	for range n {
		for range hamt.Diff(f.a, f.apart[f.next]) {
			f.count++
		}
		f.next = (f.next + 1) % len(f.apart)
	}
}

type rametPair[K Key] struct {
	a, b, few, out hamt.Map[K, int64]
}

func newRametPair[K Key](in *input[K]) *rametPair[K] {
	f := &rametPair[K]{a: rametBuild(in)}
	for i, k := range in.fresh {
		f.b = f.b.Set(k, int64(-1-i))
	}
	for _, k := range few(in) {
		f.few = f.few.Set(k, 0)
	}
	return f
}

func (f *rametPair[K]) union(n int) {
	for range n {
		f.out = f.a.Union(f.b)
	}
}

func (f *rametPair[K]) intersection(n int) {
	for range n {
		f.out = f.a.Intersection(f.few)
	}
}
