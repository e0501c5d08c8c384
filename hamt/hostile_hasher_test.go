package hamt_test

import (
	"hash/maphash"
	"math/rand/v2"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/testkit"
)

// A turncoat changes its mind about every hash whenever age does, and never within an operation.
type turncoat struct {
	testkit.Mask[int]
	age *atomic.Uint64
}

func (h turncoat) Sum64(seed maphash.Seed, k int) uint64 {
	return h.Mask.Sum64(seed, k*31+int(h.age.Load()))
}

// A wanderer gives each key one of two hashes by turns.
type wanderer struct {
	testkit.Mask[int]
	turn *atomic.Uint64
}

func (h wanderer) Sum64(seed maphash.Seed, k int) uint64 {
	return h.Mask.Sum64(seed, 2*k+int(h.turn.Add(1)%2))
}

// TestHostileHashersInEveryOperation runs each operation, on trees of many shapes, under hashers
// that lie: nothing panics, the number of questions that are asked is bounded, Len is what
// iteration yields, and other versions have the entries that they had, in their order.
func TestHostileHashersInEveryOperation(t *testing.T) {
	rng := testkit.Rand(t)
	age, turn := new(atomic.Uint64), new(atomic.Uint64)
	good := testkit.Mask[int]{Keep: ^uint64(0)}
	liars := append(testkit.Liars[int](),
		testkit.NamedHasher[int]{Name: "turncoat", Hasher: turncoat{good, age}},
		testkit.NamedHasher[int]{Name: "turncoat, few bits", Hasher: turncoat{testkit.LastBits[int](4), age}},
		testkit.NamedHasher[int]{Name: "wanderer", Hasher: wanderer{good, turn}},
		testkit.NamedHasher[int]{Name: "wanderer, last bits", Hasher: wanderer{testkit.TopEqual[int](58), turn}},
	)
	for _, h := range liars {
		t.Run(h.Name, func(t *testing.T) {
			l := liesTest{T: t, rng: rng, h: &testkit.Counting[int]{Summer: h.Hasher.(testkit.Summer[int])}}
			for _, n := range []int{0, 1, hamt.LeafMax, hamt.LeafMax + 1, 5 * hamt.LeafMax, 12 * hamt.LeafMax} {
				age.Add(1)
				m := l.build(n, 0)
				age.Add(rng.Uint64N(2))
				for _, o := range []hamt.Map[int, int]{l.build(n/2, n/4), l.build(n, 0), m.Set(n/2, -1).Delete(n / 3), l.build(1, 5)} {
					l.run(m, o)
					age.Add(rng.Uint64N(2))
				}
			}
		})
	}
}

type liesTest struct {
	*testing.T
	rng *rand.Rand
	h   *testkit.Counting[int]
}

func (l *liesTest) build(n, from int) hamt.Map[int, int] {
	b := hamt.NewMap[int, int](l.h).Builder()
	for i := range n {
		b.Set(from+i, i)
	}
	return b.Build()
}

type keyValue struct{ k, v int }

func entries(m hamt.Map[int, int]) (es []keyValue) {
	for k, v := range m.All() {
		es = append(es, keyValue{k, v})
	}
	return es
}

// run tries all operations on m and o.
func (l *liesTest) run(m, o hamt.Map[int, int]) {
	ems, eos := entries(m), entries(o)
	some := func(k, _ int) bool { return k%3 > 0 }
	eq := func(a, b int) bool { return a == b }
	b := m.Builder()
	for i := range 5 {
		b.Set(i, i)
	}
	none := hamt.NewSet[int](l.h)
	s, r := none, none
	for k := range m.Keys() {
		s = s.Add(k)
	}
	for k := range o.Keys() {
		r = r.Add(k)
	}
	set := func(s hamt.Set[int]) hamt.Map[int, int] {
		n := 0
		for range s.All() {
			n++
		}
		require.Equal(l, s.Len(), n)
		return m
	}
	nothing := func(do func()) func() hamt.Map[int, int] {
		return func() hamt.Map[int, int] { do(); return m }
	}
	for _, op := range []struct {
		name string
		do   func() hamt.Map[int, int]
	}{
		{"Lookup", nothing(func() { m.Lookup(3) })},
		{"Set", func() hamt.Map[int, int] { return m.Set(3, 4) }},
		{"SetIfChanged", func() hamt.Map[int, int] { return hamt.SetIfChanged(m, 3, 4) }},
		{"Delete", func() hamt.Map[int, int] { return m.Delete(3) }},
		{"DeleteAll", func() hamt.Map[int, int] { return m.DeleteAll(3, 4, 3) }},
		{"UpdateIfChanged", func() hamt.Map[int, int] { return hamt.UpdateIfChanged(m, 3, func(v int) int { return v + 1 }) }},
		{"SetIfChangedFunc", func() hamt.Map[int, int] { return hamt.SetIfChangedFunc(m, 3, 4, eq) }},
		{"Partition", func() hamt.Map[int, int] {
			yes, no := m.Partition(some)
			require.Equal(l, m.Len(), yes.Len()+no.Len())
			return yes
		}},
		{"Restrict", func() hamt.Map[int, int] { return m.Restrict(r) }},
		{"Restrict, other way", func() hamt.Map[int, int] { return o.Restrict(s) }},
		{"Without", func() hamt.Map[int, int] { return m.Without(r) }},
		{"Without, other way", func() hamt.Map[int, int] { return o.Without(s) }},
		{"KeySet", func() hamt.Map[int, int] { return set(m.KeySet()) }},
		{"IntersectionFunc", func() hamt.Map[int, int] { return m.IntersectionFunc(o, func(_, a, b int) int { return a + b }) }},
		{"JoinFunc", func() hamt.Map[int, int] { return hamt.JoinFunc(m, o, func(_, a, b int) int { return a + b }) }},
		{"Update", func() hamt.Map[int, int] { return m.Update(3, func(v int, ok bool) (int, bool) { return v, !ok }) }},
		{"SetAll", func() hamt.Map[int, int] { return m.SetAll(o.All()) }},
		{"SetAll of empty", func() hamt.Map[int, int] { return hamt.NewMap[int, int](l.h).SetAll(chain(m, o)) }},
		{"Filter", func() hamt.Map[int, int] { return m.Filter(some) }},
		{"MapValues", func() hamt.Map[int, int] { return hamt.MapValues(m, func(k, v int) int { return k + v }) }},
		{"Union", func() hamt.Map[int, int] { return m.Union(o) }},
		{"Union, other way", func() hamt.Map[int, int] { return o.Union(m) }},
		{"UnionFunc", func() hamt.Map[int, int] { return m.UnionFunc(o, func(_, a, b int) int { return a + b }) }},
		{"Intersection", func() hamt.Map[int, int] { return m.Intersection(o) }},
		{"Intersection, other way", func() hamt.Map[int, int] { return o.Intersection(m) }},
		{"Difference", func() hamt.Map[int, int] { return m.Difference(o) }},
		{"Difference, other way", func() hamt.Map[int, int] { return o.Difference(m) }},
		{"Equal", nothing(func() { hamt.Equal(m, o); hamt.EqualFunc(m, o, eq) })},
		{"Diff and Apply", func() hamt.Map[int, int] { return hamt.Apply(m, hamt.Diff(m, o)) }},
		{"Merge", func() hamt.Map[int, int] { r, _ := hamt.Merge(m, o, m.Union(o)); return r }},
		{"MergeFunc", func() hamt.Map[int, int] {
			return hamt.MergeFunc(o, m, m.Filter(some), eq, func(c diff.Conflict[int, int]) (int, bool) { return c.Theirs, c.InTheirs })
		}},
		{"builder Set", func() hamt.Map[int, int] { b.Set(l.rng.IntN(40), 7); return b.Build() }},
		{"builder SetAll", func() hamt.Map[int, int] { b.SetAll(o.All()); return b.Build() }},
		{"builder Update", func() hamt.Map[int, int] {
			b.Update(2, func(v int, ok bool) (int, bool) { b.Set(9, 9); return v, !ok })
			return b.Build()
		}},
		{"builder Swap", func() hamt.Map[int, int] { b.Swap(l.rng.IntN(40), 7); b.Take(l.rng.IntN(40)); return b.Build() }},
		{"builder Delete", func() hamt.Map[int, int] { b.Delete(4); b.Set(4, 4); b.Delete(4); return b.Build() }},
		{"builder DeleteFunc", func() hamt.Map[int, int] { b.DeleteFunc(some); return b.Build() }},
		{"DeleteFunc with a del that sets", func() hamt.Map[int, int] {
			b := m.Builder()
			b.DeleteFunc(func(k, _ int) bool { b.Set(k+1, 1); return some(k, 0) })
			return b.Build()
		}},
		{"set Add", func() hamt.Map[int, int] { return set(s.Add(1, 2, 3)) }},
		{"set AddAll", func() hamt.Map[int, int] { return set(s.AddAll(r.All())) }},
		{"set Replace", func() hamt.Map[int, int] { return set(s.Replace(3).Replace(1000)) }},
		{"set builder", func() hamt.Map[int, int] {
			b := s.Builder()
			b.AddAll(r.All())
			b.Replace(3)
			b.Lookup(4)
			return set(b.Build())
		}},
		{"MergeSets", func() hamt.Map[int, int] { return set(hamt.MergeSets(s, r, s.Delete(3))) }},
		{"set Delete", func() hamt.Map[int, int] { return set(s.Delete(1, 2, 3)) }},
		{"set Union", func() hamt.Map[int, int] { return set(s.Union(r)) }},
		{"set Intersection", func() hamt.Map[int, int] { return set(s.Intersection(r)) }},
		{"set Difference", func() hamt.Map[int, int] { return set(s.Difference(r)) }},
		{"set SymmetricDifference", func() hamt.Map[int, int] { return set(s.SymmetricDifference(r)) }},
		{"set relations", nothing(func() { s.SubsetOf(r); s.Disjoint(r); s.Equal(r) })},
		{"set Diff", func() hamt.Map[int, int] { return set(hamt.ApplySet(s, hamt.DiffSets(s, r))) }},
	} {
		l.h.Reset()
		var got hamt.Map[int, int]
		require.NotPanics(l, func() { got = op.do() }, op.name)
		// What an Equal that always refuses costs is every pair; each hash may be asked for
		// again for each level that is divided.
		size := int64(len(ems) + len(eos) + got.Len() + b.Len() + 16)
		require.LessOrEqual(l, l.h.Equals.Load(), 8*size*size, op.name)
		require.LessOrEqual(l, l.h.Hashes.Load(), 64*size*int64(hamt.Levels), op.name)
		require.Equal(l, got.Len(), len(entries(got)), op.name)
		require.Equal(l, ems, entries(m), "%s: the receiver has changed", op.name)
		require.Equal(l, eos, entries(o), "%s: the operand has changed", op.name)
	}
}

// halves takes 2n and 2n+1 for one key.
type halves struct{}

func (halves) Hash(h *maphash.Hash, k int) { maphash.WriteComparable(h, k/2) }
func (halves) Equal(a, b int) bool         { return a/2 == b/2 }

// TestEqualAcrossHashers: keys that a takes for one are one in b as well.
func TestEqualAcrossHashers(t *testing.T) {
	coarse := hamt.NewMap[int, int](halves{}).Set(2, 7)
	fine := hamt.MapOf(map[int]int{2: 7, 3: 7})
	assert.True(t, hamt.Equal(coarse, fine), "under the hasher of the first")
	assert.False(t, hamt.Equal(fine, coarse))
	assert.False(t, hamt.Equal(coarse, fine.Set(5, 7)))
	assert.False(t, hamt.Equal(coarse, hamt.Map[int, int]{}))
}

// TestMergeAcrossHashers: which keys are equal is for ours to say. Theirs may take two keys for one.
func TestMergeAcrossHashers(t *testing.T) {
	base := hamt.MapOf(map[int]int{2: 7, 3: 7})
	theirs := hamt.NewMap[int, int](halves{}).Set(3, 7) // finds 2 as well
	merged, conflicts := hamt.Merge(base, base, theirs)
	assert.Empty(t, conflicts)
	assert.Equal(t, "{3: 7}", merged.String())
	assert.True(t, hamt.Equal(hamt.Apply(base, hamt.Diff(base, theirs)), merged))
}
