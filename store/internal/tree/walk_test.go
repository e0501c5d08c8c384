package tree

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

// Walk visits each chunk once, after what it refers to; Children says what that is.
func TestWalkVisitsChildrenFirst(t *testing.T) {
	c, s := newChunks(), Shape{Kind: Map, Bits: MinBits}
	items := someItems(600)
	for _, i := range []int{5, 6, 400} { // two of them alike, with pieces that are alike
		v, err := NewValue(ctx, c, make([]byte, (i/6+3)*piece))
		require.NoError(t, err)
		items[i].Value = v
	}
	r := build(t, c, s, items)
	seen := map[chunk.Addr]bool{}
	require.NoError(t, Walk(ctx, c, r.Addr, nil, func(k chunk.Chunk) error {
		require.False(t, seen[k.Addr])
		seen[k.Addr] = true
		require.Equal(t, c.m[k.Addr], k.Data)
		children, err := Children(k.Data)
		require.NoError(t, err)
		parent, err := Open(k.Data)
		require.NoError(t, err)
		for _, child := range children {
			require.True(t, seen[child.Addr])
			n, err := Open(c.m[child.Addr])
			require.NoError(t, err)
			require.Equal(t, child.Blob, parent.Level() == 0)
			if child.Blob {
				require.NotEqual(t, uint8(Map), n.Kind())
			} else {
				require.Equal(t, []int{int(parent.Kind()), parent.Level() - 1}, []int{int(n.Kind()), n.Level()})
				require.Equal(t, child.Level, n.Level())
				require.Equal(t, child.Size, n.Total())
			}
		}
		return nil
	}))
	require.Len(t, seen, len(c.m))

	// Where skip says so, nothing is read.
	root, err := Open(c.m[r.Addr])
	require.NoError(t, err)
	pruned := root.child(0).Addr
	below := map[chunk.Addr]bool{}
	require.NoError(t, Walk(ctx, c, pruned, nil, func(k chunk.Chunk) error { below[k.Addr] = true; return nil }))
	c.count()
	n, asked := 0, map[chunk.Addr]bool{}
	skip := func(a chunk.Addr) bool {
		require.False(t, asked[a], "asked twice")
		asked[a] = true
		return a == pruned
	}
	require.NoError(t, Walk(ctx, c, r.Addr, skip, func(k chunk.Chunk) error {
		n++
		require.NotEqual(t, pruned, k.Addr)
		return nil
	}))
	require.Equal(t, n, c.gets)
	require.Less(t, n, len(seen))
	c.count()
	checked(t, c, s, r)
	all := c.gets
	require.LessOrEqual(t, all, len(c.m)+4)
	c.count()
	for p := range Check(ctx, s, c, r, func(a chunk.Addr) bool { return a == pruned }) {
		t.Fatal(p.Err)
	}
	require.Less(t, c.gets, all)

	// An error of visit ends it.
	n = 0
	require.ErrorIs(t, Walk(ctx, c, r.Addr, nil, func(chunk.Chunk) error { n++; return errSink }), errSink)
	require.Equal(t, 1, n)
}

// A chain of nodes each of which refers to the next one twice has few chunks and very many ways. Walk and Check take each chunk once.
func TestManyWaysToFewChunks(t *testing.T) {
	c, s := newChunks(), Shape{Kind: Seq, Bits: MinBits}
	var m made
	sp := newSplitter(s, 0, func(n made) error { m = n; return c.Put(ctx, n.chunk) })
	sp.append(nil, 0, nil, 1)
	require.NoError(t, sp.flush())
	for level := 1; level <= maxLevel; level++ {
		sp := newSplitter(s, level, func(n made) error { m = n; return c.Put(ctx, n.chunk) })
		for range 2 {
			sp.append(nil, 0, appendRef(nil, m.chunk.Addr, m.total), m.total)
		}
		require.NoError(t, sp.flush())
	}
	r := Root{m.chunk.Addr, 1 << maxLevel}
	require.Equal(t, r.Total, m.total)
	n := 0
	require.NoError(t, Walk(ctx, c, r.Addr, nil, func(chunk.Chunk) error { n++; return nil }))
	require.Equal(t, maxLevel+1, n)
	c.count()
	for p := range Check(ctx, s, c, r, nil) {
		require.Equal(t, 8, p.Invariant)
	}
	require.LessOrEqual(t, c.gets, 2*n)
	_, err := At(ctx, c, r, r.Total-1)
	require.NoError(t, err)
	ss, err := Align(ctx, c, r, r)
	require.NoError(t, err)
	require.Empty(t, ss)
}

// A child that is not what its parent says ends a walk.
func TestWalkLooksAtChildren(t *testing.T) {
	c := newChunks()
	leaf := build(t, c, salted, someItems(3))
	seq := build(t, c, salted.of(Seq), []Item{{}, {}, {}})
	for _, x := range []struct {
		level int
		child Root
		ok    bool
	}{{1, leaf, true}, {2, leaf, false}, {1, seq, false}, {1, Root{leaf.Addr, 4}, false}} {
		sp := newSplitter(salted, x.level, func(m made) error {
			require.NoError(t, c.Put(ctx, m.chunk))
			err := Walk(ctx, c, m.chunk.Addr, nil, func(chunk.Chunk) error { return nil })
			if x.ok {
				require.NoError(t, err)
			} else {
				require.ErrorIs(t, err, chunk.ErrDamaged)
			}
			return nil
		})
		sp.append([]byte("k000005"), 0, appendRef(nil, x.child.Addr, x.child.Total), x.child.Total)
		require.NoError(t, sp.flush())
	}
}
