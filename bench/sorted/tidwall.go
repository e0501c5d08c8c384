package sorted

import (
	"github.com/tidwall/btree"

	"github.com/ramet-go/ramet/bench/contest"
)

// tidwall is github.com/tidwall/btree: a mutable B-tree whose Copy is lazy. A persistent write is a
// Copy and a write to it.
func tidwall[K Key]() library[K] {
	return library[K]{
		name: "tidwall",
		ops: func(in *input[K]) runs {
			f := &tidwallMap[K]{newFixture(in, tidwallBuild(in.keys))}
			ops := cases(f.loops(), &f.fixture)
			ops["at"] = f.at
			return ops
		},
		unite: func(a, b []K) func(n int) {
			f := &tidwallPair[K]{a: tidwallBuild(a), b: tidwallBuild(b)}
			return f.union
		},
		pick: func(in *input[K]) func(n int) {
			f := &tidwallPair[K]{a: tidwallBuild(in.keys), b: tidwallBuild(in.few())}
			return f.intersection
		},
		versions: func(in *input[K]) runs {
			f := newTidwallVersions(in)
			return runs{"union-edits": f.union}
		},
		build: func(keys []K) any { return tidwallBuild(keys) },
	}
}

func tidwallBuild[K Key](keys []K) *btree.Map[K, int64] {
	m := new(btree.Map[K, int64])
	for i, k := range keys {
		m.Set(k, int64(i))
	}
	return m
}

type tidwallMap[K Key] struct {
	fixture[K, *btree.Map[K, int64]]
}

func (f *tidwallMap[K]) loops() loops[K] {
	return loops[K]{f.lookup, f.set, f.delete, f.iterate, f.from, f.minMax}
}

func (f *tidwallMap[K]) lookup(c *contest.Cursor[K], n int) {
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

func (f *tidwallMap[K]) set(c *contest.Cursor[K], n int) {
	m, keys, i, out := f.base, c.List, c.Next, f.out
	for v := range n {
		out = m.Copy()
		out.Set(keys[i], int64(-1-v))
		if i++; i == len(keys) {
			i = 0
		}
	}
	c.Next, f.out = i, out
}

func (f *tidwallMap[K]) delete(n int) {
	m, keys, i, out := f.base, f.hit.List, f.hit.Next, f.out
	for range n {
		out = m.Copy()
		out.Delete(keys[i])
		if i++; i == len(keys) {
			i = 0
		}
	}
	f.hit.Next, f.out = i, out
}

func (f *tidwallMap[K]) iterate(n int) {
	m, sum, last := f.base, f.sum, f.last
	for range n {
		m.Scan(func(k K, v int64) bool {
			last = k
			sum += v
			return true
		})
	}
	f.sum, f.last = sum, last
}

func (f *tidwallMap[K]) from(n int) {
	m, keys, i, sum, last := f.base, f.hit.List, f.hit.Next, f.sum, f.last
	for range n {
		left := stretch
		m.Ascend(keys[i], func(k K, v int64) bool {
			last = k
			sum += v
			left--
			return left > 0
		})
		if i++; i == len(keys) {
			i = 0
		}
	}
	f.hit.Next, f.sum, f.last = i, sum, last
}

func (f *tidwallMap[K]) at(n int) {
	m, spots, i, sum, last := f.base, f.spots.List, f.spots.Next, f.sum, f.last
	for range n {
		k, v, _ := m.GetAt(int(spots[i]))
		last = k
		sum += v
		if i++; i == len(spots) {
			i = 0
		}
	}
	f.spots.Next, f.sum, f.last = i, sum, last
}

func (f *tidwallMap[K]) minMax(n int) {
	m, sum, last := f.base, f.sum, f.last
	for range n {
		_, v, _ := m.Min()
		k, w, _ := m.Max()
		last = k
		sum += v + w
	}
	f.sum, f.last = sum, last
}

type tidwallPair[K Key] struct {
	a, b, out *btree.Map[K, int64]
}

func (f *tidwallPair[K]) union(n int) {
	for range n {
		out := f.a.Copy()
		f.b.Scan(func(k K, v int64) bool {
			out.Set(k, v)
			return true
		})
		f.out = out
	}
}

func (f *tidwallPair[K]) intersection(n int) {
	for range n {
		out := new(btree.Map[K, int64])
		f.b.Scan(func(k K, _ int64) bool {
			if v, ok := f.a.Get(k); ok {
				out.Set(k, v)
			}
			return true
		})
		f.out = out
	}
}

// newTidwallVersions returns a map and a version of it with a few edits.
func newTidwallVersions[K Key](in *input[K]) *tidwallPair[K] {
	f := &tidwallPair[K]{a: tidwallBuild(in.keys)}
	f.b = f.a.Copy()
	for _, k := range in.edited() {
		f.b.Set(k, -1)
	}
	return f
}
