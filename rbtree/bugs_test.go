package rbtree_test

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/transient"
)

// Bugs that sorted trees, builders and iterators of other libraries have had, and the tests that look for them here.
// What no test of a feature covers has one below.
//
//	a builder changes a version                  TestTwoBuildersOfOneVersion, TestModel
//	a copy goes on beside its source             TestSourceAndCopyByTurns
//	a builder used after Build                   TestBuilderAfterBuild, TestModel
//	room to spare of a builder misread           TestBuilderAndVersionByTurns
//	a sibling fused that others share            TestFusedSiblingsAreCopied
//	the shape is lost on deletion                TestExhaustivelyInsertionAndDeletionOrders, TestColoursSeeDamage
//	equal contents of different shapes           TestShapesDoNotMatter
//	a no-op by the wrong equality                TestEqualButDifferentValuesAreStored, TestNoOpsReturnTheReceiver
//	bounds of integers, halves of sums           TestIndexOutOfRange, TestExtremeKeys, TestLengthsDoNotOverflow
//	32-bit only                                  the whole suite under GOARCH=386
//	NaN takes other keys down with it            TestNaNIsAKeyLikeAnother, TestFloatsAreOrderedByCompare
//	keys of the caller that change               TestKeysThatTheCallerChanges
//	a panic half-way                             TestComparatorPanicsAtEveryQuestion, TestModelFaults
//	a comparator that contradicts itself         TestLiarsInEveryOperation, TestContradictingComparators
//	changes while iterating                      TestBuilderChangedWhileRanging, TestRangesOverBuildersSeeTheBeginning
//	a range broken off                           TestIteratorsBrokenNestedReused
//	an iterator shared by goroutines             TestOneSequenceInManyGoroutines
//	retained references                          TestNothingIsRetained, TestShrunkNodesHoldNothing
//	a read that writes                           TestReadersBesideBuilders
//	diff and merge lose changes                  the oracle of merges in property_test
//	nil or zero taken for absent                 TestZeroValuesArePresent
//	a wrong count                                TestCountOfRepeatedKeys, TestExhaustivelySubsets
//	seeking skips or repeats an entry            TestExhaustivelyBounds, TestSeekAmongPrefixes
//	removal by predicate                         TestEveryPredicate
//	the shared empty collection is changed       TestEmptyIsShared

func upTo(n int) rbtree.Map[int, int] {
	keys := make([]int, n)
	for i := range keys {
		keys[i] = i
	}
	return rbtree.CollectMap(testkit.Zip(keys, keys))
}

// has fails unless m has these entries, which are sorted.
func has(t *testing.T, m rbtree.Map[int, int], want []keyValue) {
	t.Helper()
	require.NoError(t, check(m))
	require.Equal(t, append([]keyValue(nil), want...), entriesOf(m))
	require.Equal(t, len(want), m.Len())
}

// kotlinx#198, dolt#7192: equal contents are told apart by how they came about.
func TestShapesDoNotMatter(t *testing.T) {
	n := 5 * rbtree.LeafMost
	one := upTo(n)
	other := rbtree.Map[int, int]{}
	for k := n - 1; k >= 0; k-- {
		other = other.Set(k, k)
	}
	thinned := upTo(4 * n)
	for k := n; k < 4*n; k++ {
		thinned = thinned.Delete(k)
	}
	joined := rbtree.Map[int, int]{}
	for k := range n {
		joined = joined.Join(rbtree.Map[int, int]{}.Set(k, k))
	}
	maps := []rbtree.Map[int, int]{one, other, thinned, joined}
	assert.NotEqual(t, rbtree.StatsOf(one), rbtree.StatsOf(other), "the shapes are the same")
	for _, a := range maps {
		for _, b := range maps {
			assert.True(t, rbtree.Equal(a, b))
			assert.Empty(t, slices.Collect(rbtree.Diff(a, b)))
			assert.True(t, a.Intersection(b) == a)
			assert.Zero(t, a.Difference(b).Len())
			x, _ := a.GobEncode()
			y, _ := b.GobEncode()
			assert.True(t, bytes.Equal(x, y))
		}
	}
}

// collection-strawman#525, scala/bug#12047: a value that is equal, but not the same, is dropped.
func TestEqualButDifferentValuesAreStored(t *testing.T) {
	x, y := &heavy{ID: 1}, &heavy{ID: 1}
	m := rbtree.Map[int, *heavy]{}.Set(1, x)
	assert.Same(t, y, m.Set(1, y).Get(1))
	assert.Same(t, y, rbtree.SetIfChanged(m, 1, y).Get(1))
	assert.Same(t, y, m.Union(rbtree.Map[int, *heavy]{}.Set(1, y)).Get(1))
	b := m.Builder()
	b.Set(1, y)
	assert.Same(t, y, b.Get(1))
	assert.Same(t, x, m.Get(1))
	any := func(*heavy, *heavy) bool { return true }
	assert.Same(t, x, rbtree.MergeFunc(m, m, m.Set(1, y), any, nil).Get(1))
}

// tidwall/btree#47, #48: (low+high)/2. Keys whose differences overflow are in order all the same.
func TestExtremeKeys(t *testing.T) {
	keys := []int{math.MinInt, math.MinInt + 1, -1, 0, 1, math.MaxInt - 1, math.MaxInt}
	m := rbtree.Map[int, int]{}
	for i := range keys {
		m = m.Set(keys[(i*3)%len(keys)], i)
	}
	assert.Equal(t, keys, slices.Collect(m.Keys()))
	for i, k := range keys {
		rank, _ := m.Rank(k)
		assert.Equal(t, i, rank)
		assert.Equal(t, len(keys)-i, m.From(k).Len())
		assert.Equal(t, i, m.Below(k).Len())
	}
	k, _, ok := m.Floor(math.MaxInt - 2)
	assert.True(t, ok && k == 1)
	_, _, ok = m.Delete(math.MinInt).Floor(math.MinInt)
	assert.False(t, ok)
	_, _, ok = m.Delete(math.MaxInt).Ceiling(math.MaxInt)
	assert.False(t, ok)
}

// golang/go#70536: a key that its owner changes after it was stored. Nothing but its own place is wrong then.
func TestKeysThatTheCallerChanges(t *testing.T) {
	empty := rbtree.NewMapFunc[*heavy, *heavy](byID)
	m := empty
	var keys []*heavy
	for i := range 5 * rbtree.LeafMost {
		keys = append(keys, &heavy{ID: i})
		m = m.Set(keys[i], nil)
	}
	keys[7].ID = 1_000_000
	for _, k := range []*heavy{keys[0], keys[7], keys[9], {}} {
		m.Get(k)
		n := m.Set(k, keys[1]).Delete(k).Union(m)
		require.NoError(t, rbtree.CheckShape(n))
		require.Equal(t, n.Len(), len(slices.Collect(n.Keys())))
	}
	keys[7].ID = 7
	require.NoError(t, check(m))
	buf := []byte("key")
	s := rbtree.SetOf(string(buf))
	buf[0] = 'x'
	assert.True(t, s.Contains("key"))
}

// elves/elvish#835, immutable-js 5.1.9, corefx#15403: nil and zero are keys and values like others.
func TestZeroValuesArePresent(t *testing.T) {
	m := rbtree.Map[int, *heavy]{}.Set(0, nil)
	v, ok := m.Lookup(0)
	assert.True(t, ok && v == nil && m.Contains(0) && m.Len() == 1)
	k, _, ok := m.Min()
	assert.True(t, ok && k == 0)
	_, _, ok = m.Floor(0)
	assert.True(t, ok)
	_, v, ok, _ = m.Split(0)
	assert.True(t, ok && v == nil)
	m.Update(0, func(old *heavy, ok bool) (*heavy, bool) { assert.True(t, ok); return nil, true })
	assert.Len(t, slices.Collect(rbtree.Diff(rbtree.Map[int, *heavy]{}, m)), 1)
	merged, conflicts := rbtree.Merge(m, m.Delete(0), m)
	assert.True(t, merged.Len() == 0 && len(conflicts) == 0)
	e := rbtree.NewMapFunc[any, any](func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) }).Set(nil, nil)
	assert.True(t, e.Contains(nil) && e.Set(nil, 1).Len() == 1)
}

// go-immutable-radix#15, swift-collections#247: lengths counted keys twice that were there.
func TestCountOfRepeatedKeys(t *testing.T) {
	for _, distinct := range []int{1, rbtree.LeafMost, rbtree.LeafMost + 1, 3 * rbtree.LeafMost} {
		repeated := func(yield func(int, int) bool) {
			for i := range 5 * distinct {
				if !yield(i*7%distinct, i) {
					return
				}
			}
		}
		want := list{cmp.Compare[int], nil}
		for k, v := range repeated {
			want = want.set(k, v)
		}
		has(t, rbtree.CollectMap(repeated), want.es)
		has(t, upTo(distinct).SetAll(repeated), want.es)
		b := upTo(distinct / 2).Builder()
		b.SetAll(repeated)
		has(t, b.Build(), want.es)
		has(t, upTo(distinct).Union(rbtree.CollectMap(repeated)), want.es)
		assert.Equal(t, len(want.es), rbtree.CollectSet(rbtree.CollectMap(repeated).Keys()).Len())
	}
	assert.Equal(t, 2, rbtree.SetOf(1, 2, 1, 2, 1).Len())
	assert.Equal(t, 1, rbtree.CollectSet(slices.Values(make([]string, 50))).Len())
}

// go-immutable-radix#39: keys that are the beginnings of others were skipped by a seek, and the fuzz test masked it.
func TestSeekAmongPrefixes(t *testing.T) {
	var keys []string
	for n := range 5 {
		for i := range 1 << n {
			keys = append(keys, strings.NewReplacer("0", "\x00", "1", "a").Replace(fmt.Sprintf("%0*b", n, i))[:n])
		}
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	s := rbtree.SetOf(keys...)
	require.Equal(t, len(keys), s.Len())
	for _, p := range append(slices.Clone(keys), "\x00\x00\x00\x00\x00", "aaaaa", "b", "a\x00b", "\x01") {
		i, found := slices.BinarySearch(keys, p)
		j := i
		if found {
			j++
		}
		assert.Equal(t, keys[i:], append([]string{}, slices.Collect(s.From(p).All())...), "%q", p)
		assert.Equal(t, keys[j:], append([]string{}, slices.Collect(s.Above(p).All())...), "%q", p)
		assert.Equal(t, keys[:i], append([]string{}, slices.Collect(s.Below(p).All())...), "%q", p)
		assert.Equal(t, keys[:j], append([]string{}, slices.Collect(s.To(p).All())...), "%q", p)
	}
}

// corefx#20609, kotlinx#92, IntMap.restrictKeys: a removal by predicate removes others. All predicates on the entries around
// the seams of leaves, for maps and for builders.
func TestEveryPredicate(t *testing.T) {
	m := upTo(2*rbtree.LeafMost + 2)
	seams := []int{0, 1, rbtree.LeafMost - 1, rbtree.LeafMost, rbtree.LeafMost + 1, 2 * rbtree.LeafMost, 2*rbtree.LeafMost + 1}
	for mask := range 1 << len(seams) {
		for _, others := range []bool{false, true} {
			keep := func(k, _ int) bool {
				if i := slices.Index(seams, k); i >= 0 {
					return mask>>i&1 == 1
				}
				return others
			}
			var want []keyValue
			for _, e := range entriesOf(m) {
				if keep(e.k, e.v) {
					want = append(want, e)
				}
			}
			has(t, m.Filter(keep), want)
			b := m.Builder()
			if mask%2 == 0 {
				b.SetAll(m.All()) // owns all
			}
			calls := 0
			b.DeleteFunc(func(k, v int) bool { calls++; return !keep(k, v) })
			require.NoError(t, rbtree.CheckBuilder(b))
			require.Equal(t, m.Len(), calls)
			has(t, b.Build(), want)
		}
	}
}

// riak_dt#82, y-crdt#607: a merge, or an undo, lost a deletion.
func TestDeletionsSurviveMergeAndUndo(t *testing.T) {
	base := upTo(3*rbtree.LeafMost + 10)
	for k := range base.Len() {
		ours, theirs := base.Delete(k), base.Set((k+5)%base.Len(), -1).Delete((k+9)%base.Len())
		for _, sides := range [][2]rbtree.Map[int, int]{{ours, theirs}, {theirs, ours}} {
			m, conflicts := rbtree.Merge(base, sides[0], sides[1])
			require.Empty(t, conflicts)
			require.Equal(t, base.Len()-2, m.Len())
			require.False(t, m.Contains(k) || m.Contains((k+9)%base.Len()))
			back := rbtree.Apply(m, testkit.Inverses(rbtree.Diff(base, m)))
			require.True(t, rbtree.Equal(back, base))
		}
	}
	_, conflicts := rbtree.Merge(base, base.Delete(1), base.Set(1, 7))
	assert.Equal(t, []diff.Conflict[int, int]{{Key: 1, Base: 1, Theirs: 7, InBase: true, InTheirs: true}}, conflicts)
}

// im#60, immer 56e94d0: the collector must see every pointer in a node, whatever the sizes of keys and values, while memory is
// being reused all the time.
func TestPointersSurviveCollection(t *testing.T) {
	type small struct {
		b byte
		p *int
	}
	text := func(i int) string { return strings.Repeat(fmt.Sprint(i), 4) }
	a, b := rbtree.Map[string, []int]{}, rbtree.NewMapFunc[small, any](func(x, y small) int { return cmp.Compare(*x.p, *y.p) })
	for i := range 400 {
		a, b = a.Set(text(i), []int{i, i}), b.Set(small{byte(i), &i}, text(i))
		if i%40 == 0 {
			runtime.GC()
		}
		_ = make([]byte, 1<<12)
	}
	d := transient.Update(a, func(b *rbtree.MapBuilder[string, []int]) {
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
		require.Equal(t, text(i), b.Get(small{p: &i}))
		require.Equal(t, []int{i}, d.Get(text(1000+i)))
	}
}
