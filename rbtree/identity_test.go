package rbtree_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/transient"
)

// A noOp is an operation that must return its receiver.
type noOp struct {
	name string
	do   func() rbtree.Map[int, int]
}

// noOps are operations that change nothing of m.
func noOps(m, sub, copied, empty rbtree.Map[int, int]) []noOp {
	type M = rbtree.Map[int, int]
	more, others := copied.Set(-1, 1).Set(-2, 1), empty.Set(-1, 1).Set(-2, 1)
	always := func(int, int) bool { return true }
	a := func(_, a, _ int) int { return a }
	eq := func(a, b int) bool { return a == b }
	whole := m.From(-10)
	return []noOp{
		{"Delete of absent", func() M { return m.Delete(-1) }},
		{"Filter", func() M { return m.Filter(always) }},
		{"Union with empty", func() M { return m.Union(empty) }},
		{"Union with itself", func() M { return m.Union(m) }},
		{"UnionFunc with empty", func() M { return m.UnionFunc(empty, a) }},
		{"Intersection with itself", func() M { return m.Intersection(m) }},
		{"Intersection with equal", func() M { return m.Intersection(copied) }},
		{"Intersection with more", func() M { return m.Intersection(more) }},
		{"Difference from empty", func() M { return m.Difference(empty) }},
		{"Difference from others", func() M { return m.Difference(others) }},
		{"Update that keeps absent", func() M { return m.Update(-1, func(v int, ok bool) (int, bool) { return v, ok }) }},
		{"Join with empty", func() M { return m.Join(empty) }},
		{"Split above all", func() M { m, _, _, _ := m.Split(1 << 30); return m }},
		{"Split below all", func() M { _, _, _, m := m.Split(-3); return m }},
		{"Span of all", func() M { return whole.Map() }},
		{"SetIfChanged", func() M {
			if m.Len() == 0 {
				return m
			}
			return rbtree.SetIfChanged(m, 0, 0)
		}},
		{"Builder and Build", func() M { return m.Builder().Build() }},
		{"MergeFunc, theirs unchanged", func() M { return rbtree.MergeFunc(sub, m, sub, eq, nil) }},
		{"transient.Update", func() M {
			return transient.Update(m, func(b *rbtree.MapBuilder[int, int]) { b.Delete(-1); b.Get(1); b.Len() })
		}},
		{"a builder ranged over", func() M {
			return transient.Update(m, func(b *rbtree.MapBuilder[int, int]) { b.All()(func(int, int) bool { return true }) })
		}},
		{"DeleteFunc of nothing", func() M {
			return transient.Update(m, func(b *rbtree.MapBuilder[int, int]) { b.DeleteFunc(func(int, int) bool { return false }) })
		}},
		{"SetAll of nothing", func() M { return m.SetAll(empty.All()) }},
		{"builder SetAll of nothing", func() M {
			return transient.Update(m, func(b *rbtree.MapBuilder[int, int]) { b.SetAll(empty.All()) })
		}},
		{"Apply of nothing", func() M { return rbtree.Apply(m, rbtree.Diff(copied, m)) }},
		{"Apply of absent removals", func() M {
			return rbtree.Apply(m, slices.Values([]diff.Change[int, int]{{Kind: diff.Removed, Key: -1}}))
		}},
		{"MergeFunc, both did it", func() M { return rbtree.MergeFunc(sub, m, copied, eq, nil) }},
	}
}

// sizes are those around a leaf, and around a level.
func sizes() []int {
	leaf, fan := rbtree.LeafCap[int, int](), rbtree.FanMax
	return []int{0, 1, leaf, leaf + 1, leaf*fan + 1}
}

// TestNoOpsReturnTheReceiver: an operation that changes nothing returns the version itself, and
// allocates nothing unless it needs a builder or an iterator.
func TestNoOpsReturnTheReceiver(t *testing.T) {
	for _, empty := range []rbtree.Map[int, int]{{}, rbtree.NewMapFunc[int, int](cmp.Compare[int])} {
		for _, n := range sizes() {
			m := empty
			for k := range n {
				m = m.Set(k, k)
			}
			copied := empty.SetAll(m.All())
			sub := m.Filter(func(k, _ int) bool { return k < n/2 })
			for _, op := range noOps(m, sub, copied, empty) {
				assert.True(t, op.do() == m, "%s of %d", op.name, n)
				if op.name == "Builder and Build" {
					break // these and the rest allocate a builder
				}
				if n := testing.AllocsPerRun(3, func() { op.do() }); !invariants.Enabled {
					assert.Zero(t, n, op.name)
				}
			}
			for _, op := range noOps(m, sub, copied, empty) {
				assert.True(t, op.do() == m, "%s of %d", op.name, n)
			}
			merged, conflicts := rbtree.Merge(sub, m, sub)
			assert.True(t, merged == m && len(conflicts) == 0, "Merge of %d", n)
			below := m.To(n / 2).Map()
			assert.True(t, m.Union(below.Filter(func(k, _ int) bool { return k > n/2 })) == m)

			s := rbtree.CollectSet(m.Keys())
			part, other := s.Below(n/2).Set(), rbtree.CollectSet(s.All())
			for name, do := range map[string]func() rbtree.Set[int]{
				"Union with a part": func() rbtree.Set[int] { return s.Union(part) }, "Union with equal": func() rbtree.Set[int] { return s.Union(other) },
				"SymmetricDifference": func() rbtree.Set[int] { return s.SymmetricDifference(rbtree.Set[int]{}) },
				"Delete":              func() rbtree.Set[int] { return s.Delete(-1) },
				"Intersection":        func() rbtree.Set[int] { return s.Intersection(other) },
				"Difference":          func() rbtree.Set[int] { return s.Difference(rbtree.SetOf(-1, -2)) },
			} {
				assert.True(t, do() == s, "%s of %d", name, n)
			}
			if n > 0 {
				assert.True(t, s.Add(0) == s && s.Add(0, n-1) == s)
				if !invariants.Enabled {
					assert.Zero(t, testing.AllocsPerRun(3, func() { s.Union(part); s.Union(other); s.Add(0); s.Intersection(other) }))
				}
			}
		}
	}
}

// TestUnionWithSharedEntriesIsTheReceiver: also where the other map is so small that its entries are
// looked up one by one.
func TestUnionWithSharedEntriesIsTheReceiver(t *testing.T) {
	leaf, fan := rbtree.LeafCap[int, int](), rbtree.FanMax
	var m rbtree.Map[int, int]
	for k := range 3 * leaf * fan {
		m = m.Set(k, k)
	}
	parts := 0
	for k := range m.Len() {
		below, _, _, above := m.Split(k)
		for _, part := range []rbtree.Map[int, int]{below, above} {
			if shared, total := rbtree.SharedNodes(m, part); shared == total && total > 0 {
				parts++
				assert.True(t, m.Union(part) == m, "split at %d", k)
			}
		}
	}
	assert.Positive(t, parts)
	if part := m.Below(m.Len() / 2).Map(); assert.Less(t, 1, part.Len()) {
		require.NoError(t, check(m.Union(part)))
	}
}

// TestIdenticalMeansTheSameVersion: == on maps, sets, spans and builders' results.
func TestIdenticalMeansTheSameVersion(t *testing.T) {
	var m rbtree.Map[string, []int] // values that == does not compare
	m1 := m.Set("a", nil)
	assert.True(t, m == rbtree.Map[string, []int]{} && m1 == m1.Delete("b") && m1 != m1.Set("a", nil))
	assert.True(t, m1.Delete("a") == m)
	span, again := m1.From("a"), m1.From("")
	assert.True(t, span == again && span != m1.Above("a"))
	f := rbtree.NewMapFunc[any, any](func(a, b any) int { return cmp.Compare(a.([]int)[0], b.([]int)[0]) }).Set([]int{1}, func() {})
	assert.True(t, f == f.Delete([]int{2}) && f.To([]int{1}) == f.To([]int{3}))
	one, other := rbtree.SetOf(1), rbtree.SetOf(1)
	assert.True(t, one.From(1) != other.From(1) && one.From(1) == one.To(1))
	b := m1.Builder()
	built := b.Build()
	assert.True(t, built == m1)
	b.Set("a", []int{})
	built = b.Build()
	next := b.Build()
	assert.True(t, built != m1 && built == next)
}
