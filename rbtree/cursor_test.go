package rbtree_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/rbtree"
)

// TestCursorGoesAnywhere compares steps in both directions and jumps to keys with a position in a slice, in maps, in sets and in
// spans that were taken in all ways.
func TestCursorGoesAnywhere(t *testing.T) {
	eachKit(t, func(t *testing.T, kit kit) {
		for _, n := range kitSizes {
			m, keys := kit.upTo(n)
			s := kit.set(keys)
			walkAnywhere(t, kit, keys, m.Cursor(), s.Cursor())
			for _, r := range ranges(n) {
				i, j := r[0], r[1]
				if n > 1000 && i%1000 > 0 {
					continue
				}
				walkAnywhere(t, kit, keys[i:j], m.Slice(i, j).Cursor(), s.Slice(i, j).Cursor())
				if i < j {
					from, last := keys[i], keys[j-1]
					walkAnywhere(t, kit, keys[i:j], m.From(from).To(last).Cursor(), s.From(from).To(last).Cursor())
					walkAnywhere(t, kit, keys[i+1:j], m.Above(from).To(last).Cursor(), s.To(last).Above(from).Cursor())
				}
			}
			for range min(n, 40) { // a span that begins between two leaves
				i := rand.IntN(n)
				walk(t, keys[i:], m.From(keys[i]-kit.compare(1, 0)).Cursor())
				walk(t, keys[i+1:], m.Above(keys[i]).Cursor())
			}
		}
	})
	var zero rbtree.Cursor[int, int]
	zero.Seek(7)
	_, _, ok := zero.Next()
	_, _, back := zero.Prev()
	assert.False(t, ok || back)
}

// walk compares a walk to the end, and back.
func walk(t *testing.T, keys []int, c rbtree.Cursor[int, int]) {
	t.Helper()
	for i := range len(keys) + 2 {
		k, v, ok := c.Next()
		if ok != (i < len(keys)) || ok && (k != keys[i] || v != 10*k) {
			require.Fail(t, "a wrong entry", "%d of %d: %d %d %t", i, len(keys), k, v, ok)
		}
	}
	for i := len(keys) - 1; i >= -2; i-- {
		k, v, ok := c.Prev()
		if ok != (i >= 0) || ok && (k != keys[i] || v != 10*k) {
			require.Fail(t, "a wrong entry", "%d of %d, back: %d %d %t", i, len(keys), k, v, ok)
		}
	}
}

func walkAnywhere(t *testing.T, kit kit, keys []int, c rbtree.Cursor[int, int], s rbtree.SetCursor[int]) {
	t.Helper()
	walk(t, keys, c)
	rnd := rand.New(rand.NewPCG(1, uint64(len(keys))))
	at, steps := 0, 0
	for range 60 {
		switch rnd.IntN(4) {
		case 0:
			k := rnd.IntN(2*len(keys)+40) - 20
			if len(keys) > 0 && rnd.IntN(2) == 0 {
				k = keys[rnd.IntN(len(keys))] + rnd.IntN(3) - 1
			}
			c.Seek(k)
			s.Seek(k)
			at, _ = slices.BinarySearchFunc(keys, k, kit.compare)
		case 1:
			steps = rnd.IntN(40)
		case 2:
			steps = -rnd.IntN(40)
		}
		for ; steps != 0; steps -= cmp.Compare(steps, 0) {
			var k, v, x, want int
			var ok, in, there bool
			if steps > 0 {
				k, v, ok = c.Next()
				x, in = s.Next()
				if there = at < len(keys); there {
					want = keys[at]
					at++
				}
			} else {
				k, v, ok = c.Prev()
				x, in = s.Prev()
				if there = at > 0; there {
					at--
					want = keys[at]
				}
			}
			if ok != there || in != there || k != want || x != want || v != 10*want {
				require.Equal(t, []any{there, want, want, 10 * want}, []any{ok, k, x, v})
			}
		}
	}
}

// TestCursorIsAValue and sees its version, and allocates nothing.
func TestCursorIsAValue(t *testing.T) {
	m, keys := kit{compare: cmp.Compare[int]}.upTo(1000)
	c := m.Cursor()
	for range 500 {
		c.Next()
	}
	d, b := c, m.Builder()
	b.Clear()
	k, _, _ := c.Next()
	l, _, _ := d.Next()
	assert.Equal(t, [2]int{keys[500], keys[500]}, [2]int{k, l})
	assert.Zero(t, testing.AllocsPerRun(10, func() {
		c := m.From(77).Cursor()
		for {
			if _, _, ok := c.Next(); !ok {
				break
			}
		}
		c.Seek(500)
		c.Prev()
	}))
}
