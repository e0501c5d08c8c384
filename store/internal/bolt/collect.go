package bolt

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"github.com/ramet-go/ramet/store/chunk"
)

// copyBytes is how much a transaction of a collection copies, about.
const copyBytes = 8 << 20

// Collect copies what lives to a new file, in the order of addresses, and puts that in the place of the old one. So it
// needs space for both. The bytes are those of the file, verified once more; it keeps 32 bytes in memory, and those of
// a map, for each chunk that lives.
//
// The first call of live, and the copy of what it gave, run beside reads and writes. live must not write, collect or
// close: it would wait for itself. A file that has several names (hard links) is replaced under the one that it was
// opened by.
func (e *Engine) Collect(ctx context.Context, log time.Time, live func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error) error {
	if e.options.ReadOnly {
		return chunk.ErrReadOnly
	}
	done, err := take(ctx, e.collecting)
	if err != nil {
		return err
	}
	defer done()
	if err := e.alive(); err != nil {
		return err
	}

	c := &collection{engine: e, path: e.path + collectSuffix, known: map[chunk.Addr]bool{}}
	defer c.drop()
	if err := c.walk(ctx, live); err != nil {
		return err
	}
	if err := c.begin(); err != nil {
		return err
	}
	if err := c.copyChunks(ctx); err != nil {
		return err
	}
	unlock, err := e.lock(ctx) // from here on nobody writes
	if err != nil {
		return err
	}
	defer unlock()
	if err := c.walk(ctx, live); err != nil {
		return err
	}
	if err := c.copyChunks(ctx); err != nil {
		return err
	}
	if err := c.copyRest(ctx, log); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return c.replace()
}

// A collection is a copy that is being made.
type collection struct {
	engine *Engine
	path   string
	to     handle // no db: there is none (any more)

	mu      sync.Mutex
	walking bool
	known   map[chunk.Addr]bool // all that live gave
	todo    []chunk.Addr        // those of them that were not copied yet
}

// walk calls live, which may use several goroutines.
func (c *collection) walk(ctx context.Context, live func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error) error {
	c.setWalking(true)
	defer c.setWalking(false)
	err := live(ctx,
		func(a chunk.Addr) bool {
			c.mu.Lock()
			defer c.mu.Unlock()
			return c.known[a]
		},
		func(given chunk.Chunk) error {
			c.mu.Lock()
			defer c.mu.Unlock()
			if !c.walking {
				return errors.New("collect: a chunk after the end")
			}
			if !c.known[given.Addr] {
				c.known[given.Addr] = true
				c.todo = append(c.todo, given.Addr)
			}
			return nil
		})
	if err != nil {
		return err
	}
	return c.engine.alive()
}

func (c *collection) setWalking(walking bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.walking = walking
}

// begin makes the new file. There may be one of a collection that could not remove its own.
func (c *collection) begin() (err error) {
	if err := os.Remove(c.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if c.to, err = makeBolt(c.path, os.O_RDWR|os.O_CREATE|os.O_EXCL); err != nil {
		return err
	}
	c.to.db.NoSync = true // until it is complete
	info, err := c.engine.handle.file.Stat()
	if err != nil {
		return err
	}
	return c.to.file.Chmod(info.Mode().Perm())
}

// copyChunks copies what live gave since the last time, which is in the old file as long as nobody else collects.
func (c *collection) copyChunks(ctx context.Context) error {
	c.mu.Lock()
	todo := c.todo
	c.todo = nil
	c.mu.Unlock()
	slices.SortFunc(todo, chunk.Addr.Compare)
	for len(todo) > 0 {
		var values [][]byte
		size := 0
		err := c.engine.view(ctx, func(tx *bbolt.Tx) error {
			b, err := bucket(tx, chunks)
			if err != nil {
				return err
			}
			for _, a := range todo {
				if size > c.engine.options.copyBytes {
					break
				}
				value := b.Get(a[:])
				if value == nil {
					return fmt.Errorf("collect: chunk %v: %w", a, chunk.ErrMissing)
				}
				data, err := chunkIn(a, value)
				if err != nil {
					return err
				}
				if chunk.Sum(data) != a {
					return damaged("chunk %v has other bytes", a)
				}
				values = append(values, slices.Clone(value))
				size += len(value)
			}
			return nil
		})
		if err != nil {
			return err
		}
		err = c.write(func(tx *bbolt.Tx) error {
			b, err := bucket(tx, chunks)
			if err != nil {
				return err
			}
			b.FillPercent = 0.9
			for i, value := range values {
				if err := b.Put(todo[i][:], value); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		todo = todo[len(values):]
	}
	return nil
}

// copyRest copies all that is not chunks.
func (c *collection) copyRest(ctx context.Context, log time.Time) error {
	if err := c.copyBucket(ctx, refs, nil); err != nil {
		return err
	}
	err := c.copyBucket(ctx, logs, func(value []byte) (bool, error) {
		entry, err := decodeEntry(value)
		return !entry.Time.Before(log), err
	})
	if err != nil {
		return err
	}
	if err := c.copyBucket(ctx, meta, nil); err != nil {
		return err
	}
	var revision uint64
	var cut time.Time
	err = c.engine.view(ctx, func(tx *bbolt.Tx) error {
		b, err := bucket(tx, refs)
		if err != nil {
			return err
		}
		revision = b.Sequence()
		cut, err = cutOff(tx)
		return err
	})
	if err != nil {
		return err
	}
	return c.write(func(tx *bbolt.Tx) error {
		b, err := bucket(tx, refs)
		if err != nil {
			return err
		}
		if err := b.SetSequence(revision); err != nil {
			return err
		}
		m, err := bucket(tx, meta)
		if err != nil {
			return err
		}
		doubt, err := noted(tx)
		if err != nil {
			return err
		}
		if doubt.Before(log) { // as old as the entries that are dropped
			if err := m.Delete([]byte(doubtKey)); err != nil {
				return err
			}
		}
		if !log.After(cut) {
			return nil
		}
		return m.Put([]byte(cutKey), appendTime(nil, log))
	})
}

// cutOff returns the time before which entries of the log were dropped; zero: none were.
func cutOff(tx *bbolt.Tx) (time.Time, error) {
	b, err := bucket(tx, meta)
	if err != nil {
		return time.Time{}, err
	}
	value := b.Get([]byte(cutKey))
	if value == nil {
		return time.Time{}, nil
	}
	return timeIn(value)
}

// copyBucket copies a bucket, but for what keep is false for.
func (c *collection) copyBucket(ctx context.Context, name string, keep func(value []byte) (bool, error)) error {
	type item struct{ key, value []byte }
	var last []byte
	for {
		var batch []item
		more := false
		err := c.engine.view(ctx, func(tx *bbolt.Tx) error {
			return from(tx, name, last, batchItems, func(key, value []byte) (err error) {
				more = true
				last = append(last[:0:0], key...)
				kept := true
				if keep != nil {
					kept, err = keep(value)
				}
				if kept && err == nil {
					batch = append(batch, item{last, slices.Clone(value)})
				}
				return err
			})
		})
		if err != nil || !more {
			return err
		}
		err = c.write(func(tx *bbolt.Tx) error {
			b, err := bucket(tx, name)
			if err != nil {
				return err
			}
			b.FillPercent = 0.9
			for _, i := range batch {
				if err := b.Put(i.key, i.value); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

func (c *collection) write(f func(tx *bbolt.Tx) error) error {
	return guarded(func() error { return c.to.update(f) })
}

// replace puts the new file in the place of the old one. Nobody writes. Before the rename all is as it was; after it
// the new file counts, whatever fails.
func (c *collection) replace() error {
	e := c.engine
	if !e.options.noSync {
		if err := c.to.file.Sync(); err != nil {
			return err
		}
	}
	c.to.db.NoSync = e.options.noSync
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.usable(); err != nil {
		return err
	}
	if e.options.closeFirst {
		return c.replaceClosed()
	}
	if err := os.Rename(c.path, e.path); err != nil {
		return err
	}
	// We have the lock of the new file since it was made. Whoever waits for that of the old one finds that it has no
	// name.
	old := e.handle
	e.handle, c.to = c.to, handle{}
	err := guarded(old.db.Close)
	if !e.options.noSync {
		if serr := syncDir(filepath.Dir(e.path)); serr != nil {
			// If the power failed the old file could come back, without what is written from here on.
			e.broken = fmt.Errorf("the file has to be opened again: %w", serr)
			return serr
		}
	}
	return err
}

// replaceClosed is replace where a file cannot be renamed while it is open. Between closing and opening somebody else
// may take the file: then there is nothing left to do here.
func (c *collection) replaceClosed() error {
	e := c.engine
	if err := guarded(c.to.db.Close); err != nil {
		return err
	}
	c.to = handle{}
	err := guarded(e.handle.db.Close)
	if err == nil {
		err = os.Rename(c.path, e.path)
	}
	h, oerr := lockFile(e.path, e.options)
	if oerr == nil {
		if oerr = check(h); oerr != nil {
			_ = guarded(h.db.Close)
			release(h.file)
		}
	}
	if oerr != nil {
		e.broken = fmt.Errorf("the file has to be opened again: %w", oerr)
		return errors.Join(err, oerr)
	}
	h.db.NoSync = e.options.noSync
	e.handle = h
	return err
}

// drop removes the copy if it did not replace the file. What cannot be removed is removed later.
func (c *collection) drop() {
	if c.to.db != nil {
		_ = guarded(c.to.db.Close)
		release(c.to.file)
	}
	_ = os.Remove(c.path)
}
