package natsstore

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/ramet-go/ramet/store/chunk"
)

// A pack is the lengths of its chunks, as uvarints, each with the chunk after it. A short pack is one message, the
// record. The record of a longer one has no data: the pack was cut into parts, which were stored before. Their subjects
// have the name of the put, which is in the record; so parts of a put that was interrupted belong to nothing.
const (
	formatHeader = "Ramet-Pack" // the format: 1
	putHeader    = "Ramet-Put"  // a name that no other put has
	fullHeader   = "Ramet-Full"
	partsHeader  = "Ramet-Parts" // how many; 0: the data are in the record
	sizeHeader   = "Ramet-Size"  // of the pack
	sumHeader    = "Ramet-Sum"   // SHA-256 of the pack

	packFormat = "1"
)

// A record is what says that a pack exists.
type record struct {
	id       chunk.Addr
	sequence uint64
	time     time.Time
	put      string
	full     bool
	parts    uint64
	size     uint64
	sum      string
	data     []byte
}

func (r *Remote) parseRecord(m *jetstream.RawStreamMsg) (rec record, err error) {
	if rec.id, err = chunk.Parse(strings.TrimPrefix(m.Subject, r.packSubject(""))); err != nil {
		return rec, fmt.Errorf("%s is no pack: %w", m.Subject, chunk.ErrFormat)
	}
	if format := m.Header.Get(formatHeader); format != packFormat {
		return rec, fmt.Errorf("the pack has format %q: %w", format, chunk.ErrFormat)
	}
	rec.sequence, rec.time, rec.data = m.Sequence, m.Time, m.Data
	rec.put, rec.sum = m.Header.Get(putHeader), m.Header.Get(sumHeader)
	var errs [3]error
	rec.full, errs[0] = strconv.ParseBool(m.Header.Get(fullHeader))
	rec.parts, errs[1] = strconv.ParseUint(m.Header.Get(partsHeader), 10, 32)
	rec.size, errs[2] = strconv.ParseUint(m.Header.Get(sizeHeader), 10, 63)
	if err := errors.Join(errs[:]...); err != nil || !token(rec.put) || rec.parts == 0 && rec.size != uint64(len(rec.data)) {
		return rec, fmt.Errorf("message %d, %s, is not as it was written: %w", m.Sequence, m.Subject, chunk.ErrDamaged)
	}
	return rec, nil
}

// token tells whether s can be the name of a put: it becomes part of a subject.
func token(s string) bool {
	for _, c := range []byte(s) {
		if !('A' <= c && c <= 'Z' || '0' <= c && c <= '9') {
			return false
		}
	}
	return s != ""
}

func (r *Remote) message(rec record) *nats.Msg {
	m := nats.NewMsg(r.packSubject(rec.id.String()))
	m.Header.Set(formatHeader, packFormat)
	m.Header.Set(putHeader, rec.put)
	m.Header.Set(fullHeader, strconv.FormatBool(rec.full))
	m.Header.Set(partsHeader, strconv.FormatUint(rec.parts, 10))
	m.Header.Set(sizeHeader, strconv.FormatUint(rec.size, 10))
	m.Header.Set(sumHeader, rec.sum)
	m.Header.Set(jetstream.MsgIDHeader, rec.put) // one that comes late is not stored after a deletion
	m.Data = rec.data
	return m
}

// look asks the leader for the record of a pack, once: chunk.ErrMissing if there is none.
func (r *Remote) look(ctx context.Context, id chunk.Addr) (record, error) {
	m, err := r.packs.GetLastMsgForSubject(ctx, r.packSubject(id.String()))
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return record{}, chunk.ErrMissing
	}
	if err != nil {
		return record{}, err
	}
	return r.parseRecord(m)
}

// lookup is look, until there is an answer.
func (r *Remote) lookup(ctx context.Context, id chunk.Addr) (rec record, err error) {
	err = r.insist(ctx, func(ctx context.Context) (err error) {
		rec, err = r.look(ctx, id)
		return err
	})
	if err != nil {
		err = fmt.Errorf("natsstore: pack %v: %w", id, err)
	}
	return rec, err
}

// Packs asks the leader for one record after the other, and yields each pack once. It reads all short packs.
func (r *Remote) Packs(ctx context.Context) iter.Seq2[chunk.PackInfo, error] {
	return func(yield func(chunk.PackInfo, error) bool) {
		seen := map[chunk.Addr]bool{} // one that is replaced meanwhile comes again
		for sequence := uint64(1); ; {
			var m *jetstream.RawStreamMsg
			err := r.insist(ctx, func(ctx context.Context) (err error) {
				m, err = r.packs.GetMsg(ctx, sequence, jetstream.WithGetMsgSubject(r.packSubject("*")))
				return err
			})
			if errors.Is(err, jetstream.ErrMsgNotFound) {
				return
			}
			var rec record
			if err == nil {
				rec, err = r.parseRecord(m)
			}
			if err != nil {
				yield(chunk.PackInfo{}, fmt.Errorf("natsstore: packs: %w", err))
				return
			}
			sequence = rec.sequence + 1
			if seen[rec.id] {
				continue
			}
			seen[rec.id] = true
			if !yield(chunk.PackInfo{ID: rec.id, Full: rec.full, Time: rec.time}, nil) {
				return
			}
		}
	}
}

// DeletePack deletes a pack. One that is put meanwhile stays.
func (r *Remote) DeletePack(ctx context.Context, id chunk.Addr) error {
	was, err := r.lookup(ctx, id)
	if errors.Is(err, chunk.ErrMissing) {
		return nil
	}
	if err != nil {
		return err
	}
	t := r.tries(ctx)
	for {
		err := t.once(func(ctx context.Context) error { return r.packs.DeleteMsg(ctx, was.sequence) })
		if err == nil {
			break
		}
		// It may have been deleted nevertheless, or replaced.
		var now record
		lookErr := t.once(func(ctx context.Context) (err error) { now, err = r.look(ctx, id); return err })
		if errors.Is(lookErr, chunk.ErrMissing) || lookErr == nil && now.sequence != was.sequence {
			break
		}
		if unsent(err) || !t.again(err) {
			return fmt.Errorf("natsstore: delete pack %v: %w", id, t.because(err))
		}
	}
	if was.parts > 0 {
		r.drop(id, was.put)
	}
	r.tidy(ctx)
	return nil
}
