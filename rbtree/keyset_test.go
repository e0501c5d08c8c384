package rbtree_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/rbtree"
)

// TestKeySet has the keys, and is a set like any other, whatever the leaves it shares look like.
func TestKeySet(t *testing.T) {
	eachKit(t, func(t *testing.T, kit kit) {
		for _, n := range kitSizes {
			m, keys := kit.upTo(n)
			testKeySet(t, kit, keys, m)
			testKeySet(t, kit, keys, rbtree.MapValues(m, func(k, v int) string { return "text" }))
			testKeySet(t, kit, keys, rbtree.MapValues(m, func(k, v int) [5]int { return [5]int{v, v, v, v, v} }))
		}
	})
}

func testKeySet[V any](t *testing.T, kit kit, keys []int, m rbtree.Map[int, V]) {
	t.Helper()
	before := m.KeySet()
	requireElements(t, keys, before.All())
	require.True(t, before.Equal(kit.set(keys)))
	want := slices.Clone(keys)
	s, b := before, before.Builder()
	for i := range 400 {
		x := (i * 7919) % (2*len(keys) + 10)
		at, found := slices.BinarySearchFunc(want, x, kit.compare)
		switch {
		case i%3 == 0 && found:
			want = slices.Delete(want, at, at+1)
			s = s.Delete(x)
			require.True(t, b.Delete(x))
		case i%3 > 0 && !found:
			want = slices.Insert(want, at, x)
			s = s.Add(x)
			require.True(t, b.Add(x))
		default:
			require.Equal(t, found, s.Contains(x))
			require.Equal(t, found, b.Contains(x))
		}
	}
	requireElements(t, want, s.All())
	requireElements(t, want, b.Build().All())
	require.NoError(t, rbtree.CheckSet(s))
	require.NoError(t, rbtree.CheckSet(b.Build()))
	requireElements(t, keys, before.All(), "the set as it was")
	requireElements(t, keys, m.Keys(), "the map as it was")
	require.True(t, before.Union(s).Equal(kit.set(slices.Concat(keys, want))))
	require.Equal(t, m.Len(), before.Intersection(s).Len()+before.Difference(s).Len())
	if n := len(keys); n > 2 {
		requireElements(t, keys[1:n-1], before.Slice(1, n-1).Set().All())
		below, found, above := before.Split(keys[n/2])
		require.True(t, found)
		requireElements(t, slices.Concat(keys[:n/2], keys[n/2+1:]), below.Join(above).All())
	}
}

// TestKeySetShares the nodes of the map, and what versions share.
func TestKeySetShares(t *testing.T) {
	m, _ := kit{compare: cmp.Compare[int]}.upTo(9000)
	var s rbtree.Set[int]
	assert.Zero(t, testing.AllocsPerRun(10, func() { s = m.KeySet() }))
	assert.True(t, s == m.KeySet(), "of one version, one version")
	assert.True(t, m.Restrict(s) == m)
	assert.True(t, m.Without(s).IsZero())
	compared := 0
	counted := rbtree.NewMapFunc[int, int](func(a, b int) int { compared++; return a - b }).SetAll(m.All())
	later := counted.Delete(700).Set(701, 7010)
	compared = 0
	changes := later.KeySet().SymmetricDifference(counted.KeySet())
	requireElements(t, []int{700, 701}, changes.All())
	assert.Less(t, compared, 300)
	set := m.KeySet()
	assert.True(t, rbtree.Map[int, int]{}.KeySet() == rbtree.Set[int]{})
	assert.True(t, rbtree.DiffSets(set, s) != nil && set.Equal(s))
}

// twoMaps calls f with maps of all kinds of sizes and overlaps.
func twoMaps(t *testing.T, f func(t *testing.T, kit kit, m, o rbtree.Map[int, int], keys, others []int)) {
	eachKit(t, func(t *testing.T, kit kit) {
		for _, n := range kitSizes {
			m, keys := kit.upTo(n)
			o := kit.empty
			f(t, kit, m, o, keys, nil)
			f(t, kit, m, m, keys, keys)
			for _, step := range []int{1, 3, 50, 700} {
				var others []int
				for i := n / 3; i < 2*n; i += step {
					others = append(others, i)
				}
				o, others = kit.of(others...)
				f(t, kit, m, o, keys, others)
				shared, at := m.DeleteSpan(m.Slice(n/3, n/2)).Union(o.Slice(0, min(5, o.Len())).Map()), []int(nil)
				for k := range shared.Keys() {
					at = append(at, k)
				}
				f(t, kit, m, shared, keys, at)
			}
		}
	})
}

// common returns the keys that are in both and in the first only.
func common(keys, others []int) (both, first []int) {
	in := map[int]bool{}
	for _, k := range others {
		in[k] = true
	}
	for _, k := range keys {
		if in[k] {
			both = append(both, k)
		} else {
			first = append(first, k)
		}
	}
	return both, first
}

func TestRestrictAndWithout(t *testing.T) {
	twoMaps(t, func(t *testing.T, kit kit, m, o rbtree.Map[int, int], keys, others []int) {
		both, first := common(keys, others)
		for _, s := range []rbtree.Set[int]{o.KeySet(), kit.set(others), rbtree.NewSetFunc(func(a, b int) int { return cmp.Compare(b, a) }).Add(others...)} {
			yes, no := m.Restrict(s), m.Without(s)
			require.NoError(t, check(yes))
			require.NoError(t, check(no))
			requireKeys(t, both, yes.All())
			requireKeys(t, first, no.All())
			require.Equal(t, len(first) == 0, yes == m, "m itself if all are")
			require.Equal(t, len(both) == 0, no == m, "m itself if none is")
		}
		requireKeys(t, first, m.DeleteAll(others...).All())
		require.Equal(t, len(both) == 0, m.DeleteAll(others...) == m)
	})
}

// TestRestrictLargeMaps divides the work, and reads leaves ahead of which a set's have no values.
func TestRestrictLargeMaps(t *testing.T) {
	kit := kit{compare: cmp.Compare[int]}
	m, keys := kit.upTo(80_000)
	wide := rbtree.MapValues(m, func(k, _ int) [5]int { return [5]int{k} })
	var others []int
	for i := range 50_000 {
		others = append(others, 3*i)
	}
	s := kit.set(others)
	both, first := common(keys, others)
	requireKeys(t, both, m.Restrict(s).All())
	requireKeys(t, first, m.Without(s).All())
	requireElements(t, both, wide.Restrict(s).Keys())
	requireElements(t, first, wide.Without(s).Keys())
}

func TestIntersectionFunc(t *testing.T) {
	twoMaps(t, func(t *testing.T, kit kit, m, o rbtree.Map[int, int], keys, others []int) {
		both, _ := common(keys, others)
		other := rbtree.NewMapFunc[int, int](func(a, b int) int { return cmp.Compare(b, a) }).SetAll(o.All())
		for _, o := range []rbtree.Map[int, int]{o, other} {
			var asked []int
			got := m.IntersectionFunc(o, func(k, a, b int) int {
				require.True(t, a == 10*k && b == 10*k)
				asked = append(asked, k)
				return a - b + 10*k
			})
			require.NoError(t, check(got))
			requireKeys(t, both, got.All())
			require.True(t, slices.Equal(both, asked), "once for each, in order")
		}
	})
	m := rbtree.MapOf(map[int]int{1: 10, 2: 20})
	assert.Equal(t, "{2: 203}", m.IntersectionFunc(rbtree.MapOf(map[int]int{2: 3, 4: 5}), func(_, a, b int) int { return 10*a + b }).String())
	assert.PanicsWithValue(t, "rbtree: IntersectionFunc of a nil function", func() { m.IntersectionFunc(m, nil) })
}

func TestPartitionAndDeleteFunc(t *testing.T) {
	eachKit(t, func(t *testing.T, kit kit) {
		for _, n := range kitSizes {
			m, keys := kit.upTo(n)
			s := kit.set(keys)
			for name, keep := range map[string]func(int) bool{
				"none": func(int) bool { return false }, "all": func(int) bool { return true }, "half": func(k int) bool { return k < n },
				"thirds": func(k int) bool { return k%3 == 0 }, "runs": func(k int) bool { return k%400 < 200 }, "one": func(k int) bool { return k == 2 },
			} {
				var want, rest, asked []int
				for _, k := range keys {
					if keep(k) {
						want = append(want, k)
					} else {
						rest = append(rest, k)
					}
				}
				yes, no := m.Partition(func(k, v int) bool {
					require.Equal(t, 10*k, v)
					asked = append(asked, k)
					return keep(k)
				})
				require.True(t, slices.Equal(keys, asked))
				require.NoError(t, check(yes))
				require.NoError(t, check(no))
				requireKeys(t, want, yes.All(), name)
				requireKeys(t, rest, no.All(), name)
				require.Equal(t, len(rest) == 0, yes == m)
				require.Equal(t, len(want) == 0, no == m)
				in, out := s.Partition(keep)
				requireElements(t, want, in.All())
				requireElements(t, rest, out.All())

				requireKeys(t, rest, m.DeleteFunc(func(k, _ int) bool { return keep(k) }).All())
				require.Equal(t, len(want) == 0, m.DeleteFunc(func(k, _ int) bool { return keep(k) }) == m)
				requireElements(t, rest, s.DeleteFunc(keep).All())
			}
		}
	})
	m, s := rbtree.Map[int, int]{}, rbtree.Set[int]{}
	assert.PanicsWithValue(t, "rbtree: Partition of a nil function", func() { m.Partition(nil) })
	assert.PanicsWithValue(t, "rbtree: DeleteFunc of a nil function", func() { m.DeleteFunc(nil) })
	assert.PanicsWithValue(t, "rbtree: Partition of a nil function", func() { s.Partition(nil) })
	assert.PanicsWithValue(t, "rbtree: DeleteFunc of a nil function", func() { s.DeleteFunc(nil) })
}
