package hamt_test

import (
	"hash/maphash"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/testkit"
)

// TestCallbackPanicsAtEveryCall lets the k-th call of a caller's function panic, for every k, in
// every operation: all versions must be intact, and a builder as it was before the call.
func TestCallbackPanicsAtEveryCall(t *testing.T) {
	const n = 3*hamt.LeafMax + 1
	for name, h := range map[string]testkit.Mask[int]{
		"good":     {Keep: ^uint64(0)},
		"constant": testkit.Constant[int](),
		"last":     testkit.LastBits[int](3),
	} {
		t.Run(name, func(t *testing.T) {
			var f testkit.Faults
			model, other := map[int]int{}, map[int]int{}
			m := hamt.NewMap[int, int](&testkit.Faulty[int]{Summer: h, Faults: &f})
			o := m
			for k := range n {
				model[k], other[n/2+k] = k, -k
				m, o = m.Set(k, k), o.Set(n/2+k, -k)
			}
			foreign := hamt.CollectMap(o.All())
			for op, do := range persistentCalls(&f) {
				calls := 0
				for k := 1; f.Attempt(k, func() { do(m, o, foreign) }); k++ {
					calls++
					if calls > 40 {
						k += calls / 8 // the first ones, then fewer and fewer
					}
				}
				sameMap(t, model, m, op)
				sameMap(t, other, o, op)
				sameMap(t, other, foreign, op)
				assert.Positive(t, calls, op)
			}
			for op, do := range builderCalls(&f) {
				calls := 0
				for k := 1; ; k++ {
					// The builder owns some nodes and shares others.
					b, want := m.Builder(), map[int]int{}
					for k, v := range model {
						want[k] = v
					}
					for i := range n / 2 {
						b.Set(i*2, i)
						want[i*2] = i
					}
					if !f.Attempt(k, func() { do(b) }) {
						break
					}
					calls++
					require.NoError(t, hamt.CheckBuilder(b), "%s, call %d", op, k)
					require.Equal(t, len(want), b.Len(), "%s, call %d", op, k)
					built := b.Build()
					sameMap(t, want, built, op)
					b.Set(1, -1)
					b.Delete(2)
					b.Set(-5, 5)
					sameMap(t, want, built, op)
					want[1], want[-5] = -1, 5
					delete(want, 2)
					sameMap(t, want, b.Build(), op)
				}
				sameMap(t, model, m, op)
				assert.Positive(t, calls, op)
			}
		})
	}
}

// persistentCalls are operations whose callbacks tick.
func persistentCalls(f *testkit.Faults) map[string]func(m, o, foreign hamt.Map[int, int]) {
	type m = hamt.Map[int, int]
	eq := func(a, b int) bool { f.Tick(); return a == b }
	const absent, present = -3, 2
	return map[string]func(m, o, foreign m){
		"Get":           func(m, _, _ m) { m.Get(present) },
		"Lookup absent": func(m, _, _ m) { m.Lookup(absent) },
		"Contains":      func(m, _, _ m) { m.Contains(present) },
		"Set":           func(m, _, _ m) { m.Set(present, 9) },
		"Set of absent": func(m, _, _ m) { m.Set(absent, 9) },
		"SetIfChanged":  func(m, _, _ m) { hamt.SetIfChanged(m, absent, 9) },
		"Delete":        func(m, _, _ m) { m.Delete(present) },
		"DeleteAll":     func(m, _, _ m) { m.DeleteAll(present, absent, present+1) },
		"UpdateIfChanged": func(m, _, _ m) {
			hamt.UpdateIfChanged(m, present, func(v int) int { f.Tick(); return v + 1 })
		},
		"SetIfChangedFunc": func(m, _, _ m) { hamt.SetIfChangedFunc(m, present, 9, eq) },
		"Partition":        func(m, _, _ m) { m.Partition(func(k, _ int) bool { f.Tick(); return k%3 == 0 }) },
		"DeleteFunc":       func(m, _, _ m) { m.DeleteFunc(func(k, _ int) bool { f.Tick(); return k%3 == 0 }) },
		"IntersectionFunc": func(m, o, _ m) { m.IntersectionFunc(o, func(_, a, b int) int { f.Tick(); return a + b }) },
		"JoinFunc":         func(m, o, _ m) { hamt.JoinFunc(m, o, func(_, a, b int) int { f.Tick(); return a + b }) },
		"Restrict":         func(m, o, foreign m) { m.Restrict(o.KeySet()); m.Restrict(foreign.KeySet()) },
		"Without":          func(m, o, foreign m) { m.Without(o.KeySet()); m.Without(foreign.KeySet()) },
		"Update":           func(m, _, _ m) { m.Update(absent, func(int, bool) (int, bool) { f.Tick(); return 9, true }) },
		"Update, not kept": func(m, _, _ m) {
			m.Update(present, func(int, bool) (int, bool) { f.Tick(); return 9, false })
		},
		"SetAll":                     func(m, o, _ m) { m.SetAll(testkit.Ticking(f, o.All())) },
		"SetAll of empty":            func(m, o, _ m) { m.Filter(func(int, int) bool { return false }).SetAll(testkit.Ticking(f, o.All())) },
		"All":                        func(m, _, _ m) { m.All()(func(int, int) bool { f.Tick(); return true }) },
		"Keys":                       func(m, _, _ m) { m.Keys()(func(int) bool { f.Tick(); return true }) },
		"Values":                     func(m, _, _ m) { m.Values()(func(int) bool { f.Tick(); return true }) },
		"Filter":                     func(m, _, _ m) { m.Filter(func(k, _ int) bool { f.Tick(); return k%3 == 0 }) },
		"MapValues":                  func(m, _, _ m) { hamt.MapValues(m, func(int, int) int { f.Tick(); return 0 }) },
		"Union":                      func(m, o, _ m) { m.Union(o) },
		"UnionFunc":                  func(m, o, _ m) { m.UnionFunc(o, func(_, a, b int) int { f.Tick(); return a + b }) },
		"Intersection":               func(m, o, _ m) { m.Intersection(o) },
		"Difference":                 func(m, o, _ m) { m.Difference(o) },
		"Union, other hasher":        func(m, _, foreign m) { m.Union(foreign) },
		"Intersection, other hasher": func(m, _, foreign m) { m.Intersection(foreign) },
		"Difference, other hasher":   func(m, _, foreign m) { m.Difference(foreign) },
		"Equal, other hasher":        func(m, _, foreign m) { hamt.Equal(m, foreign) },
		"EqualFunc":                  func(m, _, _ m) { hamt.EqualFunc(m, hamt.MapValues(m, func(_, v int) int { return v }), eq) },
		"DiffFunc": func(m, o, _ m) {
			for range hamt.DiffFunc(m, o, eq) {
				f.Tick()
			}
		},
		"Apply": func(m, o, _ m) {
			hamt.Apply(m, func(yield func(diff.Change[int, int]) bool) {
				for c := range hamt.Diff(m, o) {
					f.Tick()
					if !yield(c) {
						return
					}
				}
			})
		},
		"MergeFunc": func(m, o, _ m) {
			hamt.MergeFunc(m.Set(absent, 1), m.Set(present, 3), o, eq, func(diff.Conflict[int, int]) (int, bool) { f.Tick(); return 7, true })
		},
		"MergeFunc, dropping": func(m, o, _ m) {
			hamt.MergeFunc(o, m, o.Union(m).Set(absent, 1), eq, func(diff.Conflict[int, int]) (int, bool) { f.Tick(); return 7, false })
		},
		"sets": func(m, o, _ m) {
			none := hamt.NewSet[int](&testkit.Faulty[int]{Summer: testkit.LastBits[int](4), Faults: f})
			a, b := none.Add(1, 2, 3, 4, 5), none.Add(4, 5, 6)
			a.SymmetricDifference(b)
			a.SubsetOf(b)
			a.Disjoint(b)
			a.Filter(func(int) bool { f.Tick(); return false })
			hamt.ApplySet(a, hamt.DiffSets(a, b))
			a.AddAll(func(yield func(int) bool) { f.Tick(); yield(5); f.Tick(); yield(9) })
			a.Replace(3).Lookup(4)
			hamt.MergeSets(a, b, none.Add(7))
		},
	}
}

// builderCalls are operations on a builder with n entries whose callbacks tick.
func builderCalls(f *testkit.Faults) map[string]func(b *hamt.MapBuilder[int, int]) {
	type builder = *hamt.MapBuilder[int, int]
	return map[string]func(b builder){
		"Set":                  func(b builder) { b.Set(3, 30) },
		"Set of absent":        func(b builder) { b.Set(-3, 30) },
		"Delete":               func(b builder) { b.Delete(3) },
		"Lookup":               func(b builder) { b.Lookup(3) },
		"Update":               func(b builder) { b.Update(3, func(int, bool) (int, bool) { f.Tick(); return 9, true }) },
		"Update of absent":     func(b builder) { b.Update(-3, func(int, bool) (int, bool) { f.Tick(); return 9, true }) },
		"Update that does not": func(b builder) { b.Update(3, func(int, bool) (int, bool) { f.Tick(); return 9, false }) },
		"SetAll": func(b builder) {
			b.SetAll(testkit.Ticking(f, testkit.Zip([]int{3, -3, -4, 5, -6, -7, 3}, []int{9, 9, 9, 9, 9, 9, 9})))
		},
		"SetAll of a sequence that deletes": func(b builder) {
			b.SetAll(func(yield func(int, int) bool) {
				for i := range 6 {
					b.Delete(2 * i)
					f.Tick()
					if !yield(2*i+1, 0) || !yield(-i-1, 0) {
						return
					}
				}
			})
		},
		"Swap":           func(b builder) { b.Swap(3, 30) },
		"Swap of absent": func(b builder) { b.Swap(-3, 30) },
		"Take":           func(b builder) { b.Take(3) },
		"DeleteFunc":     func(b builder) { b.DeleteFunc(func(k, _ int) bool { f.Tick(); return k%3 > 0 }) },
		"range": func(b builder) {
			for range b.All() {
				f.Tick()
			}
		},
	}
}

// A meddler is a hasher that calls meddle, once it is set, when it is asked.
type meddler struct {
	testkit.Mask[int]
	meddle func()
}

func (m *meddler) call() {
	if f := m.meddle; f != nil {
		m.meddle = nil
		f()
	}
}

func (m *meddler) Sum64(seed maphash.Seed, k int) uint64 {
	m.call()
	return m.Mask.Sum64(seed, k)
}

func (m *meddler) Equal(a, b int) bool {
	m.call()
	return m.Mask.Equal(a, b)
}

// TestHasherThatChangesTheBuilder fails unless a change from within a Hasher panics with a
// message that says so, and leaves the builder as it was.
func TestHasherThatChangesTheBuilder(t *testing.T) {
	const n = 2 * hamt.LeafMax
	for _, mask := range []testkit.Mask[int]{{Keep: ^uint64(0)}, testkit.Constant[int]()} {
		for call, do := range map[string]func(b *hamt.MapBuilder[int, int]){
			"Set":           func(b *hamt.MapBuilder[int, int]) { b.Set(1, 5) },
			"Set of absent": func(b *hamt.MapBuilder[int, int]) { b.Set(-1, 5) },
			"Delete":        func(b *hamt.MapBuilder[int, int]) { b.Delete(1) },
			"Swap":          func(b *hamt.MapBuilder[int, int]) { b.Swap(1, 5) },
			"Take":          func(b *hamt.MapBuilder[int, int]) { b.Take(1) },
			"Update":        func(b *hamt.MapBuilder[int, int]) { b.Update(1, func(int, bool) (int, bool) { return 0, true }) },
			"SetAll":        func(b *hamt.MapBuilder[int, int]) { b.SetAll(testkit.Zip([]int{1, 2}, []int{3, 4})) },
		} {
			for change, meddle := range map[string]func(b *hamt.MapBuilder[int, int]){
				"Set":    func(b *hamt.MapBuilder[int, int]) { b.Set(-2, 5) },
				"Delete": func(b *hamt.MapBuilder[int, int]) { b.Delete(2) },
				"Update": func(b *hamt.MapBuilder[int, int]) { b.Update(-2, func(int, bool) (int, bool) { return 0, true }) },
				"SetAll": func(b *hamt.MapBuilder[int, int]) { b.SetAll(testkit.Zip([]int{-2}, []int{4})) },
			} {
				h := &meddler{Mask: mask}
				want := map[int]int{}
				b := hamt.NewMap[int, int](h).Builder()
				for k := range n {
					b.Set(k, k)
					want[k] = k
				}
				h.meddle = func() { meddle(b) }
				assert.PanicsWithValue(t, askedMessage, func() { do(b) }, "%s in %s", change, call)
				require.NoError(t, hamt.CheckBuilder(b))
				sameMap(t, want, b.Build(), "%s in %s", change, call)
				assert.True(t, b.Set(-9, 9), "the builder goes on")
			}
		}
	}
}

// TestHasherThatMeddlesWithReads: a read of a builder during which the Hasher changes that
// builder either panics with the same message, or ends; nothing is torn.
func TestHasherThatMeddlesWithReads(t *testing.T) {
	const n = 2*hamt.LeafMax + 1
	for name, mask := range map[string]testkit.Mask[int]{"good": {Keep: ^uint64(0)}, "constant": testkit.Constant[int]()} {
		for change, meddle := range map[string]func(b *hamt.MapBuilder[int, int]){
			"Set":        func(b *hamt.MapBuilder[int, int]) { b.Set(-2, 5) },
			"Delete":     func(b *hamt.MapBuilder[int, int]) { b.Delete(3) },
			"Clear":      func(b *hamt.MapBuilder[int, int]) { b.Clear() },
			"Delete all": func(b *hamt.MapBuilder[int, int]) { b.DeleteFunc(func(int, int) bool { return true }) },
			"Delete most": func(b *hamt.MapBuilder[int, int]) {
				for k := range n {
					b.Delete(k)
				}
			},
		} {
			h := &meddler{Mask: mask}
			for skip := range 3 {
				b := hamt.NewMap[int, int](h).Builder()
				for k := range n {
					b.Set(k, k)
				}
				var later func()
				left := skip
				later = func() {
					if left--; left < 0 {
						meddle(b)
					} else {
						h.meddle = later
					}
				}
				h.meddle = later
				func() {
					defer func() {
						if r := recover(); r != nil {
							assert.Equal(t, askedMessage, r, "%s in Lookup, %s, question %d", change, name, skip)
						}
					}()
					b.Lookup(n - 1)
				}()
				h.meddle = nil
				require.NoError(t, hamt.CheckBuilder(b), change)
			}
		}
	}
}

// TestHasherThatBuilds: a Hasher cannot build the builder that asks it, which would give away
// nodes that the operation in progress goes on to change. The builder is as it was.
func TestHasherThatBuilds(t *testing.T) {
	for name, mask := range map[string]testkit.Mask[int]{"good": {Keep: ^uint64(0)}, "last": testkit.LastBits[int](3), "constant": testkit.Constant[int]()} {
		for _, skip := range []int{0, 1, 2, hamt.LeafMax, hamt.LeafMax + 1} {
			h := &meddler{Mask: mask}
			b := hamt.NewMap[int, int](h).Builder()
			model := map[int]int{}
			refused := 0
			for at := range 20 * hamt.LeafMax {
				left := skip
				var later func()
				later = func() {
					if left--; left < 0 {
						b.Build()
						t.Errorf("%s, question %d: a Hasher has built", name, skip)
					} else {
						h.meddle = later
					}
				}
				h.meddle = later
				func() {
					defer func() {
						if r := recover(); r != nil {
							refused++
							assert.Equal(t, askedMessage, r)
						}
					}()
					b.Set(at, at)
					model[at] = at
				}()
				h.meddle = nil
			}
			if skip == 0 {
				assert.Positive(t, refused)
			}
			require.NoError(t, hamt.CheckBuilder(b), name)
			require.NoError(t, testkit.Compare(b, model), "%s, question %d", name, skip)
		}
	}
}

// askedMessage is what a builder panics with that is used while it asks its Hasher.
const askedMessage = "hamt: a builder is used while it asks its Hasher: by that, or by a second goroutine"
