package sorted

import (
	iradix "github.com/hashicorp/go-immutable-radix/v2"

	"github.com/ramet-go/ramet/bench/contest"
)

// radixTree is github.com/hashicorp/go-immutable-radix: a persistent radix tree in the order of the keys' bytes, with a channel to
// watch in each node. Its keys are slices of bytes, so it takes part for strings, which it has to convert.
func radixTree() library[string] {
	return library[string]{
		name: "iradix",
		ops: func(in *input[string]) runs {
			f := &iradixMap{newFixture(in, iradixBuild(in.keys))}
			return cases(f.loops(), &f.fixture)
		},
		build: func(keys []string) any { return iradixBuild(keys) },
	}
}

func iradixBuild(keys []string) *iradix.Tree[int64] {
	txn := iradix.New[int64]().Txn()
	for i, k := range keys {
		txn.Insert([]byte(k), int64(i))
	}
	return txn.Commit()
}

type iradixMap struct {
	fixture[string, *iradix.Tree[int64]]
}

func (f *iradixMap) loops() loops[string] {
	return loops[string]{f.lookup, f.set, f.delete, f.iterate, f.from, f.minMax}
}

func (f *iradixMap) lookup(c *contest.Cursor[string], n int) {
	m, keys, i, sum := f.base, c.List, c.Next, f.sum
	for range n {
		v, _ := m.Get([]byte(keys[i]))
		sum += v
		if i++; i == len(keys) {
			i = 0
		}
	}
	c.Next, f.sum = i, sum
}

func (f *iradixMap) set(c *contest.Cursor[string], n int) {
	m, keys, i, out := f.base, c.List, c.Next, f.out
	for v := range n {
		out, _, _ = m.Insert([]byte(keys[i]), int64(-1-v))
		if i++; i == len(keys) {
			i = 0
		}
	}
	c.Next, f.out = i, out
}

func (f *iradixMap) delete(n int) {
	m, keys, i, out := f.base, f.hit.List, f.hit.Next, f.out
	for range n {
		out, _, _ = m.Delete([]byte(keys[i]))
		if i++; i == len(keys) {
			i = 0
		}
	}
	f.hit.Next, f.out = i, out
}

func (f *iradixMap) iterate(n int) {
	m, sum := f.base.Root(), f.sum
	var last []byte
	for range n {
		m.Walk(func(k []byte, v int64) bool {
			last = k
			sum += v
			return false
		})
	}
	f.sum, f.last = sum, string(last)
}

func (f *iradixMap) from(n int) {
	m, keys, i, sum := f.base.Root(), f.hit.List, f.hit.Next, f.sum
	var last []byte
	for range n {
		it := m.Iterator()
		it.SeekLowerBound([]byte(keys[i]))
		for range stretch {
			k, v, ok := it.Next()
			if !ok {
				break
			}
			last = k
			sum += v
		}
		if i++; i == len(keys) {
			i = 0
		}
	}
	f.hit.Next, f.sum, f.last = i, sum, string(last)
}

func (f *iradixMap) minMax(n int) {
	m, sum := f.base.Root(), f.sum
	var last []byte
	for range n {
		_, v, _ := m.Minimum()
		k, w, _ := m.Maximum()
		last = k
		sum += v + w
	}
	f.sum, f.last = sum, string(last)
}
