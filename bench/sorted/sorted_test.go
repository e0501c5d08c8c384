package sorted

import (
	"runtime"
	"slices"
	"testing"

	"github.com/benbjohnson/immutable"
	"github.com/cilium/statedb/part"
	googlebtree "github.com/google/btree"
	iradix "github.com/hashicorp/go-immutable-radix/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/tidwall/btree"

	"github.com/ramet-go/ramet/bench/contest"
	"github.com/ramet-go/ramet/rbtree"
)

// The contestants must do what the tables say: a loop that skips its work would win.

// entriesOf returns the entries of a contestant's map, ascending.
func entriesOf[K Key](m any) (es []entry[K]) {
	add := func(k K, v int64) bool { es = append(es, entry[K]{k, v}); return true }
	switch m := m.(type) {
	case rbtree.Map[K, int64]:
		m.All()(add)
	case *btree.Map[K, int64]:
		m.Scan(add)
	case *googlebtree.BTreeG[entry[K]]:
		m.Ascend(func(e entry[K]) bool { return add(e.k, e.v) })
	case *immutable.SortedMap[K, int64]:
		for it := m.Iterator(); !it.Done(); {
			k, v, _ := it.Next()
			add(k, v)
		}
	case *iradix.Tree[int64]:
		m.Root().Walk(func(k []byte, v int64) bool { return !add(any(string(k)).(K), v) })
	case part.Map[string, int64]:
		for k, v := range m.All() {
			add(any(k).(K), v)
		}
	default:
		panic("a map of an unknown kind")
	}
	return es
}

func TestContestants(t *testing.T) {
	t.Run("int64", func(t *testing.T) { testContestants(t, intInput) })
	t.Run("string", func(t *testing.T) { testContestants(t, stringInput) })
}

func TestContestantsOfStrings(t *testing.T) {
	for _, size := range []int{1, 10, 1000} {
		in := stringInput(size)
		r := &iradixMap{newFixture(in, iradixBuild(in.keys))}
		testContestant(t, "iradix", in, r.loops(), &r.fixture)
		p := &partMap{newFixture(in, partBuild(in.keys))}
		testContestant(t, "part", in, p.loops(), &p.fixture)
	}
}

func testContestants[K Key](t *testing.T, newInput func(int) *input[K]) {
	for _, size := range []int{1, 10, 1000} {
		in := newInput(size)

		r := &rametMap[K]{newFixture(in, rametBuild(in.keys))}
		testContestant(t, "ramet", in, r.loops(), &r.fixture)
		testAt(t, "ramet", in, &r.fixture, r.at)

		w := &tidwallMap[K]{newFixture(in, tidwallBuild(in.keys))}
		testContestant(t, "tidwall", in, w.loops(), &w.fixture)
		testAt(t, "tidwall", in, &w.fixture, w.at)

		g := &googleMap[K]{newFixture(in, googleBuild(in.keys))}
		testContestant(t, "google", in, g.loops(), &g.fixture)

		b := &benbjohnsonMap[K]{newFixture(in, benbjohnsonBuild(in.keys))}
		testContestant(t, "benbjohnson", in, b.loops(), &b.fixture)
	}
}

// want returns the entries of in's map, ascending.
func (in *input[K]) want() []entry[K] {
	var es []entry[K]
	for i, k := range in.keys {
		es = append(es, entry[K]{k, int64(i)})
	}
	slices.SortFunc(es, byKey)
	return es
}

func byKey[K Key](a, b entry[K]) int {
	if a.k < b.k {
		return -1
	}
	return 1
}

// testContestant runs the loops of c, whose fixture is f.
func testContestant[K Key, M any](t *testing.T, name string, in *input[K], c loops[K], f *fixture[K, M]) {
	size, base := len(in.keys), in.want()
	total := int64(size) * int64(size-1) / 2
	sum := func(run func()) int64 {
		f.sum = 0
		run()
		return f.sum
	}
	intact := func(after string) {
		t.Helper()
		assert.Equal(t, base, entriesOf[K](f.base), "%s %d: the base, after %s", name, size, after)
	}
	index := func(k K) int {
		return slices.IndexFunc(base, func(e entry[K]) bool { return e.k == k })
	}
	assert.Equal(t, total, sum(func() { c.lookup(&f.hit, size) }), "%s %d: lookup-hit", name, size)
	assert.Zero(t, sum(func() { c.lookup(&f.absent, size) }), "%s %d: lookup-miss", name, size)
	assert.Equal(t, 2*total, sum(func() { c.iterate(2) }), "%s %d: iterate", name, size)
	assert.Equal(t, base[size-1].k, f.last, "%s %d: iterate", name, size)
	intact("reading")

	want := int64(0) // of two stretches
	for i := range 2 {
		at := index(f.hit.List[i])
		for _, e := range base[at:min(at+stretch, size)] {
			want += e.v
		}
	}
	f.hit.Next = 0
	assert.Equal(t, want, sum(func() { c.from(2) }), "%s %d: from", name, size)
	if c.minMax != nil {
		assert.Equal(t, 3*(base[0].v+base[size-1].v), sum(func() { c.minMax(3) }), "%s %d: min-max", name, size)
		assert.Equal(t, base[size-1].k, f.last, "%s %d: min-max", name, size)
	}

	f.hit.Next = 0
	c.set(&f.hit, size+1) // once round, and one
	changed := slices.Clone(base)
	changed[index(f.hit.List[size%len(f.hit.List)])].v = int64(-1 - size)
	assert.Equal(t, changed, entriesOf[K](f.out), "%s %d: set", name, size)
	intact("set")

	f.fresh.Next = 0
	c.set(&f.fresh, size)
	longer := append(slices.Clone(base), entry[K]{f.fresh.List[size-1], int64(-size)})
	slices.SortFunc(longer, byKey)
	assert.Equal(t, longer, entriesOf[K](f.out), "%s %d: insert", name, size)
	intact("insert")

	f.hit.Next = 0
	c.delete(size)
	at := index(f.hit.List[size-1])
	assert.Equal(t, append([]entry[K](nil), slices.Delete(slices.Clone(base), at, at+1)...), entriesOf[K](f.out), "%s %d: delete", name, size)
	intact("delete")
}

func testAt[K Key, M any](t *testing.T, name string, in *input[K], f *fixture[K, M], at func(n int)) {
	size := len(in.keys)
	f.sum = 0
	at(size)
	assert.Equal(t, int64(size)*int64(size-1)/2, f.sum, "%s %d: at", name, size)
	at(1)
	assert.Equal(t, in.want()[f.spots.List[size%len(f.spots.List)]].k, f.last, "%s %d: at", name, size)
}

// However a contestant makes a map, it has the input's entries.
func TestBuilds(t *testing.T) {
	in := stringInput(1000)
	built := 0
	for _, l := range libraries[string]() {
		if l.build != nil {
			built++
			assert.Equal(t, in.want(), entriesOf[string](l.build(in.keys)), l.name)
			for i, e := range entriesOf[string](l.build(in.sorted)) {
				require.Equal(t, entry[string]{in.sorted[i], int64(i)}, e, l.name)
			}
		}
	}
	assert.Equal(t, 6, built)
}

func TestUnions(t *testing.T) {
	in := intInput(1000)
	for _, p := range pairings[int64]() {
		a, b := p.keys(in)
		r := &rametPair[int64]{a: rametBuild(a), b: rametBuild(b)}
		r.union(2)
		w := &tidwallPair[int64]{a: tidwallBuild(a), b: tidwallBuild(b)}
		w.union(2)
		assert.Equal(t, 2000, r.out.Len(), p.name)
		assert.Equal(t, entriesOf[int64](w.out), entriesOf[int64](r.out), p.name)
		assert.Equal(t, 1000, w.a.Len(), p.name)
	}
	procs := runtime.GOMAXPROCS(0)
	oneCore[int64]().unite(in.keys, in.fresh)(1)
	assert.Equal(t, procs, runtime.GOMAXPROCS(0))
}

func TestIntersections(t *testing.T) {
	in := stringInput(1000)
	r := &rametPair[string]{a: rametBuild(in.keys), b: rametBuild(in.few())}
	r.intersection(2)
	w := &tidwallPair[string]{a: tidwallBuild(in.keys), b: tidwallBuild(in.few())}
	w.intersection(2)
	assert.Equal(t, 50, r.out.Len())
	assert.Equal(t, entriesOf[string](w.out), entriesOf[string](r.out))
	for _, e := range entriesOf[string](r.out) {
		assert.Contains(t, in.want(), e)
	}
}

func TestVersions(t *testing.T) {
	in := intInput(1000)
	r, w := newRametVersions(in), newTidwallVersions(in)
	r.union(1)
	w.union(1)
	assert.Equal(t, entriesOf[int64](w.out), entriesOf[int64](r.out))
	assert.True(t, rbtree.Equal(r.b, r.out))
	assert.Equal(t, in.want(), entriesOf[int64](w.a))
	r.diff(3)
	assert.Equal(t, 3*edits, r.count)
	r.splitJoin(2)
	assert.True(t, rbtree.Equal(r.out, r.a.Delete(in.hit[1])))
}

func TestInput(t *testing.T) {
	testInput(t, intInput(1000))
	testInput(t, stringInput(1000))
}

func testInput[K Key](t *testing.T, in *input[K]) {
	assert.Len(t, in.keys, 1000)
	assert.ElementsMatch(t, in.keys, in.hit)
	assert.NotEqual(t, in.keys, in.hit)
	assert.Equal(t, slices.Sorted(slices.Values(in.keys)), in.sorted)
	assert.Len(t, in.fresh, 1000)
	all := slices.Sorted(slices.Values(slices.Concat(in.keys, in.fresh)))
	assert.Len(t, slices.Compact(slices.Clone(all)), 2000)
	a, b := in.interleaved()
	assert.False(t, slices.IsSorted(a) || slices.IsSorted(b))
	slices.Sort(a)
	slices.Sort(b)
	for i := range a {
		assert.True(t, a[i] < b[i] && (i == 0 || b[i-1] < a[i]))
	}
	a, b = in.disjoint()
	assert.Less(t, slices.Max(a), slices.Min(b))
	assert.Len(t, b, 1000)
	assert.False(t, slices.IsSorted(in.spots))
	assert.Len(t, slices.Compact(slices.Sorted(slices.Values(in.spots))), 1000)
}

func TestGroups(t *testing.T) {
	require.NoError(t, contest.Check(Groups()))
	names := map[string]bool{}
	for _, g := range Groups() {
		for _, c := range g.Cases {
			names[g.Name+"/"+c.Name] = true
		}
	}
	for name := range intTargets {
		assert.True(t, names["rbtree/int64/"+name], name)
	}
	for name := range stringTargets {
		assert.True(t, names["rbtree/string/"+name], name)
	}
}
