package hamt_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/testkit"
)

// TestCursorWalksAsAll, in its order, from any point on, and more than one at a time.
func TestCursorWalksAsAll(t *testing.T) {
	for _, h := range testkit.Hashers[int]() {
		for _, n := range []int{0, 1, 2, 16, 17, 33, 400, 6000} {
			if n > 400 && h.Name != "default" && h.Name != "good" { // past the length from which leaves are read ahead
				continue
			}
			m := hamt.NewMap[int, int](h.Hasher)
			for k := range n {
				m = m.Set(k, -k)
			}
			want := slices.Collect(m.Keys())
			c, s := m.Cursor(), m.KeySet().Cursor()
			copied, at := c, 0
			for i, k := range want {
				if rand.IntN(n) < 3 {
					copied, at = c, i
				}
				got, v, ok := c.Next()
				require.True(t, ok && got == k && v == -k, "%s, %d of %d", h.Name, i, n)
				got, ok = s.Next()
				require.True(t, ok && got == k, "%s, %d of %d", h.Name, i, n)
			}
			for range 3 {
				k, v, ok := c.Next()
				require.True(t, !ok && k == 0 && v == 0)
				_, ok = s.Next()
				require.False(t, ok)
			}
			for _, k := range want[at:] {
				got, _, ok := copied.Next()
				require.True(t, ok && got == k, "a copy: %s, %d", h.Name, n)
			}
		}
	}
	var c hamt.Cursor[int, int]
	_, _, ok := c.Next()
	assert.False(t, ok)
	var s hamt.SetCursor[int]
	_, ok = s.Next()
	assert.False(t, ok)
}

func TestCursorAllocatesNothing(t *testing.T) {
	m := hamt.CollectMap(slices.All(make([]int, 10_000)))
	assert.Zero(t, testing.AllocsPerRun(5, func() {
		n := 0
		for c := m.Cursor(); ; n++ {
			if _, _, ok := c.Next(); !ok {
				break
			}
		}
		if n != m.Len() {
			t.Error("not all")
		}
	}))
}

// BenchmarkCursor compares it with a range.
func BenchmarkCursor(b *testing.B) {
	for name, n := range map[string]int{"100,000": 100_000, "1,000": 1000, "1,000,000": 1_000_000} {
		var m hamt.Map[int, int]
		for k := range n {
			m = m.Set(k, k)
		}
		b.Run(name+"/All", func(b *testing.B) {
			sum := 0
			for b.Loop() {
				for k, v := range m.All() {
					sum += k + v
				}
			}
		})
		b.Run(name+"/Cursor", func(b *testing.B) {
			sum := 0
			for b.Loop() {
				c := m.Cursor()
				for k, v, ok := c.Next(); ok; k, v, ok = c.Next() {
					sum += k + v
				}
			}
		})
	}
}
