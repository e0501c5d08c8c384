package tree

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

var ctx = context.Background()

// chunks is a source and sink that verifies, and counts.
type chunks struct {
	m          map[chunk.Addr][]byte
	puts, gets int
	bytes      int
	lax        bool // does not verify what it returns
}

func newChunks() *chunks { return &chunks{m: map[chunk.Addr][]byte{}} }

func (c *chunks) Get(_ context.Context, a chunk.Addr) ([]byte, error) {
	c.gets++
	b, ok := c.m[a]
	switch {
	case !ok:
		return nil, chunk.ErrMissing
	case !c.lax && chunk.Sum(b) != a:
		return nil, chunk.ErrDamaged
	}
	return b, nil
}

// Put fails for a chunk that refers to one that is not there.
func (c *chunks) Put(_ context.Context, k chunk.Chunk) error {
	if chunk.Sum(k.Data) != k.Addr {
		return fmt.Errorf("a chunk under a wrong address")
	}
	children, err := Children(k.Data)
	if err != nil {
		return err
	}
	for _, child := range children {
		if _, ok := c.m[child.Addr]; !ok {
			return fmt.Errorf("a chunk before its child")
		}
	}
	c.puts++
	c.bytes += len(k.Data)
	c.m[k.Addr] = k.Data
	return nil
}

func (c *chunks) count() { c.puts, c.gets, c.bytes = 0, 0, 0 }

func seq2[T any](list []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, e := range list {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func build(t testing.TB, c *chunks, s Shape, items []Item) Root {
	t.Helper()
	r, err := Build(ctx, s, seq2(items), c)
	require.NoError(t, err)
	require.EqualValues(t, len(items), r.Total)
	return r
}

func read(t testing.TB, c Source, r Root) []Item {
	t.Helper()
	var got []Item
	for it, err := range Items(ctx, c, r, 0, r.Total) {
		require.NoError(t, err)
		got = append(got, it)
	}
	return got
}

func sameItem(a, b Item) bool { return bytes.Equal(a.Key, b.Key) && a.Value.Equal(b.Value) }

func requireItems(t testing.TB, want, got []Item) {
	t.Helper()
	if !slices.EqualFunc(want, got, sameItem) {
		t.Fatalf("%d entries %.300v\nwhere %d should be: %.300v", len(got), got, len(want), want)
	}
}

// checked fails if there is any problem with the tree.
func checked(t testing.TB, c Source, s Shape, r Root) {
	t.Helper()
	for p := range Check(ctx, s, c, r, nil) {
		t.Fatalf("invariant %d: %v", p.Invariant, p.Err)
	}
}

var salted = Shape{Kind: Map, Bits: Bits, Salt: [16]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}}

func (s Shape) of(k Kind) Shape { s.Kind = k; return s }

// randomKey returns keys of several sorts, few enough that they meet.
func randomKey(r *rand.Rand, sort int) []byte {
	switch sort {
	case 0:
		return fmt.Appendf(nil, "user/%06d", r.IntN(3000))
	case 1:
		return fmt.Appendf(nil, "%x", r.IntN(3000))
	case 2:
		return append(bytes.Repeat([]byte{'p'}, r.IntN(40)), fmt.Appendf(nil, "%d", r.IntN(200))...)
	}
	b := make([]byte, r.IntN(4))
	for i := range b {
		b[i] = byte(r.IntN(12))
	}
	return b
}

// randomValue returns values of several sorts; some are blobs.
func randomValue(t testing.TB, c *chunks, r *rand.Rand, sort int) Value {
	n := 0
	switch sort {
	case 0:
		return Value{}
	case 1:
		n = r.IntN(60)
	case 2:
		n = r.IntN(700)
		if r.IntN(20) == 0 {
			n = 1020 + r.IntN(10)
		}
		if r.IntN(200) == 0 {
			n = piece - 2 + r.IntN(2000)
		}
	}
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	v, err := NewValue(ctx, c, b)
	require.NoError(t, err)
	return v
}

// set returns the items after ops.
func set(items []Item, ops []Op) []Item {
	out := make([]Item, 0, len(items)+len(ops))
	for _, o := range ops {
		i, found := slices.BinarySearchFunc(items, o.Key, func(it Item, k []byte) int { return bytes.Compare(it.Key, k) })
		out = append(out, items[:i]...)
		if found {
			i++
		}
		items = items[i:]
		if !o.Delete {
			out = append(out, Item{o.Key, o.Value})
		}
	}
	return append(out, items...)
}

// spliced returns the items after splices.
func spliced(items []Item, ss []Splice) []Item {
	var out []Item
	at := uint64(0)
	for _, s := range ss {
		out = append(out, items[at:s.At]...)
		for _, v := range s.Insert {
			out = append(out, Item{Value: v})
		}
		at = s.At + s.Delete
	}
	return append(out, items[at:]...)
}

func depth(t testing.TB, c *chunks, r Root) int {
	n, err := Open(c.m[r.Addr])
	require.NoError(t, err)
	return n.Level() + 1
}
