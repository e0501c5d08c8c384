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
	var marked map[chunk.Addr]bool // versions that have their marks
	defer func() {
		if held {
			s.guard.moment.unlock()
		}
	}()
	err = s.engine.Collect(ctx, now.Add(-s.reflog), func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error {
		if calls++; calls > 1 { // the moment: from here on until the file is replaced nobody looks whether something is present
			s.guard.moment.lock()
			held = true
			s.guard.mu.Lock()
			clear(s.guard.seen)
			s.guard.mu.Unlock()
		}
		keep, err := s.roots(ctx, src, r, now)
		if err != nil {
			return err
		}
		if calls == 1 {
			if marked, err = s.mark(ctx, keep); err != nil {
				return err
			}
		} else {
			for _, n := range keep.commits { // nothing can be written now, so what has no mark keeps its data once more
				if !marked[n.ID] {
					keep.full[n.ID] = true
				}
			}
		}
		// A version may be pinned yet: marks are copied at the end only.
		c.Versions, err = copier{s, src, copied, copy}.all(ctx, keep, calls > 1)
		c.Hollow = len(keep.commits) - c.Versions
		return err
	})
	if err == nil {
		s.cache.forget(ctx)
		s.guard.collects.Add(1)
	}
	if err != nil {
		return Collected{}, fmt.Errorf("store: collect: %w", err)
	}
	c.After, err = s.engine.Size(ctx)
	return c, err
}
