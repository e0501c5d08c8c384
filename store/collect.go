package store

import (
	"context"
	"fmt"

	"github.com/ramet-go/ramet/store/chunk"
)

// Collected says what a Collect did.
type Collected struct {
	Versions int // that have their data
	Hollow   int // that have not
	Before   chunk.Size
	After    chunk.Size
}

// Collect drops what no branch and no tag needs, and the data of versions that r does not retain, and makes the file
// smaller. What is read, pinned or put meanwhile stays. Reads and commits go on, except that commits wait at its end.
// It copies what is kept, and replaces the file at once: it needs room for both. If it fails, or the process ends, all
// is as before.
//
// Versions that are not retained are still in the log, and known to merges; to read one is ErrCollected.
func (s *Store) Collect(ctx context.Context, r Retain) (c Collected, err error) {
	if c.Before, err = s.engine.Size(ctx); err != nil {
		return c, err
	}
	now := s.now()
	src := newCache(s.engine, 0) // verifies what is copied, and does not fill the cache
	calls, held := 0, false
	defer func() {
		if held {
			s.guard.moment.Unlock()
		}
	}()
	err = s.engine.Collect(ctx, now.Add(-s.reflog), func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error {
		if calls++; calls > 1 { // the moment: from here on until the file is replaced nobody looks whether something is present
			s.guard.moment.Lock()
			held = true
			s.guard.mu.Lock()
			clear(s.guard.seen)
			s.guard.mu.Unlock()
		}
		keep, err := s.roots(ctx, src, r, now)
		if err != nil {
			return err
		}
		c.Versions, err = copier{src, copied, copy}.all(ctx, keep)
		c.Hollow = len(keep.commits) - c.Versions
		return err
	})
	if err != nil {
		return Collected{}, fmt.Errorf("store: collect: %w", err)
	}
	c.After, err = s.engine.Size(ctx)
	return c, err
}
