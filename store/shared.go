package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/history"
)

// Shared makes the branches and tags of a store those of a remote, which several machines share. Each has a file of its
// own, with all that it has seen, and reads only there.
//
// A commit puts its chunks into the file, a pack of them to the remote, and then swaps the name there: two round trips.
// Head and Watch fetch what the file does not have yet. Without the remote there are no commits and no heads, and reads
// of versions go on. Names that begin with "local/" stay in the file: work on them offline, and merge later.
func Shared(r chunk.Remote) Option { return func(o *options) { o.remote = r } }

// LocalPrefix begins the names of branches and tags that are not shared.
const LocalPrefix = "local/"

// shares tells whether a name of an engine is that of a remote.
func (s *Store) shares(name string) bool {
	return s.remote != nil && !strings.HasPrefix(name, branches+LocalPrefix) && !strings.HasPrefix(name, tags+LocalPrefix)
}

// ref returns what a name stands for, whose version is then in the file.
func (s *Store) ref(ctx context.Context, name string) (chunk.Ref, error) {
	if !s.shares(name) {
		return s.engine.Ref(ctx, name)
	}
	r, err := s.remote.Ref(ctx, name)
	if err != nil {
		return r, err
	}
	return r, s.follow(ctx, name, r.Target)
}

// refs yields the names that begin with a prefix. Their versions need not be in the file.
func (s *Store) refs(ctx context.Context, prefix string) iter.Seq2[chunk.Named, error] {
	if s.remote == nil {
		return s.engine.Refs(ctx, prefix)
	}
	return func(yield func(chunk.Named, error) bool) {
		var all []chunk.Named
		for i, seq := range []iter.Seq2[chunk.Named, error]{s.engine.Refs(ctx, prefix), s.remote.Refs(ctx, prefix)} {
			for n, err := range seq {
				if err != nil {
					yield(n, err)
					return
				}
				if s.shares(n.Name) == (i == 1) {
					all = append(all, n)
				}
			}
		}
		slices.SortFunc(all, func(a, b chunk.Named) int { return strings.Compare(a.Name, b.Name) })
		for _, n := range all {
			if !yield(n, nil) {
				return
			}
		}
	}
}

// swap makes a name stand for a version that is in the file, or deletes it.
func (s *Store) swap(ctx context.Context, w chunk.Swap) (chunk.Ref, error) {
	if !s.shares(w.Name) {
		return s.engine.Swap(ctx, w)
	}
	if !w.Target.IsZero() {
		if err := s.pack(ctx, w.Target); err != nil {
			return chunk.Ref{}, err
		}
	}
	r, err := s.remote.Swap(ctx, w)
	if err != nil {
		return r, err
	}
	if !w.Target.IsZero() {
		if err := s.pack(ctx, w.Target); err != nil { // a collection of the remote may have deleted it before the swap
			return chunk.Ref{}, swapped(err)
		}
	}
	return r, s.noteSwap(ctx, w)
}

// swapped wraps what failed after a swap was done. The caller has to know that the name may stand for what is new.
func swapped(err error) error {
	return fmt.Errorf("%w: the name was swapped, and then: %w", ErrUnknownOutcome, err)
}

// noteSwap notes what was swapped, also if ctx has ended: a commit that was made is no error.
func (s *Store) noteSwap(ctx context.Context, w chunk.Swap) error {
	if err := s.note(context.WithoutCancel(ctx), w.Name, w.Target); err != nil {
		return swapped(err)
	}
	return nil
}

// commit stores the chunks of a batch, the last of which is a commit, and makes a name stand for it.
func (s *Store) commit(ctx context.Context, w *batch, c history.Commit, swap chunk.Swap) (chunk.Ref, error) {
	if !s.shares(swap.Name) {
		return s.engine.Commit(ctx, w.chunks, swap)
	}
	t := s.guard.transfer()
	defer s.guard.end(t)
	if err := s.put(ctx, t, w.chunks); err != nil {
		return chunk.Ref{}, err
	}
	for _, p := range c.Parents {
		if err := s.pack(ctx, p); err != nil {
			return chunk.Ref{}, err
		}
	}
	err := s.remote.PutPack(ctx, swap.Target, len(c.Parents) == 0, func(yield func(chunk.Chunk, error) bool) {
		for _, c := range w.chunks {
			if !yield(c, nil) {
				return
			}
		}
	})
	if err != nil {
		return chunk.Ref{}, err
	}
	r, err := s.remote.Swap(ctx, swap)
	if err != nil {
		return r, err
	}
	return r, s.noteSwap(ctx, swap)
}

// watch yields what a name stands for, whose version is then in the file.
func (s *Store) watch(ctx context.Context, name string) iter.Seq2[chunk.Ref, error] {
	if !s.shares(name) {
		return s.engine.Watch(ctx, name)
	}
	return func(yield func(chunk.Ref, error) bool) {
		watching, stop := context.WithCancel(ctx)
		defer stop()
		defer context.AfterFunc(s.open, stop)() // the remote does not know of Close
		for r, err := range s.remote.Watch(watching, name) {
			if err == nil {
				err = s.follow(watching, name, r.Target)
			}
			if err != nil && s.open.Err() != nil {
				break
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
		if s.open.Err() != nil && ctx.Err() == nil {
			yield(chunk.Ref{}, ErrClosed)
		}
	}
}

// note makes a name of the file stand for what the remote's does, so that a Collect keeps it.
func (s *Store) note(ctx context.Context, name string, id chunk.Addr) error {
	for tries := 0; ; tries++ {
		r, err := s.engine.Ref(ctx, name)
		if err != nil || r.Target == id {
			return err
		}
		_, err = s.engine.Swap(ctx, chunk.Swap{Name: name, Old: r.Revision, Target: id, Time: s.now(), Why: "fetch"})
		if !errors.Is(err, ErrMoved) {
			return err
		}
		if err := pause(ctx, tries); err != nil {
			return err
		}
	}
}
