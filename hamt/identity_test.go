package hamt_test

import (
	"hash/maphash"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/transient"
)

// TestNoOpsReturnTheReceiver: an operation that changes nothing returns the version itself.
func TestNoOpsReturnTheReceiver(t *testing.T) {
	for _, h := range testkit.Hashers[int]() {
		for _, n := range []int{0, 1, hamt.LeafMax, hamt.LeafMax + 1, 6 * hamt.LeafMax} {
			empty := hamt.NewMap[int, int](h.Hasher)
			m, none := empty, hamt.NewSet[int](h.Hasher)
			s := none
			for k := range n {
				m, s = m.Set(k, k), s.Add(k)
			}
			unrelated := empty.SetAll(m.All())
			keys := slices.Collect(m.Keys())
			part := keys[:n/2]
			sub := m.Filter(func(k, _ int) bool { return slices.Contains(part, k) })
			for name, got := range map[string]hamt.Map[int, int]{
				"Delete of absent":            m.Delete(-1),
				"SetAll of nothing":           m.SetAll(empty.All()),
				"Filter":                      m.Filter(func(int, int) bool { return true }),
				"Union with empty":            m.Union(empty),
				"Union with itself":           m.Union(m),
				"UnionFunc with empty":        m.UnionFunc(empty, func(_, a, _ int) int { return a }),
				"Intersection with itself":    m.Intersection(m),
				"Intersection with equal":     m.Intersection(unrelated),
				"Intersection with more":      m.Intersection(unrelated.Set(-1, 1).Set(-2, 1)),
				"Difference from empty":       m.Difference(empty),
				"Difference from others":      m.Difference(empty.Set(-1, 1).Set(-2, 1)),
				"Builder and Build":           m.Builder().Build(),
				"transient.Update":            transient.Update(m, func(b *hamt.MapBuilder[int, int]) { b.Delete(-1); b.Get(1); b.Len() }),
				"a builder ranged over":       transient.Update(m, func(b *hamt.MapBuilder[int, int]) { b.All()(func(int, int) bool { return true }) }),
				"DeleteFunc of nothing":       transient.Update(m, func(b *hamt.MapBuilder[int, int]) { b.DeleteFunc(func(int, int) bool { return false }) }),
				"builder SetAll of nothing":   transient.Update(m, func(b *hamt.MapBuilder[int, int]) { b.SetAll(empty.All()) }),
				"Update that keeps absent":    m.Update(-1, func(v int, ok bool) (int, bool) { return v, ok }),
				"Apply of nothing":            hamt.Apply(m, hamt.Diff(unrelated, m)),
				"Apply of absent removals":    hamt.Apply(m, slices.Values([]diff.Change[int, int]{{Kind: diff.Removed, Key: -1}})),
				"MergeFunc, theirs unchanged": hamt.MergeFunc(sub, m, sub, func(a, b int) bool { return a == b }, nil),
				"MergeFunc, both did it":      hamt.MergeFunc(sub, m, unrelated, func(a, b int) bool { return a == b }, nil),
			} {
				assert.True(t, got == m, "%s, %s of %d", h.Name, name, n)
			}
			for _, k := range part {
				assert.True(t, hamt.SetIfChanged(m, k, k) == m, "%s, SetIfChanged of %d", h.Name, n)
			}
			merged, conflicts := hamt.Merge(sub, m, sub)
			assert.True(t, merged == m && len(conflicts) == 0, "%s, Merge of %d", h.Name, n)

			subset := none.Add(part...)
			for name, got := range map[string]hamt.Set[int]{
				"Add of nothing":               s.Add(),
				"Add of all":                   s.Add(keys...),
				"Delete of nothing":            s.Delete(),
				"Delete of absent":             s.Delete(-1, -2),
				"Filter":                       s.Filter(func(int) bool { return true }),
				"Union with empty":             s.Union(none),
				"Union with itself":            s.Union(s),
				"Union with its subset":        s.Union(subset),
				"Union with its own filter":    s.Union(s.Filter(func(k int) bool { return k%2 == 0 })),
				"Union with equal":             s.Union(none.Add(keys...)),
				"Intersection with equal":      s.Intersection(none.Add(keys...)),
				"Intersection with more":       s.Intersection(none.Add(keys...).Add(-1)),
				"Difference from others":       s.Difference(none.Add(-1, -2)),
				"SymmetricDifference to empty": s.SymmetricDifference(none),
				"Builder and Build":            s.Builder().Build(),
				"ApplySet":                     hamt.ApplySet(s, hamt.DiffSets(s, s)),
				"ApplySet of what is there":    hamt.ApplySet(s, hamt.DiffSets(none, subset)),
				"a builder adding what it has": transient.Update(s, func(b *hamt.SetBuilder[int]) {
					b.Delete(-1)
					for _, k := range part {
						b.Add(k)
					}
				}),
			} {
				assert.True(t, got == s, "%s, set's %s of %d", h.Name, name, n)
			}
			// And what has become empty is the empty version.
			assert.True(t, m.Difference(m) == empty || n == 0, "%s: all taken out", h.Name)
			assert.True(t, m.Filter(func(int, int) bool { return false }) == empty, "%s: all filtered out", h.Name)
			assert.True(t, m.Intersection(empty) == empty, "%s: nothing in both", h.Name)
			b := m.Builder()
			b.Clear()
			assert.True(t, b.Build() == empty, "%s: cleared", h.Name)
		}
	}
}

// TestMergeWithoutResolveKeepsOurs: so does a nil function.
func TestMergeWithoutResolveKeepsOurs(t *testing.T) {
	base := hamt.Map[int, int]{}.Set(1, 1).Set(2, 2).Set(3, 3)
	ours, theirs := base.Set(1, 10).Delete(2).Set(4, 40), base.Set(1, 20).Set(2, 20).Delete(3).Set(4, 50)
	eq := func(a, b int) bool { return a == b }
	sameMap(t, map[int]int{1: 10, 4: 40}, hamt.MergeFunc(base, ours, theirs, eq, nil))
}

// TestUnionWithASharedPart: a map's union with one whose every entry it shares.
func TestUnionWithASharedPart(t *testing.T) {
	m := hamt.Map[int, int]{}
	for k := range 20 * hamt.LeafMax {
		m = m.Set(k, k)
	}
	for name, part := range map[string]hamt.Map[int, int]{
		"one deleted":    m.Delete(7),
		"many deleted":   m.Filter(func(k, _ int) bool { return k%10 > 0 }),
		"few left":       m.Filter(func(k, _ int) bool { return k%50 == 0 }),
		"by a builder":   transient.Update(m, func(b *hamt.MapBuilder[int, int]) { b.Delete(3); b.Delete(50) }),
		"a difference":   m.Difference(m.Filter(func(k, _ int) bool { return k < 40 })),
		"the map itself": m,
	} {
		got := m.Union(part)
		assert.True(t, hamt.Equal(m, got), name)
		shared, total := hamt.SharedNodes(m, got)
		t.Logf("%s: %d of %d nodes are shared, same version: %t", name, shared, total, got == m)
	}
}

// A Set is a change, even to the value that is there.
func TestSetIsAChange(t *testing.T) {
	m := hamt.Map[string, any]{}.Set("a", "x")
	assert.False(t, m.Set("a", "x") == m)
	assert.True(t, hamt.Equal(m, m.Set("a", "x")))
	assert.True(t, hamt.SetIfChanged(m, "a", "x") == m)
	assert.False(t, hamt.SetIfChanged(m, "a", "y") == m)
	assert.Panics(t, func() { hamt.SetIfChanged(m.Set("a", []int{}), "a", any([]int{})) }, "panics where == does")
	assert.NotPanics(t, func() { hamt.SetIfChanged(m, "b", any([]int{})) })
}

// uncomparable is a hasher that == panics on.
type uncomparable struct {
	testkit.Mask[string]
	_ []int
	_ func()
}

// hidden is a hasher whose type is comparable, but which holds something that is not.
type hidden struct {
	testkit.Mask[string]
	x any
}

func TestVersionsAreComparedWithoutPanic(t *testing.T) {
	for name, h := range map[string]hamt.Hasher[string]{
		"uncomparable": uncomparable{Mask: testkit.LastBits[string](5)},
		"hidden":       hidden{testkit.LastBits[string](5), []int{1}},
	} {
		a, b := hamt.NewMap[string, []int](h), hamt.NewMap[string, []int](h)
		require.NotPanics(t, func() {
			assert.False(t, a == b, "%s: known to be the same only if from one call of NewMap", name)
			assert.True(t, a == a.Delete("1"))
			v := a.Set("1", []int{1})
			assert.True(t, v == v.Delete("2"))
			assert.False(t, v == a.Set("1", []int{1}))
			s, other := hamt.NewSet[string](h), hamt.NewSet[string](h)
			assert.False(t, s == other)
			var box any = v
			assert.True(t, box == any(v), "in an interface too")
		}, name)
		// Different hashers are used element by element, under the receiver's.
		x, y := hamt.NewMap[string, int](h).Set("1", 1).Set("2", 2), hamt.NewMap[string, int](h).Set("2", 3).Set("4", 4)
		sameMap(t, map[string]int{"1": 1, "2": 3, "4": 4}, x.Union(y), name)
		sameMap(t, map[string]int{"2": 2}, x.Intersection(y), name)
		sameMap(t, map[string]int{"1": 1}, x.Difference(y), name)
		assert.False(t, hamt.Equal(x, y))
		assert.True(t, hamt.Equal(x, hamt.NewMap[string, int](h).Set("2", 2).Set("1", 1)))
	}
}

// TestHashersEqualByValueAreTheSame: what two maps of separate NewMap calls share is then kept.
func TestHashersEqualByValueAreTheSame(t *testing.T) {
	questions := func(x, y hamt.Hasher[int]) int64 {
		count.Reset()
		m := hamt.NewMap[int, int](x)
		for k := range 10 * hamt.LeafMax {
			m = m.Set(k, k)
		}
		o := hamt.NewMap[int, int](y).Union(m)
		count.Reset()
		assert.Equal(t, m.Len(), o.Union(m.Set(1, 5)).Len())
		return count.Hashes.Load()
	}
	same := questions(counted{1}, counted{1})
	different := questions(counted{1}, counted{2})
	assert.Less(t, same, int64(4*hamt.LeafMax))
	assert.GreaterOrEqual(t, different, int64(10*hamt.LeafMax), "every key is hashed under the receiver's")

	// The pointer to one hasher, and to another like it.
	h, i := &testkit.Mask[int]{Keep: ^uint64(0)}, &testkit.Mask[int]{Keep: ^uint64(0)}
	a := hamt.NewMap[int, int](h).Set(1, 1)
	for _, o := range []hamt.Hasher[int]{h, i, nil} {
		sameMap(t, map[int]int{1: 2, 2: 2}, a.Union(hamt.NewMap[int, int](o).Set(1, 2).Set(2, 2)))
	}
}

// counted is a hasher that is comparable by value and counts all of its kind together.
type counted struct{ id int }

var count = testkit.Counting[int]{Summer: testkit.Mask[int]{Keep: ^uint64(0)}}

func (counted) Sum64(seed maphash.Seed, k int) uint64 { return count.Sum64(seed, k) }
func (counted) Hash(h *maphash.Hash, k int)           { count.Hash(h, k) }
func (counted) Equal(a, b int) bool                   { return count.Equal(a, b) }

// TestReceiversHasherIsUsed: maps whose hashers disagree about which keys are equal.
func TestReceiversHasherIsUsed(t *testing.T) {
	exact := hamt.Map[string, int]{}.Set("a", 1).Set("A", 2).Set("b", 3)
	loose := hamt.NewMap[string, int](caseless{}).Set("a", 10).Set("C", 20)
	sameMap(t, map[string]int{"a": 10, "A": 2, "b": 3, "C": 20}, exact.Union(loose))
	u := loose.Union(exact)
	assert.Equal(t, 3, u.Len())
	assert.Equal(t, 3, u.Get("B"))
	assert.Contains(t, []int{1, 2}, u.Get("A"))
	assert.Equal(t, 1, exact.Intersection(loose).Len())
	assert.Equal(t, 1, loose.Intersection(exact).Len())
	assert.Equal(t, 2, exact.Difference(loose).Len())
	assert.Equal(t, 1, loose.Difference(exact).Len())
	assert.False(t, hamt.Equal(exact, loose))
	assert.True(t, hamt.Equal(hamt.NewMap[string, int](caseless{}).Set("X", 1), hamt.Map[string, int]{}.Set("x", 1)))
	twice := hamt.Map[string, int]{}.Set("x", 1).Set("X", 1)
	assert.False(t, hamt.Equal(hamt.NewMap[string, int](caseless{}).Set("x", 1).Set("y", 1), twice), "two keys are one under the receiver's")
	assert.False(t, hamt.Equal(hamt.Map[string, int]{}.Set("x", 1), hamt.NewMap[string, int](caseless{}).Set("X", 1)))
	s := hamt.NewSet[string](caseless{}).Add("A", "b")
	assert.True(t, s.SubsetOf(hamt.SetOf("a", "B", "c")))
	assert.False(t, s.Disjoint(hamt.SetOf("B")))
	assert.True(t, hamt.SetOf("a").Disjoint(s))
	assert.Equal(t, 1, s.SymmetricDifference(hamt.SetOf("a", "A")).Len())
	assert.Equal(t, 1, hamt.SetOf("a", "A").SymmetricDifference(s.Delete("b")).Len())

	// What is derived keeps the hasher, through being empty too.
	for name, m := range map[string]hamt.Map[string, int]{
		"Filter":             loose.Filter(func(string, int) bool { return false }),
		"Difference":         loose.Difference(loose),
		"Intersection":       loose.Intersection(hamt.Map[string, int]{}),
		"MapValues":          hamt.MapValues(loose, func(_ string, v int) int { return v }),
		"Restrict":           loose.Restrict(hamt.Set[string]{}),
		"Without":            loose.Without(loose.KeySet()),
		"IntersectionFunc":   loose.IntersectionFunc(exact.Filter(func(string, int) bool { return false }), func(_ string, a, _ int) int { return a }),
		"DeleteAll":          loose.DeleteAll("a", "c"),
		"JoinFunc":           hamt.JoinFunc(loose.Difference(loose), exact, func(_ string, a, _ int) int { return a }),
		"MapValues of empty": hamt.MapValues(hamt.NewMap[string, int](caseless{}), func(_ string, v int) int { return v }),
		"Delete":             loose.Delete("a").Delete("c"),
		"clear":              transient.Update(loose, func(b *hamt.MapBuilder[string, int]) { b.Clear() }),
		"DeleteFunc":         transient.Update(loose, func(b *hamt.MapBuilder[string, int]) { b.DeleteFunc(func(string, int) bool { return true }) }),
		"SetAll":             loose.Difference(loose).SetAll(exact.All()),
		"Union":              loose.Difference(loose).Union(exact),
		"Merge":              hamt.MergeFunc(exact, loose, exact, func(a, b int) bool { return a == b }, nil),
	} {
		assert.True(t, m.Set("kEY", 1).Contains("Key"), name)
	}
}

func TestNilFunctionsPanicAtTheCall(t *testing.T) {
	for _, m := range []hamt.Map[int, int]{{}, hamt.Map[int, int]{}.Set(1, 1)} {
		s := hamt.CollectSet(m.Keys())
		b := m.Builder()
		for name, do := range map[string]func(){
			"Update":             func() { m.Update(1, nil) },
			"SetAll":             func() { m.SetAll(nil) },
			"Filter":             func() { m.Filter(nil) },
			"MapValues":          func() { hamt.MapValues[int, int, int](m, nil) },
			"UnionFunc":          func() { m.UnionFunc(m, nil) },
			"EqualFunc":          func() { hamt.EqualFunc[int, int, int](m, m, nil) },
			"DiffFunc":           func() { hamt.DiffFunc(m, m, nil) },
			"MergeFunc":          func() { hamt.MergeFunc(m, m, m, nil, nil) },
			"Apply":              func() { hamt.Apply(m, nil) },
			"ApplySet":           func() { hamt.ApplySet(s, nil) },
			"CollectMap":         func() { hamt.CollectMap[int, int](nil) },
			"CollectSet":         func() { hamt.CollectSet[int](nil) },
			"Set.Filter":         func() { s.Filter(nil) },
			"builder Update":     func() { b.Update(1, nil) },
			"JoinFunc":           func() { hamt.JoinFunc(m, m, nil) },
			"IntersectionFunc":   func() { m.IntersectionFunc(m, nil) },
			"SetIfChangedFunc":   func() { hamt.SetIfChangedFunc(m, 1, 1, nil) },
			"UpdateIfChanged":    func() { hamt.UpdateIfChanged(m, 1, nil) },
			"DeleteFunc":         func() { m.DeleteFunc(nil) },
			"Partition":          func() { m.Partition(nil) },
			"Set.DeleteFunc":     func() { s.DeleteFunc(nil) },
			"Set.Partition":      func() { s.Partition(nil) },
			"Set.AddAll":         func() { s.AddAll(nil) },
			"set builder AddAll": func() { s.Builder().AddAll(nil) },
			"builder SetAll":     func() { b.SetAll(nil) },
			"builder DeleteFunc": func() { b.DeleteFunc(nil) },
		} {
			assert.Panics(t, do, "%s of %d", name, m.Len())
		}
		assert.True(t, b.Build() == m)
	}
	unknown := slices.Values([]diff.Change[int, int]{{Kind: 9, Key: 1}})
	assert.PanicsWithValue(t, "hamt: Apply of a change of unknown kind Kind(9)", func() { hamt.Apply(hamt.Map[int, int]{}, unknown) })
	assert.PanicsWithValue(t, "hamt: ApplySet of a change of unknown kind Kind(0)", func() {
		hamt.ApplySet(hamt.SetOf[int](), slices.Values([]diff.Change[int, struct{}]{{}}))
	})
}
