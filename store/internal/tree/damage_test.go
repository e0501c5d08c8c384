package tree

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

// damaged returns a small tree of each kind, with blobs, in one store.
func damaged(t testing.TB) (c *chunks, s Shape, r, q Root, items, values []Item) {
	c, s = newChunks(), Shape{Kind: Map, Bits: MinBits}
	n := 40
	if MinBits > 7 {
		n = 120
	}
	items = someItems(n)
	v, err := NewValue(ctx, c, bytes.Repeat([]byte{7}, MaxInline+1))
	require.NoError(t, err)
	items[7].Value = v
	for _, it := range items {
		values = append(values, Item{Value: it.Value})
	}
	r = build(t, c, s, items)
	q = build(t, c, s.of(Seq), values)
	require.Greater(t, depth(t, c, r), 1)
	require.Greater(t, depth(t, c, q), 1)
	return c, s, r, q, items, values
}

func nodes(c *chunks) []chunk.Addr {
	var as []chunk.Addr
	for a, b := range c.m {
		if b[1] != kindBlob {
			as = append(as, a)
		}
	}
	slices.SortFunc(as, chunk.Addr.Compare)
	return as
}

// readAll reads the trees in all ways. It fails if something wrong is read without an error, unless the source is lax, which then
// is to blame.
func readAll(t testing.TB, c *chunks, s Shape, r, q Root, items, values []Item) (errs []error) {
	t.Helper()
	note := func(err error) bool {
		if err != nil {
			errs = append(errs, err)
			if !errors.Is(err, chunk.ErrDamaged) && !errors.Is(err, chunk.ErrFormat) && !errors.Is(err, chunk.ErrMissing) {
				t.Fatalf("an error of another kind: %v", err)
			}
		}
		return err != nil
	}
	right := func(ok bool, what string, args ...any) {
		if !ok && !c.lax {
			t.Fatalf("wrong, and no error: "+what, args...)
		}
	}
	for i, it := range items {
		v, ok, err := Lookup(ctx, c, r, it.Key)
		if !note(err) {
			right(ok && v.Equal(it.Value), "Lookup %s", it.Key)
		}
		if i%8 == 0 {
			rank, ok, err := Rank(ctx, c, r, it.Key)
			if !note(err) {
				right(ok && rank == uint64(i), "Rank %s", it.Key)
			}
			_, ok, err = Lookup(ctx, c, r, append(slices.Clone(it.Key), 0))
			if !note(err) {
				right(!ok, "Lookup beside %s", it.Key)
			}
		}
	}
	for _, x := range []struct {
		kind Kind
		root Root
		want []Item
	}{{Map, r, items}, {Seq, q, values}} {
		i := 0
		for it, err := range Items(ctx, c, x.root, 0, x.root.Total) {
			if note(err) {
				break
			}
			right(i < len(x.want) && sameItem(x.want[i], it), "Items %d", i)
			if it.Value.Tag != 0 {
				_, err := it.Value.Bytes(ctx, c)
				note(err)
			}
			i++
		}
		for it, err := range Backward(ctx, c, x.root, 0, x.root.Total) {
			if note(err) {
				break
			}
			i--
			_ = it
		}
		note(Walk(ctx, c, x.root.Addr, nil, func(chunk.Chunk) error { return nil }))
		for range Check(ctx, s.of(x.kind), c, x.root, nil) {
		}
	}
	return errs
}

// Any byte of any node is changed. Through a source that verifies, everything that is read is right, or there is an error; through one that
// does not, nothing panics or hangs. Check finds every such change.
func TestEveryByteFlipped(t *testing.T) {
	c, s, r, q, items, values := damaged(t)
	e := build(t, c, s, nil)
	for _, a := range nodes(c) {
		if a == e.Addr {
			continue
		}
		good := c.m[a]
		step := 1
		if testing.Short() {
			step = 1 + len(good)/60
		}
		for i := 0; i < len(good); i += step {
			bad := slices.Clone(good)
			bad[i] ^= byte(1 << (i % 8))
			c.m[a] = bad
			for _, c.lax = range []bool{true, false} {
				errs := readAll(t, c, s, r, q, items, values)
				require.True(t, c.lax || len(errs) > 0, "nothing found of byte %d", i)
				for range Diff(ctx, c, r, e) {
				}
				out := &chunks{m: maps.Clone(c.m), lax: c.lax}
				_, err := Edit(ctx, s, out, r, seq2([]Op{{Key: []byte("k")}, {Key: items[len(items)/2].Key}, {Key: []byte("z")}}), out)
				_ = err
				_, _ = EditSeq(ctx, s.of(Seq), out, q, []Splice{{0, 3, []Value{{}}}}, out)
			}
			found := 0
			for p := range Check(ctx, s, c, r, nil) {
				require.NotZero(t, p.Invariant, p.Err)
				found++
			}
			for p := range Check(ctx, s.of(Seq), c, q, nil) {
				require.NotZero(t, p.Invariant, p.Err)
				found++
			}
			require.Positive(t, found, "Check finds nothing of byte %d", i)
		}
		c.m[a] = good
	}
	c.lax = false
	require.Empty(t, readAll(t, c, s, r, q, items, values))
}

// A chunk that is missing is an error wherever it would have been read: never an absent key, a shorter sequence, or a smaller difference.
func TestAMissingChunkIsAnError(t *testing.T) {
	c, s, r, q, items, values := damaged(t)
	empty, emptySeq := build(t, c, s, nil), build(t, c, s.of(Seq), nil)
	for _, a := range nodes(c) {
		if a == empty.Addr || a == emptySeq.Addr {
			continue
		}
		good := c.m[a]
		inMap := good[1] == uint8(Map)
		delete(c.m, a)
		require.NotEmpty(t, readAll(t, c, s, r, q, items, values))
		if inMap {
			require.ErrorIs(t, lastError(Diff(ctx, c, r, empty)), chunk.ErrMissing)
			require.ErrorIs(t, lastError(Diff(ctx, c, empty, r)), chunk.ErrMissing)
			require.ErrorIs(t, lastError(Items(ctx, c, r, 0, r.Total)), chunk.ErrMissing)
			require.ErrorIs(t, lastError(Backward(ctx, c, r, 0, r.Total)), chunk.ErrMissing)
			var all []Op
			for _, it := range items {
				all = append(all, Op{Key: it.Key, Delete: true})
			}
			_, err := Edit(ctx, s, c, r, seq2(all), newChunksWith(c))
			require.ErrorIs(t, err, chunk.ErrMissing)
		} else {
			_, err := Align(ctx, c, emptySeq, q)
			require.ErrorIs(t, err, chunk.ErrMissing)
			_, err = EditSeq(ctx, s.of(Seq), c, q, []Splice{{0, q.Total, nil}}, newChunksWith(c))
			require.ErrorIs(t, err, chunk.ErrMissing)
		}
		c.m[a] = good
	}
}

func lastError[T any](it func(func(T, error) bool)) (last error) {
	for _, err := range it {
		last = err
	}
	return last
}

var errSink = errors.New("the sink is full")

// full takes some chunks.
type full struct {
	*chunks
	left int
}

func (f *full) Put(c context.Context, k chunk.Chunk) error {
	if f.left--; f.left < 0 {
		return errSink
	}
	return f.chunks.Put(c, k)
}

// An error of the sink, whenever, is the result's; and the old tree is as before.
func TestTheSinksErrorsAreReturned(t *testing.T) {
	c, s, r, q, items, values := damaged(t)
	var ops []Op
	for i := range items {
		ops = append(ops, Op{Key: fmt.Appendf(nil, "k%06d", 2*i), Value: Value{Data: []byte("new")}})
	}
	many := make([]Value, 300)
	for i := range many {
		many[i].Data = randomBytes(i % 50)
	}
	for name, f := range map[string]func(to Sink) (Root, error){
		"Build":   func(to Sink) (Root, error) { return Build(ctx, s, seq2(items), to) },
		"Edit":    func(to Sink) (Root, error) { return Edit(ctx, s, c, r, seq2(ops), to) },
		"EditSeq": func(to Sink) (Root, error) { return EditSeq(ctx, s.of(Seq), c, q, []Splice{{3, 1, many}}, to) },
		"NewValue": func(to Sink) (Root, error) {
			_, err := NewValue(ctx, to, randomBytes(100*piece))
			return Root{}, err
		},
		"empty": func(to Sink) (Root, error) { return Build(ctx, s, seq2([]Item(nil)), to) },
		"to empty": func(to Sink) (Root, error) {
			return EditSeq(ctx, s.of(Seq), c, q, []Splice{{0, q.Total, nil}}, to)
		},
	} {
		for n := 0; ; n++ {
			got, err := f(&full{newChunksWith(c), n})
			if err == nil {
				require.Positive(t, n, name)
				break
			}
			require.ErrorIs(t, err, errSink, name)
			require.Zero(t, got)
		}
	}
	require.Empty(t, readAll(t, c, s, r, q, items, values))
}
