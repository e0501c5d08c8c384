package hamt_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/transient"
)

// allocs fails unless do allocates at most want objects.
func allocs(t *testing.T, want float64, name string, do func()) {
	t.Helper()
	if invariants.Enabled {
		t.Skip("the checks of this build allocate, and so does a sync.Pool of the race build")
	}
	if got := testing.AllocsPerRun(100, do); got > want {
		t.Errorf("%s: %v allocations, want at most %v", name, got, want)
	}
}

// sizes of a leaf, of one level and of several.
var allocSizes = []int{0, 1, 10, 1000, 20000}

func readsAllocateNothing[K comparable](t *testing.T, kind string, h hamt.Hasher[K], key func(int) K) {
	t.Run(kind, func(t *testing.T) {
		for _, n := range allocSizes {
			b := hamt.NewMap[K, int](h).Builder()
			for i := range n {
				b.Set(key(i), i)
			}
			m := b.Build()
			in, out := key(n/2), key(n+1)
			sum := 0
			for name, do := range map[string]func(){
				"Get":              func() { sum += m.Get(in) + m.Get(out) },
				"Lookup":           func() { v, _ := m.Lookup(in); w, _ := m.Lookup(out); sum += v + w },
				"Contains":         func() { _, _ = m.Contains(in), m.Contains(out) },
				"builder Get":      func() { sum += b.Get(in) + b.Get(out) },
				"builder Lookup":   func() { _, _ = b.Lookup(in) },
				"builder Contains": func() { _, _ = b.Contains(in), b.Contains(out) },
			} {
				allocs(t, 0, fmt.Sprintf("%s of %d", name, n), do)
			}
		}
	})
}

func TestReadsAllocateNothing(t *testing.T) {
	readsAllocateNothing(t, "int", nil, func(i int) int { return i })
	readsAllocateNothing(t, "string", nil, stringKey)
	readsAllocateNothing(t, "struct", nil, func(i int) nested { return nested{b: [2]string{stringKey(i)}} })
	readsAllocateNothing(t, "any", nil, func(i int) any { return i })
	readsAllocateNothing(t, "any of a string", nil, func(i int) any { return stringKey(i) })
	readsAllocateNothing[int](t, "hasher with Sum64", testkit.Mask[int]{Keep: ^uint64(0)}, func(i int) int { return i })
	readsAllocateNothing[string](t, "hasher without Sum64", caseless{}, stringKey)
}

func TestIterationAllocatesNothing(t *testing.T) {
	for _, n := range allocSizes {
		m, s := hamt.Map[int, int]{}, hamt.Set[int]{}
		for i := range n {
			m, s = m.Set(i, i), s.Add(i)
		}
		sum := 0
		for name, do := range map[string]func(){
			"All": func() {
				for k, v := range m.All() {
					sum += k + v
				}
			},
			"Keys": func() {
				for k := range m.Keys() {
					sum += k
				}
			},
			"Values": func() {
				for v := range m.Values() {
					sum += v
				}
			},
			"a broken range": func() {
				for range m.All() {
					break
				}
			},
			"Set.All": func() {
				for v := range s.All() {
					sum += v
				}
			},
		} {
			allocs(t, 0, fmt.Sprintf("%s of %d", name, n), do)
		}
	}
}

func TestNoOpsAllocateNothing(t *testing.T) {
	for _, h := range []hamt.Hasher[int]{nil, testkit.Mask[int]{Keep: ^uint64(0)}} {
		for _, n := range allocSizes {
			empty, s := hamt.NewMap[int, int](h), hamt.NewSet[int](h)
			m := empty
			for i := range n {
				m, s = m.Set(i, i), s.Add(i)
			}
			shared := m
			in := max(n/2-1, 0)
			for name, do := range map[string]func(){
				"Delete of absent":            func() { m.Delete(-1) },
				"Filter of nothing":           func() { m.Filter(func(int, int) bool { return true }) },
				"Union with empty":            func() { m.Union(empty) },
				"Union with itself":           func() { m.Union(shared) },
				"Difference from empty":       func() { m.Difference(empty) },
				"Intersection with itself":    func() { m.Intersection(shared) },
				"Set.Delete of absent":        func() { s.Delete(-1) },
				"Set.Union with itself":       func() { s.Union(s) },
				"Set.Filter of nothing":       func() { s.Filter(func(int) bool { return true }) },
				"Update that keeps it absent": func() { m.Update(-1, func(v int, ok bool) (int, bool) { return v, ok }) },
				"Equal to itself":             func() { hamt.Equal(m, shared) },
			} {
				allocs(t, 0, fmt.Sprintf("%s, %d entries", name, n), do)
			}
			if n > 0 {
				allocs(t, 0, "SetIfChanged to what it is", func() { hamt.SetIfChanged(m, in, in) })
				allocs(t, 0, "Set.Add of present", func() { s.Add(in) })
			}
			// A sequence of changes is a few objects, and a builder is one.
			allocs(t, 4, "Diff with itself", func() {
				for range hamt.Diff(m, shared) {
					panic("a change")
				}
			})
			allocs(t, 1, "Builder and Build", func() { m.Builder().Build() })
			allocs(t, 1, "Set.Builder and Build", func() { s.Builder().Build() })
			allocs(t, 1, "transient.Update without a change", func() { transient.Update(m, func(b *hamt.MapBuilder[int, int]) { b.Delete(-1) }) })
		}
	}
}

// TestSetAllocatesItsPath: an overwriting Set allocates one object for each node on the way.
func TestSetAllocatesItsPath(t *testing.T) {
	for n, want := range map[int]int{1: 1, 10: 1, 1000: 3, 20000: 4} {
		var m hamt.Map[int, int]
		for i := range n {
			m = m.Set(i, i)
		}
		if depth := hamt.StatsOf(m).Depth; hamt.LeafMax == 16 {
			assert.LessOrEqual(t, depth, want, "%d entries", n)
		} else {
			want = depth
		}
		allocs(t, float64(want), fmt.Sprintf("Set of %d", n), func() { m.Set(n/2, 5) })
		allocs(t, float64(want)+1, fmt.Sprintf("Delete of %d", n), func() { m.Delete(n / 2) }) // and a merged leaf
	}
	// In a builder that owns its nodes, nothing.
	var b hamt.MapBuilder[int, int]
	for i := range 1000 {
		b.Set(i, i)
	}
	allocs(t, 0, "Set in a builder", func() { b.Set(500, 1) })
}

// TestGetOfConvertedBytes records what a read by a converted byte slice costs.
func TestGetOfConvertedBytes(t *testing.T) {
	var m hamt.Map[string, int]
	m = m.Set("a key of some length, more than 32 bytes", 1)
	buf := []byte("a key of some length, more than 32 bytes")
	sum := 0
	t.Log("allocations of Get(string(buf)):", testing.AllocsPerRun(100, func() { sum += m.Get(string(buf)) }))
	assert.Positive(t, sum)
}
