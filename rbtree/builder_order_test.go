package rbtree_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/rbtree"
)

// TestBuilderReadsInOrder compares the ordered reads of builders that change with those of the version that is built of them,
// and Swap and Take with the value before. Every other builder is not built in between.
func TestBuilderReadsInOrder(t *testing.T) {
	eachKit(t, func(t *testing.T, kit kit) {
		for _, n := range kitSizes[:8] {
			rnd := rand.New(rand.NewPCG(3, uint64(n)))
			m, keys := kit.upTo(n)
			b, s := m.Builder(), kit.set(keys).Builder()
			for step := range 150 {
				k := rnd.IntN(2*n + 20)
				if step%2 == 0 && len(keys) > 0 {
					k = keys[len(keys)-1] + kit.compare(1, 0) // behind the last
				}
				old, in := m.Lookup(k)
				at, found := slices.BinarySearchFunc(keys, k, kit.compare)
				require.Equal(t, found, in)
				switch rnd.IntN(4) {
				case 0:
					got, ok := b.Take(k)
					require.True(t, got == old && ok == in)
					s.Delete(k)
					m = m.Delete(k)
					if in {
						keys = slices.Delete(keys, at, at+1)
					}
				default:
					got, ok := b.Swap(k, 10*k)
					require.True(t, got == old && ok == in)
					s.Replace(k)
					m = m.Set(k, 10*k)
					if !in {
						keys = slices.Insert(keys, at, k)
					}
				}
				requireReads(t, kit, keys, b, s, k)
				if step%7 == 0 {
					requireSpans(t, keys, at, b, s, k)
				}
			}
			requireKeys(t, keys, b.Build().All())
			require.NoError(t, check(b.Build()))
		}
	})
}

func requireReads(t *testing.T, kit kit, keys []int, b *rbtree.MapBuilder[int, int], s *rbtree.SetBuilder[int], k int) {
	t.Helper()
	is := func(i int, key, v int, ok bool, elem int, in bool) {
		t.Helper()
		require.Equal(t, ok, in)
		require.Equal(t, 0 <= i && i < len(keys), ok)
		if ok {
			require.Equal(t, [3]int{keys[i], 10 * keys[i], keys[i]}, [3]int{key, v, elem})
		}
	}
	at, found := slices.BinarySearchFunc(keys, k, kit.compare)
	floor := at
	if !found {
		floor--
	}
	key, v, ok := b.Min()
	elem, in := s.Min()
	is(0, key, v, ok, elem, in)
	key, v, ok = b.Max()
	elem, in = s.Max()
	is(len(keys)-1, key, v, ok, elem, in)
	key, v, ok = b.Floor(k)
	elem, in = s.Floor(k)
	is(floor, key, v, ok, elem, in)
	key, v, ok = b.Ceiling(k)
	elem, in = s.Ceiling(k)
	is(at, key, v, ok, elem, in)
	i, ok := b.Rank(k)
	j, in := s.Rank(k)
	require.Equal(t, [4]any{at, at, found, found}, [4]any{i, j, ok, in})
	if len(keys) > 0 {
		i := k % len(keys)
		key, v := b.At(max(i, -i))
		require.Equal(t, [3]int{keys[max(i, -i)], 10 * key, key}, [3]int{key, v, s.At(max(i, -i))})
	}
	require.Panics(t, func() { b.At(len(keys)) })
	require.Panics(t, func() { s.At(-1) })
}

// requireSpans compares spans, which do not see what happens to the builder after they were taken.
func requireSpans(t *testing.T, keys []int, at int, b *rbtree.MapBuilder[int, int], s *rbtree.SetBuilder[int], k int) {
	t.Helper()
	_, found := slices.BinarySearch(keys[at:min(at+1, len(keys))], k)
	above := at
	if found {
		above++
	}
	from, over, to, below := b.From(k), b.Above(k), b.To(k), b.Below(k)
	sFrom, sOver, sTo, sBelow := s.From(k), s.Above(k), s.To(k), s.Below(k)
	back := slices.Clone(keys)
	slices.Reverse(back)
	requireKeys(t, back, b.Backward())
	requireElements(t, back, s.Backward())
	for _, k := range keys[:min(9, len(keys))] {
		b.Delete(k)
		s.Delete(k)
	}
	requireKeys(t, keys[at:], from.All())
	requireKeys(t, keys[above:], over.All())
	requireKeys(t, keys[:above], to.All())
	requireKeys(t, keys[:at], below.All())
	requireElements(t, keys[at:], sFrom.All())
	requireElements(t, keys[above:], sOver.All())
	requireElements(t, keys[:above], sTo.All())
	requireElements(t, keys[:at], sBelow.All())
	for _, k := range keys[:min(9, len(keys))] {
		b.Set(k, 10*k)
		s.Add(k)
	}
}

// TestBuilderReadsAllocateNothing, and leave what the builder may change in place.
func TestBuilderReadsAllocateNothing(t *testing.T) {
	eachKit(t, func(t *testing.T, kit kit) {
		m, _ := kit.upTo(1000)
		b := m.Builder()
		for k := range m.Keys() {
			b.Set(k, 10*k)
		}
		assert.Zero(t, testing.AllocsPerRun(10, func() {
			b.Min()
			b.Max()
			b.Floor(501)
			b.Ceiling(501)
			b.At(300)
			b.Rank(501)
			b.Swap(500, 5000)
		}))
	})
}

// TestBuilderReadsUnderAComparator that uses the builder panic.
func TestBuilderReadsUnderAComparator(t *testing.T) {
	var b *rbtree.MapBuilder[int, int]
	meddle := false
	b = rbtree.NewMapFunc[int, int](func(x, y int) int {
		if meddle {
			meddle = false
			b.Set(100, 1)
		}
		return x - y
	}).Builder()
	for i := range 50 {
		b.Set(i, 10*i)
	}
	for name, read := range map[string]func(){
		"Floor": func() { b.Floor(7) }, "Ceiling": func() { b.Ceiling(7) }, "Rank": func() { b.Rank(7) },
		"From": func() { b.From(7) }, "Above": func() { b.Above(7) }, "To": func() { b.To(7) }, "Below": func() { b.Below(7) },
		"Swap": func() { b.Swap(7, 7) }, "Take": func() { b.Take(7) },
	} {
		meddle = true
		assert.PanicsWithValue(t, "rbtree: a builder is used while it asks its comparator: by that, or by a second goroutine", read, name)
		assert.Equal(t, 50, b.Len(), "it goes on after %s", name)
	}
	var zero rbtree.MapBuilder[unit, int]
	_, _, ok := zero.Floor(unit{})
	assert.False(t, ok, "reads of a builder without an order are quiet")
	assert.PanicsWithValue(t, "rbtree: key type struct {} has no natural order; use NewMapFunc", func() { zero.Swap(unit{}, 1) })
	assert.Zero(t, zero.Len())
}
