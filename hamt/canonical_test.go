package hamt_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/internal/testkit"
)

// permutations calls f with every order of the numbers below n.
func permutations(n int, f func(order []int)) {
	order := make([]int, 0, n)
	var extend func(rest int)
	extend = func(rest int) {
		if rest == 0 {
			f(order)
			return
		}
		for i := range n {
			if rest>>i&1 == 1 {
				order = append(order, i)
				extend(rest &^ (1 << i))
				order = order[:len(order)-1]
			}
		}
	}
	extend(1<<n - 1)
}

// TestShapeAfterEveryDeletionOrder deletes the movers in every order, and adds them again in that
// order, and compares each map on the way with one made from scratch.
func TestShapeAfterEveryDeletionOrder(t *testing.T) {
	for _, u := range universes() {
		t.Run(u.name, func(t *testing.T) {
			all := 1<<u.movers - 1
			value := func(i int) int { return i }
			full := u.build(u.pick(all, true, value))
			merged := false
			permutations(u.movers, func(order []int) {
				m, b, mask := full, full.Builder(), all
				step := func() {
					want := u.pick(mask, true, value)
					require.NoError(t, u.verify(m, want), "%v, at %b", order, mask)
					if mask == 0 || mask == all {
						require.NoError(t, hamt.CheckBuilder(b), "%v, at %b", order, mask)
						require.NoError(t, u.verify(b.Build(), want), "%v, at %b, built", order, mask)
					} else {
						require.Equal(t, m.Len(), b.Len(), "%v, at %b", order, mask)
						require.NoError(t, hamt.CheckBuilder(b), "%v, at %b", order, mask)
					}
				}
				for _, i := range order {
					m, mask = m.Delete(u.keys[i]), mask&^(1<<i)
					require.True(t, b.Delete(u.keys[i]))
					step()
				}
				merged = merged || hamt.StatsOf(m).Inner < hamt.StatsOf(full).Inner
				for _, i := range order {
					m, mask = m.Set(u.keys[i], i), mask|1<<i
					require.True(t, b.Set(u.keys[i], i))
					step()
				}
			})
			assert.True(t, merged, "some deletion must take an inner node away")
		})
	}
}

// TestShapeAfterRandomDeletions takes out of a large map all its keys in random order.
func TestShapeAfterRandomDeletions(t *testing.T) {
	rng := testkit.Rand(t)
	n := 40 * hamt.LeafMax
	for _, h := range testkit.Hashers[int]() {
		empty := hamt.NewMap[int, int](h.Hasher)
		m := empty
		for k := range n {
			m = m.Set(k, k)
		}
		b := m.Builder()
		order := rng.Perm(n)
		for i, k := range order {
			m = m.Delete(k)
			b.Delete(k)
			if i%37 != 0 && i < n-2*hamt.LeafMax {
				continue
			}
			fresh := empty
			for _, k := range order[i+1:] {
				fresh = fresh.Set(k, k)
			}
			require.NoError(t, hamt.Check(m), h.Name)
			require.True(t, hamt.SameShape(fresh, m), "%s: deleted", h.Name)
			require.NoError(t, hamt.CheckBuilder(b), h.Name)
			if i%2 == 0 {
				require.True(t, hamt.SameShape(fresh, b.Build()), "%s: deleted by a builder", h.Name)
			}
		}
		require.True(t, m == empty, "%s: without entries it is the empty map", h.Name)
	}
}

// TestAllWaysLeadToOneShape makes the same contents in every way there is.
func TestAllWaysLeadToOneShape(t *testing.T) {
	rng := testkit.Rand(t)
	sizes := []int{1, hamt.LeafMax - 1, hamt.LeafMax, hamt.LeafMax + 1, 2*hamt.LeafMax + 1, hamt.LeafMax << hamt.SlotBits / 2, hamt.LeafMax<<hamt.SlotBits + 3}
	for _, h := range testkit.Hashers[int]() {
		t.Run(h.Name, func(t *testing.T) {
			for _, n := range sizes {
				if invariants.Enabled && n > 300 {
					continue
				}
				want := map[int]int{}
				for len(want) < n {
					want[rng.IntN(1<<20)] = rng.IntN(10)
				}
				waysToOneShape(t, hamt.NewMap[int, int](h.Hasher), want, rng)
				if h.Hasher == nil {
					one := hamt.MapOf(want)
					sameMap(t, want, one, "MapOf")
					m := hamt.CollectMap(one.All())
					sameMap(t, want, m, "CollectMap")
					assert.True(t, hamt.SameShape(one, m), "CollectMap")
					assert.True(t, hamt.SameShape(one, waysToOneShape(t, hamt.Map[int, int]{}, want, rng)), "MapOf")
				}
			}
		})
	}
}

// waysToOneShape makes want from empty in many ways and compares them with single insertion,
// whose result it returns.
func waysToOneShape(t *testing.T, empty hamt.Map[int, int], want map[int]int, rng *rand.Rand) hamt.Map[int, int] {
	keys := make([]int, 0, len(want))
	for k := range want {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	rng.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	each := func(ks []int) func(func(int, int) bool) {
		return func(yield func(int, int) bool) {
			for _, k := range ks {
				if !yield(k, want[k]) {
					return
				}
			}
		}
	}
	one := empty
	for k, v := range each(keys) {
		one = one.Set(k, v)
	}
	sameMap(t, want, one, "Set")

	cut := rng.IntN(len(keys) + 1)
	low, high := empty.SetAll(each(keys[:cut])), empty.SetAll(each(keys[cut:]))
	overlap := empty.SetAll(each(keys[cut/2 : min(len(keys), cut+3)]))
	surplus := empty
	for k := range 3*hamt.LeafMax + len(keys)/2 {
		if _, ok := want[-k]; !ok {
			surplus = surplus.Set(-k, k)
		}
	}
	more := one.Union(surplus)
	b := empty.Builder()
	for k, v := range each(keys) {
		b.Set(k, v)
	}
	own := more.Builder()
	own.DeleteFunc(func(k, _ int) bool { return surplus.Contains(k) })
	single := more.Builder()
	for k := range surplus.Keys() {
		single.Delete(k)
	}
	deleted := more
	for k := range surplus.Keys() {
		deleted = deleted.Delete(k)
	}
	merged, conflicts := hamt.Merge(empty, low, high)
	part, _ := more.Partition(func(k, _ int) bool { return !surplus.Contains(k) })
	assert.Empty(t, conflicts)
	for name, m := range map[string]hamt.Map[int, int]{
		"SetAll":                       empty.SetAll(each(keys)),
		"SetAll of what is not empty":  low.SetAll(high.All()),
		"Set in a builder":             b.Build(),
		"Union":                        low.Union(high),
		"Union the other way round":    high.Union(low),
		"Union of overlapping maps":    low.Union(overlap).Union(high),
		"Filter":                       more.Filter(func(k, _ int) bool { return !surplus.Contains(k) }),
		"Difference":                   more.Difference(surplus),
		"Intersection":                 more.Intersection(one),
		"Intersection of unrelated":    more.Intersection(empty.SetAll(each(keys))),
		"Delete":                       deleted,
		"DeleteAll":                    more.DeleteAll(slices.Collect(surplus.Keys())...),
		"Restrict":                     more.Restrict(one.KeySet()),
		"Without":                      more.Without(surplus.KeySet()),
		"Partition":                    part,
		"JoinFunc":                     hamt.JoinFunc(low, high, larger),
		"IntersectionFunc":             more.IntersectionFunc(one, larger),
		"Delete in a builder":          single.Build(),
		"DeleteFunc":                   own.Build(),
		"Apply":                        hamt.Apply(low, hamt.Diff(low, one)),
		"Apply to what has more":       hamt.Apply(more, hamt.Diff(more, one)),
		"Merge":                        merged,
		"MapValues":                    hamt.MapValues(one, func(_, v int) int { return v }),
		"UnionFunc":                    low.UnionFunc(one, func(_, a, _ int) int { return a }),
		"other values, and back again": one.Union(hamt.MapValues(one, func(_, v int) int { return v + 1 })).Union(one),
	} {
		sameMap(t, want, m, name)
		assert.True(t, hamt.SameShape(one, m), name)
	}
	return one
}

// sameMap fails unless m is well formed and has the entries of want.
func sameMap[K, V comparable](t testing.TB, want map[K]V, m hamt.Map[K, V], msg ...any) {
	t.Helper()
	require.NoError(t, hamt.Check(m), msg...)
	require.Equal(t, len(want), m.Len(), msg...)
	for k, v := range want {
		if got, ok := m.Lookup(k); !ok || got != v {
			require.Equal(t, v, got, msg...)
			require.True(t, ok, msg...)
		}
	}
	n := 0
	for k, v := range m.All() {
		if w, ok := want[k]; !ok || w != v {
			require.Fail(t, "iteration yields what is not there", msg...)
		}
		n++
	}
	require.Equal(t, len(want), n, msg...)
}

// TestCollectMany collects so many entries that they are sorted in several parts, with keys that
// are repeated near and far.
func TestCollectMany(t *testing.T) {
	for _, n := range []int{1<<14 - 1, 1 << 14, 1<<14 + 1, 3<<14 + 5} {
		want := map[int]int{}
		m := hamt.CollectMap(func(yield func(int, int) bool) {
			for i := range n {
				k := i
				if i%3 == 0 {
					k = i / 6
				}
				want[k] = i
				if !yield(k, i) {
					return
				}
			}
		})
		sameMap(t, want, m)
		one := hamt.MapOf(want)
		sameMap(t, want, one)
		assert.True(t, hamt.SameShape(one, m))
	}
}
