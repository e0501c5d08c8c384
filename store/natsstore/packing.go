package natsstore

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"iter"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/ramet-go/ramet/store/chunk"
)

// PutPack stores a pack. One of up to 32 kB is one message; of longer ones parts of 512 kB are stored as they come, and
// one of them is in memory. What a put that fails leaves belongs to nothing, and later calls of PutPack and DeletePack
// delete it when it is a day old; a put that takes half a day fails.
func (r *Remote) PutPack(ctx context.Context, id chunk.Addr, full bool, chunks iter.Seq2[chunk.Chunk, error]) error {
	if id.IsZero() {
		return errors.New("natsstore: a pack of no commit")
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	p := packing{Remote: r, ctx: ctx, sum: sha256.New(), began: time.Now(), record: record{id: id, full: full, put: rand.Text()}}
	stored, err := p.pack(chunks)
	if p.parts > 0 && (err == nil && !stored || err != nil && !p.maybe) {
		p.drop(id, p.put)
	}
	if err != nil {
		return fmt.Errorf("natsstore: put pack %v: %w", id, err)
	}
	if p.parts > 0 {
		r.tidy(ctx)
	}
	return nil
}

// A packing is one call of PutPack.
type packing struct {
	*Remote
	record
	ctx   context.Context
	sum   hash.Hash
	rest  []byte // what is not in a part yet
	began time.Time
	maybe bool // the record may be there, or come
}

// pack stores a pack, and tells whether it did: one that is there may stay.
func (p *packing) pack(chunks iter.Seq2[chunk.Chunk, error]) (stored bool, err error) {
	for c, err := range chunks {
		if err != nil {
			return false, err
		}
		if err := chunk.CheckSizes([]chunk.Chunk{c}); err != nil {
			return false, err
		}
		begin := len(p.rest)
		p.rest = append(binary.AppendUvarint(p.rest, uint64(len(c.Data))), c.Data...)
		p.sum.Write(p.rest[begin:])
		p.size += uint64(len(p.rest) - begin)
		for len(p.rest) >= p.part {
			if p.parts == 0 {
				// Before much is sent for nothing.
				if was, err := p.lookup(p.ctx, p.id); err == nil && (was.full || !p.full) {
					return false, nil
				}
			}
			if err := p.store(p.rest[:p.part]); err != nil {
				return false, err
			}
			p.rest = p.rest[:copy(p.rest, p.rest[p.part:])]
		}
	}
	if p.parts == 0 && len(p.rest) <= p.inline {
		p.data = p.rest
	} else if len(p.rest) > 0 {
		if err := p.store(p.rest); err != nil {
			return false, err
		}
	}
	if time.Since(p.began) > maxAge/2 {
		return false, errors.New("it took so long that others may have deleted the parts")
	}
	p.record.sum = hex.EncodeToString(p.sum.Sum(nil))
	return p.exist()
}

// store stores a part. Two of the same number are the same.
func (p *packing) store(data []byte) error {
	m := nats.NewMsg(p.partSubject(p.id.String(), p.put, strconv.FormatUint(p.parts, 10)))
	m.Data = data
	t := p.triesOfMuch(p.ctx)
	err := t.insist(func(ctx context.Context) error {
		_, err := p.js.PublishMsg(ctx, m, jetstream.WithRetryAttempts(0))
		return err
	})
	p.parts++
	return err
}

// exist stores the record, by which the pack exists, and tells whether it did: one that is there may stay.
func (p *packing) exist() (stored bool, err error) {
	m := p.message(p.record)
	t := p.tries(p.ctx)
	var was record
	for {
		err := t.once(func(ctx context.Context) error {
			ack, err := p.js.PublishMsg(ctx, m, jetstream.WithExpectLastSequencePerSubject(was.sequence), jetstream.WithRetryAttempts(0))
			if err == nil && ack.Duplicate { // the servers say that it was stored; see whether it is there
				err = errors.New("a message before it was stored")
			}
			return err
		})
		switch {
		case err == nil:
			if was.parts > 0 {
				p.drop(p.id, was.put)
			}
			return true, nil
		case unsent(err):
			return false, t.because(err)
		case !conflict(err):
			p.maybe = true
		}
		var now record
		switch lookErr := t.once(func(ctx context.Context) (err error) { now, err = p.look(ctx, p.id); return err }); {
		case errors.Is(lookErr, chunk.ErrMissing):
			was = record{}
		case lookErr != nil && definite(lookErr):
			return false, lookErr
		case lookErr != nil:
		case now.put == p.put:
			if was.parts > 0 {
				p.drop(p.id, was.put)
			}
			return true, nil
		case now.full || !p.full:
			p.maybe = false // where it would be there is another one
			return false, nil
		default:
			was = now
		}
		if !t.again(err) {
			return false, t.because(err)
		}
	}
}
