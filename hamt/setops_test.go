package hamt_test

import (
	"hash/maphash"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/internal/testkit"
)

func upTo(n int) (ks []int) {
	for k := range n {
		ks = append(ks, k)
	}
	return ks
}

func TestAddAll(t *testing.T) {
	for _, h := range testkit.Hashers[int]() {
		for _, n := range []int{0, 1, 17, 200} {
			s := hamt.NewSet[int](h.Hasher).Add(upTo(n)...)
			for _, m := range []int{0, 1, 20, 300} {
				seq := slices.Values(append(upTo(m), upTo(m/2)...))
				got, b := s.AddAll(seq), s.Builder()
				b.AddAll(seq)
				sameSet(t, 0, max(n, m), got, h.Name)
				sameSet(t, 0, max(n, m), b.Build(), h.Name)
				if m <= n {
					require.True(t, s == got && s == b.Build(), "%s, %d of %d", h.Name, m, n)
				}
			}
			sameSet(t, 0, n, s, h.Name)
		}
	}
	s := hamt.NewSet(hamt.Hasher[int](bySize{})).AddAll(slices.Values([]int{3, -3, -4, 4}))
	assert.ElementsMatch(t, []int{3, -4}, slices.Collect(s.All()), "the first of equal elements")
	s = s.AddAll(slices.Values([]int{-3, 4, -5, 5}))
	assert.ElementsMatch(t, []int{3, -4, -5}, slices.Collect(s.All()), "what is there stays")
	b := s.Builder()
	b.AddAll(slices.Values([]int{-3, 6, -6}))
	assert.ElementsMatch(t, []int{3, -4, -5, 6}, slices.Collect(b.All()))

	assert.PanicsWithValue(t, "hamt: AddAll of a nil function", func() { s.AddAll(nil) })
	assert.PanicsWithValue(t, "hamt: AddAll of a nil function", func() { b.AddAll(nil) })
	before := b.Build()
	assert.PanicsWithValue(t, "stop", func() {
		b.AddAll(func(yield func(int) bool) { yield(7); yield(8); panic("stop") })
	})
	assert.True(t, b.Build() == before, "a builder is as it was before the call")
}

// TestMergeSets of one element in every state, among enough others to make a trie, and of random sets.
func TestMergeSets(t *testing.T) {
	merged := func(inBase, inOurs, inTheirs bool) bool {
		if inBase != inTheirs { // theirs changed it
			return inTheirs
		}
		return inOurs
	}
	rng := testkit.Rand(t)
	for _, h := range testkit.Hashers[int]() {
		start := hamt.NewSet[int](h.Hasher).Add(upTo(100)...)
		for state := range 8 {
			var s [3]hamt.Set[int]
			for i := range s {
				if s[i] = start; state>>i&1 == 1 {
					s[i] = s[i].Add(-1)
				}
			}
			got := hamt.MergeSets(s[0], s[1], s[2])
			in := merged(state&1 == 1, state&2 > 0, state&4 > 0)
			require.Equal(t, in, got.Contains(-1), state)
			require.True(t, got.Delete(-1).Equal(start))
			require.Equal(t, in == (state&2 > 0), got == s[1], "ours itself")
		}
		for range 5 {
			base := hamt.NewSet[int](h.Hasher)
			ours, theirs, foreign := base, base, hamt.NewSet[int](testkit.Mask[int]{Keep: 3 << 62})
			want := map[int]unit{}
			for k := range 150 {
				state := rng.IntN(8)
				if state&1 > 0 {
					base = base.Add(k)
				}
				if state&2 > 0 {
					ours = ours.Add(k)
				}
				if state&4 > 0 {
					theirs, foreign = theirs.Add(k), foreign.Add(k)
				}
				if merged(state&1 > 0, state&2 > 0, state&4 > 0) {
					want[k] = unit{}
				}
			}
			for _, theirs := range []hamt.Set[int]{theirs, foreign} {
				got := hamt.MergeSets(base, ours, theirs)
				require.Equal(t, len(want), got.Len())
				for k := range want {
					require.True(t, got.Contains(k))
				}
			}
		}
	}
}

// A record is equal to others with its number.
type record struct {
	id   int
	text string
}

type byID struct{}

func (byID) Hash(h *maphash.Hash, r record) { maphash.WriteComparable(h, r.id%40) } // some collide
func (byID) Equal(a, b record) bool         { return a.id == b.id }

func TestRecordsAreReplaced(t *testing.T) {
	const n = 100
	s := hamt.NewSet(hamt.Hasher[record](byID{}))
	b := s.Builder()
	for i := range n {
		s = s.Replace(record{i, "old"})
		require.True(t, b.Replace(record{i, "old"}))
	}
	require.Equal(t, n, s.Len())
	old := s
	for i := range n {
		s = s.Replace(record{i, "new"})
		got, ok := s.Lookup(record{id: i})
		require.Equal(t, record{i, "new"}, got)
		require.True(t, ok && s.Len() == n)
		got, _ = old.Lookup(record{id: i})
		require.Equal(t, "old", got.text)

		built := b.Build()
		require.False(t, b.Replace(record{i, "new"}))
		require.False(t, b.Replace(record{i, "newer"}), "in place, where the builder owns the leaf")
		got, ok = b.Lookup(record{id: i})
		require.True(t, ok && got.text == "newer" && b.Len() == n)
		got, _ = built.Lookup(record{id: i})
		require.Equal(t, "old", got.text)
		got, _ = s.Add(record{i, "not"}).Lookup(record{id: i})
		require.Equal(t, "new", got.text, "Add keeps what is there")
	}
	for r := range s.All() {
		require.Equal(t, "new", r.text)
	}
	got, ok := s.Lookup(record{id: -1})
	assert.False(t, ok)
	assert.Zero(t, got)
	got, ok = b.Lookup(record{id: -1})
	assert.False(t, ok)
	assert.Zero(t, got)

	ints := hamt.SetOf(1, 2)
	assert.True(t, ints.Replace(2) == ints, "an integer cannot be told apart from another")
	assert.True(t, ints.Replace(3).Contains(3))
	ib := ints.Builder()
	assert.False(t, ib.Replace(1))
	assert.True(t, ib.Build() == ints)
	assert.True(t, ib.Replace(4) && ib.Len() == 3)
}

func TestBuilderSwapAndTake(t *testing.T) {
	for _, h := range testkit.Hashers[int]() {
		rng := testkit.Rand(t)
		b, want := hamt.NewMap[int, int](h.Hasher).Builder(), map[int]int{}
		versions := map[*map[int]int]hamt.Map[int, int]{}
		for i := range 500 {
			k := rng.IntN(60)
			v, in := want[k]
			if i%3 > 0 {
				old, ok := b.Swap(k, i)
				require.True(t, ok == in && old == v)
				want[k] = i
			} else {
				old, ok := b.Take(k)
				require.True(t, ok == in && old == v)
				delete(want, k)
			}
			if i%50 == 0 {
				saved := map[int]int{}
				for k, v := range want {
					saved[k] = v
				}
				versions[&saved] = b.Build()
			}
		}
		sameMap(t, want, b.Build(), h.Name)
		for want, m := range versions {
			sameMap(t, *want, m, h.Name)
		}
	}
	m := hamt.NewMap[int, int](bySize{}).Set(3, 1)
	b := m.Builder()
	old, ok := b.Swap(-3, 2)
	assert.True(t, ok && old == 1)
	sameMap(t, map[int]int{3: 2}, b.Build(), "a key that is present keeps its instance")
	same := b.Build()
	_, ok = b.Take(4)
	assert.False(t, ok)
	assert.True(t, b.Build() == same, "taking what is absent is no change")
}

// TestSwapAllocatesNothing where the builder owns the leaf.
func TestSwapAllocatesNothing(t *testing.T) {
	if invariants.Enabled {
		t.Skip("the checks allocate")
	}
	b := hamt.CollectMap(slices.All(upTo(1000))).Builder()
	for k := range 1000 {
		b.Swap(k, -k)
	}
	k := 0
	assert.Zero(t, testing.AllocsPerRun(500, func() { b.Swap(k, 1); k++ }))
}
