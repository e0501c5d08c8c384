package tree

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

func randomBytes(n int) []byte {
	r := rand.New(rand.NewPCG(uint64(n), 0))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

func TestValuesOfAllLengths(t *testing.T) {
	s := Shape{Kind: Map, Bits: MinBits}
	for n, want := range map[int]struct {
		tag  byte
		puts int
	}{
		0: {0, 0}, 1: {0, 0}, MaxInline: {0, 0}, MaxInline + 1: {1, 1}, piece - 1: {1, 1}, piece: {1, 1},
		piece + 1:         {1, 2}, // a piece, and a leaf with the last byte
		piece + MaxInline: {1, 2}, piece + MaxInline + 1: {1, 3}, 2 * piece: {1, 3},
		200*piece + 7: {1, -1},
	} {
		c, data := newChunks(), randomBytes(n)
		v, err := NewValue(ctx, c, data)
		require.NoError(t, err)
		require.Equal(t, want.tag, v.Tag, n)
		require.EqualValues(t, n, v.Len())
		if want.puts >= 0 {
			require.Equal(t, want.puts, c.puts, n)
		}
		got, err := v.Bytes(ctx, c)
		require.NoError(t, err)
		require.True(t, bytes.Equal(data, got), n)
		again, err := NewValue(ctx, c, bytes.Clone(data))
		require.NoError(t, err)
		require.True(t, v.Equal(again))

		r := build(t, c, s, []Item{{Key: []byte("a")}, {[]byte("b"), v}})
		checked(t, c, s, r)
		seen := 0
		require.NoError(t, Walk(ctx, c, r.Addr, nil, func(chunk.Chunk) error { seen++; return nil }))
		require.Equal(t, len(c.m), seen)
		for a, b := range c.m { // without any of its chunks nothing is read in its place
			delete(c.m, a)
			if _, err := v.Bytes(ctx, c); a != r.Addr {
				require.ErrorIs(t, err, chunk.ErrMissing)
			}
			require.ErrorIs(t, Walk(ctx, c, r.Addr, nil, func(chunk.Chunk) error { return nil }), chunk.ErrMissing)
			found := 0
			for p := range Check(ctx, s, c, r, nil) {
				require.Equal(t, 9, p.Invariant)
				found++
			}
			require.Equal(t, 1, found)
			c.m[a] = b
		}
	}
}

func TestWhatIsReadOfABlobIsTheCallers(t *testing.T) {
	c, data := newChunks(), randomBytes(2000)
	v, err := NewValue(ctx, c, data)
	require.NoError(t, err)
	got, err := v.Bytes(ctx, c)
	require.NoError(t, err)
	clear(got)
	got, err = v.Bytes(ctx, c)
	require.NoError(t, err)
	require.True(t, bytes.Equal(data, got))
}

// A value that says another length, or refers to another chunk, than there is, is an error and no other value.
func TestABlobIsWhatItsValueSays(t *testing.T) {
	c := newChunks()
	short, err := NewValue(ctx, c, randomBytes(5000))
	require.NoError(t, err)
	long, err := NewValue(ctx, c, randomBytes(3*piece+5000))
	require.NoError(t, err)
	tail, err := NewValue(ctx, c, randomBytes(piece+10))
	require.NoError(t, err)
	leaf := build(t, c, Shape{Kind: Map, Bits: Bits}, someItems(3))
	for _, v := range []Value{
		{1, appendRef(nil, chunk.Addr(short.Data), 5001)},
		{1, appendRef(nil, chunk.Addr(short.Data), piece+1)},
		{1, appendRef(nil, chunk.Addr(long.Data), 3*piece+5001)},
		{1, appendRef(nil, chunk.Addr(long.Data), 4*piece)},
		{1, appendRef(nil, chunk.Addr(long.Data), 4*piece+1)},
		{1, appendRef(nil, chunk.Addr(long.Data), 5000)},
		{1, appendRef(nil, chunk.Addr(tail.Data), piece+9)},
		{1, appendRef(nil, chunk.Addr(tail.Data), piece+11)},
		{1, appendRef(nil, leaf.Addr, 3*piece)},
		{1, appendRef(nil, leaf.Addr, 2000)},
		{1, appendRef(nil, leaf.Addr, MaxInline)},
		{1, appendRef(nil, leaf.Addr, MaxValue+1)},
		{1, long.Data[:len(long.Data)-1]},
		{1, append(bytes.Clone(short.Data[:33]), 0x80, 0)},
	} {
		_, err := v.Bytes(ctx, c)
		require.ErrorIs(t, err, chunk.ErrDamaged, "%x", v.Data)
		if v.check() == nil {
			s := Shape{Kind: Map, Bits: Bits}
			r := build(t, c, s, []Item{{Value: v}})
			found := 0
			for p := range Check(ctx, s, c, r, nil) {
				require.Equal(t, 2, p.Invariant, p.Err)
				found++
			}
			require.Positive(t, found)
		} else {
			_, err := Build(ctx, salted, seq2([]Item{{Value: v}}), c)
			require.Error(t, err)
		}
	}
	_, err = Value{2, nil}.Bytes(ctx, c)
	require.ErrorIs(t, err, chunk.ErrFormat)
}
