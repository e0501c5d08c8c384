package rbtree_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/rbtree"
)

// A liar is a comparator that breaks the rules.
type liar struct {
	name    string
	compare func(a, b int) int
}

// liars returns comparators that contradict themselves. age changes what some of them say, between operations only.
func liars(age *int) []liar {
	rng := rand.New(rand.NewPCG(11, 7))
	turn := 0
	return []liar{
		{"coin", func(a, b int) int { return rng.IntN(3) - 1 }},
		{"coin of two sides", func(a, b int) int { return 2*rng.IntN(2) - 1 }},
		{"always below", func(a, b int) int { return -1 }},
		{"always above", func(a, b int) int { return 1 }},
		{"always equal", func(a, b int) int { return 0 }},
		{"extremes", func(a, b int) int { return []int{math.MinInt, 0, math.MaxInt}[cmp.Compare(a, b)+1] }}, // tells the truth
		{"by turns", func(a, b int) int { turn++; return (turn%2*2 - 1) * cmp.Compare(a, b) }},
		{"now and then", func(a, b int) int { turn++; return cmp.Compare(a, b) * min(1, turn%7) }},
		{"circle", func(a, b int) int { return cmp.Compare((b-a+300)%100, 50) }},
		{"stone, paper, scissors", func(a, b int) int { return [...]int{0, 1, -1}[(a%3-b%3+3)%3] }},
		{"less or equal", func(a, b int) int { return 1 - 2*b2i(a <= b) }},
		{"greater or equal", func(a, b int) int { return 2*b2i(a >= b) - 1 }},
		{"near enough", func(a, b int) int { return (a - b) / 5 }}, // equality is not transitive
		{"one key out of place", func(a, b int) int {
			if a == 9 || b == 9 {
				return -1
			}
			return cmp.Compare(a, b)
		}},
		{"turncoat", func(a, b int) int { return cmp.Compare(a, b) * (1 - *age%2*2) }},
		{"coarser with age", func(a, b int) int { return cmp.Compare(a/(1+*age%4), b/(1+*age%4)) }},
		{"shuffled with age", func(a, b int) int { return cmp.Compare(a*37%101^*age, b*37%101^*age) }},
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

type keyValue struct{ k, v int }

func entriesOf(m rbtree.Map[int, int]) (es []keyValue) {
	for k, v := range m.All() {
		es = append(es, keyValue{k, v})
	}
	return es
}

// An operation is done to two maps. Single ones ask no more questions than one way from the root to a leaf has. An
// operation may have a builder at hand, which has the entries of m, some of them in nodes of its own.
type operation struct {
	name   string
	single bool
	do     func(m, o rbtree.Map[int, int], b *rbtree.MapBuilder[int, int]) rbtree.Map[int, int]
}

func operations() []operation {
	type M = rbtree.Map[int, int]
	type B = *rbtree.MapBuilder[int, int]
	some := func(k, _ int) bool { return k%3 > 0 }
	eq := func(a, b int) bool { return a == b }
	read := func(name string, f func(m M)) operation {
		return operation{name, true, func(m, _ M, _ B) M { f(m); return m }}
	}
	one := func(name string, f func(m M) M) operation {
		return operation{name, true, func(m, _ M, _ B) M { return f(m) }}
	}
	two := func(name string, f func(m, o M) M) operation {
		return operation{name, false, func(m, o M, _ B) M { return f(m, o) }}
	}
	build := func(name string, f func(b B, o M)) operation {
		return operation{name, false, func(_, o M, b B) M { f(b, o); return b.Build() }}
	}
	span := func(s rbtree.Span[int, int]) M {
		n := 0
		for range s.All() {
			n++
		}
		for range s.Backward() {
			n--
		}
		m := s.Map()
		s.Min()
		s.Max()
		if n != 0 || s.Len() != m.Len() {
			panic(fmt.Sprintf("a span of length %d yields %d more one way, and its Map has %d", s.Len(), n, m.Len()))
		}
		return m
	}
	set := func(m M) rbtree.Set[int] {
		s := rbtree.Set[int]{}
		for k := range m.Keys() {
			s = s.Add(k)
		}
		return s
	}
	return []operation{
		read("Lookup", func(m M) { m.Lookup(3); m.Get(4); m.Contains(40) }),
		read("Floor and Ceiling", func(m M) { m.Floor(5); m.Ceiling(5) }),
		read("Rank", func(m M) { m.Rank(7) }),
		read("Min, Max, At", func(m M) {
			m.Min()
			m.Max()
			for i := range m.Len() {
				m.At(i)
			}
		}),
		one("Set", func(m M) M { return m.Set(3, 4) }),
		one("Set of a new key", func(m M) M { return m.Set(1000, 4) }),
		one("SetIfChanged", func(m M) M { return rbtree.SetIfChanged(m, 3, 4) }),
		one("Delete", func(m M) M { return m.Delete(3) }),
		one("Update", func(m M) M { return m.Update(3, func(v int, ok bool) (int, bool) { return v, !ok }) }),
		one("From and To", func(m M) M { return span(m.From(2).To(20)) }),
		one("Above and Below", func(m M) M { return span(m.Above(20).Below(2)) }),
		one("Split", func(m M) M { m, _, _, _ = m.Split(8); return m }),
		one("Split, above", func(m M) M { _, _, _, m = m.Split(8); return m }),
		two("Join", func(m, o M) M {
			defer func() {
				if r, ok := recover().(string); ok && !hasSuffix(r, "which is not above it") {
					panic(r)
				}
			}()
			lower, _, _, _ := m.Split(10)
			_, _, _, upper := o.Split(10)
			return lower.Join(upper)
		}),
		two("SetAll", func(m, o M) M { return m.SetAll(o.All()) }),
		two("SetAll of empty", func(m, o M) M { return m.Filter(func(int, int) bool { return false }).SetAll(o.Union(m).All()) }),
		two("Filter", func(m, _ M) M { return m.Filter(some) }),
		two("MapValues", func(m, _ M) M { return rbtree.MapValues(m, func(k, v int) int { return k + v }) }),
		two("Union", func(m, o M) M { return m.Union(o) }),
		two("Union, other way", func(m, o M) M { return o.Union(m) }),
		two("UnionFunc", func(m, o M) M { return m.UnionFunc(o, func(_, a, b int) int { return a + b }) }),
		two("Intersection", func(m, o M) M { return m.Intersection(o) }),
		two("Intersection, other way", func(m, o M) M { return o.Intersection(m) }),
		two("Difference", func(m, o M) M { return m.Difference(o) }),
		two("Difference, other way", func(m, o M) M { return o.Difference(m) }),
		two("Equal", func(m, o M) M {
			rbtree.Equal(m, o)
			rbtree.EqualFunc(o, m, eq)
			rbtree.Equal(m, m.Set(2, -1))
			return m
		}),
		two("Diff and Apply", func(m, o M) M { return rbtree.Apply(m, rbtree.Diff(m, o)) }),
		two("Merge", func(m, o M) M { r, _ := rbtree.Merge(m, o, m.Filter(some)); return r }),
		two("MergeFunc", func(m, o M) M {
			return rbtree.MergeFunc(o, m, m.Filter(some), eq, func(c diff.Conflict[int, int]) (int, bool) { return c.Theirs, c.InTheirs })
		}),
		two("UnmarshalJSON", func(m, _ M) M {
			if err := json.Unmarshal([]byte(`{"1": 2, "3": 4, "2": 5, "1": 7, "40": 1}`), &m); err != nil {
				panic(err)
			}
			return m
		}),
		two("of sets in the natural order", func(m, o M) M { set(m).SymmetricDifference(set(o)); return m }),
		build("builder Set", func(b B, _ M) { b.Set(17, 7) }),
		build("builder Sets that ascend", func(b B, _ M) {
			for k := range 2 * rbtree.LeafMost {
				b.Set(500+k, k)
			}
		}),
		build("builder SetAll", func(b B, o M) { b.SetAll(o.All()) }),
		build("builder Update", func(b B, _ M) { b.Update(2, func(v int, ok bool) (int, bool) { return v, !ok }) }),
		build("builder Update that sets", func(b B, _ M) {
			b.Update(2, func(v int, ok bool) (int, bool) { b.Set(9, 9); b.Delete(1); return v, true })
		}),
		build("builder Delete", func(b B, _ M) { b.Delete(4) }),
		build("builder DeleteFunc", func(b B, _ M) { b.DeleteFunc(some) }),
		build("builder DeleteFunc that sets", func(b B, _ M) {
			b.DeleteFunc(func(k, _ int) bool { b.Set(k+1, 1); return some(k, 0) })
		}),
		build("builder reads", func(b B, _ M) { b.Get(3); b.Lookup(5); b.Contains(99) }),
	}
}

func hasSuffix(s, end string) bool { return len(s) >= len(end) && s[len(s)-len(end):] == end }

// ascending returns the map of n keys from the given one on, whatever m's comparator says.
func ascending(m rbtree.Map[int, int], n, from int) rbtree.Map[int, int] {
	b := m.Builder()
	for i := range n {
		b.Set(from+i, i)
	}
	return b.Build()
}

// newBuilder returns a builder of m's entries that owns some of its nodes.
func newBuilder(m rbtree.Map[int, int]) *rbtree.MapBuilder[int, int] {
	b := m.Builder()
	for i := range 5 {
		b.Set(3*i, i)
	}
	return b
}

// hostileSizes are those of the maps that operations are tried on: a leaf, two of them, and a few levels.
func hostileSizes() []int {
	sizes := []int{0, 1, rbtree.LeafCap[int, int](), rbtree.LeafCap[int, int]() + 1, 5 * rbtree.LeafMost}
	if testing.Short() {
		return sizes
	}
	return append(sizes, rbtree.FanMax*rbtree.LeafMost+9)
}

// TestLiarsInEveryOperation runs each operation, on trees of many shapes, under comparators that lie: nothing panics,
// the number of questions is bounded, Len is what iteration yields in either direction, the shape is a tree's, and
// other versions have the entries that they had, in their order.
func TestLiarsInEveryOperation(t *testing.T) {
	age := 0
	for _, l := range liars(&age) {
		t.Run(l.name, func(t *testing.T) {
			calls, ran := 0, 0
			empty := rbtree.NewMapFunc[int, int](func(a, b int) int { calls++; return l.compare(a, b) })
			for _, n := range hostileSizes() {
				m := ascending(empty, n, 0)
				age++
				for _, o := range []rbtree.Map[int, int]{ascending(empty, n/2, n/4), m.Set(n/2, -1).Delete(n / 3), ascending(empty, 1, 5)} {
					ms, os := entriesOf(m), entriesOf(o)
					for _, op := range operations() {
						age++
						b := newBuilder(m)
						before := calls
						var got rbtree.Map[int, int]
						require.NotPanics(t, func() { got = op.do(m, o, b) }, op.name)
						limit := 64 * (len(ms) + len(os) + got.Len() + 2*rbtree.LeafMost)
						if op.single {
							limit = 400
						}
						require.LessOrEqual(t, calls-before, limit, op.name)
						require.NoError(t, rbtree.CheckShape(got), op.name)
						es := entriesOf(got)
						require.Len(t, es, got.Len(), op.name)
						for k, v := range got.Backward() {
							require.Equal(t, es[len(es)-1], keyValue{k, v}, op.name)
							es = es[:len(es)-1]
						}
						require.Empty(t, es, op.name)
						require.Equal(t, ms, entriesOf(m), "%s: the receiver has changed", op.name)
						require.Equal(t, os, entriesOf(o), "%s: the operand has changed", op.name)
						ran++
					}
				}
			}
			require.Equal(t, 3*len(hostileSizes())*len(operations()), ran)
			require.Positive(t, calls)
		})
	}
}

// unquestioning are the operations that do not need the comparator.
var unquestioning = map[string]bool{
	"Min, Max, At": true, "Filter": true, "MapValues": true, "of sets in the natural order": true, "builder DeleteFunc": true,
}

// TestComparatorPanicsAtEveryQuestion: whichever question of an operation panics, all versions are as they were, and a builder
// is as it was before the call and can be used on.
func TestComparatorPanicsAtEveryQuestion(t *testing.T) {
	var faults testkit.Faults
	empty := rbtree.NewMapFunc[int, int](func(a, b int) int { faults.Tick(); return cmp.Compare(a, b) })
	n := rbtree.LeafCap[int, int]() + 5
	m := ascending(empty, n, 0)
	o := ascending(empty, n/2, n/2).Set(-3, 1)
	ms, os := entriesOf(m), entriesOf(o)
	want := entriesOf(newBuilder(m).Build())
	for _, op := range operations() {
		fired := 0
		for k := 1; ; k += 1 + k/20 { // every one, then ever fewer
			b := newBuilder(m)
			kept := b.Build()
			b = newBuilder(m)
			done := false
			if !faults.Attempt(k, func() { op.do(m, o, b); done = true }) {
				require.True(t, done, op.name)
				break
			}
			fired++
			require.NoError(t, rbtree.Check(m), op.name)
			require.NoError(t, rbtree.Check(o), op.name)
			require.Equal(t, ms, entriesOf(m), "%s, question %d", op.name, k)
			require.Equal(t, os, entriesOf(o), "%s, question %d", op.name, k)
			require.Equal(t, want, entriesOf(kept), "%s, question %d", op.name, k)
			if op.name == "builder Sets that ascend" {
				continue // those before the fault are done
			}
			require.NoError(t, rbtree.CheckBuilder(b), op.name)
			require.Equal(t, want, entriesOf(b.Build()), "%s, question %d: the builder has changed", op.name, k)
			b.Set(7, 7)
			require.Equal(t, 7, b.Build().Get(7))
		}
		require.Equal(t, !unquestioning[op.name], fired > 0, "%s: %d faults", op.name, fired)
	}
}

// TestComparatorEndsTheGoroutine: an operation that never returns leaves a builder that can be used on.
func TestComparatorEndsTheGoroutine(t *testing.T) {
	var b *rbtree.MapBuilder[int, int]
	armed := false
	empty := rbtree.NewMapFunc[int, int](func(x, y int) int {
		if armed {
			armed = false
			goexit()
		}
		return cmp.Compare(x, y)
	})
	for name, f := range map[string]func(){
		"Set": func() { b.Set(4, 4) }, "Delete": func() { b.Delete(1) }, "Get": func() { b.Get(1) },
		"SetAll": func() { b.SetAll(empty.Set(8, 8).All()) }, "DeleteFunc": func() { b.DeleteFunc(func(int, int) bool { b.Set(9, 9); return true }) },
		"Update": func() { b.Update(1, func(int, bool) (int, bool) { return 0, false }) },
	} {
		b = ascending(empty, 3, 0).Builder()
		b.Set(3, 3)
		done := make(chan struct{})
		go func() {
			defer close(done)
			armed = true
			f()
			t.Errorf("%s: returns", name)
		}()
		<-done
		require.Equal(t, "{0: 0, 1: 1, 2: 2, 3: 3}", b.Build().String(), name)
		b.Set(4, 4)
		require.Equal(t, 5, b.Len(), name)
	}
}

// TestAComparatorThatComesToItsSenses: maps that are made from then on are sound.
func TestAComparatorThatComesToItsSenses(t *testing.T) {
	mad := true
	empty := rbtree.NewMapFunc[int, int](func(a, b int) int {
		if mad {
			return -1
		}
		return cmp.Compare(a, b)
	})
	m := ascending(empty, 50, 0)
	mad = false
	// Whatever m is, what is made of its entries one by one is sound.
	fresh := empty.Filter(func(int, int) bool { return true })
	for k, v := range m.All() {
		fresh = fresh.Set(k, v)
	}
	require.NoError(t, check(fresh))
	require.Equal(t, 50, fresh.Len())
	require.True(t, slices.IsSorted(slices.Collect(fresh.Keys())))
}
