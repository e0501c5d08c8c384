package sorted

import (
	"github.com/benbjohnson/immutable"

	"github.com/ramet-go/ramet/bench/contest"
)

// benbjohnson is the SortedMap of github.com/benbjohnson/immutable: a persistent B+-tree.
func benbjohnson[K Key]() library[K] {
	return library[K]{
		name: "benbjohnson",
		ops: func(in *input[K]) runs {
			f := &benbjohnsonMap[K]{newFixture(in, benbjohnsonBuild(in.keys))}
			return cases(f.loops(), &f.fixture)
		},
		build: func(keys []K) any { return benbjohnsonBuild(keys) },
	}
}

func benbjohnsonBuild[K Key](keys []K) *immutable.SortedMap[K, int64] {
	b := immutable.NewSortedMapBuilder[K, int64](nil)
	for i, k := range keys {
		b.Set(k, int64(i))
	}
	return b.Map()
}

type benbjohnsonMap[K Key] struct {
	fixture[K, *immutable.SortedMap[K, int64]]
}

func (f *benbjohnsonMap[K]) loops() loops[K] {
	return loops[K]{f.lookup, f.set, f.delete, f.iterate, f.from, f.minMax}
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

func (f *benbjohnsonMap[K]) from(n int) {
	m, keys, i, sum, last := f.base, f.hit.List, f.hit.Next, f.sum, f.last
	it := m.Iterator()
	for range n {
		it.Seek(keys[i])
		for left := stretch; left > 0 && !it.Done(); left-- {
			k, v, _ := it.Next()
			last = k
			sum += v
		}
		if i++; i == len(keys) {
			i = 0
		}
	}
	f.hit.Next, f.sum, f.last = i, sum, last
}

func (f *benbjohnsonMap[K]) minMax(n int) {
	m, sum, last := f.base, f.sum, f.last
	it := m.Iterator()
	for range n {
		it.First()
		_, v, _ := it.Next()
		it.Last()
		k, w, _ := it.Prev()
		last = k
		sum += v + w
	}
	f.sum, f.last = sum, last
}
