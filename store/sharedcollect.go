package store

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/history"
)

// CollectShared makes what a remote holds smaller: it puts a full pack of each branch and tag, which has what this
// store has of it, and deletes the packs of all versions that led to these; and those that no branch and no tag leads
// to, and that are older than a day. Other machines may commit meanwhile. Whoever lags behind what was deleted takes a
// full pack.
func (s *Store) CollectShared(ctx context.Context) error {
	if s.remote == nil {
		return fmt.Errorf("store: CollectShared of a store that is not shared")
	}
	fail := func(err error) error { return fmt.Errorf("store: collect what is shared: %w", err) }
	heads := map[chunk.Addr]bool{}
	for id, err := range s.sharedHeads(ctx) {
		if err != nil {
			return fail(err)
		}
		if !heads[id] {
			heads[id] = true
			if err := s.fullPack(ctx, id); err != nil {
				return fail(err)
			}
		}
	}
	covered := map[chunk.Addr]bool{}
	for id := range heads {
		for n, err := range history.Walk(ctx, s.cache, id) {
			if err != nil {
				return fail(err)
			}
			covered[n.ID] = true
		}
	}
	// What was committed meanwhile is relative to a head, and reached by one.
	reached := map[chunk.Addr]bool{}
	for id, err := range s.sharedHeads(ctx) {
		if err != nil {
			return fail(err)
		}
		for n, err := range history.Walk(ctx, s.cache, id) {
			if err != nil {
				return fail(err)
			}
			reached[n.ID] = true
		}
	}
	var gone []chunk.Addr
	for p, err := range s.remote.Packs(ctx) {
		if err != nil {
			return fail(err)
		}
		switch {
		case heads[p.ID]:
		case covered[p.ID], !reached[p.ID] && time.Since(p.Time) > reflogAge:
			gone = append(gone, p.ID)
		}
	}
	for _, id := range gone {
		if err := s.remote.DeletePack(ctx, id); err != nil {
			return fail(err)
		}
	}
	return nil
}

// sharedHeads yields what the branches and tags of the remote stand for, each of which is then in the file. An error is the
// last.
func (s *Store) sharedHeads(ctx context.Context) iter.Seq2[chunk.Addr, error] {
	return func(yield func(chunk.Addr, error) bool) {
		for n, err := range s.remote.Refs(ctx, "") {
			var r chunk.Ref
			if err == nil {
				r, err = s.ref(ctx, n.Name)
			}
			if err == nil && r.Target.IsZero() {
				continue
			}
			if !yield(r.Target, err) || err != nil {
				return
			}
		}
	}
}
