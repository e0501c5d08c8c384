package tree

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestDiffRange: the changes in a range are those of all that lie in it, and reading them costs what differs there.
func TestDiffRange(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for range 60 {
		c := newChunks()
		sort := r.IntN(4)
		var roots [2]Root
		var items []Item
		for i := range roots {
			var ops []Op
			for range r.IntN(300) {
				ops = append(ops, Op{Key: randomKey(r, sort), Value: randomValue(t, c, r, r.IntN(3)), Delete: r.IntN(3) == 0})
			}
			slices.SortFunc(ops, func(a, b Op) int { return bytes.Compare(a.Key, b.Key) })
			ops = slices.CompactFunc(ops, func(a, b Op) bool { return bytes.Equal(a.Key, b.Key) })
			items = set(items, ops)
			roots[i] = build(t, c, salted, items)
		}
		var all []Change
		for d, err := range Diff(ctx, c, roots[0], roots[1]) {
			require.NoError(t, err)
			all = append(all, d)
		}
		for range 20 {
			low, high := randomKey(r, sort), randomKey(r, sort)
			switch r.IntN(4) {
			case 0:
				low = nil
			case 1:
				high = nil
			}
			var want [][]byte
			for _, d := range all {
				if bytes.Compare(d.Key, low) >= 0 && (high == nil || bytes.Compare(d.Key, high) < 0) {
					want = append(want, d.Key)
				}
			}
			var got [][]byte
			for d, err := range DiffRange(ctx, c, roots[0], roots[1], low, high) {
				require.NoError(t, err)
				got = append(got, d.Key)
				i, ok := slices.BinarySearchFunc(all, d, func(a, b Change) int { return bytes.Compare(a.Key, b.Key) })
				require.True(t, ok)
				require.Equal(t, all[i].Old, d.Old)
				require.Equal(t, all[i].New, d.New)
			}
			require.Equal(t, want, got, "from %q to %q", low, high)
		}
	}

	n := million() / 10
	c := newChunks()
	a, err := Build(ctx, salted, ints(n), c)
	require.NoError(t, err)
	b, err := Edit(ctx, salted, c, a, seq2(opsOn(r, n, 1000)), c)
	require.NoError(t, err)
	var keys [][]byte
	for d, err := range Diff(ctx, c, a, b) {
		require.NoError(t, err)
		keys = append(keys, bytes.Clone(d.Key))
	}
	c.count()
	found := 0
	for _, err := range DiffRange(ctx, c, a, b, keys[500], keys[510]) {
		require.NoError(t, err)
		found++
	}
	require.Equal(t, 10, found)
	t.Logf("10 of 1,000 changes of %d: %d chunks", n, c.gets)
	require.LessOrEqual(t, c.gets, 2*(12+2)*depth(t, c, a))
}
