package hamt_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/transient"
)

// Bugs that hash tries, builders and iterators of other libraries have had, and the tests that look
// for them here. What no test of a feature covers has one below.
//
//	a builder changes a version              TestTwoBuildersOfOneVersion, TestModel, TestReadersBesideWriters
//	a builder used after Build               TestBuilderAfterBuild, TestModel
//	memory to spare of a builder misread     TestBuilderAndVersionByTurns
//	the shape is lost on deletion            TestShapeAfterEveryDeletionOrder
//	collisions in bulk operations            TestBinaryOperationsExhaustively
//	the hash runs out                        TestBinaryOperationsExhaustively ("the last levels"), TestHashRunsOut
//	keys of one hash overwrite each other    TestConstantHasher, TestModel
//	a no-op by the wrong equality            TestNoOpsReturnTheReceiver, TestEqualButDifferentValuesAreStored
//	bounds of integers                       TestKeysOfEveryKind
//	32-bit only                              the whole suite under GOARCH=386
//	NaN, and equal keys of different bits    TestFloatKeys
//	an uncomparable key                      TestUncomparableKeysPanic
//	keys and slices of the caller            TestCallersMemoryIsNotKept
//	a panic half-way                         TestCallbackPanicsAtEveryCall, TestVoidLoanIsNotRevived
//	a hasher that contradicts itself         TestHostileHashersInEveryOperation, TestContradictingHashers
//	changes while iterating                  TestRangeOverBuilderSeesItsBeginning, TestCallbacksUseTheBuilder
//	a range broken off                       TestIteratorsBrokenNestedReused, TestIteratorNeverCalledAfterFalse
//	an iterator shared by goroutines         TestIteratorSharedByGoroutines
//	retained references                      TestNothingIsRetained
//	deep recursion                           TestConstantHasher
//	hash flooding                            TestFloodingCostsNoMoreThanRandomKeys, TestSeedDiffersBetweenProcesses
//	a lazy cache, unsafe publication         TestFirstReadsAtOnce, TestVersionsPassedOn
//	a read that writes                       TestFirstReadsAtOnce
//	diff and merge lose changes              TestBinaryOperationsExhaustively
//	pointers the collector does not see      TestPointersSurviveCollection
//	nil or zero taken for absent             TestZeroValuesArePresent
//	a wrong count                            TestBinaryOperationsExhaustively, TestCountOfRepeatedKeys
//	removal by predicate                     TestEveryPredicate
//	the shared empty collection is changed   TestEmptyIsShared

func TestTwoBuildersOfOneVersion(t *testing.T) {
	for _, h := range testkit.Hashers[int]() {
		n := 4 * hamt.LeafMax
		first := hamt.NewMap[int, int](h.Hasher).Builder()
		want := map[int]int{}
		for k := range n {
			first.Set(k, k)
			want[k] = k
		}
		m := first.Build()
		b, c := m.Builder(), m.Builder()
		for k := range n {
			first.Set(k, -1)
			b.Set(k, -2)
			c.Set(k, -3)
			c.Delete(k - 1)
			b.Delete(k + 1)
			m.Set(k, -4)
			m.Delete(k)
		}
		sameMap(t, want, m, h.Name)
		for k := range n {
			require.Equal(t, -1, first.Get(k))
		}
		require.Equal(t, 1, c.Len())
		require.Equal(t, -3, c.Get(n-1))
		require.NoError(t, hamt.CheckBuilder(b))
		require.NoError(t, hamt.CheckBuilder(c))
	}
}

func TestBuilderAfterBuild(t *testing.T) {
	for _, h := range testkit.Hashers[int]() {
		b := hamt.NewMap[int, int](h.Hasher).Builder()
		type version struct {
			m    hamt.Map[int, int]
			want map[int]int
		}
		var versions []version
		model := map[int]int{}
		build := func() {
			v := version{b.Build(), map[int]int{}}
			for k, x := range model {
				v.want[k] = x
			}
			assert.True(t, v.m == b.Build(), "%s: built twice", h.Name)
			versions = append(versions, v)
		}
		n := 3 * hamt.LeafMax
		for k := range n {
			b.Set(k, k)
			model[k] = k
			build()
		}
		for k := range n {
			b.Delete(k)
			delete(model, k)
			build()
		}
		b.Set(1, 1)
		model[1] = 1
		build()
		b.Clear()
		clear(model)
		build()
		for _, v := range versions {
			sameMap(t, v.want, v.m, h.Name)
		}
	}
}

// A node that a builder made has memory to spare. A persistent operation on it must go by the
// number of its entries.
func TestBuilderAndVersionByTurns(t *testing.T) {
	for _, h := range testkit.Hashers[int]() {
		m := hamt.NewMap[int, int](h.Hasher)
		want := map[int]int{}
		rng := testkit.Rand(t)
		for i := range 60 {
			b := m.Builder()
			for range 1 + rng.IntN(6) {
				k := rng.IntN(3 * hamt.LeafMax)
				if rng.IntN(3) == 0 {
					b.Delete(k)
					delete(want, k)
				} else {
					b.Set(k, i)
					want[k] = i
				}
			}
			m = b.Build()
			b.Set(-1, 1) // goes on beside
			b.Delete(0)
			k, d := rng.IntN(3*hamt.LeafMax), rng.IntN(3*hamt.LeafMax)
			m = m.Set(k, -i).Delete(d)
			want[k] = -i
			delete(want, d)
			sameMap(t, want, m, h.Name)
			fresh := hamt.NewMap[int, int](h.Hasher)
			for k, v := range want {
				fresh = fresh.Set(k, v)
			}
			require.True(t, hamt.SameShape(fresh, m), h.Name)
		}
	}
}

func TestHashRunsOut(t *testing.T) {
	// Two groups in one collision's reach, whose hashes differ in the last bit only.
	u := newUniverse("", 2*hamt.LeafMax, home^1, home^1, home^1)
	m := u.build(u.pick(7, true, oursValue))
	stats := hamt.StatsOf(m)
	assert.Equal(t, 1, stats.Collisions)
	assert.Equal(t, hamt.Levels+1, stats.Depth)
	assert.Equal(t, 2*hamt.LeafMax, stats.Largest)
	n := 0
	for range m.All() {
		n++
	}
	assert.Equal(t, 2*hamt.LeafMax+3, n, "iteration reaches the last level")
	for _, k := range u.keys {
		m = m.Delete(k)
		require.NoError(t, hamt.Check(m))
	}
	assert.True(t, m == noPaths)
}

func TestEqualButDifferentValuesAreStored(t *testing.T) {
	x, y := &heavy{ID: 1}, &heavy{ID: 1}
	m := hamt.Map[int, *heavy]{}.Set(1, x)
	assert.Same(t, y, m.Set(1, y).Get(1))
	assert.Same(t, y, hamt.SetIfChanged(m, 1, y).Get(1))
	assert.Same(t, y, m.Union(hamt.Map[int, *heavy]{}.Set(1, y)).Get(1))
	b := m.Builder()
	b.Set(1, y)
	assert.Same(t, y, b.Get(1))
	assert.Same(t, x, m.Get(1))
	// A difference that eq does not see is kept: by Set always, by a merge on our side.
	any := func(*heavy, *heavy) bool { return true }
	assert.Same(t, x, hamt.MergeFunc(m, m, m.Set(1, y), any, nil).Get(1))
}

func TestCallersMemoryIsNotKept(t *testing.T) {
	elements := []int{1, 2, 3}
	s := hamt.SetOf(elements...)
	added := hamt.SetOf[int]().Add(elements...)
	elements[0] = 9
	assert.True(t, s.Contains(1) && !s.Contains(9))
	assert.True(t, added.Contains(1) && !added.Contains(9))

	builtin := map[string]int{"a": 1}
	m := hamt.MapOf(builtin)
	builtin["a"], builtin["b"] = 2, 2
	sameMap(t, map[string]int{"a": 1}, m)

	buf := []byte("key")
	m = m.Set(string(buf), 5)
	buf[0] = 'x'
	assert.Equal(t, 5, m.Get("key"))

	// A key that is a pointer is known by its address, whatever it points to.
	p := &heavy{ID: 1}
	ps := hamt.Map[*heavy, *heavy]{}.Set(p, nil)
	p.ID = 2
	assert.True(t, ps.Contains(p))

	changes := []diff.Change[string, int]{{Kind: diff.Added, Key: "n", New: 1}}
	applied := hamt.Apply(m, slices.Values(changes))
	changes[0].New = 2
	assert.Equal(t, 1, applied.Get("n"))
}

// TestFirstReadsAtOnce reads a version, and makes builders of it, in many goroutines at once, as
// the first that happens to it. Only -race sees what may go wrong.
func TestFirstReadsAtOnce(t *testing.T) {
	for _, m := range []hamt.Map[string, int]{{}, hamt.Map[string, int]{}.Set("x", 1), hamt.NewMap[string, int](caseless{})} {
		done := make(chan struct{})
		for range 64 {
			go func() {
				defer func() { done <- struct{}{} }()
				m.Len()
				m.Get("x")
				b := m.Builder()
				b.Len()
				b.Set("y", 1)
				b.Build()
				hamt.Equal(m, b.Build())
				m.Set("z", 1)
				m.Union(m.Set("q", 1))
				for range m.All() {
				}
			}()
		}
		for range 64 {
			<-done
		}
	}
}

// TestPointersSurviveCollection: the collector must see every pointer in a node, whatever the
// sizes of keys and values, while memory is being reused all the time.
func TestPointersSurviveCollection(t *testing.T) {
	type small struct {
		b byte
		p *int
	}
	text := func(i int) string { return strings.Repeat(fmt.Sprint(i), 4) }
	a, b, c := hamt.Map[string, []int]{}, hamt.Map[small, any]{}, hamt.NewMap[string, []int](testkit.Constant[string]())
	keys := map[int]small{}
	for i := range 400 {
		x := i
		keys[i] = small{byte(i), &x}
		a, b = a.Set(text(i), []int{i, i}), b.Set(keys[i], text(i))
		if i < 3*hamt.LeafMax {
			c = c.Set(text(i), []int{i})
		}
		if i%40 == 0 {
			runtime.GC()
		}
		_ = make([]byte, 1<<12)
	}
	d := transient.Update(a, func(b *hamt.MapBuilder[string, []int]) {
		for i := range 400 {
			if i%3 == 0 {
				b.Delete(text(i))
			}
			if i%50 == 0 {
				runtime.GC()
			}
			b.Set(text(1000+i), []int{i})
		}
	})
	runtime.GC()
	for i := range 400 {
		require.Equal(t, []int{i, i}, a.Get(text(i)))
		require.Equal(t, text(i), b.Get(keys[i]))
		require.Equal(t, []int{i}, d.Get(text(1000+i)))
		if i < 3*hamt.LeafMax {
			require.Equal(t, []int{i}, c.Get(text(i)))
		}
	}
}

func TestCountOfRepeatedKeys(t *testing.T) {
	for _, h := range testkit.Hashers[int]() {
		empty := hamt.NewMap[int, int](h.Hasher)
		for _, distinct := range []int{1, hamt.LeafMax, hamt.LeafMax + 1, 3 * hamt.LeafMax} {
			repeated := func(yield func(int, int) bool) {
				for i := range 5 * distinct {
					if !yield(i*7%distinct, i) {
						return
					}
				}
			}
			want := map[int]int{}
			for k, v := range repeated {
				want[k] = v
			}
			sameMap(t, want, empty.SetAll(repeated), h.Name)
			sameMap(t, want, empty.Set(0, -1).SetAll(repeated), h.Name)
			b := empty.Builder()
			b.SetAll(repeated)
			sameMap(t, want, b.Build(), h.Name)
			s := hamt.NewSet[int](h.Hasher)
			for k := range repeated {
				s = s.Add(k, k)
			}
			assert.Equal(t, len(want), s.Len())
		}
	}
	assert.Equal(t, 2, hamt.SetOf(1, 2, 1, 2, 1).Len())
	assert.Equal(t, 1, hamt.CollectSet(slices.Values(make([]string, 50))).Len())
}

// TestEveryPredicate filters a map of colliders by all 2^n predicates, with a builder too.
func TestEveryPredicate(t *testing.T) {
	for _, u := range universes() {
		full := u.build(u.pick(1<<u.movers-1, true, oursValue))
		for mask := range 1 << u.movers {
			for _, padded := range []bool{true, false} {
				want := u.pick(mask, padded, oursValue)
				keep := func(k pathKey, _ int) bool { return want[k.id] != absent }
				require.NoError(t, u.verify(full.Filter(keep), want), "%s, %b", u.name, mask)
				for _, owned := range []bool{true, false} {
					b := full.Builder()
					if owned {
						for k, v := range full.All() {
							b.Set(k, v)
						}
					}
					calls := 0
					b.DeleteFunc(func(k pathKey, v int) bool { calls++; return !keep(k, v) })
					require.NoError(t, hamt.CheckBuilder(b))
					require.NoError(t, u.verify(b.Build(), want), "%s, %b", u.name, mask)
					require.Equal(t, full.Len(), calls)
				}
			}
		}
	}
}

func TestEmptyIsShared(t *testing.T) {
	var m hamt.Map[string, int]
	b := m.Builder()
	b.Set("a", 1)
	b.Build()
	var zero hamt.MapBuilder[string, int]
	zero.Set("b", 2)
	var other hamt.Map[string, string]
	other.Set("a", "x")
	// The leaf without entries is one for all maps: no operation may write to it.
	deep := hamt.Map[int, int]{}
	for k := range 3 * hamt.LeafMax {
		deep = deep.Set(k, k)
	}
	lonely := deep.Builder()
	for k := range 3*hamt.LeafMax - 1 {
		lonely.Delete(k)
		lonely.Set(k, 1)
		lonely.Delete(k)
	}
	assert.Equal(t, 1, lonely.Len())
	for range m.All() {
		assert.Fail(t, "the empty map has an entry")
	}
	assert.Zero(t, m.Len())
	assert.False(t, m.Contains("a"))
	assert.True(t, m == hamt.Map[string, int]{})
	assert.Zero(t, new(hamt.MapBuilder[string, int]).Len())
	assert.Zero(t, hamt.StatsOf(m).Entries)
	assert.NoError(t, hamt.Check(deep))
	assert.True(t, hamt.SetOf[string]() == hamt.Set[string]{})
}
