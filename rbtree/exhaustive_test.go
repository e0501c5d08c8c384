package rbtree_test

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/rbtree"
)

// slow reports whether every new version is checked, or time is short, so that a test does less.
func slow() bool { return testing.Short() || invariants.Enabled }

// TestExhaustivelyInsertionAndDeletionOrders inserts 7 keys in every order, and deletes 4 of them in
// every order. In the build with narrow nodes these are trees of two and three levels.
func TestExhaustivelyInsertionAndDeletionOrders(t *testing.T) {
	n, deleted := 7, 4
	if slow() {
		n = 5
	}
	type m = rbtree.Map[int, int]
	steps, orders, deepest := 0, 0, 0
	examine := func(v m, keys uint) {
		steps++
		deepest = max(deepest, rbtree.StatsOf(v).Depth)
		if err := check(v); err != nil {
			require.NoError(t, err)
		}
		for k := range n {
			if v.Contains(k) != (keys>>k&1 == 1) {
				require.Fail(t, "contents", "%v has keys %b", v, keys)
			}
		}
	}
	var remove func(v m, keys uint, chosen uint)
	remove = func(v m, keys, chosen uint) {
		if chosen == 0 {
			orders++
		}
		for k := range n {
			if chosen>>k&1 == 1 {
				next := v.Delete(k)
				examine(next, keys&^(1<<k))
				remove(next, keys&^(1<<k), chosen&^(1<<k))
			}
		}
	}
	rng := rand.New(rand.NewPCG(7, 4))
	var insert func(v m, keys uint)
	insert = func(v m, keys uint) {
		if keys == 1<<n-1 {
			var chosen uint
			for _, k := range rng.Perm(n)[:deleted] {
				chosen |= 1 << k
			}
			remove(v, keys, chosen)
			return
		}
		for k := range n {
			if keys>>k&1 == 0 {
				next := v.Set(k, k)
				examine(next, keys|1<<k)
				insert(next, keys|1<<k)
			}
		}
	}
	insert(m{}, 0)
	assert.Equal(t, map[int]int{7: 5040, 5: 120}[n]*24, orders)
	if rbtree.LeafMost < n {
		assert.LessOrEqual(t, 2, deepest)
	}
	t.Log(steps, "versions")
}

// TestExhaustivelySubsets tries the operations on two maps and sets with all pairs of subsets of
// 6 keys, which are made in three ways.
func TestExhaustivelySubsets(t *testing.T) {
	const n = 6
	type m = rbtree.Map[int, int]
	type s = rbtree.Set[int]
	make1 := func(keys uint, v int) (a m) {
		for k := range n {
			if keys>>k&1 == 1 {
				a = a.Set(k, v)
			}
		}
		return a
	}
	var full m
	for k := range n {
		full = full.Set(k, 1)
	}
	make2 := func(keys uint) m { return full.Filter(func(k, _ int) bool { return keys>>k&1 == 1 }) }
	model := func(keys uint, v int) map[int]int {
		r := map[int]int{}
		for k := range n {
			if keys>>k&1 == 1 {
				r[k] = v
			}
		}
		return r
	}
	is := func(op string, a, b uint, want map[int]int, got m) {
		t.Helper()
		if err := check(got); err != nil {
			require.NoError(t, err, "%s of %b and %b", op, a, b)
		}
		if !maps.Equal(want, maps.Collect(got.All())) || got.Len() != len(want) {
			require.Fail(t, "contents", "%s of %b and %b: %v, want %v", op, a, b, got, want)
		}
	}
	setOf := func(a m) s { return rbtree.CollectSet(a.Keys()) }
	step := uint(1)
	if slow() {
		step = 5
	}
	for a := range uint(1 << n) {
		for b := a % step; b < 1<<n; b += step {
			for _, pair := range [][2]m{{make1(a, 1), make1(b, 2)}, {make2(a), make2(b)}, {make2(a), make1(b, 2)}} {
				x, y := pair[0], pair[1]
				bv := 2
				if y.Len() > 0 {
					_, bv, _ = y.Min()
				}
				union := model(a, 1)
				maps.Copy(union, model(b, bv))
				is("Union", a, b, union, x.Union(y))
				sum := model(a, 1)
				for k, v := range model(b, bv) {
					if sum[k] > 0 {
						v += 10
					}
					sum[k] = v
				}
				is("UnionFunc", a, b, sum, x.UnionFunc(y, func(_, _, v int) int { return v + 10 }))
				is("Intersection", a, b, model(a&b, 1), x.Intersection(y))
				is("Difference", a, b, model(a&^b, 1), x.Difference(y))
				require.Equal(t, a == b && (a == 0 || bv == 1), rbtree.Equal(x, y))
				require.True(t, rbtree.Equal(y, rbtree.Apply(x, rbtree.Diff(x, y))))

				p, q := setOf(x), setOf(y)
				for op, got := range map[string]s{
					"union": p.Union(q), "intersection": p.Intersection(q), "difference": p.Difference(q), "symmetric": p.SymmetricDifference(q),
				} {
					want := map[string]uint{"union": a | b, "intersection": a & b, "difference": a &^ b, "symmetric": a ^ b}[op]
					require.NoError(t, rbtree.CheckSet(got))
					require.Equal(t, slices.Sorted(maps.Keys(model(want, 0))), slices.Collect(got.All()), "%s of %b and %b", op, a, b)
					require.Equal(t, want == a, got == p, "%s of %b and %b is the receiver", op, a, b)
				}
				require.Equal(t, a&^b == 0, p.SubsetOf(q))
				require.Equal(t, a&b == 0, p.Disjoint(q))
				require.Equal(t, a == b, p.Equal(q))
			}
		}
	}
}

// TestExhaustivelyBounds compares every span between two bounds, every rank, neighbour and cut, with
// a sorted slice. Bounds are present keys, absent ones between them, and beyond either end.
func TestExhaustivelyBounds(t *testing.T) {
	leaf := rbtree.LeafCap[int, int]()
	for _, n := range []int{0, 1, 2, leaf, leaf + 1, 2*leaf + 3} {
		var keys []int
		var m rbtree.Map[int, int]
		for i := range n {
			keys = append(keys, 2*i+1)
		}
		for _, i := range rand.New(rand.NewPCG(1, uint64(n))).Perm(n) {
			m = m.Set(keys[i], -keys[i])
		}
		set := rbtree.CollectSet(m.Keys())
		for lo := -1; lo <= 2*n+2; lo++ {
			i, found := slices.BinarySearch(keys, lo)
			above := i
			if found {
				above++
			}
			rank, ok := m.Rank(lo)
			require.Equal(t, []any{i, found}, []any{rank, ok}, "Rank(%d)", lo)
			sameSpan(t, m.From(lo), keys[i:])
			sameSpan(t, m.Above(lo), keys[above:])
			sameSpan(t, m.To(lo), keys[:above])
			sameSpan(t, m.Below(lo), keys[:i])
			sameEntry(t, keys, above-1, m.Floor, lo)
			sameEntry(t, keys, i, m.Ceiling, lo)

			below, v, ok, rest := m.Split(lo)
			require.NoError(t, check(below))
			require.NoError(t, check(rest))
			require.True(t, slices.Equal(keys[:i], slices.Collect(below.Keys())))
			require.Equal(t, i, below.Len())
			require.Equal(t, n-above, rest.Len())
			require.Equal(t, found, ok)
			joined := below
			if found {
				require.Equal(t, -lo, v)
				joined = joined.Set(lo, v)
			}
			joined = joined.Join(rest)
			require.NoError(t, check(joined))
			require.True(t, rbtree.Equal(m, joined))

			for hi := lo - 1; hi <= 2*n+2; hi++ {
				j, found := slices.BinarySearch(keys, hi)
				upTo := j
				if found {
					upTo++
				}
				span := func(from, to int) []int { return keys[min(from, max(to, from)):max(from, to)] }
				sameSpan(t, m.From(lo).To(hi), span(i, upTo))
				sameSpan(t, m.Below(hi).From(lo), span(i, j))
				sameSpan(t, m.Above(lo).Below(hi), span(above, j))
				sameSpan(t, m.To(hi).Above(lo), span(above, upTo))
				both := m.From(lo).To(hi)
				require.True(t, both == both.From(lo).To(hi).From(lo-1), "narrowed to what it is")
				s := set.Above(lo).To(hi)
				require.Equal(t, len(span(above, upTo)), s.Len())
				require.True(t, s.Set().Equal(set.Above(lo).To(hi).From(lo).Set().From(lo).Set()))
				if slow() && hi > lo+3 {
					hi += leaf / 2
				}
			}
		}
		for i, k := range keys {
			got, v := m.At(i)
			require.Equal(t, []int{k, -k}, []int{got, v})
			require.Equal(t, k, set.At(i))
		}
	}
}

func sameEntry(t *testing.T, keys []int, i int, get func(int) (int, int, bool), k int) {
	got, v, ok := get(k)
	if i < 0 || i >= len(keys) {
		require.Equal(t, []any{0, 0, false}, []any{got, v, ok}, k)
		return
	}
	require.Equal(t, []any{keys[i], -keys[i], true}, []any{got, v, ok}, k)
}

// sameSpan requires s to have the given keys, whichever way it is asked.
func sameSpan(t *testing.T, s rbtree.Span[int, int], want []int) {
	if s.Len() != len(want) {
		require.Equal(t, len(want), s.Len())
	}
	i := 0
	for k, v := range s.All() {
		if k != want[i] || v != -k {
			require.Fail(t, "All", "%d: %d instead of %d", i, k, want[i])
		}
		i++
	}
	require.Equal(t, len(want), i)
	for k, v := range s.Backward() {
		i--
		if k != want[i] || v != -k {
			require.Fail(t, "Backward", "%d: %d instead of %d", i, k, want[i])
		}
	}
	require.Equal(t, 0, i)
	least, _, ok := s.Min()
	greatest, _, _ := s.Max()
	if require.Equal(t, len(want) > 0, ok); ok {
		require.Equal(t, []int{want[0], want[len(want)-1]}, []int{least, greatest})
	}
	m := s.Map()
	if err := check(m); err != nil || !slices.EqualFunc(slices.Collect(m.Keys()), want, func(a, b int) bool { return a == b }) {
		require.NoError(t, err)
		require.Equal(t, want, slices.Collect(m.Keys()))
	}
}

// TestBulkOperationsOnShapes compares the operations on two maps of all kinds of sizes, ranges
// and histories with built-in maps.
func TestBulkOperationsOnShapes(t *testing.T) {
	leaf, fan := rbtree.LeafCap[int, int](), rbtree.FanMax
	sizes := []int{1, leaf, leaf + 1, leaf*fan/2 + 1, 3 * leaf * fan}
	rng := rand.New(rand.NewPCG(3, 9))
	reverse := func(a, b int) int { return cmp.Compare(b, a) }
	for _, empty := range []rbtree.Map[int, int]{{}, rbtree.NewMapFunc[int, int](reverse)} {
		for _, n := range sizes {
			for _, o := range sizes {
				for _, layout := range []string{"interleaved", "random", "disjoint", "nested", "versions"} {
					a, b := empty, empty
					model, other := map[int]int{}, map[int]int{}
					for i := range n {
						k := map[string]int{"interleaved": 2 * i, "random": rng.IntN(2 * n), "disjoint": i, "nested": 2 * i, "versions": i}[layout]
						model[k] = i
					}
					for i := range o {
						k := map[string]int{"interleaved": 2*i + 1, "random": rng.IntN(2 * n), "disjoint": n + i, "nested": n/2 + i, "versions": rng.IntN(n)}[layout]
						other[k] = -i
					}
					a = a.SetAll(maps.All(model))
					b = b.SetAll(maps.All(other))
					if layout == "versions" {
						b = a.SetAll(maps.All(other))
						other = maps.Collect(b.All())
					}
					compareBulk(t, layout, a, b, model, other)
				}
			}
		}
	}
}

func compareBulk(t *testing.T, layout string, a, b rbtree.Map[int, int], model, other map[int]int) {
	union, both, rest := maps.Clone(model), map[int]int{}, map[int]int{}
	for k, v := range model {
		if _, ok := other[k]; ok {
			both[k] = v
		} else {
			rest[k] = v
		}
	}
	maps.Copy(union, other)
	sum := maps.Clone(union)
	for k, v := range both {
		sum[k] = v*3 + other[k]
	}
	inOne := maps.Clone(union)
	for k := range both {
		delete(inOne, k)
	}
	last, calls := 0, 0
	got := a.UnionFunc(b, func(k, x, y int) int {
		if calls++; calls > 1 {
			if i, _ := a.Rank(last); i >= must(a.Rank(k)) {
				require.Fail(t, "UnionFunc is not in order")
			}
		}
		last = k
		return x*3 + y
	})
	require.Equal(t, len(both), calls)
	for op, g := range map[string]struct {
		want map[int]int
		got  rbtree.Map[int, int]
	}{
		"Union": {union, a.Union(b)}, "UnionFunc": {sum, got},
		"Intersection": {both, a.Intersection(b)}, "Difference": {rest, a.Difference(b)},
		"Apply": {other, rbtree.Apply(a, rbtree.Diff(a, b))}, "SymmetricDifference": {inOne, inOneOf(a, b)},
	} {
		require.NoError(t, check(g.got), "%s %s", layout, op)
		if !maps.Equal(g.want, maps.Collect(g.got.All())) {
			require.Fail(t, "contents", "%s %s of %d and %d", layout, op, a.Len(), b.Len())
		}
	}
	require.True(t, maps.Equal(model, maps.Collect(a.All())), "a has changed")
	require.True(t, maps.Equal(other, maps.Collect(b.All())), "b has changed")
}

// inOneOf is the symmetric difference of the keys, with their values.
func inOneOf(a, b rbtree.Map[int, int]) rbtree.Map[int, int] {
	empty := a.Difference(a)
	keys := rbtree.NewSetFunc(func(x, y int) int { return cmp.Compare(y, x) })
	p, q := keys, keys
	for k := range a.Keys() {
		p = p.Add(k)
	}
	for k := range b.Keys() {
		q = q.Add(k)
	}
	for k := range p.SymmetricDifference(q).All() {
		if v, ok := a.Lookup(k); ok {
			empty = empty.Set(k, v)
		} else {
			empty = empty.Set(k, b.Get(k))
		}
	}
	return empty
}

func must(i int, found bool) int {
	if !found {
		panic("not found")
	}
	return i
}
