package hashmaps

import (
	"github.com/tidwall/btree"

	"github.com/ramet-go/ramet/bench/contest"
)

// tidwall is github.com/tidwall/btree: a mutable B-tree, sorted, whose Copy is lazy. A persistent write
// is a Copy and a write to it.
func tidwall[K Key]() library[K] {
	return library[K]{
		name: "tidwall",
		ops: func(in *input[K]) runs {
			f := &tidwallMap[K]{newFixture(in, tidwallBuild(in))}
			return runs{
				"lookup-hit": func(n int) { f.lookup(&f.hit, n) }, "lookup-miss": func(n int) { f.lookup(&f.absent, n) },
				"set": func(n int) { f.set(&f.hit, n) }, "insert": func(n int) { f.set(&f.fresh, n) },
				"delete": f.delete, "iterate": f.iterate,
			}
		},
		builds: func(in *input[K]) runs {
			f := &tidwallMap[K]{}
			return runs{
				"builder": func(n int) {
					for range n {
						f.out = tidwallBuild(in)
					}
				},
			}
		},
		pair: func(in *input[K]) runs {
			f := newTidwallPair(in)
			return runs{"union-random": f.union, "intersection-100": f.intersection}
		},
		bySet: func(in *input[K]) any {
			m := new(btree.Map[K, int64])
			for i, k := range in.keys {
				m = m.Copy()
				m.Set(k, int64(i))
			}
			return m
		},
		byBuilder: func(in *input[K]) any { return tidwallBuild(in) },
	}
}

func tidwallBuild[K Key](in *input[K]) *btree.Map[K, int64] {
	m := new(btree.Map[K, int64])
	for i, k := range in.keys {
		m.Set(k, int64(i))
	}
	return m
}

type tidwallMap[K Key] struct {
	fixture[K, *btree.Map[K, int64]]
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

type tidwallPair[K Key] struct {
	a, b, few, out *btree.Map[K, int64]
}

func newTidwallPair[K Key](in *input[K]) *tidwallPair[K] {
	f := &tidwallPair[K]{a: tidwallBuild(in), b: new(btree.Map[K, int64]), few: new(btree.Map[K, int64])}
	for i, k := range in.fresh {
		f.b.Set(k, int64(-1-i))
	}
	for _, k := range few(in) {
		f.few.Set(k, 0)
	}
	return f
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
		f.few.Scan(func(k K, _ int64) bool {
			if v, ok := f.a.Get(k); ok {
				out.Set(k, v)
			}
			return true
		})
		f.out = out
	}
}
