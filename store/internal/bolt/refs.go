package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"iter"

	"go.etcd.io/bbolt"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/notify"
)

// Ref returns what a name stands for.
func (e *Engine) Ref(ctx context.Context, name string) (r chunk.Ref, err error) {
	err = e.view(ctx, func(tx *bbolt.Tx) (err error) {
		r, err = ref(tx, name)
		return err
	})
	return r, err
}

func ref(tx *bbolt.Tx, name string) (chunk.Ref, error) {
	b, err := bucket(tx, refs)
	if err != nil {
		return chunk.Ref{}, err
	}
	value := b.Get([]byte(name))
	if value == nil {
		return chunk.Ref{}, nil
	}
	return decodeRef(name, value)
}

// Refs yields the names that begin with a prefix, in the order of their bytes. Swaps that are made meanwhile may be
// seen or not.
func (e *Engine) Refs(ctx context.Context, prefix string) iter.Seq2[chunk.Named, error] {
	return inBatches(ctx, e, func() func(tx *bbolt.Tx) ([]chunk.Named, error) {
		var last string
		return func(tx *bbolt.Tx) (batch []chunk.Named, err error) {
			b, err := bucket(tx, refs)
			if err != nil {
				return nil, err
			}
			c := b.Cursor()
			key, value := c.Seek([]byte(max(last, prefix)))
			if last != "" && string(key) == last {
				key, value = c.Next()
			}
			for ; bytes.HasPrefix(key, []byte(prefix)) && key != nil && len(batch) < batchItems; key, value = c.Next() {
				name := string(key)
				if name <= last {
					return batch, damaged("the names do not ascend")
				}
				r, err := decodeRef(name, value)
				if err != nil {
					return batch, err
				}
				batch = append(batch, chunk.Named{Name: name, Ref: r})
				last = name
			}
			return batch, nil
		}
	})
}

// Swap does one swap.
func (e *Engine) Swap(ctx context.Context, s chunk.Swap) (chunk.Ref, error) {
	return e.Commit(ctx, nil, s)
}

// Commit stores chunks and does a swap. If the file could not be written to the end, and it is not known what is in it,
// the error is ErrUnknownOutcome.
func (e *Engine) Commit(ctx context.Context, cs []chunk.Chunk, s chunk.Swap) (now chunk.Ref, err error) {
	if err := chunk.CheckName(s.Name); err != nil {
		return now, err
	}
	if err := chunk.CheckSizes(cs); err != nil {
		return now, err
	}
	unlock, err := e.lock(ctx)
	if err != nil {
		return now, err
	}
	defer unlock()

	// A swap that will be refused stores nothing. Nobody else writes meanwhile, so this holds to the end.
	err = e.view(ctx, func(tx *bbolt.Tx) error {
		_, err := expected(tx, s)
		return err
	})
	if err != nil {
		return now, err
	}
	rest, err := e.putGroups(ctx, cs)
	if err != nil {
		return now, err
	}
	var revision uint64
	written, err := e.write(func(tx *bbolt.Tx) error {
		if err := put(tx, rest); err != nil {
			return err
		}
		now, revision, err = swap(tx, s)
		return err
	})
	switch {
	case err == nil:
	case written && e.mayHave(revision):
		err = fmt.Errorf("%w: %w", chunk.ErrUnknownOutcome, err)
	default:
		return chunk.Ref{}, err
	}
	if revision > 0 {
		e.watched.Tell(s.Name)
	}
	if err != nil {
		return chunk.Ref{}, err
	}
	return now, nil
}

// mayHave tells whether a revision may be in the file, after an error: bbolt shows what it wrote before it is synced.
func (e *Engine) mayHave(revision uint64) bool {
	var last uint64
	err := e.view(context.Background(), func(tx *bbolt.Tx) error {
		b, err := bucket(tx, refs)
		if err == nil {
			last = b.Sequence()
		}
		return err
	})
	return err != nil || last >= revision
}

// expected returns what a name stands for, and ErrMoved if it is not what a swap expects.
func expected(tx *bbolt.Tx, s chunk.Swap) (chunk.Ref, error) {
	was, err := ref(tx, s.Name)
	if err == nil && was.Revision != s.Old {
		err = fmt.Errorf("%s: %w", s.Name, chunk.ErrMoved)
	}
	return was, err
}

// swap does a swap, and returns its revision also if it is that of a deletion; 0: nothing changed.
func swap(tx *bbolt.Tx, s chunk.Swap) (now chunk.Ref, revision uint64, err error) {
	was, err := expected(tx, s)
	if err != nil {
		return now, 0, err
	}
	if s.Old == 0 && s.Target.IsZero() {
		return now, 0, nil // there was no such name, and there is none
	}
	b, err := bucket(tx, refs)
	if err != nil {
		return now, 0, err
	}
	if revision, err = b.NextSequence(); err != nil {
		return now, 0, err
	}
	if revision <= was.Revision {
		return now, 0, damaged("the revision of %s is %d, and the last one given %d", s.Name, was.Revision, revision-1)
	}
	if s.Target.IsZero() {
		err = b.Delete([]byte(s.Name))
	} else {
		now = chunk.Ref{Target: s.Target, Revision: revision}
		err = b.Put([]byte(s.Name), encodeRef(now))
	}
	if err != nil {
		return now, 0, err
	}
	l, err := bucket(tx, logs)
	if err != nil {
		return now, 0, err
	}
	l.FillPercent = 1 // entries come at the end
	entry := chunk.Entry{Name: s.Name, Old: was.Target, New: s.Target, Time: s.Time, Why: s.Why}
	return now, revision, l.Put(binary.BigEndian.AppendUint64(nil, revision), encodeEntry(entry))
}

// Watch yields what a name stands for, and goes on until ctx ends, or with an error. It sees what this engine writes,
// and nobody else can write.
func (e *Engine) Watch(ctx context.Context, name string) iter.Seq2[chunk.Ref, error] {
	return notify.Watch(ctx, &e.watched, name, e.Ref)
}

// Log yields the swaps of a name, or of all, the newest first. It reads the whole log.
func (e *Engine) Log(ctx context.Context, name string) iter.Seq2[chunk.Entry, error] {
	type found struct {
		chunk.Entry
		wanted bool
	}
	all := inBatches(ctx, e, func() func(tx *bbolt.Tx) ([]found, error) {
		var last []byte
		return func(tx *bbolt.Tx) (batch []found, err error) {
			b, err := bucket(tx, logs)
			if err != nil {
				return nil, err
			}
			c := b.Cursor()
			key, value := c.Last()
			if last != nil {
				if key, _ = c.Seek(last); key == nil {
					key, value = c.Last()
				} else {
					key, value = c.Prev()
				}
			}
			for ; key != nil && len(batch) < batchItems/4; key, value = c.Prev() {
				if last != nil && bytes.Compare(key, last) >= 0 {
					return batch, damaged("the log does not ascend")
				}
				entry, err := decodeEntry(value)
				if err != nil {
					return batch, err
				}
				batch = append(batch, found{entry, name == "" || entry.Name == name})
				last = bytes.Clone(key)
			}
			return batch, nil
		}
	})
	return func(yield func(chunk.Entry, error) bool) {
		for f, err := range all {
			if (err != nil || f.wanted) && !yield(f.Entry, err) {
				return
			}
		}
	}
}
