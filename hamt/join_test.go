package hamt_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/testkit"
)

func larger(_ int, a, b int) int { return max(a, b) }

// TestJoinFunc is UnionFunc with fewer calls.
func TestJoinFunc(t *testing.T) {
	rng := testkit.Rand(t)
	for _, h := range testkit.Hashers[int]() {
		for _, n := range []int{0, 1, 8, 17, 300} {
			base, want := hamt.NewMap[int, int](h.Hasher), map[int]int{}
			for k := range n {
				base, want[k] = base.Set(k, 100), 100
			}
			for _, edits := range []int{0, 1, 10, 300} {
				sides := [2]hamt.Map[int, int]{base, base}
				models := [2]map[int]int{}
				for i := range sides {
					models[i] = map[int]int{}
					for k, v := range want {
						models[i][k] = v
					}
					for range edits {
						k, v := rng.IntN(2*n+1), rng.IntN(200)
						if v < 40 {
							sides[i] = sides[i].Delete(k)
							delete(models[i], k)
						} else {
							sides[i], models[i][k] = sides[i].Set(k, v), v
						}
					}
				}
				joined := map[int]int{}
				for _, m := range models {
					for k, v := range m {
						joined[k] = max(v, joined[k])
					}
				}
				sameMap(t, joined, hamt.JoinFunc(sides[0], sides[1], larger), h.Name, n, edits)
				sameMap(t, joined, hamt.JoinFunc(sides[1], sides[0], larger), h.Name, n, edits)
				foreign := hamt.NewMap[int, int](testkit.Mask[int]{Keep: 3 << 62}).SetAll(sides[1].All())
				sameMap(t, joined, hamt.JoinFunc(sides[0], foreign, larger), h.Name, n, edits)
			}
			never := func(int, int, int) int { t.Error("called for what both share"); return 0 }
			require.True(t, hamt.JoinFunc(base, base, never) == base)
			require.True(t, hamt.JoinFunc(base, hamt.NewMap[int, int](h.Hasher), never) == base)
		}
	}
	m := hamt.NewMap[int, int](bySize{}).Set(1, 10)
	sameMap(t, map[int]int{1: 20, -2: 5}, hamt.JoinFunc(m, hamt.NewMap[int, int](bySize{}).Set(-1, 20).Set(-2, 5), larger))
	assert.PanicsWithValue(t, "hamt: JoinFunc of a nil function", func() { hamt.JoinFunc(m, m, nil) })
}

// TestJoinFuncSkipsWhatIsShared: its calls are in proportion to the edits, those of UnionFunc to the entries.
func TestJoinFuncSkipsWhatIsShared(t *testing.T) {
	a := hamt.Map[int, int]{}
	for k := range 10_000 {
		a = a.Set(k, k)
	}
	b := a
	for k := range 10 {
		a, b = a.Set(k, -k), b.Set(1000*k, -k)
	}
	calls := 0
	f := func(_, a, b int) int { calls++; return max(a, b) }
	joined := hamt.JoinFunc(a, b, f)
	assert.LessOrEqual(t, calls, 20*hamt.LeafMax)
	united := a.UnionFunc(b, f)
	assert.Greater(t, calls, 10_000)
	assert.True(t, hamt.Equal(joined, united))
	assert.Equal(t, 1000, joined.Get(1000))
}

func BenchmarkJoinFunc(b *testing.B) {
	x := hamt.Map[int, int]{}
	for k := range 100_000 {
		x = x.Set(k, k)
	}
	y := x
	for k := range 10 {
		x, y = x.Set(k*997, -k), y.Set(k*9973, -k)
	}
	b.Run("UnionFunc", func(b *testing.B) {
		for b.Loop() {
			x.UnionFunc(y, larger)
		}
	})
	b.Run("JoinFunc", func(b *testing.B) {
		for b.Loop() {
			hamt.JoinFunc(x, y, larger)
		}
	})
	b.Run("Union", func(b *testing.B) {
		for b.Loop() {
			x.Union(y)
		}
	})
	b.Run("Diff", func(b *testing.B) {
		for b.Loop() {
			bb := x.Builder()
			for c := range hamt.Diff(x, y) {
				bb.Set(c.Key, c.New)
			}
			bb.Build()
		}
	})
}
