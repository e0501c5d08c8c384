package rbtree_test

import (
	"cmp"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/transient"
)

// Whatever changes nothing returns its receiver, and allocates nothing.
func TestNothingChangesNothing(t *testing.T) {
	type change = diff.Change[int, int]
	type setChange = diff.Change[int, struct{}]
	yes := func(int, int) bool { return true }
	eq := func(a, b int) bool { return a == b }
	none := slices.Values([]change{})
	noneOfSet := slices.Values([]setChange{})
	noEntries := maps.All(map[int]int{})

	for name, start := range map[string]rbtree.Map[int, int]{"default": {}, "comparator": rbtree.NewMapFunc[int, int](func(a, b int) int { return cmp.Compare(b, a) })} {
		for _, n := range []int{0, 1, 8, 2000} {
			m, other := start, start.Set(-1, 1)
			s, otherSet := rbtree.Set[int]{}, rbtree.SetOf(-1, -2)
			if name != "default" {
				s = rbtree.NewSetFunc(func(a, b int) int { return cmp.Compare(b, a) })
				otherSet = s.Add(1 << 20)
				other = start.Set(1<<20, 1)
			}
			for i := range n {
				m, s = m.Set(i+1, i), s.Add(i+1)
			}
			whole, part := m, m.Filter(func(k, _ int) bool { return k%3 != 0 })
			partOf := s.Filter(func(k int) bool { return k%3 != 0 })
			bigger, biggerSet := m.Set(1<<21, 1), s.Add(1<<21)
			var present, absent []int
			for i := range min(n, 3) {
				present = append(present, i+1)
			}
			absent = []int{1 << 22, 1 << 23}

			ops := map[string]func() bool{
				"Delete":           func() bool { return m.Delete(absent[0]) == m },
				"Update":           func() bool { return m.Update(absent[0], func(int, bool) (int, bool) { return 0, false }) == m },
				"SetAll":           func() bool { return m.SetAll(noEntries) == m },
				"Filter":           func() bool { return m.Filter(yes) == m },
				"Union, empty":     func() bool { return m.Union(start) == m },
				"Union, itself":    func() bool { return m.Union(m) == m },
				"UnionFunc, empty": func() bool { return m.UnionFunc(start, func(_, a, _ int) int { return a }) == m },
				"Intersection":     func() bool { return m.Intersection(bigger) == m && m.Intersection(whole) == m },
				"Difference":       func() bool { return m.Difference(other) == m && m.Difference(start) == m },
				"Apply":            func() bool { return rbtree.Apply(m, none) == m },
				"TryApply":         func() bool { got, err := rbtree.TryApply(m, none); return got == m && err == nil },
				"Merge, all same":  func() bool { got, cs := rbtree.Merge(m, m, m); return got == m && cs == nil },
				"Merge, no theirs": func() bool { got, cs := rbtree.Merge(part, m, part); return got == m && cs == nil },
				"Merge, alike":     func() bool { got, cs := rbtree.Merge(part, m, m); return got == m && cs == nil },
				"MergeFunc": func() bool {
					return rbtree.MergeFunc(part, m, part, eq, nil) == m && rbtree.MergeFunc(part, m, m, eq, nil) == m
				},
				"Set: Add": func() bool {
					return s.Add() == s && s.Add(present...) == s && s.Add(present[:min(n, 1)]...) == s && (n == 0 || s.Add(1) == s)
				},
				"Set: Delete":              func() bool { return s.Delete() == s && s.Delete(absent...) == s && s.Delete(absent[0]) == s },
				"Set: Filter":              func() bool { return s.Filter(func(int) bool { return true }) == s },
				"Set: Union":               func() bool { return s.Union(partOf) == s && s.Union(s) == s && s.Union(rbtree.Set[int]{}) == s },
				"Set: Intersection":        func() bool { return s.Intersection(biggerSet) == s && s.Intersection(s) == s },
				"Set: Difference":          func() bool { return s.Difference(otherSet) == s },
				"Set: SymmetricDifference": func() bool { return s.SymmetricDifference(rbtree.Set[int]{}) == s },
				"ApplySet":                 func() bool { return rbtree.ApplySet(s, noneOfSet) == s },
				"TryApplySet":              func() bool { got, err := rbtree.TryApplySet(s, noneOfSet); return got == s && err == nil },
			}
			ops["Join"] = func() bool { return m.Join(start) == m }
			ops["Split"] = func() bool {
				below, _, _, above := m.Split(1 << 24)
				return below == m && above == start || below == start && above == m
			}
			ops["Span"] = func() bool { return m.From(-1<<24).Map() == m || m.To(-1<<24).Map() == m }
			if n > 0 {
				ops["SetIfChanged"] = func() bool { return rbtree.SetIfChanged(m, 1, 0) == m }
			}
			for op, f := range ops {
				assert.True(t, f(), "%s, %s of %d: not the same version", name, op, n)
				if got := testing.AllocsPerRun(20, func() { f() }); got != 0 && !invariants.Enabled {
					t.Errorf("%s, %s of %d allocates %v times", name, op, n, got)
				}
			}
			// A builder is an object, which these need; what they return is the receiver.
			assert.True(t, m.Builder().Build() == m)
			assert.True(t, transient.Update(m, func(*rbtree.MapBuilder[int, int]) {}) == m)
			assert.True(t, transient.Update(s, func(b *rbtree.SetBuilder[int]) { b.Delete(absent[0]) }) == s)
		}
	}
}
