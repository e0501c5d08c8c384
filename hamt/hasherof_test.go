package hamt_test

import (
	"hash/crc32"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
)

func crcOf(k int) uint64     { return uint64(crc32.ChecksumIEEE(strconv.AppendInt(nil, int64(k), 10))) }
func sameInt(a, b int) bool  { return a == b }
func numberOf(k int) uint64  { return uint64(k) }
func alike(k int) uint64     { return 7 }
func bySign(k int) uint64    { return uint64(max(k, -k)) }
func signless(a, b int) bool { return max(a, -a) == max(b, -b) }

func TestHasherOf(t *testing.T) {
	for name, hash := range map[string]func(int) uint64{"32 bits": crcOf, "number": numberOf, "constant": alike} {
		h := hamt.HasherOf(hash, sameInt)
		m, s, want := hamt.NewMap[int, int](h), hamt.NewSet(h), map[int]int{}
		for range 500 {
			k, v := rand.IntN(200), rand.IntN(3)
			if v == 0 {
				m, s = m.Delete(k), s.Delete(k)
				delete(want, k)
			} else {
				m, s, want[k] = m.Set(k, v), s.Add(k), v
			}
		}
		sameMap(t, want, m, name)
		require.True(t, m.Restrict(s) == m && m.KeySet().Equal(s), name)
		require.True(t, hamt.Equal(m, hamt.NewMap[int, int](h).SetAll(m.All())), "the same hasher: %s", name)
		require.True(t, hamt.Equal(m, hamt.NewMap[int, int](hamt.HasherOf(hash, sameInt)).SetAll(m.All())), "another hasher: %s", name)
	}
	m := hamt.NewMap[int, int](hamt.HasherOf(bySign, signless)).Set(-3, 1)
	assert.Equal(t, 1, m.Get(3))
	assert.Equal(t, 0, hamt.NewMap[int, int](hamt.HasherOf(func(int) uint64 { return rand.Uint64() }, func(a, b int) bool { return false })).Set(1, 1).Get(1), "a liar")
	assert.PanicsWithValue(t, "hamt: HasherOf of a nil function", func() { hamt.HasherOf(nil, sameInt) })
	assert.PanicsWithValue(t, "hamt: HasherOf of a nil function", func() { hamt.HasherOf(crcOf, nil) })
}

// TestShortHashesMakeFlatTries: hashes of 32 bits, or numbers, lead to no deeper tries than the default.
func TestShortHashesMakeFlatTries(t *testing.T) {
	const n = 1 << 13
	keys := slices.All(make([]int, n))
	depth := hamt.StatsOf(hamt.CollectMap(keys)).Depth
	for name, hash := range map[string]func(int) uint64{
		"32 bits": crcOf, "number": numberOf, "negative": func(k int) uint64 { return uint64(-k) }, "upper": func(k int) uint64 { return crcOf(k) << 32 },
	} {
		got := hamt.StatsOf(hamt.NewMap[int, int](hamt.HasherOf(hash, sameInt)).SetAll(keys))
		assert.LessOrEqual(t, got.Depth, depth+3, name)
	}
}

func BenchmarkHasherOf(b *testing.B) {
	for name, m := range map[string]hamt.Map[int, int]{
		"default": {}, "32 bits": hamt.NewMap[int, int](hamt.HasherOf(func(k int) uint64 { return uint64(uint32(k) * 2654435769) }, sameInt)),
		"64 bits": hamt.NewMap[int, int](hamt.HasherOf(func(k int) uint64 { return uint64(k) * 0x9e3779b97f4a7c15 }, sameInt)),
	} {
		const n = 100_000
		for k := range n {
			m = m.Set(k, k)
		}
		b.Run(name+"/Get", func(b *testing.B) {
			k := 0
			for b.Loop() {
				m.Get(k)
				if k += 7919; k >= n {
					k -= n
				}
			}
		})
		b.Run(name+"/Set", func(b *testing.B) {
			b.ReportAllocs()
			k := 0
			for b.Loop() {
				m.Set(k, 1)
				if k += 7919; k >= n {
					k -= n
				}
			}
		})
	}
}
