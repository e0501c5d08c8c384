package ordered_test

import (
	"iter"
	"maps"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/ordered"
	"github.com/ramet-go/ramet/transient"
)

// counted returns the map of k0 to 0, k1 to 1 and so on.
func counted(n int) omap {
	var b ordered.MapBuilder[string, int]
	for i := range n {
		b.Set("k"+strconv.Itoa(i), i)
	}
	return b.Build()
}

// shapes are maps of each form, around where it changes.
func shapes() map[string]omap {
	flat := ordered.FlatCap[string, int]()
	return map[string]omap{
		"empty": {}, "one": counted(1), "flat": counted(flat), "trees": counted(flat + 1), "larger": counted(200),
		"empty with a hasher": ordered.NewMap[string, int](mod{}), "with a hasher": ordered.NewMap[string, int](mod{}).SetAll(counted(40).All()),
	}
}

// TestNothingChanged: what changes nothing returns the same version and allocates nothing.
func TestNothingChanged(t *testing.T) {
	for name, m := range shapes() {
		last, _, _ := m.Last()
		first, v, ok := m.First()
		if !ok {
			first, last = "absent", "absent"
		}
		again, none, part := m.SetAll(counted(0).All()), omap{}.All(), m.Filter(func(k string, _ int) bool { return k != last })
		keys := m.KeySet()
		yes := func(string, int) bool { return true }
		no := func(string, int) bool { return false }
		same := func(a, b int) bool { return a == b }
		for op, do := range map[string]func() omap{
			"Delete":         func() omap { return m.Delete("absent") },
			"DeleteAll":      func() omap { return m.DeleteAll("absent") },
			"DeleteAll of 2": func() omap { return m.DeleteAll("absent", "gone") },
			"DeleteAll of 0": func() omap { return m.DeleteAll() },
			"DeleteFunc":     func() omap { return m.DeleteFunc(no) },
			"Filter":         func() omap { return m.Filter(yes) },
			"Partition": func() omap {
				all, none := m.Partition(yes)
				if none.Len() > 0 {
					t.Error("Partition made something up")
				}
				return all
			},
			"Update":          func() omap { return m.Update("absent", func(int, bool) (int, bool) { return 0, false }) },
			"UpdateIfChanged": func() omap { return ordered.UpdateIfChanged(m, first, func(v int) int { return v }) },
			"UpdateIfChanged of none": func() omap {
				return ordered.UpdateIfChanged(m, "absent", func(v int) int { t.Error("called"); return v })
			},
			"SetIfChanged": func() omap {
				if m.Len() == 0 {
					return m
				}
				return ordered.SetIfChanged(m, first, v)
			},
			"SetIfChangedFunc": func() omap {
				if m.Len() == 0 {
					return m
				}
				return ordered.SetIfChangedFunc(m, first, v, same)
			},
			"SetAll":             func() omap { return m.SetAll(none) },
			"MoveToEnd":          func() omap { return m.MoveToEnd(last) },
			"MoveToFront":        func() omap { return m.MoveToFront(first) },
			"MoveToEnd of none":  func() omap { return m.MoveToEnd("absent") },
			"Union":              func() omap { return m.Union(m) },
			"Union with empty":   func() omap { return m.Union(omap{}) },
			"Union with a copy":  func() omap { return m.Union(again) },
			"JoinFunc":           func() omap { return ordered.JoinFunc(m, m, func(string, int, int) int { panic("shared") }) },
			"Intersection":       func() omap { return m.Intersection(m) },
			"Difference":         func() omap { return m.Difference(omap{}) },
			"Apply":              func() omap { return ordered.Apply(m, noChanges) },
			"Merge of the same":  func() omap { x, _ := ordered.Merge(part, m, m); return x },
			"Merge of no change": func() omap { x, _ := ordered.Merge(part, m, part); return x },
			"Build":              func() omap { return m.Builder().Build() },
			"transient.Update": func() omap {
				return transient.Update(m, func(b *ordered.MapBuilder[string, int]) { b.Delete("absent") })
			},
			"Restrict": func() omap { return m.Restrict(keys) },
			"Without":  func() omap { return m.Without(hamt.Set[string]{}) },
		} {
			require.True(t, do() == m, "%s: %s", name, op)
			allowed := 0.0
			switch op {
			case "Build", "transient.Update":
				allowed = 3 // the builder, and a hamt.Set of none
			case "Restrict", "Without":
				continue // they may make an index to look at
			case "Intersection", "Difference", "Filter", "DeleteFunc", "Partition":
				allowed = 3 // a step of the walk
			}
			if !invariants.Enabled {
				assert.LessOrEqual(t, testing.AllocsPerRun(100, func() { do() }), allowed, "%s: %s", name, op)
			}
		}
		rest, _, _, ok := omap{}.DeleteFirst()
		assert.True(t, !ok && rest == omap{})
	}
	m := counted(40)
	got, err := ordered.TryApply(m, noChanges)
	assert.True(t, err == nil && got == m)
	assert.True(t, m.UnionFunc(omap{}, nil2) == m)
	assert.True(t, omap{}.IntersectionFunc(m, nil2) == omap{})
}

func nil2(string, int, int) int { panic("called") }

var noChanges = iter.Seq[diff.Change[string, int]](func(func(diff.Change[string, int]) bool) {})

// TestAllocations: reads allocate nothing, a change of a flat map is one object.
func TestAllocations(t *testing.T) {
	if invariants.Enabled {
		t.Skip("the checks allocate")
	}
	allocs := func(f func()) float64 { return testing.AllocsPerRun(100, f) }
	for name, m := range shapes() {
		if m.Len() == 0 {
			continue
		}
		k, _, _ := m.First()
		sum := 0
		assert.Zero(t, allocs(func() {
			sum += m.Get(k)
			m.Contains("absent")
			m.Last()
			m.At(0)
			m.Index(k)
			for k := range m.Keys() {
				sum += len(k)
			}
			for _, v := range m.Backward() {
				sum += v
			}
			c := m.Cursor()
			c.Next()
			c.Seek(m.Len())
			c.Prev()
			ordered.Equal(m, m)
		}), name)
	}
	flat := counted(ordered.FlatCap[string, int]() - 1)
	one, two, three := flat.Set("k0", 7), flat.Set("x", 7), flat.Delete("k0")
	assert.Equal(t, 1.0, allocs(func() { one = flat.Set("k0", 7) }))
	assert.Equal(t, 1.0, allocs(func() { two = flat.Set("x", 7) }))
	assert.Equal(t, 1.0, allocs(func() { three = flat.Delete("k1") }))
	assert.True(t, one != two && two != three)
	if ordered.FlatCap[string, int]() < 16 {
		return // nodes are narrow, and paths long
	}
	large := counted(1000)
	assert.LessOrEqual(t, allocs(func() { one = large.Set("k500", 7) }), 6.0)
	assert.LessOrEqual(t, allocs(func() { one = large.Set("x", 7) }), 12.0)
	assert.LessOrEqual(t, allocs(func() { one = large.Delete("k500") }), 12.0)
	assert.LessOrEqual(t, allocs(func() { one = large.MoveToEnd("k500") }), 24.0)
}

// TestVersionsShare: what most versions have in common is skipped, so functions are called for what differs.
func TestVersionsShare(t *testing.T) {
	m := counted(5000)
	n := m.Set("k17", -1).Delete("k2500").Set("new", 1).MoveToEnd("k4000")
	calls := 0
	count := func(a, b int) bool {
		calls++
		return a == b
	}
	changes := slices.Collect(ordered.DiffFunc(m, n, count))
	assert.Equal(t, []diff.Change[string, int]{
		{Kind: diff.Updated, Key: "k17", Old: 17, New: -1}, {Kind: diff.Removed, Key: "k2500", Old: 2500}, {Kind: diff.Added, Key: "new", New: 1},
	}, changes)
	assert.Less(t, calls, 150)
	calls = 0
	assert.False(t, ordered.EqualFunc(m, n, count))
	assert.Less(t, calls, 150)
	calls = 0
	ordered.EqualAnyOrderFunc(m, n.Set("k17", 17), count)
	assert.Less(t, calls, 200)
	calls = 0
	ordered.JoinFunc(m, n, func(_ string, a, b int) int {
		calls++
		return max(a, b)
	})
	assert.Less(t, calls, 150)
	assert.True(t, ordered.Equal(m, m.Set("k17", 1).Set("k17", 17)))
	assert.False(t, ordered.Equal(m, m.Delete("k17").Set("k17", 17)))
	assert.False(t, ordered.Equal(m, m.MoveToFront("k1")))
	assert.True(t, ordered.Equal(m, m.MoveToFront("k0")))
	assert.True(t, ordered.Equal(m, m.MoveToFront("k1").MoveToFront("k0")), "the same order at other places")
	assert.True(t, ordered.EqualFunc(m, ordered.MapValues(m, func(_ string, v int) string { return strconv.Itoa(v) }),
		func(a int, b string) bool { return strconv.Itoa(a) == b }))
}

// TestCompact: after deletes a map is what it would be if it had been made of what is left.
func TestCompact(t *testing.T) {
	m := counted(1000)
	for i := range 950 {
		m = m.Delete("k" + strconv.Itoa(i))
	}
	index, order := m.Trees()
	if m.Len() > ordered.FlatCap[string, int]() {
		assert.Equal(t, 50, index)
		assert.Equal(t, 50, order)
	}
	few := m.Filter(func(k string, _ int) bool { return k == "k999" || k == "k998" })
	index, order = few.Trees()
	assert.Zero(t, index+order)
	for i := range 100_000 {
		m = m.Set("k"+strconv.Itoa(1000+i%10), i).Delete("k" + strconv.Itoa(1000+(i+5)%10)).MoveToEnd("k970")
	}
	index, order = m.Trees()
	assert.Equal(t, index, order)
	assert.LessOrEqual(t, order, 60)
	assert.Equal(t, m.Len(), len(maps.Collect(m.All())))
}
