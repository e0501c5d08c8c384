package tree

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"iter"
	"slices"

	"github.com/ramet-go/ramet/store/chunk"
)

// The lengths of keys and values.
const (
	MaxKey    = 1024      // of the longest key
	MaxInline = 1024      // of the longest value that stands in a leaf; a longer one is a blob
	MaxValue  = 1<<31 - 1 // of the longest value
	piece     = 16 << 10  // of the longest blob of one chunk, and of the pieces of a longer one
)

// A Value is what stands in a leaf for an entry: with Tag 0 the bytes themselves, with Tag 1 the address of a blob and its
// length as a uvarint. Equal contents have equal Values.
type Value struct {
	Tag  byte
	Data []byte
}

const (
	inline  byte = 0
	blobTag byte = 1
)

// Equal tells whether v and o stand for the same bytes. It reads no blob.
func (v Value) Equal(o Value) bool { return v.Tag == o.Tag && bytes.Equal(v.Data, o.Data) }

// Len returns the number of bytes v stands for. It reads no blob.
func (v Value) Len() uint64 {
	if v.Tag == inline {
		return uint64(len(v.Data))
	}
	_, n, _ := parseRef(v.Data)
	return n
}

// check returns an error unless v may stand in a leaf.
func (v Value) check() error {
	switch v.Tag {
	case inline:
		if len(v.Data) > MaxInline {
			return violated(2, "a value of %d bytes in a leaf", len(v.Data))
		}
	case blobTag:
		_, n, ok := parseRef(v.Data)
		if !ok {
			return violated(2, "no reference to a blob")
		}
		if n <= MaxInline || n > MaxValue {
			return violated(2, "a blob of %d bytes", n)
		}
	default:
		return unknown("value with tag %d", v.Tag)
	}
	return nil
}

// appendRef appends a reference: an address, and the number of entries or bytes there as a uvarint.
func appendRef(b []byte, a chunk.Addr, n uint64) []byte {
	return binary.AppendUvarint(append(b, a[:]...), n)
}

// parseRef reads all of b as what appendRef appends. It is not ok if the uvarint is longer than need be.
func parseRef(b []byte) (a chunk.Addr, n uint64, ok bool) {
	if len(b) <= len(a) {
		return a, 0, false
	}
	n, w := binary.Uvarint(b[len(a):])
	if w <= 0 || len(a)+w != len(b) || (w > 1 && b[len(b)-1] == 0) {
		return chunk.Addr{}, 0, false
	}
	return chunk.Addr(b), n, true
}

// NewValue returns the Value for data: data itself, which the Value then shares, or a blob, whose chunks go to the sink.
func NewValue(ctx context.Context, to Sink, data []byte) (Value, error) {
	if len(data) <= MaxInline {
		return Value{inline, data}, nil
	}
	if len(data) > MaxValue {
		return Value{}, fmt.Errorf("tree: a value of %d bytes, more than %d", len(data), MaxValue)
	}
	if len(data) <= piece {
		c := chunk.Of(encodeBlob(data))
		if err := put(ctx, to, c); err != nil {
			return Value{}, err
		}
		return Value{blobTag, appendRef(nil, c.Addr, uint64(len(data)))}, nil
	}
	r, err := Build(ctx, pieces, func(yield func(Item, error) bool) {
		for p := range slices.Chunk(data, piece) {
			v, err := NewValue(ctx, to, p)
			if !yield(Item{Value: v}, err) || err != nil {
				return
			}
		}
	}, to)
	if err != nil {
		return Value{}, err
	}
	return Value{blobTag, appendRef(nil, r.Addr, uint64(len(data)))}, nil
}

// pieces is the shape of all trees of blobs. It is part of the format: the same bytes have the same address everywhere.
var pieces = Shape{Kind: Seq, Bits: Bits}

// encodeBlob returns the bytes of a chunk with a blob.
func encodeBlob(data []byte) []byte {
	b := make([]byte, header, header+len(data))
	b[0], b[1] = format, kindBlob
	binary.LittleEndian.PutUint64(b[8:], uint64(len(data)))
	return append(b, data...)
}

// Bytes returns what v stands for. It belongs to the caller if v is a blob, and is v.Data if not.
func (v Value) Bytes(ctx context.Context, from Source) ([]byte, error) {
	if v.Tag == inline {
		return v.Data, nil
	}
	if err := v.check(); err != nil {
		return nil, err
	}
	a, size, _ := parseRef(v.Data)
	if size <= piece {
		b, err := readBlob(ctx, from, a, size)
		return slices.Clone(b), err
	}
	got := make([]byte, 0, min(size, 64*piece)) // what is not read yet is not believed
	for p, err := range blobPieces(ctx, from, a, size) {
		if err != nil {
			return nil, err
		}
		want := min(size-uint64(len(got)), piece)
		if p.Len() != want {
			return nil, at(a, violated(2, "a piece of %d bytes where there are %d", p.Len(), want))
		}
		b := p.Data
		if p.Tag != inline {
			pa, _, _ := parseRef(p.Data)
			if b, err = readBlob(ctx, from, pa, want); err != nil {
				return nil, err
			}
		}
		got = append(got, b...)
	}
	return got, nil
}

// blobPieces yields the pieces of the blob with this address and length, as many as the length needs.
func blobPieces(ctx context.Context, from Source, a chunk.Addr, size uint64) iter.Seq2[Value, error] {
	return func(yield func(Value, error) bool) {
		n := (size + piece - 1) / piece
		c := cursor{ctx: ctx, from: from}
		if err := c.root(Root{a, n}, Seq); err != nil {
			yield(Value{}, err)
			return
		}
		for it, err := range c.items(0, n) {
			if !yield(it.Value, err) {
				return
			}
		}
	}
}

// readBlob returns the bytes of a blob of one chunk, a view.
func readBlob(ctx context.Context, from Source, a chunk.Addr, size uint64) ([]byte, error) {
	n, err := load(ctx, from, a)
	if err != nil {
		return nil, err
	}
	if n.kind != kindBlob || n.total != size {
		return nil, at(a, violated(2, "not a blob of %d bytes", size))
	}
	return n.data[header:], nil
}
