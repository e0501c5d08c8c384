package rbtree_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/rbtree"
)

func allocs(t *testing.T, want float64, name string, do func()) {
	t.Helper()
	if !invariants.Enabled {
		assert.LessOrEqual(t, testing.AllocsPerRun(10, do), want, name)
	}
}

// TestReadsAllocateNothing, of maps in the natural order and in a function's.
func TestReadsAllocateNothing(t *testing.T) {
	for _, o := range intOrders() {
		for _, n := range sizes() {
			m, s := rbtree.Map[int, int]{}, rbtree.Set[int]{}
			if o.compare != nil {
				m, s = rbtree.NewMapFunc[int, int](o.compare), rbtree.NewSetFunc(o.compare)
			}
			for i := range n {
				m, s = m.Set(i, i), s.Add(i)
			}
			b := m.Builder()
			k, sum := n/2, 0
			for name, do := range map[string]func(){
				"Get":      func() { sum += m.Get(k) },
				"Lookup":   func() { m.Lookup(-1) },
				"Contains": func() { m.Contains(k); s.Contains(k); b.Contains(k) },
				"Min, Max": func() { m.Min(); m.Max(); s.Min(); s.Max() },
				"Floor":    func() { m.Floor(k); m.Ceiling(k + 1); s.Floor(-1); s.Ceiling(n) },
				"Rank":     func() { m.Rank(k); s.Rank(k) },
				"At": func() {
					if n > 0 {
						m.At(k)
						s.At(k)
					}
				},
				"All": func() {
					for k, v := range m.All() {
						sum += k + v
					}
				},
				"Keys, Values": func() {
					for k := range m.Keys() {
						sum += k
					}
					for v := range m.Values() {
						sum += v
					}
				},
				"Backward": func() {
					for k := range m.Backward() {
						sum += k
					}
					for k := range s.Backward() {
						sum += k
					}
				},
				"spans": func() {
					for k := range m.From(1).Below(k).All() {
						sum += k
					}
					for k := range m.Above(1).To(k).Backward() {
						sum += k
					}
					for k := range s.From(1).All() {
						sum += k
						break
					}
					m.From(k).Min()
					m.To(k).Max()
					sum += m.From(k).Len()
				},
				"Equal": func() { rbtree.Equal(m, m); s.Equal(s); s.SubsetOf(s); s.Disjoint(s) },
			} {
				allocs(t, 0, fmt.Sprintf("%s of %d, %s", name, n, o.name), do)
			}
		}
	}
}

// TestWritesAllocateTheirPath: a write allocates one object for each node on the way.
func TestWritesAllocateTheirPath(t *testing.T) {
	for _, n := range sizes()[1:] {
		var m rbtree.Map[int, int]
		for i := range n {
			m = m.Set(i*7919%n*2, i)
		}
		depth := float64(rbtree.StatsOf(m).Depth)
		allocs(t, depth, fmt.Sprintf("Set of %d", n), func() { m.Set(0, 5) })
		allocs(t, 2*depth+1, fmt.Sprintf("insertion to %d", n), func() { m.Set(n|1, 5) })
		allocs(t, 2*depth, fmt.Sprintf("Delete of %d", n), func() { m.Delete(0) })
		b := m.Builder()
		for i := range n {
			b.Set(2*i, 1)
		}
		allocs(t, 0, "Set in a builder", func() { b.Set(0, 1) })
	}
}

// TestBytesPerEntry: what a map of a hundred thousand entries takes.
func TestBytesPerEntry(t *testing.T) {
	if rbtree.LeafMost < 31 || invariants.Enabled || testing.Short() || runtime.GOARCH != "amd64" {
		t.Skip("measures the plain build")
	}
	const n = 100_000
	perm := rand.New(rand.NewPCG(1, 1)).Perm(n)
	heap := func() uint64 {
		var s runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&s)
		return s.HeapAlloc
	}
	for name, c := range map[string]struct {
		key   func(i int) int
		bySet bool
		most  float64
	}{
		"sorted, builder": {func(i int) int { return i }, false, 17.6},
		"random, builder": {func(i int) int { return perm[i] }, false, 20.6},
		"random, Set":     {func(i int) int { return perm[i] }, true, 20.6},
		"sorted, Set":     {func(i int) int { return i }, true, 20.6},
	} {
		before := heap()
		var m rbtree.Map[int, int]
		if c.bySet {
			for i := range n {
				m = m.Set(c.key(i), 1)
			}
		} else {
			b := m.Builder()
			for i := range n {
				b.Set(c.key(i), 1)
			}
			m = b.Build()
		}
		per := (float64(heap()) - float64(before)) / n
		runtime.KeepAlive(m)
		t.Logf("%s: %.1f bytes per entry", name, per)
		assert.LessOrEqual(t, per, c.most, name)
		assert.Equal(t, n, m.Len())
	}
}
