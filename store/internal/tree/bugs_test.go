package tree

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

// Bugs of trees of this kind that others had. Each test is named after what went wrong there.

func ops(items []Item, del bool) []Op {
	var out []Op
	for _, it := range items {
		out = append(out, Op{it.Key, it.Value, del})
	}
	return out
}

// prollytree#185, #6: the way of single insertions balanced otherwise than that of a batch.
func TestSingleInsertionsAreABatch(t *testing.T) {
	items := someItems(250)
	c := newChunks()
	want := build(t, c, salted, items)
	orders := map[string][]Item{"ascending": items, "descending": slices.Clone(items), "random": slices.Clone(items)}
	slices.Reverse(orders["descending"])
	r := rand.New(rand.NewPCG(6, 6))
	r.Shuffle(len(items), func(i, j int) { o := orders["random"]; o[i], o[j] = o[j], o[i] })
	for name, order := range orders {
		root := build(t, c, salted, nil)
		for i := range order {
			var err error
			root, err = Edit(ctx, salted, c, root, seq2(ops(order[i:i+1], false)), c)
			require.NoError(t, err)
		}
		require.Equal(t, want, root, name)
	}
}

// noms#790, noms#1844, go-amt-ipld#34: after deletions a root with one item stayed, or the height of what had been.
func TestHeightFallsWithDeletions(t *testing.T) {
	items := someItems(600)
	c := newChunks()
	full := build(t, c, salted, items)
	var values []Item
	for _, it := range items {
		values = append(values, Item{Value: it.Value})
	}
	seq := build(t, c, salted.of(Seq), values)
	for _, left := range []int{0, 1, 2, 3, 10, 100} {
		for _, at := range []int{0, len(items) - left, len(items) / 2} {
			at = min(at, len(items)-left)
			rest := items[at : at+left]
			r, err := Edit(ctx, salted, c, full, seq2(slices.Concat(ops(items[:at], true), ops(items[at+left:], true))), c)
			require.NoError(t, err)
			require.Equal(t, build(t, c, salted, rest), r, "%d left at %d", left, at)
			checked(t, c, salted, r)
			n := uint64(len(items))
			q, err := EditSeq(ctx, salted.of(Seq), c, seq, []Splice{{0, uint64(at), nil}, {uint64(at + left), n - uint64(at+left), nil}}, c)
			require.NoError(t, err)
			require.Equal(t, build(t, c, salted.of(Seq), values[at:at+left]), q)
			checked(t, c, salted.of(Seq), q)
		}
	}
	empty, k := Empty(salted)
	require.Equal(t, empty, build(t, c, salted, nil))
	require.Equal(t, c.m[empty.Addr], k.Data)
}

// The same, where the only child of the root has an only child itself: the last inner node of a level may have one item.
func TestHeightFallsByMoreThanOne(t *testing.T) {
	s := Shape{Kind: Map, Bits: MinBits}
	for n := 100; ; n++ {
		require.Less(t, n, 5000, "no tree whose last inner node has one item")
		c := newChunks()
		items := someItems(n)
		r := build(t, c, s, items)
		cur := cursor{ctx: ctx, from: c}
		require.NoError(t, cur.root(r, Map))
		if cur.path[0].level < 2 {
			continue
		}
		require.NoError(t, cur.seek(1, r.Total-1))
		if f := cur.top(); f.count > 1 || f.total < 2 {
			continue
		}
		left := int(cur.top().total)
		for _, left := range []int{left, left - 1} { // the leaf as it is, and another
			q, err := Edit(ctx, s, c, r, seq2(ops(items[:n-left], true)), c)
			require.NoError(t, err)
			require.Equal(t, build(t, c, s, items[n-left:]), q)
			checked(t, c, s, q)
		}
		return
	}
}

// doltlite#1973: a batch that changes the lengths of values rewrote the leaf without cutting it anew.
func TestLongerValuesCutAnew(t *testing.T) {
	items := someItems(400)
	c := newChunks()
	r := build(t, c, salted, items)
	longer := slices.Clone(items)
	for i := range longer {
		longer[i].Value = Value{Data: bytes.Repeat([]byte{byte(i)}, 500)}
	}
	q, err := Edit(ctx, salted, c, r, seq2(ops(longer, false)), c)
	require.NoError(t, err)
	require.Equal(t, build(t, c, salted, longer), q)
	back, err := Edit(ctx, salted, c, q, seq2(ops(items, false)), c)
	require.NoError(t, err)
	require.Equal(t, r, back)
}

// dolt#3784: counts of subtrees stayed behind after edits.
func TestCountsAfterEdits(t *testing.T) {
	c := newChunks()
	items := someItems(500)
	r := build(t, c, salted, items)
	rnd := rand.New(rand.NewPCG(7, 7))
	for range 30 {
		i := rnd.IntN(len(items))
		var err error
		if r, err = Edit(ctx, salted, c, r, seq2(ops(items[i:i+1], true)), c); err != nil {
			t.Fatal(err)
		}
		items = slices.Delete(items, i, i+1)
		for i := range items {
			it, err := At(ctx, c, r, uint64(i))
			require.NoError(t, err)
			require.True(t, sameItem(items[i], it))
		}
		rank, ok, err := Rank(ctx, c, r, items[len(items)-1].Key)
		require.NoError(t, err)
		require.True(t, ok)
		require.EqualValues(t, len(items)-1, rank)
	}
}

// dolt#7192: a merge by differences lost or doubled changes. What theirs changed, edited into ours, is what a model makes.
func TestADifferenceEditedIntoAnother(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 8))
		c := newChunks()
		base := set(nil, randomOps(t, c, r, nil, 0, 1))
		for range 5 {
			base = set(base, randomOps(t, c, r, base, 0, 1))
		}
		oursOps, theirsOps := randomOps(t, c, r, base, 0, 1), randomOps(t, c, r, base, 0, 1)
		ours, theirs := set(base, oursOps), set(base, theirsOps)
		rb, ro, rt := build(t, c, salted, base), build(t, c, salted, ours), build(t, c, salted, theirs)
		touched := map[string]bool{}
		for d, err := range Diff(ctx, c, rb, ro) {
			require.NoError(t, err)
			touched[string(d.Key)] = true
		}
		var only []Op
		for d, err := range Diff(ctx, c, rb, rt) {
			require.NoError(t, err)
			if touched[string(d.Key)] {
				continue
			}
			o := Op{Key: d.Key, Delete: d.New == nil}
			if d.New != nil {
				o.Value = *d.New
			}
			only = append(only, o)
		}
		got, err := Edit(ctx, salted, c, ro, seq2(only), c)
		require.NoError(t, err)
		require.Equal(t, build(t, c, salted, set(ours, only)), got)
	}
}

// prollytree#212: a node that was missing was read as an empty one, and the history showed deletions that never were.
func TestAMissingNodeIsNoDeletion(t *testing.T) {
	c := newChunks()
	r := build(t, c, salted, someItems(2000))
	q, err := Edit(ctx, salted, c, r, seq2([]Op{{Key: []byte("k000500")}}), c)
	require.NoError(t, err)
	for a, b := range c.m {
		delete(c.m, a)
		var got []Change
		var last error
		for d, err := range Diff(ctx, c, r, q) {
			if last = err; err == nil {
				got = append(got, d)
			}
		}
		if last == nil {
			require.Len(t, got, 1)
			require.Nil(t, got[0].Old)
		} else {
			require.ErrorIs(t, last, chunk.ErrMissing)
			require.LessOrEqual(t, len(got), 1)
		}
		c.m[a] = b
	}
}

// go-hamt-ipld#4, #52, #65, Peergos#421: what was inserted and deleted again left a trace.
func TestInsertedAndDeletedLeavesNoTrace(t *testing.T) {
	items := someItems(500)
	c := newChunks()
	r := build(t, c, salted, items)
	for i := range 501 {
		one := []Item{{fmt.Appendf(nil, "k%06d", 2*i), Value{Data: bytes.Repeat([]byte{1}, 1+i)}}}
		q, err := Edit(ctx, salted, c, r, seq2(ops(one, false)), c)
		require.NoError(t, err)
		require.NotEqual(t, r, q)
		back, err := Edit(ctx, salted, c, q, seq2(ops(one, true)), c)
		require.NoError(t, err)
		require.Equal(t, r, back)
	}
}
