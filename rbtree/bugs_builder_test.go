package rbtree_test

import (
	"cmp"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/rbtree"
)

// Bugs of builders: see bugs_test.go.

// benbjohnson/immutable PR#16, tonsky/persistent-sorted-set#19: what one builder does is seen in the version, or in another builder.
func TestTwoBuildersOfOneVersion(t *testing.T) {
	n := 4 * rbtree.LeafMost
	first := upTo(n).Builder()
	first.Set(0, 0)
	m := first.Build()
	want := entriesOf(m)
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
	has(t, m, want)
	for k := range n {
		require.Equal(t, -1, first.Get(k))
	}
	has(t, c.Build(), []keyValue{{n - 1, -3}})
	require.NoError(t, rbtree.CheckBuilder(first))
	require.NoError(t, rbtree.CheckBuilder(b))
}

// tidwall/btree 63baa09: Map.Copy made the copy pay for what it shared, but not its source.
func TestSourceAndCopyByTurns(t *testing.T) {
	n := 3*rbtree.LeafMost + 1
	b := upTo(n).Builder()
	b.Set(-1, -1)
	var kept []rbtree.Map[int, int]
	var wants [][]keyValue
	for i := range n {
		m := b.Build()
		kept, wants = append(kept, m), append(wants, entriesOf(m))
		b.Set(i, -i)     // the source writes first
		c := m.Builder() // and then the copy
		c.Set(i, 10_000)
		c.Delete(n - 1 - i)
		b.Delete(i / 2)
		require.NoError(t, rbtree.CheckBuilder(c))
	}
	for i, m := range kept {
		has(t, m, wants[i])
	}
}

// scala#5615, kotlinx#251, kotlinx#253: a builder that goes on after Build changes what it built, or builds what was.
func TestBuilderAfterBuild(t *testing.T) {
	b := new(rbtree.MapBuilder[int, int])
	type version struct {
		m    rbtree.Map[int, int]
		want []keyValue
	}
	var versions []version
	var model []keyValue
	build := func() {
		versions = append(versions, version{b.Build(), slices.Clone(model)})
		assert.True(t, versions[len(versions)-1].m == b.Build(), "built twice")
	}
	n := 3*rbtree.LeafMost + 2
	for k := range n {
		b.Set(k, k)
		model = append(model, keyValue{k, k})
		build()
	}
	for k := range n { // from both ends
		at := 0
		if k%2 == 0 {
			at = len(model) - 1
		}
		b.Delete(model[at].k)
		model = slices.Delete(model, at, at+1)
		build()
	}
	b.Set(1, 1)
	model = append(model, keyValue{1, 1})
	build()
	b.Clear()
	model = nil
	build()
	for _, v := range versions {
		has(t, v.m, v.want)
	}
}

// CLJ-1285: a persistent operation went by the room of a node that a builder had made, not by what was in it.
func TestBuilderAndVersionByTurns(t *testing.T) {
	m, model := rbtree.Map[int, int]{}, list{cmp.Compare[int], nil}
	without := func(k int) { model = model.filter(func(e keyValue) bool { return e.k != k }) }
	rng := testkit.Rand(t)
	for i := range 60 {
		b := m.Builder()
		for range 1 + rng.IntN(6) {
			k := rng.IntN(3 * rbtree.LeafMost)
			if rng.IntN(3) == 0 {
				b.Delete(k)
				without(k)
			} else {
				b.Set(k, i)
				model = model.set(k, i)
			}
		}
		m = b.Build()
		b.Set(1000, 1) // goes on beside, at the end, where there is room
		b.Delete(0)
		k, d := rng.IntN(3*rbtree.LeafMost), rng.IntN(3*rbtree.LeafMost)
		m = m.Set(k, -i).Delete(d)
		model = model.set(k, -i)
		without(d)
		has(t, m, model.es)
	}
}

// google/btree#57: a merge took over a sibling that it had not copied.
func TestFusedSiblingsAreCopied(t *testing.T) {
	m := upTo(rbtree.FanMax * rbtree.LeafMost)
	want := entriesOf(m)
	for _, descending := range []bool{false, true} {
		b, p := m.Builder(), m
		before := rbtree.StatsOf(m)
		for i := range m.Len() {
			k := i
			if descending {
				k = m.Len() - 1 - i
			}
			b.Delete(k)
			p = p.Delete(k)
			if i%rbtree.LeafMost == 0 {
				require.NoError(t, rbtree.CheckBuilder(b))
				has(t, m, want)
			}
			if i == m.Len()/2 {
				assert.Less(t, rbtree.StatsOf(p).Leaves, before.Leaves, "nothing was fused")
			}
		}
		assert.Zero(t, b.Len())
		assert.True(t, p == rbtree.Map[int, int]{} && b.Build() == p)
		has(t, m, want)
	}
}

// tidwall/btree#39, immutable-js#1083, the bbolt cursor that skips: a builder is changed within its own range, at every step.
func TestBuilderChangedWhileRanging(t *testing.T) {
	n := 2*rbtree.LeafMost + 3
	for name, change := range map[string]func(b *rbtree.MapBuilder[int, int], k int){
		"delete":       func(b *rbtree.MapBuilder[int, int], k int) { b.Delete(k) },
		"delete next":  func(b *rbtree.MapBuilder[int, int], k int) { b.Delete(k + 1) },
		"insert":       func(b *rbtree.MapBuilder[int, int], k int) { b.Set(1000-k, k) },
		"clear":        func(b *rbtree.MapBuilder[int, int], k int) { b.Clear() },
		"build":        func(b *rbtree.MapBuilder[int, int], k int) { b.Build(); b.Set(k, -1) },
		"delete all":   func(b *rbtree.MapBuilder[int, int], k int) { b.DeleteFunc(func(int, int) bool { return true }) },
		"append a lot": func(b *rbtree.MapBuilder[int, int], k int) { b.SetAll(upTo(n + k).All()) },
	} {
		for at := range n {
			b := upTo(n).Builder()
			b.Set(0, 0)
			var seen []int
			for k := range b.Keys() {
				seen = append(seen, k)
				if k == at || at == 0 {
					change(b, k)
				}
			}
			require.Equal(t, slices.Collect(upTo(n).Keys()), seen, "%s at %d", name, at)
			require.NoError(t, rbtree.CheckBuilder(b), "%s at %d", name, at)
		}
	}
}

// tidwall/btree#40, google/btree 03716cb: making a copy wrote to its source. Only -race sees what may go wrong.
func TestReadersBesideBuilders(t *testing.T) {
	for _, m := range []rbtree.Map[int, int]{{}, upTo(1), upTo(3 * rbtree.LeafMost), rbtree.NewMapFunc[int, int](cmp.Compare[int])} {
		var wg sync.WaitGroup
		for g := range 16 {
			wg.Go(func() {
				b := m.Builder()
				b.Set(g, -1)
				b.Delete(g + 1)
				o := b.Build()
				m.Len()
				m.Get(g)
				m.Floor(g)
				m.Union(o)
				rbtree.Equal(m, o)
				m.From(g).Map()
				m.Split(g)
				for range m.Backward() {
				}
			})
		}
		wg.Wait()
	}
}

// immutable-js#2003, #1109: the empty collection that all share was written to.
func TestEmptyIsShared(t *testing.T) {
	var m rbtree.Map[string, int]
	b := m.Builder()
	b.Set("a", 1)
	b.Build()
	var zero rbtree.MapBuilder[string, int]
	zero.Set("b", 2)
	ordered := rbtree.NewMapFunc[string, int](fold)
	ordered.Set("c", 3)
	ordered.Builder().Set("d", 4)
	for _, e := range []rbtree.Map[string, int]{m, ordered, m.Filter(func(string, int) bool { return false })} {
		assert.Zero(t, e.Len())
		assert.False(t, e.Contains("a"))
		for range e.All() {
			assert.Fail(t, "the empty map has an entry")
		}
	}
	assert.True(t, m == rbtree.Map[string, int]{} && rbtree.SetOf[string]() == rbtree.Set[string]{})
	assert.Zero(t, new(rbtree.MapBuilder[string, int]).Len())
}
