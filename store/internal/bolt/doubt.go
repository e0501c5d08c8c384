package bolt

import (
	"context"
	"encoding/binary"
	"hash/fnv"
	"io"
	"time"

	"go.etcd.io/bbolt"
)

// bbolt writes the last thing of a transaction, where its tree begins, to one of two pages in turn, with a sum. If one of
// the two is invalid it goes on with the other: that is how a transaction which was cut off by a crash has never been. But
// a bit of the newer page that flips later has the same effect on a transaction that was acknowledged, and the next one
// writes over the evidence. The two cannot be told apart. (The page's bytes lie in one sector, which disks write at once
// or not at all; but not everything that files are on is a disk.) So the file is opened, and the doubt is noted in it.

// Doubt returns an error that says that the last commit may be lost, if the file gave cause to think so: now, or when it
// was opened less than a day before the last collection, or since then.
func (e *Engine) Doubt(ctx context.Context) error {
	if !e.options.ReadOnly { // else nobody writes, since others have at most what we have
		unlock, err := e.lock(ctx)
		if err != nil {
			return err
		}
		defer unlock()
	}
	e.mu.RLock()
	pages, err := metaPages(e.handle)
	e.mu.RUnlock()
	if err != nil {
		return err
	}
	if pages < 2 {
		return damaged("one of the two pages that say where everything begins is invalid: if it was the newer one, the last commit is lost")
	}
	var since time.Time
	err = e.view(ctx, func(tx *bbolt.Tx) (err error) {
		since, err = noted(tx)
		return err
	})
	if err == nil && !since.IsZero() {
		err = damaged("when the file was opened at %v, one of the two pages that say where everything begins was invalid: if it was the newer one, the last commit before that is lost", since.Format(time.RFC3339))
	}
	return err
}

// noted returns when a doubt was noted; zero: never.
func noted(tx *bbolt.Tx) (time.Time, error) {
	b, err := bucket(tx, meta)
	if err != nil {
		return time.Time{}, err
	}
	value := b.Get([]byte(doubtKey))
	if value == nil {
		return time.Time{}, nil
	}
	return timeIn(value)
}

// noteDoubt notes a doubt, if there is one, before the first transaction writes over what it comes from.
func (e *Engine) noteDoubt() error {
	pages, err := metaPages(e.handle)
	if err != nil || pages == 2 {
		return err
	}
	_, err = e.write(func(tx *bbolt.Tx) error {
		b, err := bucket(tx, meta)
		if err != nil {
			return err
		}
		return b.Put([]byte(doubtKey), appendTime(nil, time.Now()))
	})
	return err
}

// metaPages returns how many of the two pages are valid.
func metaPages(h handle) (valid int, err error) {
	size := int64(h.db.Info().PageSize)
	for i := range int64(2) {
		var page [80]byte
		if _, err := h.file.ReadAt(page[:], i*size); err != nil && err != io.EOF {
			return 0, err
		}
		if validMeta(page[16:]) {
			valid++
		}
	}
	return valid, nil
}

// validMeta tells whether a page of bbolt, without its header, is valid: u32 magic, version, size of pages, flags; five
// u64; u64 FNV-1a of all before, in the order of bytes of the machine.
func validMeta(b []byte) bool {
	sum := fnv.New64a()
	sum.Write(b[:56])
	return binary.NativeEndian.Uint32(b) == boltMagic && binary.NativeEndian.Uint64(b[56:]) == sum.Sum64()
}
