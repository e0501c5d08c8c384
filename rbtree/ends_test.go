package rbtree_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/rbtree"
)

func TestDeleteMinAndMax(t *testing.T) {
	eachKit(t, func(t *testing.T, kit kit) {
		for _, n := range kitSizes[:8] {
			m, keys := kit.upTo(n)
			whole, set := m, kit.set(keys)
			for i := 0; len(keys) > 0; i++ {
				var k, v, x int
				var ok, in bool
				want := keys[0]
				if i%3 == 2 {
					want, keys = keys[len(keys)-1], keys[:len(keys)-1]
					m, k, v, ok = m.DeleteMax()
					set, x, in = set.DeleteMax()
				} else {
					keys = keys[1:]
					m, k, v, ok = m.DeleteMin()
					set, x, in = set.DeleteMin()
				}
				require.True(t, ok && in)
				require.Equal(t, [3]int{want, 10 * want, want}, [3]int{k, v, x})
				if len(keys)%10 == 0 {
					require.NoError(t, check(m))
					requireKeys(t, keys, m.All())
					requireElements(t, keys, set.All())
				}
			}
			require.True(t, m == kit.empty && set == kit.none)
			for _, f := range []func() (rbtree.Map[int, int], int, int, bool){m.DeleteMin, m.DeleteMax} {
				rest, k, v, ok := f()
				require.True(t, rest == m && k == 0 && v == 0 && !ok, "of an empty map")
			}
			_, keys = kit.upTo(n)
			requireKeys(t, keys, whole.All(), "the version before")
		}
	})
}

func TestDeleteSpan(t *testing.T) {
	eachKit(t, func(t *testing.T, kit kit) {
		for _, n := range kitSizes {
			m, keys := kit.upTo(n)
			set := kit.set(keys)
			for _, r := range ranges(n) {
				i, j := r[0], r[1]
				want := slices.Concat(keys[:i], keys[j:])
				got := m.DeleteSpan(m.Slice(i, j))
				require.NoError(t, check(got))
				requireKeys(t, want, got.All(), r)
				require.Equal(t, i == j, got == m, "m itself if there is nothing to delete")
				less := set.DeleteSpan(set.Slice(i, j))
				requireElements(t, want, less.All())
				if i < j && i > 0 {
					byKey := m.DeleteSpan(m.From(keys[i]).To(keys[j-1]))
					requireKeys(t, want, byKey.All(), r)
				}
			}
			requireKeys(t, keys, m.All(), "the version before")
			require.True(t, m.DeleteSpan(m.Slice(0, n)) == kit.empty, "keeps its order")
		}
	})
}

// TestDeleteSpanOfAnother map goes by the keys that are in the span.
func TestDeleteSpanOfAnother(t *testing.T) {
	eachKit(t, func(t *testing.T, kit kit) {
		m, keys := kit.upTo(1000)
		s := m.Slice(100, 900)
		later := m.Set(keys[500]+1, 10*(keys[500]+1)).Delete(keys[600]) // in the range: one more, and one less
		want := slices.Concat(keys[:100], []int{keys[500] + 1}, keys[900:])
		slices.SortFunc(want, kit.compare)
		requireKeys(t, want, later.DeleteSpan(s).All())

		other := rbtree.NewMapFunc[int, int](func(a, b int) int { return cmp.Compare(b, a) }).SetAll(m.All())
		requireKeys(t, slices.Concat(keys[:100], keys[900:]), m.DeleteSpan(other.From(max(keys[100], keys[899])).To(min(keys[100], keys[899]))).All())
		assert.True(t, m.DeleteSpan(rbtree.Span[int, int]{}) == m)
		odd := kit.empty.Set(1, 10)
		assert.True(t, m.DeleteSpan(odd.Slice(0, 1)) == m, "m itself if it has none of them")
	})
}

// TestDeleteSpanIsCheap however many entries go.
func TestDeleteSpanIsCheap(t *testing.T) {
	m, _ := kit{compare: cmp.Compare[int]}.upTo(100_000)
	s := m.Slice(20_000, 80_000)
	assert.Less(t, testing.AllocsPerRun(10, func() { m.DeleteSpan(s) }), 60.0)
	assert.Zero(t, testing.AllocsPerRun(10, func() { s = m.Slice(7, 900).Slice(1, 5) }))
}

// ranges returns bounds 0 ≤ i ≤ j ≤ n, more about the ends.
func ranges(n int) (all [][2]int) {
	at := []int{0, 1, 8, 31, 32, n / 3, n / 2, n - 32, n - 8, n - 1, n}
	for _, i := range at {
		for _, j := range at {
			if 0 <= i && i <= j && j <= n {
				all = append(all, [2]int{i, j})
			}
		}
	}
	return all
}
