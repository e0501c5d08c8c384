package sorted

import (
	"github.com/cilium/statedb/part"

	"github.com/ramet-go/ramet/bench/contest"
)

// adaptive is the map of github.com/cilium/statedb/part: a persistent adaptive radix tree in the order of the keys' bytes. It takes
// part for strings, for which its order is theirs. It does not say what its greatest key is.
func adaptive() library[string] {
	return library[string]{
		name: "part",
		ops: func(in *input[string]) runs {
			f := &partMap{newFixture(in, partBuild(in.keys))}
			return cases(f.loops(), &f.fixture)
		},
		build: func(keys []string) any { return partBuild(keys) },
	}
}

func partBuild(keys []string) part.Map[string, int64] {
	txn := part.Map[string, int64]{}.Txn()
	for i, k := range keys {
		txn.Set(k, int64(i))
	}
	return txn.Commit()
}

type partMap struct {
	fixture[string, part.Map[string, int64]]
}

func (f *partMap) loops() loops[string] {
	return loops[string]{f.lookup, f.set, f.delete, f.iterate, f.from, nil}
}

func (f *partMap) lookup(c *contest.Cursor[string], n int) {
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

func (f *partMap) set(c *contest.Cursor[string], n int) {
	m, keys, i, out := f.base, c.List, c.Next, f.out
	for v := range n {
		out = m.Set(keys[i], int64(-1-v))
		if i++; i == len(keys) {
			i = 0
		}
	}
	c.Next, f.out = i, out
}

func (f *partMap) delete(n int) {
	m, keys, i, out := f.base, f.hit.List, f.hit.Next, f.out
	for range n {
		out = m.Delete(keys[i])
		if i++; i == len(keys) {
			i = 0
		}
	}
	f.hit.Next, f.out = i, out
}

func (f *partMap) iterate(n int) {
	m, sum, last := f.base, f.sum, f.last
	for range n {
		for k, v := range m.All() {
			last = k
			sum += v
		}
	}
	f.sum, f.last = sum, last
}

func (f *partMap) from(n int) {
	m, keys, i, sum, last := f.base, f.hit.List, f.hit.Next, f.sum, f.last
	for range n {
		left := stretch
		for k, v := range m.LowerBound(keys[i]) {
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
