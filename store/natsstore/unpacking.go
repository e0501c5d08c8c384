package natsstore

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"iter"
	"strconv"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/ramet-go/ramet/store/chunk"
)

// Pack looks for a pack, and yields its chunks; each has the address of its bytes. A pack is verified as a whole: short
// ones before the first chunk is yielded, others at the end. One part is in memory. If the pack is replaced or deleted
// meanwhile, an error ends the iteration: [chunk.ErrMissing].
func (r *Remote) Pack(ctx context.Context, id chunk.Addr) (full bool, chunks iter.Seq2[chunk.Chunk, error], err error) {
	rec, err := r.lookup(ctx, id)
	if err != nil {
		return false, nil, err
	}
	if rec.parts == 0 && rec.sum != sum(rec.data) {
		return false, nil, fmt.Errorf("natsstore: pack %v: %w", id, chunk.ErrDamaged)
	}
	return rec.full, func(yield func(chunk.Chunk, error) bool) {
		whole := &parts{Remote: r, ctx: ctx, record: rec, sum: sha256.New()}
		in := bufio.NewReader(whole)
		for {
			if err := ctx.Err(); err != nil {
				yield(chunk.Chunk{}, err)
				return
			}
			data, err := readChunk(in)
			if err == io.EOF {
				err = whole.verify()
				if err == nil {
					return
				}
			}
			if err != nil {
				yield(chunk.Chunk{}, fmt.Errorf("natsstore: pack %v: %w", id, err))
				return
			}
			if !yield(chunk.Of(data), nil) {
				return
			}
		}
	}, nil
}

// readChunk reads one chunk; io.EOF means that there is none.
func readChunk(in *bufio.Reader) ([]byte, error) {
	if _, err := in.Peek(1); err != nil {
		return nil, err
	}
	n, err := binary.ReadUvarint(in)
	if err == nil && n > chunk.MaxSize {
		return nil, fmt.Errorf("a chunk of %d bytes: %w", n, chunk.ErrDamaged)
	}
	data := make([]byte, n)
	if err == nil {
		_, err = io.ReadFull(in, data)
	}
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = fmt.Errorf("it is cut off: %w", chunk.ErrDamaged)
	}
	return data, err
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

// A parts reads a pack.
type parts struct {
	*Remote
	record
	ctx  context.Context
	next uint64
	now  bytes.Reader
	sum  hash.Hash
	read uint64
}

func (p *parts) Read(into []byte) (int, error) {
	for p.now.Len() == 0 {
		switch {
		case p.record.parts == 0 && p.next == 0:
			p.now.Reset(p.data)
			p.next++
			p.sum.Write(p.data)
			p.read += uint64(len(p.data))
			continue
		case p.next >= p.record.parts:
			return 0, io.EOF
		}
		data, err := p.fetch()
		if err != nil {
			return 0, err
		}
		p.next++
		p.now.Reset(data)
		p.sum.Write(data)
		p.read += uint64(len(data))
	}
	return p.now.Read(into)
}

// fetch reads the next part.
func (p *parts) fetch() (data []byte, err error) {
	subject := p.partSubject(p.id.String(), p.put, strconv.FormatUint(p.next, 10))
	t := p.triesOfMuch(p.ctx)
	err = t.insist(func(ctx context.Context) error {
		m, err := p.packs.GetLastMsgForSubject(ctx, subject)
		if err == nil {
			data = m.Data
		}
		return err
	})
	if !errors.Is(err, jetstream.ErrMsgNotFound) {
		return data, err
	}
	if now, err := p.lookup(p.ctx, p.id); err == nil && now.put == p.put {
		return nil, fmt.Errorf("part %d is not there: %w", p.next, chunk.ErrDamaged)
	} else if err != nil && !errors.Is(err, chunk.ErrMissing) {
		return nil, err
	}
	return nil, fmt.Errorf("it was replaced or deleted meanwhile: %w", chunk.ErrMissing)
}

func (p *parts) verify() error {
	if p.read != p.size || hex.EncodeToString(p.sum.Sum(nil)) != p.record.sum {
		return fmt.Errorf("it is not what was written: %w", chunk.ErrDamaged)
	}
	return nil
}
