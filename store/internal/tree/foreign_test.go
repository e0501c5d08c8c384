package tree

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

// foreign makes a tree that is cut anywhere, as another program might: all invariants hold but 8, and perhaps 7.
func foreign(t testing.TB, c *chunks, r *rand.Rand, s Shape, items []Item, most int) Root {
	t.Helper()
	type up struct {
		key   []byte
		v     Value
		total uint64
	}
	var list []up
	for _, it := range items {
		list = append(list, up{it.Key, it.Value, 1})
	}
	for level := 0; ; level++ {
		var next []up
		var one Root
		sp := newSplitter(s, level, func(m made) error {
			one = Root{m.chunk.Addr, m.total}
			next = append(next, up{m.key, Value{Data: appendRef(nil, m.chunk.Addr, m.total)}, m.total})
			return c.Put(ctx, m.chunk)
		})
		for len(list) > 0 {
			n := 1 + r.IntN(most)
			if r.IntN(10) == 0 {
				n = 1
			}
			for _, e := range list[:min(n, len(list))] {
				sp.append(e.key, e.v.Tag, e.v.Data, e.total)
			}
			list = list[min(n, len(list)):]
			require.NoError(t, sp.flush())
		}
		if len(next) == 0 {
			return build(t, c, s, nil)
		}
		if len(next) == 1 && r.IntN(3) > 0 || level > 12 && len(next) == 1 {
			return one
		}
		list = next
	}
}

// A tree that violates the rule is read, compared and edited rightly.
func TestTreesOfForeignShape(t *testing.T) {
	for seed := range uint64(30) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 3))
			c := newChunks()
			s, q := salted, salted.of(Seq)
			// Both share some of their leaves by chance only.
			items := set(nil, randomOps(t, c, r, nil, int(seed%4), 1))
			for range 6 {
				items = set(items, randomOps(t, c, r, items, int(seed%4), 1))
			}
			a := version{foreign(t, c, r, s, items, 2+r.IntN(12)), items}
			ours := version{build(t, c, s, items), items}
			requireItems(t, items, read(t, c, a.root))
			for i, it := range items {
				v, ok, err := Lookup(ctx, c, a.root, it.Key)
				require.NoError(t, err)
				require.True(t, ok && v.Equal(it.Value))
				rank, _, err := Rank(ctx, c, a.root, it.Key)
				require.NoError(t, err)
				require.EqualValues(t, i, rank)
			}
			requireDiff(t, c, a, ours)
			requireDiff(t, c, ours, a)
			for p := range Check(ctx, s, c, a.root, nil) {
				require.Contains(t, []int{7, 8}, p.Invariant, p.Err)
			}
			for range 8 { // edits of edits
				ops := randomOps(t, c, r, a.items, int(seed%4), 1)
				root, err := Edit(ctx, s, c, a.root, seq2(ops), c)
				require.NoError(t, err)
				b := version{root, set(a.items, ops)}
				require.EqualValues(t, len(b.items), root.Total)
				requireItems(t, b.items, read(t, c, root))
				requireDiff(t, c, a, b)
				requireDiff(t, c, b, ours)
				requireItems(t, a.items, read(t, c, a.root))
				for p := range Check(ctx, s, c, root, nil) {
					require.Contains(t, []int{7, 8}, p.Invariant, p.Err)
				}
				a = b
			}

			var values []Item
			for _, it := range items {
				values = append(values, Item{Value: it.Value})
			}
			fa := version{foreign(t, c, r, q, values, 2+r.IntN(12)), values}
			fb := version{build(t, c, q, values), values}
			for range 8 {
				at := uint64(r.IntN(len(fa.items) + 1))
				ss := []Splice{{at, r.Uint64N(uint64(len(fa.items)) - at + 1), []Value{randomValue(t, c, r, 1)}}}
				root, err := EditSeq(ctx, q, c, fa.root, ss, c)
				require.NoError(t, err)
				next := version{root, spliced(fa.items, ss)}
				requireItems(t, next.items, read(t, c, root))
				for _, pair := range [][2]version{{fa, next}, {next, fb}, {fb, next}} {
					al, err := Align(ctx, c, pair[0].root, pair[1].root)
					require.NoError(t, err)
					requireItems(t, pair[1].items, spliced(pair[0].items, al))
				}
				fa = next
			}
		})
	}
}

// Trees of other salts and sizes are of foreign shape to each other.
func TestDifferentShapesAreCompared(t *testing.T) {
	c := newChunks()
	items := someItems(1000)
	other := append(items[:300:300], items[301:]...)
	for _, bits := range []uint8{MinBits, Bits, MaxBits} {
		a := version{build(t, c, salted, items), items}
		b := version{build(t, c, Shape{Kind: Map, Bits: bits}, other), other}
		requireDiff(t, c, a, b)
		requireDiff(t, c, b, a)
		var x, y []Item
		for _, it := range items {
			x = append(x, Item{Value: it.Value})
		}
		y = append(x[:300:300], x[301:]...)
		p, q := build(t, c, salted.of(Seq), x), build(t, c, Shape{Kind: Seq, Bits: bits}, y)
		ss, err := Align(ctx, c, p, q)
		require.NoError(t, err)
		requireItems(t, y, spliced(x, ss))
		require.Len(t, ss, 1)
	}
}

// Check reports each violation with its number.
func TestCheckNamesTheInvariant(t *testing.T) {
	s := Shape{Kind: Map, Bits: MinBits}
	leaf := func(c *chunks, keys ...string) made {
		var m made
		sp := newSplitter(s, 0, func(n made) error { m = n; return c.Put(ctx, n.chunk) })
		for _, k := range keys {
			sp.append([]byte(k), 0, nil, 1)
		}
		require.NoError(t, sp.flush())
		return m
	}
	inner := func(c *chunks, level int, ms ...made) Root {
		var m made
		sp := newSplitter(s, level, func(n made) error { m = n; return c.Put(ctx, n.chunk) })
		for _, k := range ms {
			sp.append(k.key, 0, appendRef(nil, k.chunk.Addr, k.total), k.total)
		}
		require.NoError(t, sp.flush())
		return Root{m.chunk.Addr, m.total}
	}
	for _, x := range []struct {
		want   int
		broken func(c *chunks) Root
	}{
		{1, func(c *chunks) Root {
			c.lax = true
			r := inner(c, 1, leaf(c, "a"), leaf(c, "b"))
			for a := range c.m {
				if a != r.Addr {
					c.m[a] = leaf(newChunks(), "c").chunk.Data
					break
				}
			}
			return r
		}},
		{2, func(c *chunks) Root {
			b := bytes.Clone(leaf(newChunks(), "a").chunk.Data)
			k := chunk.Of(append(b, 0))
			c.m[k.Addr] = k.Data
			return Root{k.Addr, 1}
		}},
		{3, func(c *chunks) Root {
			b := bytes.Clone(leaf(newChunks(), "a", "b", "c").chunk.Data)
			b[len(b)-1] = 'b'
			k := chunk.Of(b)
			c.m[k.Addr] = k.Data
			return Root{k.Addr, 3}
		}},
		{4, func(c *chunks) Root { return inner(c, 2, leaf(c, "a"), leaf(c, "b")) }},
		{5, func(c *chunks) Root { m := leaf(c, "a"); m.total++; return inner(c, 1, m, leaf(c, "b")) }},
		{5, func(c *chunks) Root { m := leaf(c, "a"); m.key = []byte("aa"); return inner(c, 1, m, leaf(c, "b")) }},
		{4, func(c *chunks) Root {
			return inner(c, 1, made{chunk: chunk.Chunk{Addr: build(t, c, s.of(Seq), []Item{{}}).Addr}, key: []byte("a"), total: 1}, leaf(c, "b"))
		}},
		{6, func(c *chunks) Root { return inner(c, 1, leaf(c, "c"), leaf(c, "b", "d")) }},
		{7, func(c *chunks) Root { return inner(c, 1, leaf(c, "c")) }},
		{8, func(c *chunks) Root { // longer than any node
			var keys []string
			for i := range 400 {
				keys = append(keys, fmt.Sprintf("%08d", i))
			}
			m := leaf(c, keys...)
			return Root{m.chunk.Addr, m.total}
		}},
		{8, func(c *chunks) Root { return inner(c, 1, leaf(c, "c"), leaf(c, "d")) }},
		{9, func(c *chunks) Root {
			m := leaf(c, "c")
			r := inner(c, 1, m, leaf(c, "d"))
			delete(c.m, m.chunk.Addr)
			return r
		}},
	} {
		want := x.want
		c := newChunks()
		r := x.broken(c)
		got := map[int]bool{}
		for p := range Check(ctx, s, c, r, nil) {
			got[p.Invariant] = true
			require.Equal(t, p.Addr != r.Addr, !p.Parent.IsZero())
			require.Error(t, p.Err)
		}
		require.True(t, got[want], "%d: %v", want, got)
		delete(got, want)
		delete(got, 8)
		require.Empty(t, got, "beside %d", want)
		// What is wrong is an error to whoever reads it, except 7 and 8.
		err := lastError(Items(ctx, c, r, 0, r.Total))
		if want == 7 || want == 8 || want == 1 { // 1 is for the source
			continue
		}
		require.Error(t, err, "%d", want)
		if want == 6 {
			_, _, err := Lookup(ctx, c, r, []byte("d"))
			require.ErrorIs(t, err, chunk.ErrDamaged)
		}
	}
}
