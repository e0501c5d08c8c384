package hamt_test

import (
	"hash/maphash"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/transient"
)

// bySize takes numbers for the same key when they differ by their sign only.
type bySize struct{}

func (bySize) Hash(h *maphash.Hash, k int)        { maphash.WriteComparable(h, max(k, -k)) }
func (bySize) Equal(a, b int) bool                { return max(a, -a) == max(b, -b) }
func (bySize) Sum64(s maphash.Seed, k int) uint64 { return maphash.Comparable(s, max(k, -k)) }

// Whatever changes nothing returns its receiver, and allocates nothing.
func TestNothingChangesNothing(t *testing.T) {
	type change = diff.Change[int, int]
	type setChange = diff.Change[int, struct{}]
	yes := func(int, int) bool { return true }
	no := func(int, int) bool { return false }
	noElements := slices.Values([]int{})
	eq := func(a, b int) bool { return a == b }
	none := slices.Values([]change{})
	noneOfSet := slices.Values([]setChange{})
	noEntries := maps.All(map[int]int{})

	for name, start := range map[string]hamt.Map[int, int]{"default": {}, "hasher": hamt.NewMap[int, int](bySize{})} {
		for _, n := range []int{0, 1, 8, 2000} {
			m, other := start, start.Set(-1, 1)
			s, otherSet := hamt.NewSet[int](nil), hamt.SetOf(-1, -2)
			if name != "default" {
				s = hamt.NewSet(hamt.Hasher[int](bySize{}))
				otherSet = s.Add(1 << 28)
				other = start.Set(1<<28, 1)
			}
			for i := range n {
				m, s = m.Set(i+1, i), s.Add(i+1)
			}
			whole, part := m, m.Filter(func(k, _ int) bool { return k%3 != 0 })
			partOf := s.Filter(func(k int) bool { return k%3 != 0 })
			bigger, biggerSet := m.Set(1<<29, 1), s.Add(1<<29)
			biggerKeys := bigger.KeySet()
			var present, absent []int
			for i := range min(n, 3) {
				present = append(present, i+1)
			}
			absent = []int{1 << 27, 1<<27 + 1}

			ops := map[string]func() bool{
				"Delete":           func() bool { return m.Delete(absent[0]) == m },
				"DeleteAll":        func() bool { return m.DeleteAll() == m && m.DeleteAll(absent...) == m },
				"DeleteFunc":       func() bool { return m.DeleteFunc(no) == m },
				"Restrict":         func() bool { return m.Restrict(biggerKeys) == m },
				"Without":          func() bool { return m.Without(otherSet) == m && m.Without(hamt.Set[int]{}) == m },
				"JoinFunc, empty":  func() bool { return hamt.JoinFunc(m, start, larger) == m },
				"JoinFunc, itself": func() bool { return hamt.JoinFunc(m, m, larger) == m },
				"UpdateIfChanged, absent": func() bool {
					return hamt.UpdateIfChanged(m, absent[0], func(int) int { return 0 }) == m
				},
				"Update":           func() bool { return m.Update(absent[0], func(int, bool) (int, bool) { return 0, false }) == m },
				"SetAll":           func() bool { return m.SetAll(noEntries) == m },
				"Filter":           func() bool { return m.Filter(yes) == m },
				"Union, empty":     func() bool { return m.Union(start) == m },
				"Union, itself":    func() bool { return m.Union(m) == m },
				"UnionFunc, empty": func() bool { return m.UnionFunc(start, func(_, a, _ int) int { return a }) == m },
				"Intersection":     func() bool { return m.Intersection(bigger) == m && m.Intersection(whole) == m },
				"Difference":       func() bool { return m.Difference(other) == m && m.Difference(start) == m },
				"Apply":            func() bool { return hamt.Apply(m, none) == m },
				"TryApply":         func() bool { got, err := hamt.TryApply(m, none); return got == m && err == nil },
				"Merge, all same":  func() bool { got, cs := hamt.Merge(m, m, m); return got == m && cs == nil },
				"Merge, no theirs": func() bool { got, cs := hamt.Merge(part, m, part); return got == m && cs == nil },
				"Merge, alike":     func() bool { got, cs := hamt.Merge(part, m, m); return got == m && cs == nil },
				"MergeFunc": func() bool {
					return hamt.MergeFunc(part, m, part, eq, nil) == m && hamt.MergeFunc(part, m, m, eq, nil) == m
				},
				"Set: Add": func() bool {
					return s.Add() == s && s.Add(present...) == s && s.Add(present[:min(n, 1)]...) == s && (n == 0 || s.Add(1) == s)
				},
				"Set: AddAll":              func() bool { return s.AddAll(noElements) == s },
				"Set: DeleteFunc":          func() bool { return s.DeleteFunc(func(int) bool { return false }) == s },
				"MergeSets":                func() bool { return hamt.MergeSets(partOf, s, partOf) == s && hamt.MergeSets(partOf, s, s) == s },
				"Set: Delete":              func() bool { return s.Delete() == s && s.Delete(absent...) == s && s.Delete(absent[0]) == s },
				"Set: Filter":              func() bool { return s.Filter(func(int) bool { return true }) == s },
				"Set: Union":               func() bool { return s.Union(partOf) == s && s.Union(s) == s && s.Union(hamt.Set[int]{}) == s },
				"Set: Intersection":        func() bool { return s.Intersection(biggerSet) == s && s.Intersection(s) == s },
				"Set: Difference":          func() bool { return s.Difference(otherSet) == s },
				"Set: SymmetricDifference": func() bool { return s.SymmetricDifference(hamt.Set[int]{}) == s },
				"ApplySet":                 func() bool { return hamt.ApplySet(s, noneOfSet) == s },
				"TryApplySet":              func() bool { got, err := hamt.TryApplySet(s, noneOfSet); return got == s && err == nil },
			}
			if n > 0 {
				ops["SetIfChanged"] = func() bool { return hamt.SetIfChanged(m, 1, 0) == m }
				ops["SetIfChangedFunc"] = func() bool { return hamt.SetIfChangedFunc(m, 1, 0, eq) == m }
				ops["UpdateIfChanged"] = func() bool { return hamt.UpdateIfChanged(m, 1, func(v int) int { return v }) == m }
			}
			for op, f := range ops {
				assert.True(t, f(), "%s, %s of %d: not the same version", name, op, n)
				if got := testing.AllocsPerRun(20, func() { f() }); got != 0 && !invariants.Enabled {
					t.Errorf("%s, %s of %d allocates %v times", name, op, n, got)
				}
			}
			// A builder is an object, which these need; what they return is the receiver.
			assert.True(t, m.Builder().Build() == m)
			assert.True(t, transient.Update(m, func(*hamt.MapBuilder[int, int]) {}) == m)
			assert.True(t, transient.Update(s, func(b *hamt.SetBuilder[int]) { b.Delete(absent[0]) }) == s)
		}
	}
}
