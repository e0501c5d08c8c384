package natsstore

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
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

// drop deletes the parts of a put that is no pack (any more). What it fails to delete, tidy will.
func (r *Remote) drop(id chunk.Addr, put string) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	r.packs.Purge(ctx, jetstream.WithPurgeSubject(r.partSubject(id.String(), put, "*"))) //nolint:errcheck // see above
}

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

// tidy does clean once a day.
func (r *Remote) tidy(ctx context.Context) {
	last, now := r.cleaned.Load(), time.Now().UnixNano()
	if now-last > int64(maxAge) && r.cleaned.CompareAndSwap(last, now) {
		if err := r.clean(ctx, maxAge); err != nil {
			r.cleaned.Store(last)
		}
	}
}

// clean deletes parts that belong to no pack and are so old, by the clock of the servers.
func (r *Remote) clean(ctx context.Context, age time.Duration) error {
	var info *jetstream.StreamInfo
	err := r.insist(ctx, func(ctx context.Context) (err error) {
		info, err = r.packs.Info(ctx, jetstream.WithSubjectFilter(r.partSubject("*", "*", "*")))
		return err
	})
	if err != nil {
		return err
	}
	type put struct{ id, put string }
	looked := map[put]bool{}
	for subject := range info.State.Subjects {
		tokens := strings.Split(subject, ".") // the last three are the commit, the put and the number
		p := put{tokens[len(tokens)-3], tokens[len(tokens)-2]}
		id, err := chunk.Parse(p.id)
		if looked[p] || err != nil {
			continue
		}
		looked[p] = true
		rec, err := r.lookup(ctx, id)
		if err == nil && rec.put == p.put {
			continue
		} else if err != nil && !errors.Is(err, chunk.ErrMissing) {
			return err
		}
		var newest *jetstream.RawStreamMsg
		err = r.insist(ctx, func(ctx context.Context) (err error) {
			newest, err = r.packs.GetLastMsgForSubject(ctx, r.partSubject(p.id, p.put, "*"))
			return err
		})
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if info.TimeStamp.Sub(newest.Time) >= age {
			if err := r.packs.Purge(ctx, jetstream.WithPurgeSubject(r.partSubject(p.id, p.put, "*"))); err != nil {
				return err
			}
		}
	}
	return nil
}
