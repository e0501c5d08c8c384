//go:build !smallnodes

package tree

import (
	"bytes"
	"context"
	"encoding/gob"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

// An edit writes about a chunk of each level. The bounds are the goals: 1.1 of the depth in maps, 1.2 in sequences; 6 kB in maps.
// Sequences have no keys whose prefixes could be left out, so that their nodes are as large as the rule counts.
func TestCostOfAnEdit(t *testing.T) {
	n, tries := million(), 300
	c := newChunks()
	r, err := Build(ctx, salted, ints(n), c)
	require.NoError(t, err)
	rnd := rand.New(rand.NewPCG(1, 1))
	c.count()
	for range tries {
		_, err := Edit(ctx, salted, c, r, seq2(opsOn(rnd, n, 1)), c)
		require.NoError(t, err)
	}
	perEdit, bytesPerEdit := float64(c.puts)/float64(tries), c.bytes/tries
	t.Logf("map of %d: depth %d, %.2f chunks and %d bytes an edit", n, depth(t, c, r), perEdit, bytesPerEdit)
	require.LessOrEqual(t, perEdit, 1.1*float64(depth(t, c, r)))
	require.LessOrEqual(t, bytesPerEdit, 6000)

	s := salted.of(Seq)
	r, err = Build(ctx, s, func(yield func(Item, error) bool) {
		for it := range ints(n) {
			if !yield(Item{Value: it.Value}, nil) {
				return
			}
		}
	}, c)
	require.NoError(t, err)
	c.count()
	for i := range tries {
		p := Splice{At: rnd.Uint64N(uint64(n)), Delete: uint64(i % 2), Insert: []Value{{Data: []byte{byte(i), 9, byte(i >> 8)}}}}
		_, err := EditSeq(ctx, s, c, r, []Splice{p}, c)
		require.NoError(t, err)
	}
	perEdit, bytesPerEdit = float64(c.puts)/float64(tries), c.bytes/tries
	t.Logf("sequence of %d: depth %d, %.2f chunks and %d bytes an edit", n, depth(t, c, r), perEdit, bytesPerEdit)
	require.LessOrEqual(t, perEdit, 1.2*float64(depth(t, c, r)))
	require.LessOrEqual(t, bytesPerEdit, 7000)
}

func TestCostOfAThousandEdits(t *testing.T) {
	n := million()
	c := newChunks()
	r, err := Build(ctx, salted, ints(n), c)
	require.NoError(t, err)
	all := len(c.m)
	rnd := rand.New(rand.NewPCG(2, 2))
	c.count()
	ops := opsOn(rnd, n, 1000)
	q, err := Edit(ctx, salted, c, r, seq2(ops), c)
	require.NoError(t, err)
	t.Logf("1,000 edits of %d: %d of %d chunks, %d bytes", n, c.puts, all, c.bytes)
	require.LessOrEqual(t, c.bytes, 2_200_000)
	written := c.puts
	c.count()
	changes := 0
	for _, err := range Diff(ctx, c, r, q) {
		require.NoError(t, err)
		changes++
	}
	require.Equal(t, 1000, changes)
	t.Logf("their difference reads %d chunks", c.gets)
	require.LessOrEqual(t, c.gets, 2*written+100)
}

// nowhere takes chunks and forgets them.
type nowhere struct{}

func (nowhere) Put(context.Context, chunk.Chunk) error { return nil }

func BenchmarkBuild(b *testing.B) {
	b.Run("ints", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, err := Build(ctx, salted, ints(1_000_000), nowhere{})
			require.NoError(b, err)
		}
	})
	b.Run("gob", func(b *testing.B) {
		m := map[int64]int64{}
		for i := range int64(1_000_000) {
			m[i] = i
		}
		for b.Loop() {
			var buf bytes.Buffer
			require.NoError(b, gob.NewEncoder(&buf).Encode(m))
		}
	})
}

func BenchmarkEdits(b *testing.B) {
	c := newChunks()
	r, err := Build(ctx, salted, ints(1_000_000), c)
	require.NoError(b, err)
	c.lax = true
	rnd := rand.New(rand.NewPCG(2, 2))
	one, ops := opsOn(rnd, 1_000_000, 1), opsOn(rnd, 1_000_000, 1000)
	q, err := Edit(ctx, salted, c, r, seq2(ops), c)
	require.NoError(b, err)
	b.Run("edit/1", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, err := Edit(ctx, salted, c, r, seq2(one), nowhere{})
			require.NoError(b, err)
		}
	})
	b.Run("edit/1000", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, err := Edit(ctx, salted, c, r, seq2(ops), nowhere{})
			require.NoError(b, err)
		}
	})
	b.Run("diff/1000", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			n := 0
			for range Diff(ctx, c, r, q) {
				n++
			}
			require.Equal(b, 1000, n)
		}
	})
	b.Run("lookup", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, _, err := Lookup(ctx, c, r, one[0].Key)
			require.NoError(b, err)
		}
	})
	b.Run("items", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, err := range Items(ctx, c, r, 0, r.Total) {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	c := newChunks()
	_, err := Build(ctx, salted, ints(10_000), c)
	require.NoError(b, err)
	items := 0
	for b.Loop() {
		items = 0
		for _, data := range c.m {
			n, err := Open(data)
			if err != nil {
				b.Fatal(err)
			}
			items += n.Count()
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(items), "ns/item")
	b.ReportMetric(float64(items)/float64(len(c.m)), "items/node")
}
