package hamt_test

import (
	"maps"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/internal/testkit"
)

// large is how many entries the versions have that are compared here.
func large() int {
	if invariants.Enabled {
		return 1 << 15
	}
	return 1 << 20
}

// A costed is a large map whose hasher counts what it is asked.
type costed struct {
	h *testkit.Counting[int]
	m hamt.Map[int, int]
}

func newCosted(n int) costed {
	c := costed{h: &testkit.Counting[int]{Summer: testkit.Mask[int]{Keep: ^uint64(0)}}}
	c.m = hamt.NewMap[int, int](c.h).SetAll(func(yield func(int, int) bool) {
		for k := range n {
			if !yield(k, k) {
				return
			}
		}
	})
	return c
}

// cost returns how many questions do asks of the hasher.
func (c costed) cost(do func()) int {
	c.h.Reset()
	do()
	return int(c.h.Hashes.Load() + c.h.Equals.Load())
}

// edited returns m with d entries changed, by d values set, or added, or removed.
func (c costed) edited(d int, rng *rand.Rand) hamt.Map[int, int] {
	n, m := c.m.Len(), c.m
	for i := range d {
		switch k := rng.IntN(n); i % 3 {
		case 0:
			m = m.Set(k, -k)
		case 1:
			m = m.Set(n+k, k)
		case 2:
			m = m.Delete(k)
		}
	}
	return m
}

// TestWorkIsInProportionToTheDifference: two versions of one history are compared and combined
// in O(d log n): within a constant for each changed entry, whatever n is. The constant is three
// leaves' worth of questions: a leaf that is divided differently asks for every hash.
func TestWorkIsInProportionToTheDifference(t *testing.T) {
	rng := testkit.Rand(t)
	c := newCosted(large())
	require.Equal(t, large(), c.m.Len())
	perEdit := 8 * hamt.LeafMax
	var keys hamt.Set[int]
	assert.Zero(t, c.cost(func() { keys = c.m.KeySet() }), "KeySet asks for no hashes")
	few := func(d int) hamt.Set[int] { return hamt.NewSet[int](c.h).Add(upTo(d)...) }
	for _, d := range []int{0, 1, 2, 3, 30, 300} {
		o := c.edited(d, rng)
		edited := keys.Add(-2)
		for i := range d {
			edited = edited.Delete(i)
		}
		for name, do := range map[string]func(){
			"Equal":      func() { assert.Equal(t, d == 0, hamt.Equal(c.m, o)) },
			"Equal back": func() { hamt.Equal(o, c.m) },
			"Diff": func() {
				changes := 0
				for range hamt.Diff(c.m, o) {
					changes++
				}
				assert.LessOrEqual(t, changes, d)
			},
			"Diff back": func() {
				for range hamt.Diff(o, c.m) {
				}
			},
			"Union":                  func() { c.m.Union(o) },
			"Union, other way":       func() { o.Union(c.m) },
			"JoinFunc":               func() { hamt.JoinFunc(c.m, o, larger) },
			"JoinFunc, other way":    func() { hamt.JoinFunc(o, c.m, larger) },
			"Restrict to few":        func() { c.m.Restrict(few(d)) },
			"Without few":            func() { assert.Equal(t, c.m.Len()-d, c.m.Without(few(d)).Len()) },
			"MergeSets":              func() { hamt.MergeSets(keys, keys.Add(-1), edited) },
			"Intersection":           func() { c.m.Intersection(o) },
			"Intersection other way": func() { o.Intersection(c.m) },
			"Difference":             func() { assert.LessOrEqual(t, c.m.Difference(o).Len(), d) },
			"Difference, other way":  func() { o.Difference(c.m) },
			"Merge":                  func() { hamt.Merge(c.m, c.m.Set(5, 6), o) },
			"Apply":                  func() { hamt.Apply(c.m, hamt.Diff(c.m, o)) },
		} {
			got := c.cost(do)
			assert.LessOrEqual(t, got, perEdit*(d+1), "%s of %d changes in %d", name, d, large())
		}
	}
	assert.GreaterOrEqual(t, c.cost(func() { hamt.Equal(c.m, c.m.Filter(func(int, int) bool { return false }).SetAll(c.m.All())) }), large(), "what shares nothing is looked into")
}

// TestVersionsShareNodes counts the nodes that an operation makes.
func TestVersionsShareNodes(t *testing.T) {
	rng := testkit.Rand(t)
	var m hamt.Map[int, int]
	n := 1 << 14
	b := m.Builder()
	for k := range n {
		b.Set(k, k)
	}
	m = b.Build()
	depth := hamt.StatsOf(m).Depth
	// own returns how many nodes of v are not m's.
	own := func(v hamt.Map[int, int]) int {
		shared, total := hamt.SharedNodes(m, v)
		return total - shared
	}
	for range 50 {
		k := rng.IntN(n)
		assert.LessOrEqual(t, own(m.Set(k, 0)), depth, "Set")
		assert.LessOrEqual(t, own(m.Set(n+k, 0)), depth+1+1<<hamt.SlotBits, "Set of an absent key may divide a leaf")
		assert.LessOrEqual(t, own(m.Delete(k)), depth, "Delete")
		assert.LessOrEqual(t, own(m.Filter(func(j, _ int) bool { return j != k })), depth, "Filter")
		v := m.Set(k, -1)
		assert.LessOrEqual(t, own(m.Union(v)), depth, "Union")
		assert.LessOrEqual(t, own(m.Difference(hamt.Map[int, int]{}.Set(k, 1))), depth, "Difference")
		one := hamt.Map[int, int]{}.Set(k, 1)
		assert.LessOrEqual(t, own(m.Union(one)), depth, "Union with one entry")
		assert.LessOrEqual(t, own(m.Intersection(m.Delete(k))), depth, "Intersection")
		merged, _ := hamt.Merge(m, m, v)
		assert.LessOrEqual(t, own(merged), depth, "Merge")
		b := m.Builder()
		b.Set(k, 3)
		b.Set(k, 4)
		assert.LessOrEqual(t, own(b.Build()), depth, "a builder")
	}
	// Whole subtrees of the operand are adopted, if keys cannot be told apart.
	other := hamt.Map[int, int]{}
	for k := range 40 {
		other = other.Set(-k-1, k)
	}
	u := other.Union(m)
	shared, total := hamt.SharedNodes(m, u)
	assert.Greater(t, 2*shared, total, "%d of %d nodes are the operand's", shared, total)
}

// TestCopiesOfNodesOfEverySize overwrites and adds a key in maps of every size, until a node below
// the root has all its children: the copies must be whole, and the originals stay.
func TestCopiesOfNodesOfEverySize(t *testing.T) {
	// The topmost bit of a hash is 0, so the root has half the children.
	for _, h := range []hamt.Hasher[int]{nil, testkit.TopEqual[int](hamt.SlotBits - 1)} {
		m := hamt.NewMap[int, int](h)
		want := map[int]int{}
		for n := range 60 * hamt.LeafMax {
			old, before := m, maps.Clone(want)
			m = m.Set(n/2, -n).Set(n, n)
			want[n/2], want[n] = -n, n
			if n%8 == 0 {
				sameMap(t, before, old)
				sameMap(t, want, m)
			}
		}
	}
}
