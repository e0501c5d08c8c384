package tree

import (
	"context"
	"fmt"
	"iter"

	"github.com/ramet-go/ramet/store/chunk"
)

// Build makes a tree of items, whose keys ascend strictly (in a sequence they have none). An error among the items, and
// one of the sink, is returned as it is. The bytes of an item are needed until the next one is asked for, no longer. No
// items make the empty tree. It takes O(n) time, allocates a chunk at a time and nothing for an item.
func Build(ctx context.Context, s Shape, items iter.Seq2[Item, error], to Sink) (Root, error) {
	if err := s.check(); err != nil {
		return Root{}, err
	}
	b := builder{ctx: ctx, shape: s, to: to}
	for it, err := range items {
		if err == nil {
			err = s.checkItem(it.Key, it.Value)
		}
		if err == nil {
			err = b.add(0, it.Key, it.Value.Tag, it.Value.Data, 1)
		}
		if err != nil {
			return Root{}, err
		}
	}
	return b.finish()
}

// Empty returns the empty tree of a kind of shape, and its chunk, which nobody has stored yet.
func Empty(s Shape) (Root, chunk.Chunk) {
	c := chunk.Of(newSplitter(s, 0, nil).encode())
	return Root{Addr: c.Addr}, c
}

func putEmpty(ctx context.Context, s Shape, to Sink) (Root, error) {
	r, c := Empty(s)
	return stored(ctx, to, r, c)
}

// stored returns r when its chunk is stored.
func stored(ctx context.Context, to Sink, r Root, c chunk.Chunk) (Root, error) {
	if err := put(ctx, to, c); err != nil {
		return Root{}, err
	}
	return r, nil
}

func (s Shape) check() error {
	if s.Kind != Map && s.Kind != Seq {
		return fmt.Errorf("tree: kind %d is that of no tree", s.Kind)
	}
	if s.Bits < MinBits || s.Bits > MaxBits {
		return fmt.Errorf("tree: nodes of 2^%d bytes, not from 2^%d to 2^%d", s.Bits, MinBits, MaxBits)
	}
	return nil
}

// checkItem returns an error unless an entry may stand in a tree of this shape.
func (s Shape) checkItem(key []byte, v Value) error {
	switch {
	case s.Kind == Seq && len(key) > 0:
		return fmt.Errorf("tree: a key in a sequence")
	case len(key) > MaxKey:
		return fmt.Errorf("tree: a key of %d bytes, more than %d", len(key), MaxKey)
	}
	if err := v.check(); err != nil {
		return fmt.Errorf("tree: %w", err)
	}
	return nil
}

// A builder makes the levels of a tree from one of them upward, all at the same time. A level begins when the one below has a
// second node: if it has one only, that is the root.
type builder struct {
	ctx    context.Context
	shape  Shape
	to     Sink
	base   int // the level that is fed
	levels []*floor
	ref    []byte
}

// A floor is one level of a builder.
type floor struct {
	*splitter
	n     int  // nodes made
	first made // the first of them, as long as it is the only one
}

// add feeds an item to the level base + up.
func (b *builder) add(up int, key []byte, tag byte, data []byte, entries uint64) error {
	if up == len(b.levels) {
		if b.base+up > maxLevel {
			return fmt.Errorf("tree: more than %d levels", maxLevel+1)
		}
		f := &floor{}
		f.splitter = newSplitter(b.shape, b.base+up, func(m made) error { return b.made(up, f, m) })
		b.levels = append(b.levels, f)
	}
	return b.levels[up].add(key, tag, data, entries)
}

// made stores a node, and feeds it to the level above.
func (b *builder) made(up int, f *floor, m made) error {
	if err := put(b.ctx, b.to, m.chunk); err != nil {
		return err
	}
	f.n++
	switch f.n {
	case 1:
		f.first = m
		return nil
	case 2:
		if err := b.refer(up+1, f.first); err != nil {
			return err
		}
		f.first = made{}
	}
	return b.refer(up+1, m)
}

func (b *builder) refer(up int, m made) error {
	b.ref = appendRef(b.ref[:0], m.chunk.Addr, m.total)
	return b.add(up, m.key, inline, b.ref, m.total)
}

// finish ends all levels, and returns the root.
func (b *builder) finish() (Root, error) {
	for up := 0; up < len(b.levels); up++ {
		f := b.levels[up]
		if err := f.flush(); err != nil {
			return Root{}, err
		}
		if f.n == 1 {
			return Root{f.first.chunk.Addr, f.first.total}, nil
		}
	}
	return putEmpty(b.ctx, b.shape, b.to)
}
