package sorted

import (
	"runtime"

	"github.com/ramet-go/ramet/bench/contest"
	"github.com/ramet-go/ramet/rbtree"
)

func ramet[K Key]() library[K] {
	return library[K]{
		name: "ramet",
		ops: func(in *input[K]) runs {
			f := &rametMap[K]{newFixture(in, rametBuild(in.keys))}
			ops := cases(f.loops(), &f.fixture)
			ops["at"] = f.at
			return ops
		},
		unite: func(a, b []K) func(n int) {
			f := &rametPair[K]{a: rametBuild(a), b: rametBuild(b)}
			return f.union
		},
		pick: func(in *input[K]) func(n int) {
			f := &rametPair[K]{a: rametBuild(in.keys), b: rametBuild(in.few())}
			return f.intersection
		},
		versions: func(in *input[K]) runs {
			f := newRametVersions(in)
			return runs{"union-edits": f.union, "diff-edits": f.diff, "split-join": f.splitJoin}
		},
		build: func(keys []K) any { return rametBuild(keys) },
	}
}

// oneCore is ramet where the runtime has one processor.
func oneCore[K Key]() library[K] {
	return library[K]{
		name: "one-core",
		unite: func(a, b []K) func(n int) {
			f := &rametPair[K]{a: rametBuild(a), b: rametBuild(b)}
			return func(n int) {
				defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
				f.union(n)
			}
		},
	}
}

func rametBuild[K Key](keys []K) rbtree.Map[K, int64] {
	var b rbtree.MapBuilder[K, int64]
	for i, k := range keys {
		b.Set(k, int64(i))
	}
	return b.Build()
}

type rametMap[K Key] struct {
	fixture[K, rbtree.Map[K, int64]]
}

func (f *rametMap[K]) loops() loops[K] {
	return loops[K]{f.lookup, f.set, f.delete, f.iterate, f.from, f.minMax}
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

func (f *rametMap[K]) from(n int) {
	m, keys, i, sum, last := f.base, f.hit.List, f.hit.Next, f.sum, f.last
	for range n {
		left := stretch
		for k, v := range m.From(keys[i]).All() {
			last = k
			sum += v
			if left--; left == 0 {
				break
			}
		}
		if i++; i == len(keys) {
			i = 0
		}
	}
	f.hit.Next, f.sum, f.last = i, sum, last
}

func (f *rametMap[K]) at(n int) {
	m, spots, i, sum, last := f.base, f.spots.List, f.spots.Next, f.sum, f.last
	for range n {
		k, v := m.At(int(spots[i]))
		last = k
		sum += v
		if i++; i == len(spots) {
			i = 0
		}
	}
	f.spots.Next, f.sum, f.last = i, sum, last
}

func (f *rametMap[K]) minMax(n int) {
	m, sum, last := f.base, f.sum, f.last
	for range n {
		_, v, _ := m.Min()
		k, w, _ := m.Max()
		last = k
		sum += v + w
	}
	f.sum, f.last = sum, last
}

type rametPair[K Key] struct {
	a, b, out rbtree.Map[K, int64]
}

func (f *rametPair[K]) union(n int) {
	for range n {
		f.out = f.a.Union(f.b)
	}
}

func (f *rametPair[K]) intersection(n int) {
	for range n {
		f.out = f.a.Intersection(f.b)
	}
}

type rametVersions[K Key] struct {
	rametPair[K] // b is a, edited
	keys         contest.Cursor[K]
	count        int
}

func newRametVersions[K Key](in *input[K]) *rametVersions[K] {
	f := &rametVersions[K]{keys: contest.Cursor[K]{List: in.hit}}
	f.a = rametBuild(in.keys)
	f.b = f.a
	for _, k := range in.edited() {
		f.b = f.b.Set(k, -1)
	}
	return f
}

func (f *rametVersions[K]) diff(n int) {
	for range n {
		for range rbtree.Diff(f.a, f.b) {
			f.count++
		}
	}
}

func (f *rametVersions[K]) splitJoin(n int) {
	m, keys, i, out := f.a, f.keys.List, f.keys.Next, f.out
	for range n {
		below, _, _, above := m.Split(keys[i])
		out = below.Join(above)
		if i++; i == len(keys) {
			i = 0
		}
	}
	f.keys.Next, f.out = i, out
}
