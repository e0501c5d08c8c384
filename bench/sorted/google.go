package sorted

import (
	"github.com/google/btree"

	"github.com/ramet-go/ramet/bench/contest"
)

// googleDegree is what google's documentation and most of its users take.
const googleDegree = 32

// google is github.com/google/btree: a mutable B-tree whose Clone is lazy. A persistent write is a
// Clone and a write to it. It is a set, here of entries that are compared by key.
func google[K Key]() library[K] {
	return library[K]{
		name: "google",
		ops: func(in *input[K]) runs {
			f := &googleMap[K]{newFixture(in, googleBuild(in.keys))}
			return cases(f.loops(), &f.fixture)
		},
		build: func(keys []K) any { return googleBuild(keys) },
	}
}

type entry[K Key] struct {
	k K
	v int64
}

func googleBuild[K Key](keys []K) *btree.BTreeG[entry[K]] {
	m := btree.NewG(googleDegree, func(a, b entry[K]) bool { return a.k < b.k })
	for i, k := range keys {
		m.ReplaceOrInsert(entry[K]{k, int64(i)})
	}
	return m
}

type googleMap[K Key] struct {
	fixture[K, *btree.BTreeG[entry[K]]]
}

func (f *googleMap[K]) loops() loops[K] {
	return loops[K]{f.lookup, f.set, f.delete, f.iterate, f.from, f.minMax}
}

func (f *googleMap[K]) lookup(c *contest.Cursor[K], n int) {
	m, keys, i, sum := f.base, c.List, c.Next, f.sum
	for range n {
		e, _ := m.Get(entry[K]{k: keys[i]})
		sum += e.v
		if i++; i == len(keys) {
			i = 0
		}
	}
	c.Next, f.sum = i, sum
}

func (f *googleMap[K]) set(c *contest.Cursor[K], n int) {
	m, keys, i, out := f.base, c.List, c.Next, f.out
	for v := range n {
		out = m.Clone()
		out.ReplaceOrInsert(entry[K]{keys[i], int64(-1 - v)})
		if i++; i == len(keys) {
			i = 0
		}
	}
	c.Next, f.out = i, out
}

func (f *googleMap[K]) delete(n int) {
	m, keys, i, out := f.base, f.hit.List, f.hit.Next, f.out
	for range n {
		out = m.Clone()
		out.Delete(entry[K]{k: keys[i]})
		if i++; i == len(keys) {
			i = 0
		}
	}
	f.hit.Next, f.out = i, out
}

func (f *googleMap[K]) iterate(n int) {
	m, sum, last := f.base, f.sum, f.last
	for range n {
		m.Ascend(func(e entry[K]) bool {
			last = e.k
			sum += e.v
			return true
		})
	}
	f.sum, f.last = sum, last
}

func (f *googleMap[K]) from(n int) {
	m, keys, i, sum, last := f.base, f.hit.List, f.hit.Next, f.sum, f.last
	for range n {
		left := stretch
		m.AscendGreaterOrEqual(entry[K]{k: keys[i]}, func(e entry[K]) bool {
			last = e.k
			sum += e.v
			left--
			return left > 0
		})
		if i++; i == len(keys) {
			i = 0
		}
	}
	f.hit.Next, f.sum, f.last = i, sum, last
}

func (f *googleMap[K]) minMax(n int) {
	m, sum, last := f.base, f.sum, f.last
	for range n {
		e, _ := m.Min()
		g, _ := m.Max()
		last = g.k
		sum += e.v + g.v
	}
	f.sum, f.last = sum, last
}
