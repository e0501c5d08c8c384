package tree

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

// someItems returns n entries, with every other key missing.
func someItems(n int) []Item {
	items := make([]Item, n)
	for i := range items {
		items[i] = Item{fmt.Appendf(nil, "k%06d", 2*i+1), Value{Data: bytes.Repeat([]byte{byte(i)}, i%40)}}
	}
	return items
}

// levels are sizes with which trees of several heights are made.
func sizes() []int { return []int{0, 1, 2, 3, 50, 400} }

func TestEveryPositionIsRead(t *testing.T) {
	for _, n := range append(sizes(), 3000) {
		c := newChunks()
		items := someItems(n)
		r := build(t, c, Shape{Kind: Map, Bits: MinBits}, items)
		if n >= 3000 {
			require.Greater(t, depth(t, c, r), 2)
		}
		for i, it := range items {
			v, ok, err := Lookup(ctx, c, r, it.Key)
			require.NoError(t, err)
			require.True(t, ok && v.Equal(it.Value), "%s", it.Key)
			at, err := At(ctx, c, r, uint64(i))
			require.NoError(t, err)
			require.True(t, sameItem(it, at), "%d", i)
			rank, ok, err := Rank(ctx, c, r, it.Key)
			require.NoError(t, err)
			require.True(t, ok)
			require.EqualValues(t, i, rank)
		}
		for i := range n + 1 { // the keys between
			key := fmt.Appendf(nil, "k%06d", 2*i)
			_, ok, err := Lookup(ctx, c, r, key)
			require.NoError(t, err)
			require.False(t, ok)
			rank, ok, err := Rank(ctx, c, r, key)
			require.NoError(t, err)
			require.False(t, ok)
			require.EqualValues(t, i, rank)
		}
		for _, key := range []string{"", "k", "a", "z", "k0", "k9"} {
			rank, ok, err := Rank(ctx, c, r, []byte(key))
			require.NoError(t, err)
			require.False(t, ok)
			want, _ := slices.BinarySearchFunc(items, []byte(key), func(it Item, k []byte) int { return bytes.Compare(it.Key, k) })
			require.EqualValues(t, want, rank, key)
		}
		_, err := At(ctx, c, r, uint64(n))
		require.Error(t, err)
	}
}

func TestEveryRangeIsRead(t *testing.T) {
	for _, kind := range []Kind{Map, Seq} {
		for _, n := range sizes() {
			c := newChunks()
			items := someItems(n)
			if kind == Seq {
				for i := range items {
					items[i].Key = nil
				}
			}
			r := build(t, c, Shape{Kind: kind, Bits: MinBits}, items)
			step := 1 + n/40
			for i := 0; i <= n; i += step {
				for j := i; j <= n; j += step {
					var up, down []Item
					for it, err := range Items(ctx, c, r, uint64(i), uint64(j)) {
						require.NoError(t, err)
						up = append(up, it)
					}
					for it, err := range Backward(ctx, c, r, uint64(i), uint64(j)) {
						require.NoError(t, err)
						down = append(down, it)
					}
					requireItems(t, items[i:j], up)
					slices.Reverse(down)
					requireItems(t, items[i:j], down)
				}
			}
			for _, bad := range [][2]uint64{{1, 0}, {0, uint64(n) + 1}, {uint64(n) + 1, uint64(n) + 2}} {
				errs := 0
				for _, err := range Items(ctx, c, r, bad[0], bad[1]) {
					require.Error(t, err)
					errs++
				}
				for _, err := range Backward(ctx, c, r, bad[0], bad[1]) {
					require.Error(t, err)
					errs++
				}
				require.Equal(t, 2, errs)
			}
		}
	}
}

// What a loop leaves early reads nothing more.
func TestRangesStopWhenTheCallerDoes(t *testing.T) {
	c := newChunks()
	r := build(t, c, Shape{Kind: Map, Bits: MinBits}, someItems(3000))
	c.count()
	for range Items(ctx, c, r, 0, r.Total) {
		break
	}
	require.LessOrEqual(t, c.gets, depth(t, c, r))
	for range Diff(ctx, c, r, build(t, c, Shape{Kind: Map, Bits: MinBits}, nil)) {
		break
	}
}

func TestAContextThatEndedEndsEverything(t *testing.T) {
	c := newChunks()
	s := Shape{Kind: Map, Bits: MinBits}
	r := build(t, c, s, someItems(300))
	q := build(t, c, s.of(Seq), nil)
	ended, cancel := context.WithCancel(ctx)
	cancel()
	for name, err := range everything(ended, c, s, r, q) {
		require.ErrorIs(t, err, context.Canceled, name)
	}
}

// everything does each thing that reads or writes, on a map r and a sequence q, and returns the errors.
func everything(ctx context.Context, c *chunks, s Shape, r, q Root) map[string]error {
	errs := map[string]error{}
	_, errs["Build"] = Build(ctx, s, seq2(someItems(10)), c)
	_, errs["Edit"] = Edit(ctx, s, c, r, seq2([]Op{{Key: []byte("a")}}), c)
	_, errs["EditSeq"] = EditSeq(ctx, s.of(Seq), c, q, []Splice{{Insert: []Value{{}}}}, c)
	_, _, errs["Lookup"] = Lookup(ctx, c, r, []byte("k000001"))
	_, _, errs["Rank"] = Rank(ctx, c, r, []byte("k000001"))
	_, errs["At"] = At(ctx, c, r, 1)
	for _, err := range Items(ctx, c, r, 0, r.Total) {
		errs["Items"] = err
	}
	for _, err := range Backward(ctx, c, r, 0, r.Total) {
		errs["Backward"] = err
	}
	for _, err := range Diff(ctx, c, r, Root{q.Addr, r.Total}) {
		errs["Diff"] = err
	}
	_, errs["Align"] = Align(ctx, c, q, r)
	_, errs["NewValue"] = NewValue(ctx, c, make([]byte, MaxInline+1))
	_, errs["NewValue, long"] = NewValue(ctx, c, make([]byte, piece+1))
	_, errs["Bytes"] = Value{blobTag, appendRef(nil, r.Addr, piece+1)}.Bytes(ctx, c)
	_, errs["Bytes, short"] = Value{blobTag, appendRef(nil, r.Addr, piece)}.Bytes(ctx, c)
	errs["Walk"] = Walk(ctx, c, r.Addr, nil, func(chunk.Chunk) error { return nil })
	for p := range Check(ctx, s, c, r, nil) {
		errs["Check"] = p.Err
	}
	return errs
}
