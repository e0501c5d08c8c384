package hashmaps

import (
	"maps"
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/bench/contest"
)

// The contestants must do what the tables say: a loop that skips its work would win.

// loops are what every persistent contestant has.
type loops[K Key] interface {
	lookup(c *contest.Cursor[K], n int)
	set(c *contest.Cursor[K], n int)
	delete(n int)
	iterate(n int)
}

func TestContestants(t *testing.T) {
	t.Run("int64", func(t *testing.T) { testContestants(t, intInput) })
	t.Run("string", func(t *testing.T) { testContestants(t, stringInput) })
}

func testContestants[K Key](t *testing.T, newInput func(int) *input[K]) {
	for _, size := range []int{1, 10, 1000} {
		in := newInput(size)

		r := &rametMap[K]{newFixture(in, rametBuild(in))}
		testContestant(t, "ramet", in, r, &r.fixture, func() (int, func(K) (int64, bool)) { return r.out.Len(), r.out.Lookup })

		b := &benbjohnsonMap[K]{newFixture(in, benbjohnsonBuild(in))}
		testContestant(t, "benbjohnson", in, b, &b.fixture, func() (int, func(K) (int64, bool)) { return b.out.Len(), b.out.Get })

		f := &frozenFixture[K]{newFixture(in, frozenBuild(in))}
		testContestant(t, "frozen", in, f, &f.fixture, func() (int, func(K) (int64, bool)) { return f.out.Count(), f.out.Get })

		p := &pmmapMap[K]{newFixture(in, pmmapBuild(in))}
		testContestant(t, "pmmap", in, p, &p.fixture, func() (int, func(K) (int64, bool)) { return p.out.Size(), p.out.Lookup })

		w := &tidwallMap[K]{newFixture(in, tidwallBuild(in))}
		testContestant(t, "tidwall", in, w, &w.fixture, func() (int, func(K) (int64, bool)) { return w.out.Len(), w.out.Get })
	}
}

// testContestant runs the loops of c, whose fixture is f. result tells about the last write's result.
func testContestant[K Key, M any](t *testing.T, name string, in *input[K], c loops[K], f *fixture[K, M], result func() (int, func(K) (int64, bool))) {
	size := len(in.keys)
	total := int64(size) * int64(size-1) / 2
	sum := func(run func()) int64 {
		f.sum = 0
		run()
		return f.sum
	}
	intact := func() {
		assert.Equal(t, total, sum(func() { c.lookup(&f.hit, size) }), "%s %d: lookup-hit", name, size)
		assert.Zero(t, sum(func() { c.lookup(&f.absent, size) }), "%s %d: lookup-miss", name, size)
		assert.Equal(t, 2*total, sum(func() { c.iterate(2) }), "%s %d: iterate", name, size)
	}
	intact()

	c.set(&f.hit, size+1) // once round, and one
	n, get := result()
	v, _ := get(in.hit[0])
	assert.Equal(t, []int64{int64(size), int64(-1 - size)}, []int64{int64(n), v}, "%s %d: set", name, size)
	f.hit.Next = 0
	intact()

	c.set(&f.fresh, size)
	n, get = result()
	v, ok := get(in.fresh[size-1])
	assert.True(t, ok)
	assert.Equal(t, []int64{int64(size + 1), int64(-size)}, []int64{int64(n), v}, "%s %d: insert", name, size)
	intact()

	c.delete(size)
	n, get = result()
	_, ok = get(in.hit[size-1])
	assert.False(t, ok)
	assert.Equal(t, size-1, n, "%s %d: delete", name, size)
	intact()
}

func TestBuiltinIsAsItWasAfterEveryRun(t *testing.T) {
	in := stringInput(100)
	f := &builtinMap[string]{newFixture(in, goMap(in))}
	f.insert(150)
	assert.Equal(t, goMap(in), f.base)
	f.delete(150)
	assert.Len(t, f.base, 100)
	f.set(100)
	for _, k := range in.keys {
		assert.Negative(t, f.base[k])
	}

	c := &clonedMap[string]{newFixture(in, goMap(in))}
	c.set(&c.fresh, 1)
	assert.Len(t, c.out, 101)
	c.set(&c.hit, 1)
	assert.Equal(t, int64(-1), c.out[in.hit[0]])
	c.delete(2)
	assert.Len(t, c.out, 99)
	assert.Equal(t, goMap(in), c.base)
}

func TestVersions(t *testing.T) {
	in := intInput(1000)
	r := libraries[int64]()[0].versions(in)
	require.NotNil(t, r["union"])

	f := newRametVersions(in)
	f.union(1)
	assert.Equal(t, 1000, f.out.Len())
	for _, k := range in.hit[:edits(in)] {
		assert.Negative(t, f.out.Get(k))
	}
	f.equal(20)
	assert.Zero(t, f.count, "a version one edit apart is equal")
	f.diff(20)
	assert.Equal(t, 20, f.count, "one difference each")

	z := newFrozenVersions(in)
	z.union(1)
	assert.Equal(t, 1000, z.out.Count())
	for _, k := range in.hit[:edits(in)] {
		assert.Negative(t, z.out.MustGet(k))
	}
	z.equal(20)
	assert.Zero(t, z.count)

	p := newPmmapVersions(in)
	p.union(1)
	assert.Equal(t, 1000, p.out.Size())
	for _, k := range in.hit[:edits(in)] {
		v, _ := p.out.Lookup(k)
		assert.Negative(t, v)
	}
	p.equal(20)
	assert.Zero(t, p.count)
	assert.True(t, p.a.Equal(p.a, func(x, y int64) bool { return x == y }))

	b := newBuiltinVersions(in)
	b.union(1)
	assert.Equal(t, b.near, b.out)
	assert.NotEqual(t, b.near, b.a)
	b.equal(3)
	assert.Zero(t, b.count)
}

// All unions and intersections have the same entries.
func TestPairs(t *testing.T) {
	in := stringInput(1000)
	procs := runtime.GOMAXPROCS(0)
	r, b, w, z, p := newRametPair(in), newBuiltinPair(in), newTidwallPair(in), newFrozenPair(in), newPmmapPair(in)
	check := func(want map[string]int64) {
		t.Helper()
		assert.Equal(t, want, b.out)
		assert.Equal(t, want, maps.Collect(r.out.All()))
		assert.Equal(t, len(want), w.out.Len())
		assert.Equal(t, len(want), z.out.Count())
		for k, v := range want {
			got, _ := w.out.Get(k)
			require.Equal(t, []int64{v, v}, []int64{got, z.out.MustGet(k)})
		}
	}
	for _, f := range []interface{ union(n int) }{r, b, w, z, p} {
		f.union(2)
	}
	want := goMap(in)
	for i, k := range in.fresh {
		want[k] = int64(-1 - i)
	}
	check(want)
	assert.Equal(t, want, maps.Collect(p.out.All()))
	for _, f := range []interface{ intersection(n int) }{r, b, w, z} {
		f.intersection(2)
	}
	want = map[string]int64{}
	for _, k := range in.hit[:50] {
		want[k] = goMap(in)[k]
	}
	check(want)
	assert.Equal(t, goMap(in), maps.Collect(r.a.All()))
	oneCore[string]().pair(in)["union-random"](1)
	assert.Equal(t, procs, runtime.GOMAXPROCS(0))
}

func TestInput(t *testing.T) {
	testInput(t, intInput(1000))
	in := stringInput(1000)
	testInput(t, in)
	for _, k := range slices.Concat(in.keys, in.fresh) {
		assert.True(t, 8 <= len(k) && len(k) <= 24, "%q", k)
	}
}

func testInput[K Key](t *testing.T, in *input[K]) {
	assert.Len(t, in.keys, 1000)
	assert.ElementsMatch(t, in.keys, in.hit)
	assert.NotEqual(t, in.keys, in.hit)
	assert.Len(t, in.fresh, 1000)
	m := goMap(in)
	assert.Len(t, m, 1000)
	for _, k := range in.fresh {
		assert.NotContains(t, m, k)
	}
}

func TestGroups(t *testing.T) {
	require.NoError(t, contest.Check(Groups()))
	cases := map[string]bool{}
	for _, g := range Groups() {
		for _, c := range g.Cases {
			cases[g.Name+"/"+c.Name] = true
		}
	}
	for name := range intTargets {
		assert.True(t, cases["hamt/int64/"+name], name)
	}
	for name := range stringTargets {
		assert.True(t, cases["hamt/string/"+name], name)
	}
}
