package store

import (
	"context"
	"crypto/rand"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/tree"
)

// A batch has the chunks of a commit that is being made. It reads its own as well as those that are stored.
//
// It keeps also those that the store may have already: whether it has them is only certain in the transaction that
// stores them.
type batch struct {
	st     *Store
	at     map[chunk.Addr]int
	chunks []chunk.Chunk
}

func (s *Store) newBatch() *batch { return &batch{st: s, at: map[chunk.Addr]int{}} }

func (b *batch) Get(ctx context.Context, a chunk.Addr) ([]byte, error) {
	if i, ok := b.at[a]; ok {
		return b.chunks[i].Data, nil
	}
	return b.st.cache.Get(ctx, a)
}

func (b *batch) Node(ctx context.Context, a chunk.Addr) (tree.Node, error) {
	if i, ok := b.at[a]; ok {
		return tree.Open(b.chunks[i].Data)
	}
	return b.st.cache.Node(ctx, a)
}

func (b *batch) Put(_ context.Context, c chunk.Chunk) error {
	if _, ok := b.at[c.Addr]; !ok {
		b.at[c.Addr] = len(b.chunks)
		b.chunks = append(b.chunks, c)
	}
	return nil
}

// shape returns the shape of a new tree.
func (b *batch) shape(k tree.Kind) tree.Shape {
	s := tree.Shape{Kind: k, Bits: b.st.bits}
	if b.st.salt != nil {
		s.Salt = *b.st.salt
	} else {
		rand.Read(s.Salt[:]) // never fails
	}
	return s
}

// done makes what was stored known to the cache, so that it need not be read.
func (b *batch) done() {
	for _, c := range b.chunks[max(0, len(b.chunks)-1000):] {
		b.st.cache.add(c)
	}
}
