package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/history"
)

// pack sees to it that the remote has the pack of a version which is in the file: a full one, if it has none.
func (s *Store) pack(ctx context.Context, id chunk.Addr) error {
	_, _, err := s.remote.Pack(ctx, id)
	if !errors.Is(err, ErrMissing) {
		return err
	}
	return s.fullPack(ctx, id)
}

// fullPack puts a pack of all that a version reaches.
func (s *Store) fullPack(ctx context.Context, id chunk.Addr) error {
	defer s.guard.unpin(id)
	if err := s.pin(ctx, id); err != nil {
		return err
	}
	return s.remote.PutPack(ctx, id, true, func(yield func(chunk.Chunk, error) bool) {
		stopped := errors.New("stopped")
		err := s.reached(ctx, []chunk.Addr{id}, func(c chunk.Chunk) error {
			if !yield(c, nil) {
				return stopped
			}
			return nil
		})
		if err != nil && !errors.Is(err, stopped) {
			yield(chunk.Chunk{}, err)
		}
	})
}

// reached gives all that versions reach, children first. A Collect may go on: each version is pinned while it is read.
func (s *Store) reached(ctx context.Context, ids []chunk.Addr, give func(chunk.Chunk) error) error {
	var commits []history.Node
	for n, err := range history.Walk(ctx, s.cache, ids...) {
		if err != nil {
			return err
		}
		commits = append(commits, n)
	}
	given := map[chunk.Addr]struct{}{}
	c := copier{
		s:      s,
		src:    newCache(s.engine, 0),
		copied: func(a chunk.Addr) bool { _, ok := given[a]; return ok },
		copy: func(c chunk.Chunk) error {
			given[c.Addr] = struct{}{}
			return give(c)
		},
	}
	version := func(n history.Node) error {
		defer s.guard.unpin(n.ID)
		err := s.pin(ctx, n.ID)
		if errors.Is(err, ErrCollected) {
			return c.copy(history.Mark(n.ID))
		}
		if err == nil {
			err = c.directory(ctx, n.Directory)
		}
		return err
	}
	for _, n := range slices.Backward(commits) {
		if err := version(n); err != nil {
			return fmt.Errorf("version %s: %w", n.ID.Short(), err)
		}
		if err := c.one(ctx, n.ID); err != nil {
			return err
		}
	}
	return nil
}
