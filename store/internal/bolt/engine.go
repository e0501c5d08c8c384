package bolt

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/notify"
)

// An Engine is a [chunk.Engine] that keeps everything in a file, which only it has open.
type Engine struct {
	path    string // absolute, without symbolic links
	options Options
	watched notify.Names

	collecting chan struct{} // has a place for the one who collects; taken before writing
	writing    chan struct{} // has a place for the one who writes, or who lets nobody write

	closing atomic.Bool
	close   sync.Once
	ended   error // what Close returned

	mu     sync.RWMutex // held for reading while a transaction reads; for writing while the handle changes
	handle handle
	broken error // why nothing can be done any more until the file is opened again; nil: nothing is wrong
}

var _ chunk.Engine = (*Engine)(nil)

// A handle is a database with its file.
type handle struct {
	db   *bbolt.DB
	file *os.File
}

// Close ends the engine. It waits for what is under way; a collection fails. Iterators end with ErrClosed. It must not
// be called by what Collect calls.
func (e *Engine) Close() error {
	e.close.Do(func() {
		e.closing.Store(true)
		e.watched.Close()
		e.collecting <- struct{}{}
		e.writing <- struct{}{}
		e.mu.Lock()
		if e.broken == nil {
			e.ended = guarded(e.handle.db.Close)
		} else {
			release(e.handle.file) // bbolt may hold its locks for ever
		}
		e.mu.Unlock()
		<-e.writing
		<-e.collecting
	})
	return e.ended
}

// view runs f in a transaction that reads.
func (e *Engine) view(ctx context.Context, f func(tx *bbolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	e.mu.RLock()
	broken, err := e.viewLocked(f)
	e.mu.RUnlock()
	if broken {
		e.breaks(err)
	}
	return err
}

// viewLocked tells also whether bbolt is broken: it panicked elsewhere than in f, and may hold its locks.
func (e *Engine) viewLocked(f func(tx *bbolt.Tx) error) (broken bool, err error) {
	if err := e.usable(); err != nil {
		return false, err
	}
	inside, ended := false, false
	err = guarded(func() error {
		err := e.handle.db.View(func(tx *bbolt.Tx) error {
			inside = true
			err := f(tx)
			inside = false
			return err
		})
		ended = true
		return err
	})
	return !ended && !inside, err
}

// usable returns why nothing can be done any more. Who calls it holds mu, or writes.
func (e *Engine) usable() error {
	if e.closing.Load() {
		return chunk.ErrClosed
	}
	return e.broken
}

// breaks says that nothing can be done any more.
func (e *Engine) breaks(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.broken == nil {
		e.broken = fmt.Errorf("the file has to be opened again: %w", err)
	}
}

// lock waits until nobody else writes.
func (e *Engine) lock(ctx context.Context) (unlock func(), err error) {
	if e.options.ReadOnly {
		return nil, chunk.ErrReadOnly
	}
	unlock, err = take(ctx, e.writing)
	if err != nil {
		return nil, err
	}
	if err := e.alive(); err != nil {
		unlock()
		return nil, err
	}
	return unlock, nil
}

func (e *Engine) alive() error {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.usable()
}

// take waits for a place in what has one.
func take(ctx context.Context, place chan struct{}) (free func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case place <- struct{}{}:
		return func() { <-place }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// write runs f in a transaction that writes. Who calls it holds the lock. If written is true and there is an error,
// then f had done its part, and it may be that what it wrote is in the file nevertheless.
func (e *Engine) write(f func(tx *bbolt.Tx) error) (written bool, err error) {
	ended := false
	err = guarded(func() error {
		err := e.handle.update(func(tx *bbolt.Tx) error {
			err := f(tx)
			written = err == nil
			return err
		})
		ended = true
		return err
	})
	if !ended {
		e.breaks(err)
	}
	return written, fromBolt(err)
}

// guarded runs f. A panic, or a fault from memory that is mapped to a file, is damage.
func guarded(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", chunk.ErrDamaged, p)
		}
	}()
	return f()
}

// fromBolt wraps errors of bbolt that have a name of ours.
func fromBolt(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, bolterrors.ErrTimeout):
		return fmt.Errorf("%w: %w", chunk.ErrLocked, err)
	case errors.Is(err, bolterrors.ErrVersionMismatch):
		return fmt.Errorf("%w: %w", chunk.ErrFormat, err)
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum):
		return fmt.Errorf("%w: %w", chunk.ErrDamaged, err)
	}
	return err
}

// bucket returns a bucket that every file has.
func bucket(tx *bbolt.Tx, name string) (*bbolt.Bucket, error) {
	b := tx.Bucket([]byte(name))
	if b == nil {
		return nil, fmt.Errorf("%w: no bucket %q", chunk.ErrDamaged, name)
	}
	return b, nil
}

// inBatches yields what read reads, which begins anew with each iteration, in one transaction a batch. read returns no
// more items when it is at the end.
func inBatches[T any](ctx context.Context, e *Engine, begin func() (read func(tx *bbolt.Tx) ([]T, error))) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		read := begin()
		for {
			var batch []T
			err := e.view(ctx, func(tx *bbolt.Tx) (err error) {
				batch, err = read(tx)
				return err
			})
			for _, item := range batch {
				if ctx.Err() != nil {
					err = ctx.Err()
					break
				}
				if !yield(item, nil) {
					return
				}
			}
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			if len(batch) == 0 {
				return
			}
		}
	}
}
