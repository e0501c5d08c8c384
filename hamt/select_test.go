package hamt_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/testkit"
)

// wide is a value of which few fit into a leaf: maps of it have other shapes than sets of their keys.
type wide [15]int

func wideOf(k int) wide { return wide{14: k} }
func itself(k int) int  { return k }
func unitOf(int) unit   { return unit{} }

// selections are pairs of ranges of keys of a map and of a set.
var selections = [][4]int{
	{0, 0, 0, 9}, {0, 9, 0, 0}, {0, 1, 0, 1}, {0, 3, 0, 3}, {0, 3, 3, 6}, {0, 16, 0, 5}, {0, 17, 0, 16}, {0, 5, 0, 16}, {0, 16, 0, 16}, {0, 40, 20, 60},
	{0, 300, 0, 300}, {0, 300, 290, 900}, {0, 300, 0, 299}, {0, 300, 7, 8}, {7, 8, 0, 300}, {0, 300, 0, 12}, {0, 12, 0, 300}, {0, 900, 100, 106}, {100, 106, 0, 900},
}

// TestSelectionsByASet compares Restrict and Without with a built-in map, for values with which leaves are as those of
// a set, and others.
func TestSelectionsByASet(t *testing.T) {
	testSelections(t, itself)
	testSelections(t, wideOf)
	testSelections(t, unitOf)
}

func testSelections[V comparable](t *testing.T, value func(int) V) {
	hashers := append(testkit.Hashers[int](), testkit.NamedHasher[int]{Name: "no Sum64, good", Hasher: testkit.HashOnly[int]{Mask: testkit.Mask[int]{Keep: ^uint64(0)}}})
	for _, h := range hashers {
		for _, r := range selections {
			name := fmt.Sprintf("%s, %v of %T", h.Name, r, *new(V))
			m, same, other := hamt.NewMap[int, V](h.Hasher), hamt.NewSet[int](h.Hasher), hamt.NewSet[int](testkit.Mask[int]{Keep: 3 << 62})
			for k := r[0]; k < r[1]; k++ {
				m = m.Set(k, value(k))
			}
			for k := r[2]; k < r[3]; k++ {
				same, other = same.Add(k), other.Add(k)
			}
			for _, s := range []hamt.Set[int]{same, other} {
				in, out := map[int]V{}, map[int]V{}
				for k := r[0]; k < r[1]; k++ {
					if r[2] <= k && k < r[3] {
						in[k] = value(k)
					} else {
						out[k] = value(k)
					}
				}
				restricted, without := m.Restrict(s), m.Without(s)
				sameMap(t, in, restricted, name)
				sameMap(t, out, without, name)
				require.Equal(t, len(out) == 0, restricted == m, name)
				require.Equal(t, len(in) == 0, without == m, name)
				require.True(t, restricted.Restrict(s) == restricted && without.Without(s) == without, name)
			}
			sameSet(t, r[0], r[1], m.KeySet(), name)
			require.True(t, m.Restrict(m.KeySet()) == m && m.Without(m.KeySet()).IsZero() || m.IsZero(), name)
			require.True(t, m.KeySet().Equal(m.KeySet()))
		}
	}
}

func sameSet(t *testing.T, from, to int, s hamt.Set[int], msg ...any) {
	t.Helper()
	n := 0
	for k := range s.All() {
		require.True(t, from <= k && k < to, msg...)
		n++
	}
	require.Equal(t, to-from, n, msg...)
	require.Equal(t, n, s.Len(), msg...)
	for k := from; k < to; k++ {
		require.True(t, s.Contains(k), msg...)
	}
}

// TestIntersectionFunc compares it with a built-in map, and says which calls it makes.
func TestIntersectionFunc(t *testing.T) {
	for _, h := range testkit.Hashers[int]() {
		for _, r := range selections {
			m, o := hamt.NewMap[int, int](h.Hasher), hamt.NewMap[int, int](h.Hasher)
			foreign := hamt.NewMap[int, int](testkit.Mask[int]{Keep: 3 << 62})
			want := map[int]int{}
			for k := r[0]; k < r[1]; k++ {
				m = m.Set(k, k)
			}
			for k := r[2]; k < r[3]; k++ {
				o, foreign = o.Set(k, -2*k), foreign.Set(k, -2*k)
				if r[0] <= k && k < r[1] {
					want[k] = k - 2*k*1000
				}
			}
			for _, o := range []hamt.Map[int, int]{o, foreign} {
				called := map[int]int{}
				sameMap(t, want, m.IntersectionFunc(o, func(k, a, b int) int {
					require.True(t, a == k && b == -2*k)
					called[k]++
					return a + 1000*b
				}), h.Name, r)
				require.Len(t, called, len(want))
				for k, n := range called {
					require.Equal(t, 1, n, k)
				}
			}
			// What the two share is asked about as well.
			edited := m.Set(-1, 5).Delete(r[0])
			want = map[int]int{}
			for k := range m.All() {
				if k != r[0] {
					want[k] = 3 * k
				}
			}
			sameMap(t, want, m.IntersectionFunc(edited, func(_, a, b int) int { return a + 2*b }), h.Name, r)
			sameMap(t, want, edited.IntersectionFunc(m, func(_, a, b int) int { return a + 2*b }), h.Name, r)
		}
	}
	assert.True(t, hamt.Map[int, int]{} == hamt.Map[int, int]{}.IntersectionFunc(hamt.MapOf(map[int]int{1: 1}), func(_, a, _ int) int { return a }))
	m := hamt.NewMap[int, int](bySize{}).Set(-1, 10)
	got := m.IntersectionFunc(m.Set(1, 7).Set(2, 8), func(k, a, b int) int { return k*1000 + a + b })
	sameMap(t, map[int]int{-1: -983}, got, "m's instance of the key")
	assert.True(t, got.Contains(1), "m's hasher")
}

func TestDeleteAllAndPartition(t *testing.T) {
	rng := testkit.Rand(t)
	for _, h := range testkit.Hashers[int]() {
		for _, n := range []int{0, 1, 5, 17, 200} {
			m, s := hamt.NewMap[int, int](h.Hasher), hamt.NewSet[int](h.Hasher)
			for k := range n {
				m, s = m.Set(k, -k), s.Add(k)
			}
			for range 5 {
				yes, no := map[int]int{}, map[int]int{}
				var ks []int
				for k := range n {
					if rng.IntN(3) == 0 {
						no[k] = -k
						ks = append(ks, k, k) // one of them is absent by then
					} else {
						yes[k] = -k
					}
				}
				ks = append(ks, n, -1)
				rand.Shuffle(len(ks), func(i, j int) { ks[i], ks[j] = ks[j], ks[i] })
				sameMap(t, yes, m.DeleteAll(ks...), h.Name)
				del := func(k, v int) bool { _, in := no[k]; require.Equal(t, -k, v); return in }
				sameMap(t, yes, m.DeleteFunc(del), h.Name)
				sameMap(t, no, m.DeleteFunc(func(k, v int) bool { return !del(k, v) }), h.Name)
				calls := map[int]int{}
				kept, others := m.Partition(func(k, v int) bool { calls[k]++; return !del(k, v) })
				sameMap(t, yes, kept, h.Name)
				sameMap(t, no, others, h.Name)
				require.Len(t, calls, n)
				for k, c := range calls {
					require.Equal(t, 1, c, k)
				}
				require.True(t, s.DeleteFunc(func(k int) bool { return del(k, -k) }).Equal(kept.KeySet()))
				inSet, notInSet := s.Partition(func(k int) bool { return !del(k, -k) })
				require.True(t, inSet.Equal(kept.KeySet()) && notInSet.Equal(others.KeySet()))
			}
			all, none := m.Partition(func(int, int) bool { return true })
			require.True(t, all == m && none.IsZero())
			none, all = m.Partition(func(int, int) bool { return false })
			require.True(t, all == m && none.IsZero())
			require.True(t, m == m.DeleteFunc(func(int, int) bool { return false }) && m == m.DeleteAll() && m == m.DeleteAll(n, n+1, -1))
			require.True(t, m.DeleteFunc(func(int, int) bool { return true }).IsZero())
		}
	}
	// A NaN is found by iteration only, and is on one side, as often as it is there.
	var m hamt.Map[any, any]
	for i := range 50 {
		m = m.Set(math.NaN(), i).Set(i, i)
	}
	even, odd := m.Partition(func(_, v any) bool { return v.(int)%2 == 0 })
	assert.Equal(t, []int{50, 50}, []int{even.Len(), odd.Len()})
	for _, side := range []hamt.Map[any, any]{even, odd} {
		nans := 0
		for k := range side.All() {
			if k != k { // as a NaN is
				nans++
			}
		}
		assert.Equal(t, 25, nans)
	}
	empty := hamt.NewMap[int, int](bySize{})
	yes, no := empty.Set(1, 1).Partition(func(int, int) bool { return true })
	assert.True(t, no == empty && yes.Contains(-1), "they keep the hasher")
	assert.True(t, empty.Set(1, 1).KeySet().Contains(-1) && empty.KeySet().Add(1).Contains(-1))
	for name, do := range map[string]func(){
		"IntersectionFunc": func() { empty.IntersectionFunc(empty, nil) },
		"DeleteFunc":       func() { empty.DeleteFunc(nil) },
		"Partition":        func() { empty.Partition(nil) },
	} {
		assert.PanicsWithValue(t, "hamt: "+name+" of a nil function", do)
	}
	var s hamt.Set[int]
	assert.PanicsWithValue(t, "hamt: DeleteFunc of a nil function", func() { s.DeleteFunc(nil) })
	assert.PanicsWithValue(t, "hamt: Partition of a nil function", func() { s.Partition(nil) })
}

// TestKeySetShares all nodes where values take no memory.
func TestKeySetShares(t *testing.T) {
	m := hamt.Map[int, unit]{}
	for k := range 1000 {
		m = m.Set(k, unit{})
	}
	assert.Zero(t, testing.AllocsPerRun(10, func() { m.KeySet() }))
	keys, again := m.KeySet(), m.KeySet()
	assert.True(t, keys == again, "they are the same version")
	later := m.Set(-1, unit{}).KeySet()
	assert.True(t, later.Contains(-1) && !m.KeySet().Contains(-1))
}

// TestSelectionsUnderLiars: no panic, and the length is what iterates.
func TestSelectionsUnderLiars(t *testing.T) {
	for _, h := range testkit.Liars[int]() {
		t.Run(h.Name, func(t *testing.T) {
			liar(t, h.Hasher, itself)
			liar(t, h.Hasher, wideOf)
		})
	}
}

func liar[V comparable](t *testing.T, h hamt.Hasher[int], value func(int) V) {
	length := func(m hamt.Map[int, V]) {
		n := 0
		for range m.All() {
			n++
		}
		require.Equal(t, n, m.Len())
	}
	for range 20 {
		m, o, s := hamt.NewMap[int, V](h), hamt.NewMap[int, V](h), hamt.NewSet(h)
		for k := range 100 {
			m = m.Set(k, value(k))
			if k%3 > 0 || k < 20 {
				s, o = s.Add(k), o.Set(k, value(k))
			}
		}
		few := hamt.NewSet(h).Add(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
		for _, s := range []hamt.Set[int]{s, few, m.KeySet()} {
			length(m.Restrict(s))
			length(m.Without(s))
		}
		length(m.IntersectionFunc(o, func(_ int, a, _ V) V { return a }))
		length(o.IntersectionFunc(m, func(_ int, a, _ V) V { return a }))
		yes, no := m.Partition(func(k int, _ V) bool { return k%2 == 0 })
		length(yes)
		length(no)
		require.Equal(t, m.Len(), yes.Len()+no.Len())
		length(m.DeleteAll(1, 2, 3, 1, 5))
	}
}
