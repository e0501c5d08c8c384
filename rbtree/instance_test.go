package rbtree_test

import (
	"cmp"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/rbtree"
)

// byTens is an order in which numbers with equal tens are equal.
func byTens(a, b int) int { return a/10 - b/10 }

// TestReplaceAndLookup compares sets and builders, the latter of sets that share a map's leaves as well, with a built-in map
// from tens to instances.
func TestReplaceAndLookup(t *testing.T) {
	for _, n := range []int{0, 1, 5, 30, 500, 3000} {
		rnd := rand.New(rand.NewPCG(1, uint64(n)))
		stored := map[int]int{}
		m := rbtree.NewMapFunc[int, int](byTens)
		for i := range n {
			stored[i] = 10*i + i%10
			m = m.Set(10*i+i%10, i)
		}
		first := m.KeySet()
		s, b := first, first.Builder()
		for step := range 600 {
			v := rnd.IntN(10*n + 50)
			old, in := stored[v/10]
			switch rnd.IntN(5) {
			case 0, 1:
				stored[v/10] = v
				s = s.Replace(v)
				require.Equal(t, !in, b.Replace(v))
			case 2:
				if !in {
					stored[v/10] = v
				}
				s = s.Add(v)
				require.Equal(t, !in, b.Add(v))
			case 3:
				delete(stored, v/10)
				s = s.Delete(v)
				require.Equal(t, in, b.Delete(v))
			case 4:
				for _, lookup := range []func(int) (int, bool){s.Lookup, b.Lookup} {
					got, ok := lookup(v)
					require.Equal(t, in, ok)
					require.Equal(t, old, got)
				}
			}
			if step%100 == 99 {
				var want []int
				for _, v := range stored {
					want = append(want, v)
				}
				slices.Sort(want)
				requireElements(t, want, s.All())
				requireElements(t, want, b.Build().All())
				require.NoError(t, rbtree.CheckSet(s))
				require.NoError(t, rbtree.CheckSet(b.Build()))
			}
		}
		require.Equal(t, n, first.Len())
		for v := range first.All() {
			require.Equal(t, v/10%10, v%10, "the set as it was")
		}
	}
}

func TestReplaceWithoutADifference(t *testing.T) {
	s := rbtree.SetOf(1, 2, 3)
	assert.True(t, s.Replace(2) == s)
	assert.Equal(t, "[1 2 3 4]", s.Replace(4).String())
	assert.True(t, rbtree.Set[int]{}.Replace(1).Contains(1))
	assert.PanicsWithValue(t, "rbtree: key type struct {} has no natural order; use NewSetFunc", func() { rbtree.Set[unit]{}.Replace(unit{}) })
	stored, ok := rbtree.NewSetFunc(byTens).Lookup(7)
	assert.True(t, stored == 0 && !ok)
}

func TestAddAll(t *testing.T) {
	eachKit(t, func(t *testing.T, kit kit) {
		for _, n := range kitSizes {
			_, keys := kit.upTo(n)
			s := kit.set(keys)
			for _, more := range [][]int{nil, {1}, keys, {0, 1, 7, 5, 3, 4, 1}, {9, 8, 7, 6, 6, 7}, {-5, -3, -4, 90_000, 90_001}} {
				want := slices.Concat(keys, more)
				slices.SortFunc(want, kit.compare)
				want = slices.Compact(want)
				got := s.AddAll(slices.Values(more))
				require.NoError(t, rbtree.CheckSet(got))
				requireElements(t, want, got.All())
				require.Equal(t, len(want) == n, got == s, "s itself if all are in it")
				b := s.Builder()
				b.AddAll(slices.Values(more))
				requireElements(t, want, b.Build().All())
				require.Equal(t, len(want) == n, b.Build() == s)
			}
			requireElements(t, keys, s.All(), "the set as it was")
			require.True(t, kit.none.AddAll(s.All()).Equal(s))
		}
	})
	tens := rbtree.NewSetFunc(byTens).AddAll(slices.Values([]int{15, 3, 12, 7}))
	requireElements(t, []int{3, 15}, tens.All(), "the first of those that are equal")
	requireElements(t, []int{3, 15, 20}, tens.AddAll(slices.Values([]int{14, 20, 21})).All())

	var b rbtree.SetBuilder[int]
	assert.PanicsWithValue(t, "rbtree: AddAll of a nil function", func() { b.AddAll(nil) })
	assert.PanicsWithValue(t, "rbtree: AddAll of a nil function", func() { tens.AddAll(nil) })
	b.Add(1)
	assert.PanicsWithValue(t, "stop", func() {
		b.AddAll(func(yield func(int) bool) {
			yield(2)
			panic("stop")
		})
	})
	requireElements(t, []int{1}, b.Build().All(), "as it was before a sequence that panics")
	var kept func(int) bool
	tens.AddAll(iter.Seq[int](func(yield func(int) bool) { kept = yield }))
	assert.Panics(t, func() { kept(5) }, "after the loop")
}

// TestMergeSets has the elements that the truth table says.
func TestMergeSets(t *testing.T) {
	eachKit(t, func(t *testing.T, kit kit) {
		for _, n := range kitSizes {
			rnd := rand.New(rand.NewPCG(2, uint64(n)))
			for _, rare := range []int{1, 50} { // how many elements of which one is changed
				var base, ours, theirs, want []int
				for x := range n {
					in := [3]bool{x%2 == 0, x%2 == 0, x%2 == 0}
					if rnd.IntN(rare) == 0 {
						in = [3]bool{rnd.IntN(2) == 0, rnd.IntN(2) == 0, rnd.IntN(2) == 0}
					}
					for i, to := range []*[]int{&base, &ours, &theirs} {
						if in[i] {
							*to = append(*to, x)
						}
					}
					if in[0] && in[1] && in[2] || !in[0] && (in[1] || in[2]) {
						want = append(want, x)
					}
				}
				slices.SortFunc(want, kit.compare)
				b := kit.set(base)
				o := b.Intersection(kit.set(ours)).Add(ours...)
				th := b.Intersection(kit.set(theirs)).Add(theirs...)
				got := rbtree.MergeSets(b, o, th)
				require.NoError(t, rbtree.CheckSet(got))
				requireElements(t, want, got.All())
				require.Equal(t, slices.Equal(want, slices.Collect(o.All())), got == o, "ours itself if there is nothing to do")

				other := rbtree.NewSetFunc(func(a, b int) int { return cmp.Compare(b, a) })
				requireElements(t, want, rbtree.MergeSets(other.Add(base...), o, other.Add(theirs...)).All(), "under the order of ours")
				require.True(t, rbtree.MergeSets(b, o, b) == o)
				require.True(t, rbtree.MergeSets(b, b, th).Equal(th))
			}
		}
	})
	tens := rbtree.NewSetFunc(byTens)
	requireElements(t, []int{11, 22}, rbtree.MergeSets(tens, tens.Add(11), tens.Add(15, 22)).All(), "ours' instance")
	structs := rbtree.NewSetFunc(func(a, b unit) int { return 0 })
	assert.PanicsWithValue(t, "rbtree: key type struct {} has no natural order; use NewSetFunc",
		func() { rbtree.MergeSets(structs, rbtree.Set[unit]{}, structs.Add(unit{})) })
	assert.Zero(t, rbtree.MergeSets(structs.Add(unit{}), rbtree.Set[unit]{}, structs).Len())
}
