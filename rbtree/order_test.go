package rbtree_test

import (
	"cmp"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/rbtree"
)

// naturally checks every method that compares keys with the given ones, which ascend, and with
// enough copies of the map's shape that there are several nodes.
func naturally[K cmp.Ordered](t *testing.T, keys ...K) {
	t.Helper()
	for _, empty := range []rbtree.Map[K, int]{{}, rbtree.NewMapFunc[K, int](cmp.Compare[K])} {
		for seed := range uint64(8) {
			m := empty
			perm := rand.New(rand.NewPCG(seed, 0)).Perm(len(keys))
			for _, i := range perm {
				m = m.Set(keys[i], -1).Set(keys[i], i)
			}
			require.NoError(t, check(m))
			require.Equal(t, len(keys), m.Len(), "%T", keys)
			i := 0
			for k, v := range m.All() {
				require.Zero(t, cmp.Compare(keys[i], k))
				require.Equal(t, i, v)
				require.Equal(t, i, m.Get(k))
				rank, ok := m.Rank(k)
				require.Equal(t, []any{i, true}, []any{rank, ok})
				i++
			}
			later := rbtree.MapValues(m, func(_ K, v int) int { return v })
			require.Equal(t, m.Len(), m.Union(later).Len())
			require.Equal(t, m.Len(), m.UnionFunc(later, func(_ K, a, b int) int { require.Equal(t, a, b); return a }).Len())
			require.True(t, rbtree.Equal(m, later) && m.Intersection(later) == m && m.Difference(later).Len() == 0)
			odd := m.Filter(func(_ K, v int) bool { return v%2 == 1 })
			require.Equal(t, m.Len(), m.Difference(odd).Union(odd).Len())
			for i, k := range keys {
				require.Equal(t, i%2 == 1, odd.Contains(k), "%v", k)
				require.Equal(t, len(keys)-1, m.Delete(k).Len(), "%v", k)
			}
		}
	}
}

// TestNaturalOrder compares keys with cmp.Compare; those of other kinds are in kinds_test.go.
func TestNaturalOrder(t *testing.T) {
	naturally(t, math.MinInt, -1, 0, 1, 2, math.MaxInt)
	naturally(t, math.NaN(), math.Inf(-1), -1.5, 0, math.SmallestNonzeroFloat64, 1, math.Inf(1))
	naturally(t, "", "\x00", "a", "a\x00", "aa", "b", "\xff")
}

func TestFloatsAreOrderedByCompare(t *testing.T) {
	nan, zero, minus := math.NaN(), 0.0, math.Copysign(0, -1)
	var m rbtree.Map[float64, int]
	m = m.Set(nan, 1).Set(nan, 2).Set(zero, 3).Set(minus, 4)
	assert.Equal(t, 2, m.Len())
	assert.Equal(t, 2, m.Get(math.Float64frombits(math.Float64bits(nan)^1)), "NaN is equal to NaN")
	assert.Equal(t, 4, m.Get(zero))
	k, _ := m.At(1)
	assert.False(t, math.Signbit(k), "the key keeps its instance")
	other := rbtree.CollectMap(testkit.Zip([]float64{minus}, []int{5}))
	k, _ = m.Union(other).At(1)
	assert.False(t, math.Signbit(k), "the receiver's instance")
	assert.Equal(t, 5, m.Union(other).Get(0))
}

// TestNoNaturalOrder: the first write to a map without an order panics, and nothing else does.
func TestNoNaturalOrder(t *testing.T) {
	const forMap = "rbtree: key type rbtree_test.point has no natural order; use NewMapFunc"
	const forSet = "rbtree: key type rbtree_test.point has no natural order; use NewSetFunc"
	var m rbtree.Map[point, int]
	var s rbtree.Set[point]
	p := point{X: 1}
	nothing := iter.Seq2[point, int](func(func(point, int) bool) {})
	full := rbtree.NewMapFunc[point, int](comparePoints).Set(p, 1)
	for name, f := range map[string]func(){
		"Set":           func() { m.Set(p, 1) },
		"Update":        func() { m.Update(p, func(int, bool) (int, bool) { return 1, true }) },
		"SetAll":        func() { m.SetAll(full.All()) },
		"SetIfChanged":  func() { rbtree.SetIfChanged(m, p, 1) },
		"Builder.Set":   func() { new(rbtree.MapBuilder[point, int]).Set(p, 1) },
		"Builder.Setup": func() { m.Builder().SetAll(full.All()) },
		"Union":         func() { m.Union(full) },
		"Join":          func() { m.Join(full) },
		"Apply":         func() { rbtree.Apply(m, rbtree.Diff(m, full)) },
	} {
		assert.PanicsWithValue(t, forMap, f, name)
	}
	set := rbtree.NewSetFunc(comparePoints).Add(p)
	for name, f := range map[string]func(){
		"Add":         func() { s.Add(p) },
		"Add of two":  func() { s.Add(p, p) },
		"Builder.Add": func() { new(rbtree.SetBuilder[point]).Add(p) },
		"Union":       func() { s.Union(set) },
		"Join":        func() { s.Join(set) },
		"ApplySet":    func() { rbtree.ApplySet(s, rbtree.DiffSets(s, set)) },
	} {
		assert.PanicsWithValue(t, forSet, f, name)
	}

	assert.Zero(t, m.Get(p))
	assert.False(t, m.Contains(p) || s.Contains(p))
	assert.True(t, m.Delete(p) == m && s.Delete(p) == s && s.Delete(p, p) == s && s.Add() == s)
	assert.True(t, m.SetAll(nothing) == m)
	assert.True(t, m.Update(p, func(int, bool) (int, bool) { return 1, false }) == m)
	assert.True(t, m.Union(m) == m && m.Intersection(full) == m && m.Difference(full) == m && m.Filter(nil2) == m && m.Join(m) == m)
	_, _, ok := m.Floor(p)
	assert.False(t, ok)
	_, _, ok = m.Ceiling(p)
	assert.False(t, ok)
	i, found := m.Rank(p)
	assert.True(t, i == 0 && !found)
	below, _, found, above := m.Split(p)
	assert.True(t, below == m && above == m && !found)
	assert.Zero(t, m.From(p).To(p).Len())
	assert.True(t, m.From(p).Map() == m)
	assert.True(t, s.SubsetOf(set) && s.Disjoint(set) && !s.Equal(set) && set.Disjoint(s))
	assert.False(t, rbtree.Equal(m, full))
	assert.Len(t, slices.Collect(rbtree.Diff(m, full)), 1)
	assert.Len(t, slices.Collect(rbtree.Diff(full, m)), 1)
	b := new(rbtree.MapBuilder[point, int])
	assert.False(t, b.Delete(p) || b.Contains(p))
	assert.True(t, b.Build() == m)
	assert.True(t, full.Union(m) == full)
}

func nil2(point, int) bool { return false }

// fold is an order of strings that is coarser than the natural one.
func fold(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) }

// TestKeysKeepTheirInstance: where equal keys can be told apart, the receiver's stays.
func TestKeysKeepTheirInstance(t *testing.T) {
	var lower, upper []string
	for i := range 3*rbtree.LeafMost + 2 {
		k := string(rune('a'+i/26)) + string(rune('a'+i%26))
		lower, upper = append(lower, k), append(upper, strings.ToUpper(k))
	}
	empty := rbtree.NewMapFunc[string, int](fold)
	values := make([]int, len(lower))
	m, o := empty.SetAll(testkit.Zip(lower, values)), empty.SetAll(testkit.Zip(upper, values)).Set(upper[1], 7)
	few := empty.Set(upper[0], 7).Set(upper[len(upper)-1], 8)
	b := m.Builder()
	b.SetAll(o.All())
	b.Update(upper[0], func(int, bool) (int, bool) { return 1, true })
	for name, got := range map[string]rbtree.Map[string, int]{
		"Set": m.Set(upper[0], 1), "SetAll": m.SetAll(o.All()), "builder": b.Build(),
		"Union": m.Union(o), "UnionFunc": m.UnionFunc(o, func(_ string, a, b int) int { return b }),
		"Union of few": m.Union(few), "few within many": few.Union(m).Union(empty), "Intersection": m.Intersection(o),
		"Apply": rbtree.Apply(m, rbtree.Diff(m, o)), "SetIfChanged": rbtree.SetIfChanged(m, upper[2], 9),
	} {
		want := slices.Clone(lower)
		if name == "few within many" {
			want[0], want[len(want)-1] = upper[0], upper[len(upper)-1]
		}
		require.NoError(t, check(got), name)
		require.NoError(t, rbtree.CheckShape(got), name)
		assert.Equal(t, want, slices.Collect(got.Keys()), name)
	}
	merged, _ := rbtree.Merge(m, m, o)
	assert.Equal(t, lower, slices.Collect(merged.Keys()))
	s, big := rbtree.NewSetFunc(fold).Add(upper[0]), rbtree.NewSetFunc(fold).Add(lower...)
	assert.True(t, big.Union(s) == big)
}

// TestRoutersAreTheReceiversInstance: where one key of a large map is replaced by the receiver's
// instance, be it the least of a leaf or not.
func TestRoutersAreTheReceiversInstance(t *testing.T) {
	empty, elements := rbtree.NewMapFunc[string, int](fold), rbtree.NewSetFunc(fold)
	var lower []string
	for i := range rbtree.LeafMost * rbtree.FanMax {
		lower = append(lower, string([]rune{'a', rune('0' + i/10%10), rune('0' + i%10), rune('a' + i/100)}))
	}
	slices.Sort(lower)
	large, all := empty.SetAll(testkit.Zip(lower, make([]int, len(lower)))), elements.Add(lower...)
	require.LessOrEqual(t, 2, rbtree.StatsOf(large).Depth)
	for i, k := range lower {
		one := empty.Set(strings.ToUpper(k), 7)
		for _, got := range []rbtree.Map[string, int]{one.Union(large), one.UnionFunc(large, func(_ string, _, b int) int { return b })} {
			require.NoError(t, rbtree.CheckShape(got))
			k, v := got.At(i)
			require.Equal(t, strings.ToUpper(lower[i]), k)
			require.Zero(t, v)
		}
		got := elements.Add(strings.ToUpper(k)).Union(all)
		require.NoError(t, rbtree.CheckSetShape(got))
		require.Equal(t, strings.ToUpper(k), got.At(i))
	}
}

// TestOrdersStayWithTheMap: what is derived from a map keeps its order, emptied or not.
func TestOrdersStayWithTheMap(t *testing.T) {
	empty := rbtree.NewMapFunc[string, int](fold)
	m := empty.Set("b", 1).Set("A", 2)
	b := m.Builder()
	b.Clear()
	var decoded = empty
	require.NoError(t, decoded.UnmarshalJSON([]byte(`{}`)))
	for name, got := range map[string]rbtree.Map[string, int]{
		"Delete": m.Delete("a").Delete("B"), "Filter": m.Filter(func(string, int) bool { return false }), "Difference": m.Difference(m),
		"Intersection": m.Intersection(empty), "Clear": b.Build(), "MapValues": rbtree.MapValues(empty, func(string, int) int { return 0 }),
		"Span": m.Above("z").Map(), "decoded": decoded,
	} {
		assert.True(t, got == empty || name == "MapValues", name)
		assert.Equal(t, 1, got.Set("x", 1).Set("X", 2).Len(), name)
	}
	below, _, _, above := m.Split("a")
	assert.Equal(t, 1, below.Set("x", 1).Set("X", 2).Len())
	assert.Equal(t, []string{"b"}, slices.Collect(above.Set("B", 2).Keys()))
}

// TestBinaryOperationsAcrossOrders: the other map's entries are taken one by one under the
// receiver's order.
func TestBinaryOperationsAcrossOrders(t *testing.T) {
	natural := rbtree.CollectMap(testkit.Zip([]string{"A", "B", "a", "c"}, []int{1, 2, 3, 4}))
	folded := rbtree.NewMapFunc[string, int](fold).SetAll(testkit.Zip([]string{"b", "C", "d"}, []int{5, 6, 7}))
	assert.Equal(t, "{A: 1, B: 2, C: 6, a: 3, b: 5, c: 4, d: 7}", natural.Union(folded).String())
	assert.Equal(t, "{A: 3, b: 2, C: 4, d: 7}", folded.Union(natural).String())
	assert.Equal(t, "{b: 5, C: 6}", folded.Intersection(natural).String())
	assert.Equal(t, "{d: 7}", folded.Difference(natural).String())
	assert.True(t, natural.Difference(folded) == natural)
	assert.False(t, rbtree.Equal(folded, natural))
	assert.Equal(t, 2, len(slices.Collect(rbtree.Diff(folded, folded.Union(natural))))-1)
	other := rbtree.NewMapFunc[string, int](fold).SetAll(folded.All())
	assert.True(t, rbtree.Equal(folded, other))
	assert.True(t, folded.Intersection(other) == folded)
}

// TestMergeAcrossOrders: a change of theirs counts as one although theirs, in its own order, does not
// find base's instance of the key.
func TestMergeAcrossOrders(t *testing.T) {
	base := rbtree.NewMapFunc[string, int](fold).SetAll(testkit.Zip([]string{"a", "b", "c"}, []int{1, 2, 3}))
	theirs := rbtree.CollectMap(testkit.Zip([]string{"A", "B", "d"}, []int{5, 2, 4}))
	merged, conflicts := rbtree.Merge(base, base.Delete("a"), theirs)
	assert.Equal(t, "{b: 2, d: 4}", merged.String())
	assert.Equal(t, []diff.Conflict[string, int]{{Key: "a", Base: 1, Theirs: 5, InBase: true, InTheirs: true}}, conflicts)
	merged, conflicts = rbtree.Merge(base, base.Set("a", 5), theirs)
	assert.Equal(t, "{a: 5, b: 2, d: 4}", merged.String())
	assert.Empty(t, conflicts, "both did the same")

	reversed := rbtree.NewMapFunc[string, int](func(a, b string) int { return strings.Compare(b, a) }).SetAll(theirs.All())
	assert.Empty(t, slices.Collect(rbtree.Diff(theirs, reversed)))
	assert.Empty(t, slices.Collect(rbtree.Diff(reversed, theirs)))
}

// TestMergeOfSharedEntries: what ours and theirs share is equal without looking.
func TestMergeOfSharedEntries(t *testing.T) {
	base := rbtree.Map[string, any]{}.Set("a", 1)
	both := base.Set("a", math.NaN())
	merged, conflicts := rbtree.Merge(base, both, both)
	assert.True(t, merged == both)
	assert.Empty(t, conflicts)
}

// TestContradictingComparators: a comparator that contradicts itself gets no promise about
// contents, but nothing panics, all work is bounded, Len is what iterates, and other versions are
// unharmed.
func TestContradictingComparators(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	turn := 0
	for name, compare := range map[string]func(a, b int) int{
		"coin":         func(a, b int) int { return rng.IntN(3) - 1 },
		"always below": func(a, b int) int { return -1 },
		"always above": func(a, b int) int { return 1 },
		"all equal":    func(a, b int) int { return 0 },
		"alternating":  func(a, b int) int { turn++; return (turn%2*2 - 1) * cmp.Compare(a, b) },
		"circle":       func(a, b int) int { return cmp.Compare((a-b+300)%100, 50) },
	} {
		t.Run(name, func(t *testing.T) {
			for range sequences(4) {
				contradict(t, compare, rng)
			}
		})
	}
}

func contradict(t *testing.T, compare func(a, b int) int, rng *rand.Rand) {
	type version struct {
		m    rbtree.Map[int, int]
		keys []int
	}
	empty := rbtree.NewMapFunc[int, int](compare)
	kept := []version{{empty, nil}}
	pick := func() rbtree.Map[int, int] { return kept[rng.IntN(len(kept))].m }
	even := func(k, _ int) bool { return k%2 == 0 }
	caught := func(f func()) {
		defer func() {
			if r := recover(); r != nil {
				require.Contains(t, r, "which is not above it", "only Join may object")
			}
		}()
		f()
	}
	for step := range 150 {
		m, o, k := pick(), pick(), rng.IntN(100)
		switch rng.IntN(14) {
		case 0, 1, 2:
			for i := range 20 {
				m = m.Set(k+i, step)
			}
		case 3:
			for i := range 10 {
				m = m.Delete(k + i)
			}
		case 4:
			m = m.Union(o)
		case 5:
			m = m.Intersection(o)
		case 6:
			m = m.Difference(o)
		case 7:
			m = m.Filter(even)
		case 8:
			m, _ = rbtree.Merge(pick(), m, o)
		case 9:
			m = rbtree.Apply(m, rbtree.Diff(m, o))
		case 10:
			rbtree.Equal(m, o)
			m = m.UnionFunc(o, func(_, a, _ int) int { return a })
		case 11:
			b := m.Builder()
			b.SetAll(o.All())
			b.Set(k, step)
			b.Delete(k + 1)
			b.DeleteFunc(even)
			b.Set(k, step)
			m = b.Build()
		case 12:
			below, _, _, above := m.Split(k)
			m = below
			caught(func() { m = below.Join(above) })
		case 13:
			m.Floor(k)
			m.Ceiling(k)
			m = m.From(k).To(k + 30).Below(k + 50).Map()
		}
		keys := slices.Collect(m.Keys())
		require.Equal(t, m.Len(), len(keys), "step %d", step)
		require.NoError(t, rbtree.CheckShape(m), "step %d", step)
		if len(keys) > 2000 {
			m, keys = empty, nil
		}
		kept = append(kept, version{m, keys})
		if len(kept) > 32 {
			kept = append(kept[:1], kept[2:]...)
		}
	}
	for _, v := range kept {
		require.Equal(t, v.keys, slices.Collect(v.m.Keys()), "a version has changed")
	}
}
