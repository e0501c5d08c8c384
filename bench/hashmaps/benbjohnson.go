package hashmaps

import (
	"github.com/benbjohnson/immutable"

	"github.com/ramet-go/ramet/bench/contest"
)

// benbjohnson is github.com/benbjohnson/immutable: a hash array mapped trie.
func benbjohnson[K Key]() library[K] {
	return library[K]{
		name: "benbjohnson",
		ops: func(in *input[K]) runs {
			f := &benbjohnsonMap[K]{newFixture(in, benbjohnsonBuild(in))}
			return runs{
				"lookup-hit": func(n int) { f.lookup(&f.hit, n) }, "lookup-miss": func(n int) { f.lookup(&f.absent, n) },
				"set": func(n int) { f.set(&f.hit, n) }, "insert": func(n int) { f.set(&f.fresh, n) },
				"delete": f.delete, "iterate": f.iterate,
			}
		},
		builds: func(in *input[K]) runs {
			f := &benbjohnsonMap[K]{}
			return runs{
				"builder": func(n int) {
					for range n {
						f.out = benbjohnsonBuild(in)
					}
				},
			}
		},
		bulk: func(in *input[K], m map[K]int64) runs {
			f := &benbjohnsonMap[K]{}
			return runs{"mapof": func(n int) {
				for range n {
					f.out = immutable.NewMapOf(nil, m)
				}
			}}
		},
		bySet: func(in *input[K]) any {
			m := immutable.NewMap[K, int64](nil)
			for i, k := range in.keys {
				m = m.Set(k, int64(i))
			}
			return m
		},
		byBuilder: func(in *input[K]) any { return benbjohnsonBuild(in) },
		byMap:     func(m map[K]int64) any { return immutable.NewMapOf(nil, m) },
	}
}

func benbjohnsonBuild[K Key](in *input[K]) *immutable.Map[K, int64] {
	b := immutable.NewMapBuilder[K, int64](nil)
	for i, k := range in.keys {
		b.Set(k, int64(i))
	}
	return b.Map()
}

type benbjohnsonMap[K Key] struct {
	fixture[K, *immutable.Map[K, int64]]
}

func (f *benbjohnsonMap[K]) lookup(c *contest.Cursor[K], n int) {
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

func (f *benbjohnsonMap[K]) set(c *contest.Cursor[K], n int) {
	m, keys, i, out := f.base, c.List, c.Next, f.out
	for v := range n {
		out = m.Set(keys[i], int64(-1-v))
		if i++; i == len(keys) {
			i = 0
		}
	}
	c.Next, f.out = i, out
}

func (f *benbjohnsonMap[K]) delete(n int) {
	m, keys, i, out := f.base, f.hit.List, f.hit.Next, f.out
	for range n {
		out = m.Delete(keys[i])
		if i++; i == len(keys) {
			i = 0
		}
	}
	f.hit.Next, f.out = i, out
}

func (f *benbjohnsonMap[K]) iterate(n int) {
	m, sum, last := f.base, f.sum, f.last
	for range n {
		for it := m.Iterator(); !it.Done(); {
			k, v, _ := it.Next()
			last = k
			sum += v
		}
	}
	f.sum, f.last = sum, last
}
