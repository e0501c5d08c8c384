package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/ramet-go/ramet/store/chunk"
)

func testChunks(_ *testing.T, s *suite) {
	ctx := context.Background()
	e := s.new()
	var cs []chunk.Chunk
	for _, size := range []int{0, 1, 2, 100, 2000, 4096, chunk.MaxSize} {
		data := make([]byte, size)
		for i := range data {
			data[i] = byte(i * size)
		}
		cs = append(cs, chunk.Of(data))
	}
	for _, c := range cs {
		s.lacks(e, c)
	}
	s.ok(e.Put(ctx, nil), "nothing")
	s.ok(e.Put(ctx, cs[:3]), "put")
	s.ok(e.Put(ctx, append(slices.Clone(cs), cs...)), "put of what is there, and of all twice")
	for _, c := range cs {
		s.has(e, c)
		data, err := e.Get(ctx, c.Addr)
		s.ok(err, "get")
		if data == nil {
			s.Fatal("the bytes of a chunk are nil")
		}
		for i := range data {
			data[i] = ^data[i] // they are the caller's
		}
		s.has(e, c)
	}
	same(s, len(all(s, e.Addrs(ctx))), len(cs), "the number of chunks")
}

func testChunksRefused(_ *testing.T, s *suite) {
	ctx := context.Background()
	e := s.new()
	for _, c := range []chunk.Chunk{chunk.Of(make([]byte, chunk.MaxSize+1)), {Data: []byte("no address")}} {
		fine := node("fine")
		if e.Put(ctx, []chunk.Chunk{c}) == nil {
			s.Fatal("a chunk that is none was stored")
		}
		_, err := e.Commit(ctx, []chunk.Chunk{fine, c}, chunk.Swap{Name: "a", Target: fine.Addr})
		if err == nil {
			s.Fatal("a chunk that is none was committed")
		}
		same(s, s.ref(e, "a"), chunk.Ref{}, "what the name stands for")
	}
	same(s, len(all(s, e.Addrs(ctx))), 0, "the number of chunks")
}

func testMissing(_ *testing.T, s *suite) {
	ctx := context.Background()
	e := s.new()
	var asked, want []chunk.Addr
	var cs []chunk.Chunk
	for n := range 3000 {
		c := numbered(n)
		asked = append(asked, c.Addr)
		if n%3 == 0 {
			cs = append(cs, c)
		} else {
			want = append(want, c.Addr)
		}
	}
	s.ok(e.Put(ctx, cs), "put")
	asked = append(asked, asked[1], asked[0])
	want = append(want, asked[1])
	missing, err := e.Missing(ctx, asked)
	s.ok(err, "missing")
	if !slices.Equal(missing, want) {
		s.Fatalf("%d are missing, and not %d, or in another order", len(missing), len(want))
	}
	missing, err = e.Missing(ctx, nil)
	s.ok(err, "missing of nothing")
	same(s, len(missing), 0, "missing of nothing")
}

func testAddrs(_ *testing.T, s *suite) {
	ctx := context.Background()
	e := s.new()
	same(s, len(all(s, e.Addrs(ctx))), 0, "of an empty engine")
	var cs []chunk.Chunk
	var want []chunk.Addr
	for n := range 3000 {
		cs = append(cs, numbered(n))
		want = append(want, target(n))
	}
	s.ok(e.Put(ctx, cs), "put")
	slices.SortFunc(want, chunk.Addr.Compare)
	seq := e.Addrs(ctx)
	for range 2 { // an iterator can be used again
		if !slices.Equal(all(s, seq), want) {
			s.Fatal("other addresses than those of the chunks, in their order")
		}
	}
	n := 0
	for range seq {
		if n++; n == 5 {
			break
		}
	}
}

func testSize(_ *testing.T, s *suite) {
	ctx := context.Background()
	e := s.new()
	var want chunk.Size
	var cs []chunk.Chunk
	for n := range 3000 {
		c := node(fmt.Sprint(n, string(make([]byte, n%50))))
		cs = append(cs, c)
		want.Chunks++
		want.Bytes += int64(len(c.Data))
	}
	s.ok(e.Put(ctx, cs), "put")
	got, err := e.Size(ctx)
	s.ok(err, "size")
	same(s, got.Chunks, want.Chunks, "the number of chunks")
	same(s, got.Bytes, want.Bytes, "their lengths")
	if got.File != 0 && got.File < got.Bytes {
		s.Fatalf("a file of %d bytes has %d bytes of chunks", got.File, got.Bytes)
	}
}
