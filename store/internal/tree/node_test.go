package tree

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

// encoded returns the bytes that a splitter writes for the items of n.
func encoded(n *Node) []byte {
	if n.kind == kindBlob {
		return encodeBlob(n.data[header:])
	}
	sp := newSplitter(Shape{Kind: Kind(n.kind), Bits: Bits}, n.Level(), nil)
	for i := range n.count {
		v := Value{inline, n.raw(i)}
		if n.level == 0 {
			v = n.value(i)
		}
		sp.append(n.key(i), v.Tag, v.Data, n.below(i))
	}
	return sp.encode()
}

// Any bytes are a node, which is written again as the same bytes, or an error; whatever is then done with it.
func FuzzNode(f *testing.F) {
	c := newChunks()
	s := Shape{Kind: Map, Bits: MinBits}
	build(f, c, s, nil)
	build(f, c, s, someItems(60))
	v, err := NewValue(ctx, c, make([]byte, MaxInline+1))
	require.NoError(f, err)
	build(f, c, s, []Item{{Value: v}, {Key: []byte("b")}})
	build(f, c, s.of(Seq), []Item{{Value: v}, {Value: Value{Data: []byte("b")}}})
	build(f, c, s, someItems(3000))
	for _, b := range c.m {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := Open(data)
		children, err2 := Children(data)
		require.Equal(t, err, err2)
		if err != nil {
			require.Empty(t, children)
			if !errors.Is(err, chunk.ErrDamaged) && !errors.Is(err, chunk.ErrFormat) {
				t.Fatal(err)
			}
			return
		}
		if !bytes.Equal(data, encoded(&n)) {
			t.Fatal("is written otherwise")
		}
		c := newChunks()
		a := chunk.Sum(data)
		c.m[a] = data
		r, err := RootOf(a, data)
		require.Equal(t, n.kind == kindBlob, err != nil)
		for range Items(ctx, c, r, 0, r.Total) {
		}
		for range Backward(ctx, c, r, 0, r.Total) {
		}
		for range Diff(ctx, c, Root{a, r.Total + 1}, r) {
		}
		for range Check(ctx, s.of(Kind(n.kind)), c, r, nil) {
		}
		for i := range n.count {
			_, _, _ = Lookup(ctx, c, r, n.key(i))
			_, _, _ = Rank(ctx, c, r, n.key(i))
		}
		_, _ = Edit(ctx, s, c, r, seq2([]Op{{Key: []byte("b"), Value: Value{Data: []byte("c")}}}), newChunksWith(c))
		_, _ = EditSeq(ctx, s.of(Seq), c, r, []Splice{{r.Total / 2, r.Total - r.Total/2, []Value{{}}}}, newChunksWith(c))
		_, _ = Align(ctx, c, r, r)
	})
}

// All bytes that are not what the encoder writes are refused, for each field.
func TestOpenRefuses(t *testing.T) {
	c := newChunks()
	v, err := NewValue(ctx, c, make([]byte, MaxInline+1))
	require.NoError(t, err)
	s := Shape{Kind: Map, Bits: Bits}
	leaf := func(items ...Item) []byte { return c.m[build(t, c, s, items).Addr] }
	two := leaf(Item{[]byte("aa"), Value{Data: []byte("x")}}, Item{[]byte("ab"), Value{Data: []byte("y")}})
	zeros := leaf(Item{[]byte("k"), Value{Data: []byte{0}}})
	apart := leaf(Item{[]byte("xa"), Value{}}, Item{[]byte("yb"), Value{}})
	tagged := leaf(Item{[]byte("k"), v})
	for name, x := range map[string]struct {
		data   []byte
		at     int
		to     []byte
		format bool
	}{
		"format":                {two, 0, []byte{2}, true},
		"kind 0":                {two, 1, []byte{0}, true},
		"kind of a commit":      {two, 1, []byte{4}, true},
		"a flag":                {two, 3, []byte{2}, true},
		"level":                 {two, 2, []byte{64}, false},
		"not a child":           {two, 2, []byte{1}, false},
		"count":                 {two, 4, []byte{1}, false},
		"count beyond":          {two, 5, []byte{255}, false},
		"prefix":                {two, 6, []byte{0}, false},
		"a prefix too short":    {apart, 26, []byte("x"), false},
		"total":                 {two, 8, []byte{3}, false},
		"end of a key":          {two, 16, []byte{9}, false},
		"end of a value":        {two, 18, []byte{0}, false},
		"needless tags":         {zeros, 3, []byte{1}, false},
		"tag":                   {tagged, 21, []byte{2}, true},
		"tag 0 for a reference": {tagged, 21, []byte{0}, false},
		"length of a blob":      {tagged, 21 + 33, []byte{1, 0}, false},
	} {
		b := bytes.Clone(x.data)
		copy(b[x.at:], x.to)
		_, err := Open(b)
		want := chunk.ErrDamaged
		if x.format {
			want = chunk.ErrFormat
		}
		require.ErrorIs(t, err, want, name)
	}
	for n := range len(two) {
		_, err := Open(two[:n])
		require.Error(t, err, n)
	}
	_, err = Open(append(bytes.Clone(two), 0))
	require.ErrorIs(t, err, chunk.ErrDamaged)
	_, err = Open(make([]byte, chunk.MaxSize+1))
	require.ErrorIs(t, err, chunk.ErrDamaged)
	_, err = RootOf(chunk.Addr{}, encodeBlob(make([]byte, 2000)))
	require.ErrorIs(t, err, chunk.ErrFormat)
}

// Keys are found and compared without being put together: as bytes.Compare says, whatever the prefixes.
func TestKeysAreComparedInPlace(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	c := newChunks()
	var ns []Node
	for range 60 {
		keys := map[string]bool{}
		pre := bytes.Repeat([]byte{'p'}, r.IntN(5))
		for range 1 + r.IntN(6) {
			keys[string(append(bytes.Clone(pre), randomKey(r, 3)...))] = true
		}
		var ops []Op
		for k := range keys {
			ops = append(ops, Op{Key: []byte(k)})
		}
		slices.SortFunc(ops, func(a, b Op) int { return bytes.Compare(a.Key, b.Key) })
		n, err := Open(c.m[build(t, c, Shape{Kind: Map, Bits: MaxBits}, set(nil, ops)).Addr])
		require.NoError(t, err)
		ns = append(ns, n)
	}
	for _, a := range ns {
		for _, b := range ns {
			for i := range a.count {
				for j := range b.count {
					require.Equal(t, bytes.Compare(a.key(i), b.key(j)), compareKeys(&a, i, &b, j), "%x %x", a.key(i), b.key(j))
				}
				k, found := b.search(a.key(i))
				require.True(t, k == b.count || bytes.Compare(b.key(k), a.key(i)) >= 0)
				require.True(t, k == 0 || bytes.Compare(b.key(k-1), a.key(i)) < 0)
				require.Equal(t, k < b.count && bytes.Equal(b.key(k), a.key(i)), found)
			}
		}
	}
}

// The rule is computed without overflow: as with integers of any size.
func TestTheRuleDoesNotOverflow(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for _, b := range []uint8{7, 8, 9, 10, 11, 12, 13} {
		s := Shape{Kind: Map, Bits: b, Salt: salted.Salt}
		ended := 0
		for range 3000 {
			item := 2 + r.Uint64N(MaxKey+MaxInline+3)
			size := item + r.Uint64N(1<<(b+2))
			key := randomBytes(r.IntN(20))
			rule := s.rule(0)
			m := new(big.Int).SetUint64((size - item + size) / 2)
			p := new(big.Int).Exp(m, big.NewInt(3), nil)
			if shift := 4*int(b) - 34; shift >= 0 {
				p.Rsh(p, uint(shift))
			} else {
				p.Lsh(p, uint(-shift))
			}
			p.Mul(p, new(big.Int).SetUint64(item))
			h := sip(binary.LittleEndian.Uint64(s.Salt[:8]), binary.LittleEndian.Uint64(s.Salt[8:]), key) >> 32
			want := size >= 1<<(b+2) || size >= 1<<(b-3) && new(big.Int).SetUint64(h).Cmp(p) < 0
			require.Equal(t, want, rule.ends(1, item, size, key))
			if want {
				ended++
			}
			inner := s.rule(1)
			require.False(t, inner.ends(1, item, size, key))
		}
		require.NotZero(t, ended)
	}
}

// The largest items in the largest nodes fit into a chunk and its offsets.
func TestTheLargestNodesAreRead(t *testing.T) {
	s := Shape{Kind: Map, Bits: MaxBits}
	var items []Item
	for i := range 200 {
		k := bytes.Repeat([]byte{byte(i)}, MaxKey)
		items = append(items, Item{k, Value{Data: make([]byte, MaxInline)}})
	}
	c := newChunks()
	r := build(t, c, s, items)
	requireItems(t, items, read(t, c, r))
	checked(t, c, s, r)

	items = items[:0] // as many as fit, without a byte
	for range 100_000 {
		items = append(items, Item{})
	}
	r = build(t, c, s.of(Seq), items)
	requireItems(t, items, read(t, c, r))
	checked(t, c, s.of(Seq), r)
}

// What may not stand in a tree is refused before anything is made of it.
func TestBadItemsAreRefused(t *testing.T) {
	c := newChunks()
	s := salted
	for name, items := range map[string][]Item{
		"descending": {{Key: []byte("b")}, {Key: []byte("a")}},
		"twice":      {{Key: []byte("b")}, {Key: []byte("b")}},
		"long key":   {{Key: make([]byte, MaxKey+1)}},
		"long value": {{Value: Value{Data: make([]byte, MaxInline+1)}}},
		"tag":        {{Value: Value{Tag: 2}}},
		"reference":  {{Value: Value{Tag: 1}}},
	} {
		r, err := Build(ctx, s, seq2(items), c)
		require.Error(t, err, name)
		require.Zero(t, r)
		var ops []Op
		for _, it := range items {
			ops = append(ops, Op{Key: it.Key, Value: it.Value})
		}
		r, err = Edit(ctx, s, c, build(t, c, s, nil), seq2(ops), c)
		require.Error(t, err, name)
		require.Zero(t, r)
	}
	r, q := build(t, c, s, someItems(3)), build(t, c, s.of(Seq), []Item{{}, {}, {}})
	_, err := Edit(ctx, s, c, r, seq2([]Op{{Key: []byte("k000000"), Delete: true}}), c)
	require.ErrorContains(t, err, "not there")
	_, err = Edit(ctx, s, c, r, seq2([]Op{{Key: []byte("z"), Delete: true}}), c)
	require.ErrorContains(t, err, "not there")
	_, err = Build(ctx, s.of(Seq), seq2([]Item{{Key: []byte("k")}}), c)
	require.Error(t, err)
	for _, ss := range [][]Splice{
		{{4, 0, nil}}, {{3, 1, nil}}, {{0, 4, nil}}, {{1, ^uint64(0), nil}}, {{2, 1, nil}, {1, 0, nil}}, {{1, 2, nil}, {2, 1, nil}},
		{{0, 0, []Value{{Tag: 2}}}},
	} {
		_, err := EditSeq(ctx, s.of(Seq), c, q, ss, c)
		require.Error(t, err, ss)
	}
	_, err = Edit(ctx, s.of(Seq), c, q, seq2([]Op{{}}), c)
	require.Error(t, err)
	_, err = EditSeq(ctx, s, c, r, nil, c)
	require.Error(t, err)
	_, err = Edit(ctx, s, c, q, seq2([]Op{{}}), c)
	require.ErrorIs(t, err, chunk.ErrDamaged)
	for _, bad := range []Shape{{}, {Kind: 3, Bits: Bits}, {Kind: Map, Bits: MinBits - 1}, {Kind: Map, Bits: MaxBits + 1}} {
		_, err = Build(ctx, bad, seq2([]Item(nil)), c)
		require.Error(t, err)
	}
	for _, wrong := range []Root{{}, {r.Addr, 2}, {q.Addr, 3}} {
		_, _, err = Lookup(ctx, c, wrong, nil)
		require.Error(t, err)
		require.Error(t, lastError(Diff(ctx, c, wrong, r)))
		_, err = Edit(ctx, s, c, wrong, seq2([]Op{{}}), c)
		require.Error(t, err)
	}
	_, err = Align(ctx, c, r, q)
	require.Error(t, err)
}
