package hashmaps

import (
	"maps"

	"github.com/ramet-go/ramet/bench/contest"
)

// builtin is the built-in map, mutated in place.
func builtin[K Key]() library[K] {
	return library[K]{
		name: "builtin",
		ops: func(in *input[K]) runs {
			f := &builtinMap[K]{newFixture(in, goMap(in))}
			return runs{
				"lookup-hit": func(n int) { f.lookup(&f.hit, n) }, "lookup-miss": func(n int) { f.lookup(&f.absent, n) },
				"set": f.set, "insert": f.insert, "delete": f.delete, "iterate": f.iterate,
			}
		},
		builds: func(in *input[K]) runs {
			f := &builtinMap[K]{}
			build := func(n int) { f.build(in, n) }
			return runs{"builder": build, "collect": build}
		},
		bulk: func(in *input[K], _ map[K]int64) runs {
			f := &builtinMap[K]{}
			return runs{"mapof": func(n int) { f.build(in, n) }}
		},
		versions: func(in *input[K]) runs {
			f := newBuiltinVersions(in)
			return runs{"union": f.union, "equal": f.equal}
		},
		pair: func(in *input[K]) runs {
			f := newBuiltinPair(in)
			return runs{"union-random": f.union, "intersection-100": f.intersection}
		},
		bySet:     func(in *input[K]) any { return goMap(in) },
		byBuilder: func(in *input[K]) any { return goMap(in) },
		byMap:     func(m map[K]int64) any { return maps.Clone(m) },
	}
}

type builtinMap[K Key] struct {
	fixture[K, map[K]int64]
}

func (f *builtinMap[K]) build(in *input[K], n int) {
	for range n {
		f.out = goMap(in)
	}
}

func (f *builtinMap[K]) lookup(c *contest.Cursor[K], n int) {
	m, keys, i, sum := f.base, c.List, c.Next, f.sum
	for range n {
		v := m[keys[i]]
		sum += v
		if i++; i == len(keys) {
			i = 0
		}
	}
	c.Next, f.sum = i, sum
}

func (f *builtinMap[K]) set(n int) {
	m, keys, i := f.base, f.hit.List, f.hit.Next
	for v := range n {
		m[keys[i]] = int64(-1 - v)
		if i++; i == len(keys) {
			i = 0
		}
	}
	f.hit.Next = i
}

// insert also takes the key out again.
func (f *builtinMap[K]) insert(n int) {
	m, keys, i := f.base, f.fresh.List, f.fresh.Next
	for v := range n {
		m[keys[i]] = int64(-1 - v)
		delete(m, keys[i])
		if i++; i == len(keys) {
			i = 0
		}
	}
	f.fresh.Next = i
}

// delete also puts the key back.
func (f *builtinMap[K]) delete(n int) {
	m, keys, i := f.base, f.hit.List, f.hit.Next
	for v := range n {
		delete(m, keys[i])
		m[keys[i]] = int64(-1 - v)
		if i++; i == len(keys) {
			i = 0
		}
	}
	f.hit.Next = i
}

func (f *builtinMap[K]) iterate(n int) {
	m, sum, last := f.base, f.sum, f.last
	for range n {
		for k, v := range m {
			last = k
			sum += v
		}
	}
	f.sum, f.last = sum, last
}

type builtinVersions[K Key] struct {
	a, near, apart map[K]int64
	out            map[K]int64
	count          int
}

func newBuiltinVersions[K Key](in *input[K]) *builtinVersions[K] {
	f := &builtinVersions[K]{a: goMap(in), near: goMap(in), apart: goMap(in)}
	for i, k := range in.hit[:edits(in)] {
		f.near[k] = int64(-1 - i)
	}
	f.apart[in.hit[0]] = -1
	return f
}

func (f *builtinVersions[K]) union(n int) {
	for range n {
		f.out = maps.Clone(f.a)
		maps.Copy(f.out, f.near)
	}
}

func (f *builtinVersions[K]) equal(n int) {
	for range n {
		if maps.Equal(f.a, f.apart) {
			f.count++
		}
	}
}

type builtinPair[K Key] struct {
	a, b, few, out map[K]int64
}

func newBuiltinPair[K Key](in *input[K]) *builtinPair[K] {
	f := &builtinPair[K]{a: goMap(in), b: map[K]int64{}, few: map[K]int64{}}
	for i, k := range in.fresh {
		f.b[k] = int64(-1 - i)
	}
	for _, k := range few(in) {
		f.few[k] = 0
	}
	return f
}

func (f *builtinPair[K]) union(n int) {
	for range n {
		f.out = maps.Clone(f.a)
		maps.Copy(f.out, f.b)
	}
}

func (f *builtinPair[K]) intersection(n int) {
	for range n {
		f.out = map[K]int64{}
		for k := range f.few {
			if v, ok := f.a[k]; ok {
				f.out[k] = v
			}
		}
	}
}

// clone is the built-in map, cloned before every write.
func clone[K Key]() library[K] {
	return library[K]{
		name: "clone",
		ops: func(in *input[K]) runs {
			f := &clonedMap[K]{newFixture(in, goMap(in))}
			return runs{
				"set": func(n int) { f.set(&f.hit, n) }, "insert": func(n int) { f.set(&f.fresh, n) },
				"delete": f.delete,
			}
		},
	}
}

type clonedMap[K Key] struct {
	fixture[K, map[K]int64]
}

func (f *clonedMap[K]) set(c *contest.Cursor[K], n int) {
	m, keys, i, out := f.base, c.List, c.Next, f.out
	for v := range n {
		out = maps.Clone(m)
		out[keys[i]] = int64(-1 - v)
		if i++; i == len(keys) {
			i = 0
		}
	}
	c.Next, f.out = i, out
}

func (f *clonedMap[K]) delete(n int) {
	m, keys, i, out := f.base, f.hit.List, f.hit.Next, f.out
	for range n {
		out = maps.Clone(m)
		delete(out, keys[i])
		if i++; i == len(keys) {
			i = 0
		}
	}
	f.hit.Next, f.out = i, out
}
