package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/history"
)

// A version is hollow if a Collect has dropped its data and kept its commit, for the log and for merges. The Collect
// leaves a mark, a chunk whose address follows from that of the commit. So a directory that is not there was collected
// if there is a mark, and else lost. Marks go where commits go: Pull, Export and packs take them along.

// data returns nil if the directory of a version is there; ErrCollected if it was collected; ErrMissing if it was lost.
func (s *Store) data(ctx context.Context, id, directory chunk.Addr) error {
	mark := history.Mark(id).Addr
	gone, err := s.engine.Missing(ctx, []chunk.Addr{directory, mark})
	switch {
	case err != nil:
		return err
	case !slices.Contains(gone, directory):
		return nil
	case !slices.Contains(gone, mark):
		return fmt.Errorf("version %s: %w", id.Short(), ErrCollected)
	}
	return fmt.Errorf("version %s: its directory, chunk %s: %w", id.Short(), directory, ErrMissing)
}

// hollow tells whether the data of a version were collected, and not whether they are there.
func (s *Store) hollow(ctx context.Context, id, directory chunk.Addr) (bool, error) {
	switch err := s.data(ctx, id, directory); {
	case errors.Is(err, ErrCollected):
		return true, nil
	case err == nil, errors.Is(err, ErrMissing):
		return false, nil
	default:
		return false, err
	}
}

// mark stores the marks of the versions that a Collect is to keep without their data, and returns which these are.
func (s *Store) mark(ctx context.Context, r roots) (map[chunk.Addr]bool, error) {
	marked := map[chunk.Addr]bool{}
	var marks []chunk.Chunk
	var as []chunk.Addr
	for _, n := range r.commits {
		if !r.full[n.ID] {
			marked[n.ID] = true
			m := history.Mark(n.ID)
			marks, as = append(marks, m), append(as, m.Addr)
		}
	}
	gone, err := s.engine.Missing(ctx, as)
	if err != nil || len(gone) == 0 {
		return marked, err
	}
	without := map[chunk.Addr]bool{}
	for _, a := range gone {
		without[a] = true
	}
	marks = slices.DeleteFunc(marks, func(c chunk.Chunk) bool { return !without[c.Addr] })
	return marked, s.engine.Put(ctx, marks)
}

// A known version is one that was there in this process, when collects Collects had been done.
type known struct {
	id         chunk.Addr
	generation uint64
	collects   uint64
}

// pinKnown is pin for a version that was there. If it is not there any more, and since then a Collect was done that may
// have dropped it, that is ErrCollected too.
func (s *Store) pinKnown(ctx context.Context, k known) error {
	err := s.pin(ctx, k.id)
	if !errors.Is(err, ErrMissing) || s.guard.collects.Load() == k.collects {
		return err
	}
	gone, other := s.engine.Missing(ctx, []chunk.Addr{k.id})
	if other != nil || len(gone) == 0 {
		return err // its data are lost
	}
	leads, other := s.leadsTo(ctx, k)
	if other != nil || leads {
		return err
	}
	return fmt.Errorf("store: version %s: %w", k.id.Short(), ErrCollected)
}

// leadsTo tells whether a branch, a tag or the reflog leads to a version, so that no Collect drops it.
func (s *Store) leadsTo(ctx context.Context, k known) (bool, error) {
	todo, _, err := s.named(ctx, s.now())
	seen := map[chunk.Addr]bool{}
	for err == nil && len(todo) > 0 {
		id := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if id == k.id {
			return true, nil
		}
		if seen[id] {
			continue
		}
		seen[id] = true
		var c history.Commit
		if c, err = history.Read(ctx, s.cache, id); errors.Is(err, ErrMissing) {
			err = nil
		}
		if err == nil && c.Generation > k.generation {
			todo = append(todo, c.Parents...)
		}
	}
	return false, err
}
