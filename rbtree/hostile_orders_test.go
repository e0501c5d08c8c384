package rbtree_test

import (
	"cmp"
	"math"
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/rbtree"
)

func goexit() { runtime.Goexit() }

// A list is a sorted map as a slice: the slowest there is, for any comparator.
type list struct {
	compare func(a, b int) int
	es      []keyValue
}

func (l list) find(k int) int {
	return slices.IndexFunc(l.es, func(e keyValue) bool { return l.compare(e.k, k) == 0 })
}

func (l list) set(k, v int) list {
	es := slices.Clone(l.es)
	if i := l.find(k); i >= 0 {
		es[i].v = v
		return list{l.compare, es}
	}
	i := 0
	for i < len(es) && l.compare(es[i].k, k) < 0 {
		i++
	}
	return list{l.compare, slices.Insert(es, i, keyValue{k, v})}
}

func (l list) filter(keep func(e keyValue) bool) list {
	return list{l.compare, slices.DeleteFunc(slices.Clone(l.es), func(e keyValue) bool { return !keep(e) })}
}

func (l list) setAll(es []keyValue) list {
	for _, e := range es {
		l = l.set(e.k, e.v)
	}
	return l
}

// TestEveryOrderWithEveryOther runs the binary operations of maps whose orders differ: reversed, coarser, finer, or
// with nothing in common. The other's entries are taken one by one under the receiver's order.
func TestEveryOrderWithEveryOther(t *testing.T) {
	orders := map[string]func(a, b int) int{
		"ascending":  cmp.Compare[int],
		"descending": func(a, b int) int { return cmp.Compare(b, a) },
		"by thirds":  func(a, b int) int { return cmp.Compare(a/3, b/3) },
		"by digit":   func(a, b int) int { return cmp.Compare(b%10, a%10) },
		"scattered":  func(a, b int) int { return cmp.Compare(a*37%101, b*37%101) },
		"one key":    func(a, b int) int { return 0 },
	}
	differ := 0
	for name, of := range orders {
		for other, os := range orders {
			for _, n := range []int{0, 1, 7, 2 * rbtree.LeafMost, 100} {
				a, b := list{of, nil}, list{os, nil}
				m, o := rbtree.NewMapFunc[int, int](of), rbtree.NewMapFunc[int, int](os)
				if name == "ascending" && n%2 == 1 {
					m = rbtree.Map[int, int]{}
				}
				for i := range n {
					a, m = a.set(i, i%3), m.Set(i, i%3)
					b, o = b.set(i*7%100+n/3, i%2), o.Set(i*7%100+n/3, i%2)
				}
				require.Equal(t, a.es, entriesOf(m))
				require.Equal(t, b.es, entriesOf(o))
				under := list{of, nil}.setAll(b.es) // the other, under the receiver's order
				if !slices.Equal(under.es, b.es) {
					differ++
				}
				has := func(e keyValue) bool { return under.find(e.k) >= 0 }
				say := func(op string) string { return op + " of " + name + " and " + other }

				for op, c := range map[string]struct {
					got  rbtree.Map[int, int]
					want list
				}{
					"Union":         {m.Union(o), a.setAll(b.es)},
					"SetAll":        {m.SetAll(o.All()), a.setAll(b.es)},
					"Intersection":  {m.Intersection(o), a.filter(has)},
					"Difference":    {m.Difference(o), a.filter(func(e keyValue) bool { return !has(e) })},
					"Apply of Diff": {rbtree.Apply(m, rbtree.Diff(m, o)), withKeysOf(a, under)},
				} {
					require.NoError(t, check(c.got), say(op))
					require.Equal(t, append([]keyValue(nil), c.want.es...), entriesOf(c.got), say(op))
				}
				equal := len(a.es) == len(under.es)
				for _, e := range a.es {
					i := under.find(e.k)
					equal = equal && i >= 0 && under.es[i].v == e.v
				}
				require.Equal(t, equal, isNone(rbtree.Diff(m, o)), say("Diff"))
				require.Equal(t, equal, rbtree.Equal(m, o), say("Equal"))
				require.NoError(t, check(o))
				require.Equal(t, b.es, entriesOf(o), say("the other after operations"))
			}
		}
	}
	require.Greater(t, differ, 60, "hardly any two orders differ")
}

// TestMergeAcrossCoarserOrders: what theirs have for a key is asked in the order of ours. Theirs may take two keys for one.
func TestMergeAcrossCoarserOrders(t *testing.T) {
	base := rbtree.CollectMap(testkit.Zip([]int{1, 2}, []int{7, 7}))
	theirs := rbtree.NewMapFunc[int, int](func(a, b int) int { return 0 }).Set(2, 7) // has 1 as well, says its own order
	merged, conflicts := rbtree.Merge(base, base, theirs)
	require.Empty(t, conflicts)
	assert.Equal(t, "{2: 7}", merged.String())
	assert.True(t, rbtree.Equal(rbtree.Apply(base, rbtree.Diff(base, theirs)), merged))
}

func isNone(seq func(func(diff.Change[int, int]) bool)) bool {
	for range seq {
		return false
	}
	return true
}

// withKeysOf returns to, but with the instances of keys that from has.
func withKeysOf(from, to list) list {
	es := slices.Clone(to.es)
	for i, e := range es {
		if j := from.find(e.k); j >= 0 {
			es[i].k = from.es[j].k
		}
	}
	return list{to.compare, es}
}

// TestOrdersThatContradictEachOther: a receiver whose comparator lies meets a sound map, and the other way round.
func TestOrdersThatContradictEachOther(t *testing.T) {
	age := 0
	for _, l := range liars(&age) {
		mad := ascending(rbtree.NewMapFunc[int, int](l.compare), 3*rbtree.LeafMost, 0)
		sane := rbtree.CollectMap(testkit.Zip([]int{1, 5, 9, 40, 41, 300}, []int{1, 2, 3, 4, 5, 6}))
		mads, sanes := entriesOf(mad), entriesOf(sane)
		for _, op := range operations() {
			for _, pair := range [][2]rbtree.Map[int, int]{{mad, sane}, {sane, mad}} {
				age++
				var got rbtree.Map[int, int]
				require.NotPanics(t, func() { got = op.do(pair[0], pair[1], newBuilder(pair[0])) }, "%s: %s", l.name, op.name)
				require.NoError(t, rbtree.CheckShape(got), "%s: %s", l.name, op.name)
				require.Len(t, entriesOf(got), got.Len(), "%s: %s", l.name, op.name)
				require.Equal(t, mads, entriesOf(mad), "%s: %s", l.name, op.name)
				require.Equal(t, sanes, entriesOf(sane), "%s: %s", l.name, op.name)
			}
		}
		require.NoError(t, rbtree.Check(sane))
	}
}

// TestNaNIsAKeyLikeAnother: the natural order of floats has NaN below all others, as one key, in every operation.
func TestNaNIsAKeyLikeAnother(t *testing.T) {
	nan, other := math.NaN(), math.Float64frombits(math.Float64bits(math.NaN())^3)
	keys := []float64{nan, math.Inf(-1), -1, 0, 2, math.Inf(1)}
	n := len(keys)
	for ; len(keys) < 3*rbtree.LeafMost; n++ {
		keys = append(keys, float64(n))
	}
	var m rbtree.Map[float64, int]
	for i, k := range slices.Backward(keys) {
		m = m.Set(k, i)
	}
	m = m.Set(other, 0)
	require.NoError(t, check(m))
	slices.SortFunc(keys[1:], cmp.Compare[float64])
	require.Equal(t, len(keys), m.Len())
	for i, k := range keys {
		rank, found := m.Rank(k)
		require.True(t, found && rank == i, "%v", k)
		require.True(t, m.Contains(k))
	}
	k, _, ok := m.Floor(math.Inf(-1))
	assert.True(t, ok && math.IsInf(k, -1))
	k, _, ok = m.Floor(other)
	assert.True(t, ok && k != k)
	k, _, _ = m.Min()
	assert.True(t, k != k)
	k, _, _ = m.Ceiling(nan)
	assert.True(t, k != k)
	assert.Equal(t, m.Len(), m.From(nan).Len())
	assert.Equal(t, m.Len()-1, m.Above(nan).Len())
	assert.Equal(t, 1, m.To(other).Len())
	assert.Zero(t, m.Below(nan).Len())
	below, _, found, above := m.Split(other)
	assert.True(t, found && below.Len() == 0 && rbtree.Equal(above, m.Delete(nan)))
	assert.True(t, rbtree.Equal(above.Set(nan, 0), m))
	alone := rbtree.Map[float64, int]{}.Set(other, 7)
	assert.Equal(t, m.Len(), m.Union(alone).Len())
	assert.Equal(t, 7, m.Union(alone).Get(nan))
	assert.Equal(t, 1, m.Intersection(alone).Len())
	assert.Equal(t, m.Len()-1, m.Difference(alone).Len())
	assert.Len(t, slices.Collect(rbtree.Diff(alone, alone.Set(nan, 8))), 1)
	assert.True(t, rbtree.Equal(rbtree.Apply(m, rbtree.Diff(m, alone)), alone))
	assert.True(t, rbtree.SetOf(nan, other, nan).Len() == 1)
	assert.True(t, rbtree.SetOf(nan, 1).Equal(rbtree.SetOf(1, other)))
}

// TestNaNUnderAComparatorOfLessAndGreater: what < and > make of NaN is equal to everything, which is no order. The library does not
// mind.
func TestNaNUnderAComparatorOfLessAndGreater(t *testing.T) {
	empty := rbtree.NewMapFunc[float64, int](func(a, b float64) int { return b2i(a > b) - b2i(a < b) })
	for at := range 3 * rbtree.LeafMost {
		m := empty
		for i := range 3 * rbtree.LeafMost {
			k := float64(i)
			if i == at {
				k = math.NaN()
			}
			m = m.Set(k, i)
		}
		n := 0
		for range m.All() {
			n++
		}
		require.Equal(t, m.Len(), n)
		require.NoError(t, rbtree.CheckShape(m))
		d := m.Difference(empty.Set(math.NaN(), 1)).Delete(math.NaN()).Union(m)
		require.NoError(t, rbtree.CheckShape(d))
		require.Equal(t, d.Len(), len(slices.Collect(d.Keys())))
	}
}
