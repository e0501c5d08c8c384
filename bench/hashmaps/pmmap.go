package hashmaps

import (
	"github.com/BarrensZeppelin/pmmap"

	"github.com/ramet-go/ramet/bench/contest"
)

// patricia is github.com/BarrensZeppelin/pmmap: a binary trie on the hashes, which unites and compares versions by what
// they do not share.
func patricia[K Key]() library[K] {
	return library[K]{
		name: "pmmap",
		ops: func(in *input[K]) runs {
			f := &pmmapMap[K]{newFixture(in, pmmapBuild(in))}
			return runs{
				"lookup-hit": func(n int) { f.lookup(&f.hit, n) }, "lookup-miss": func(n int) { f.lookup(&f.absent, n) },
				"set": func(n int) { f.set(&f.hit, n) }, "insert": func(n int) { f.set(&f.fresh, n) },
				"delete": f.delete, "iterate": f.iterate,
			}
		},
		builds: func(in *input[K]) runs {
			f := &pmmapMap[K]{}
			return runs{
				"builder": func(n int) {
					for range n {
						f.out = pmmapBuild(in)
					}
				},
			}
		},
		versions: func(in *input[K]) runs {
			f := newPmmapVersions(in)
			return runs{"union": f.union, "equal": f.equal}
		},
		pair: func(in *input[K]) runs {
			f := newPmmapPair(in)
			return runs{"union-random": f.union}
		},
		bySet:     func(in *input[K]) any { return pmmapBuild(in) },
		byBuilder: func(in *input[K]) any { return pmmapBuild(in) },
	}
}

// pmmapHasher returns the hasher that its documentation recommends for the type of key.
func pmmapHasher[K Key]() pmmap.Hasher[K] {
	if h, ok := any(pmmap.NumericHasher[int64]{}).(pmmap.Hasher[K]); ok {
		return h
	}
	return pmmap.NewComparableHasher[K]()
}

// pmmapBuild makes a map by a chain of single writes: there is no builder.
func pmmapBuild[K Key](in *input[K]) pmmap.Tree[K, int64] {
	m := pmmap.New[int64](pmmapHasher[K]())
	for i, k := range in.keys {
		m = m.Insert(k, int64(i))
	}
	return m
}

// pmmapNewer resolves a key that two versions have: what was changed is negative. It is commutative and
// idempotent, as Merge asks.
func pmmapNewer(a, b int64) (int64, bool) { return min(a, b), a == b }

type pmmapMap[K Key] struct {
	fixture[K, pmmap.Tree[K, int64]]
}

func (f *pmmapMap[K]) lookup(c *contest.Cursor[K], n int) {
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

func (f *pmmapMap[K]) set(c *contest.Cursor[K], n int) {
	m, keys, i, out := f.base, c.List, c.Next, f.out
	for v := range n {
		out = m.Insert(keys[i], int64(-1-v))
		if i++; i == len(keys) {
			i = 0
		}
	}
	c.Next, f.out = i, out
}

func (f *pmmapMap[K]) delete(n int) {
	m, keys, i, out := f.base, f.hit.List, f.hit.Next, f.out
	for range n {
		out = m.Remove(keys[i])
		if i++; i == len(keys) {
			i = 0
		}
	}
	f.hit.Next, f.out = i, out
}

func (f *pmmapMap[K]) iterate(n int) {
	m, sum, last := f.base, f.sum, f.last
	for range n {
		for k, v := range m.All() {
			last = k
			sum += v
		}
	}
	f.sum, f.last = sum, last
}

type pmmapVersions[K Key] struct {
	a, near pmmap.Tree[K, int64]
	apart   [10]pmmap.Tree[K, int64] // one edit from a, each elsewhere
	next    int
	out     pmmap.Tree[K, int64]
	count   int
}

func newPmmapVersions[K Key](in *input[K]) *pmmapVersions[K] {
	f := &pmmapVersions[K]{a: pmmapBuild(in)}
	f.near = f.a
	for i, k := range in.hit[:edits(in)] {
		f.near = f.near.Insert(k, int64(-1-i))
	}
	for i := range f.apart {
		f.apart[i] = f.a.Insert(in.hit[i*len(in.hit)/len(f.apart)], -1)
	}
	return f
}

func (f *pmmapVersions[K]) union(n int) {
	for range n {
		f.out = f.a.Merge(f.near, pmmapNewer)
	}
}

func (f *pmmapVersions[K]) equal(n int) {
	for range n {
		if f.a.Equal(f.apart[f.next], func(x, y int64) bool { return x == y }) {
			f.count++
		}
		f.next = (f.next + 1) % len(f.apart)
	}
}

type pmmapPair[K Key] struct {
	a, b, out pmmap.Tree[K, int64]
}

// newPmmapPair makes both maps under one hasher: Merge goes by hashes, which have to be those of one seed.
func newPmmapPair[K Key](in *input[K]) *pmmapPair[K] {
	h := pmmapHasher[K]()
	f := &pmmapPair[K]{a: pmmap.New[int64](h), b: pmmap.New[int64](h)}
	for i, k := range in.keys {
		f.a = f.a.Insert(k, int64(i))
	}
	for i, k := range in.fresh {
		f.b = f.b.Insert(k, int64(-1-i))
	}
	return f
}

func (f *pmmapPair[K]) union(n int) {
	for range n {
		f.out = f.a.Merge(f.b, pmmapNewer)
	}
}
