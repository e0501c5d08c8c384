package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

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

// reached gives all that versions reach, children first.
func (s *Store) reached(ctx context.Context, ids []chunk.Addr, give func(chunk.Chunk) error) error {
	r := roots{full: map[chunk.Addr]bool{}}
	for n, err := range history.Walk(ctx, s.cache, ids...) {
		if err != nil {
			return err
		}
		r.commits = append(r.commits, n)
		r.full[n.ID] = true
	}
	for i, j := 0, len(r.commits)-1; i < j; i, j = i+1, j-1 {
		r.commits[i], r.commits[j] = r.commits[j], r.commits[i]
	}
	given := map[chunk.Addr]struct{}{}
	c := copier{
		src:    newCache(s.engine, 0),
		copied: func(a chunk.Addr) bool { _, ok := given[a]; return ok },
		copy: func(c chunk.Chunk) error {
			given[c.Addr] = struct{}{}
			return give(c)
		},
	}
	_, err := c.all(ctx, r)
	return err
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

// keptInMemory is how many bytes of packs are kept while what led to a version is looked for; others are read twice.
const keptInMemory = 32 << 20

// A gotPack is a pack that is to be stored.
type gotPack struct {
	id     chunk.Addr
	chunks []chunk.Chunk // nil: to be read again
}

// follow fetches a version of the remote, with what led to it, and notes the name. A pack that is gone was replaced by
// one of the head meanwhile: it looks again.
func (s *Store) follow(ctx context.Context, name string, id chunk.Addr) error {
	for tries := 0; ; tries++ {
		if id.IsZero() {
			return s.note(ctx, name, id)
		}
		err := s.fetchPacks(ctx, id)
		if err == nil {
			return s.note(ctx, name, id)
		}
		if !errors.Is(err, ErrMissing) || tries == 3 {
			return fmt.Errorf("store: fetch of %s, %s: %w", name, id.Short(), err)
		}
		r, again := s.remote.Ref(ctx, name)
		if again != nil {
			return again
		}
		id = r.Target
	}
}

func (s *Store) fetchPacks(ctx context.Context, id chunk.Addr) error {
	t := s.guard.transfer()
	defer s.guard.end(t)
	var todo []gotPack
	bytes := 0
	seen := map[chunk.Addr]bool{id: true}
	for stack := []chunk.Addr{id}; len(stack) > 0; {
		id := stack[0]
		stack = stack[1:]
		if here, err := s.here(ctx, t, id); err != nil || here {
			if err != nil {
				return err
			}
			continue
		}
		full, chunks, err := s.remote.Pack(ctx, id)
		if err != nil {
			return err
		}
		p := gotPack{id: id}
		var commit *history.Commit
		for c, err := range chunks {
			if err != nil {
				return err
			}
			if chunk.Sum(c.Data) != c.Addr {
				return fmt.Errorf("chunk %s of pack %s: %w", c.Addr.Short(), id.Short(), ErrDamaged)
			}
			if c.Addr == id {
				got, err := history.Parse(c.Data)
				if err != nil {
					return err
				}
				commit = &got
			}
			if bytes < keptInMemory {
				bytes += len(c.Data)
				p.chunks = append(p.chunks, c)
			} else {
				p.chunks = nil
			}
		}
		if commit == nil {
			return fmt.Errorf("pack %s does not have its commit: %w", id.Short(), ErrDamaged)
		}
		if bytes >= keptInMemory {
			p.chunks = nil
		}
		todo = append(todo, p)
		if full {
			continue
		}
		for _, parent := range commit.Parents {
			if !seen[parent] {
				seen[parent] = true
				stack = append(stack, parent)
			}
		}
	}
	return s.storePacks(ctx, t, todo)
}

// here tells whether a version is in the file, with its data.
func (s *Store) here(ctx context.Context, t *transfer, id chunk.Addr) (bool, error) {
	gone, err := s.missing(ctx, t, []chunk.Addr{id})
	if err != nil || len(gone) > 0 {
		return false, err
	}
	c, err := history.Read(ctx, s.engineSource(), id)
	if err != nil {
		return false, err
	}
	gone, err = s.missingVersion(ctx, t, id, c.Directory)
	return len(gone) == 0, err
}

// storePacks stores packs of which those that are needed come later. What waits for another is tried again after it:
// several sides of a merge are in no order.
func (s *Store) storePacks(ctx context.Context, t *transfer, todo []gotPack) error {
	for len(todo) > 0 {
		var left []gotPack
		var last error
		for i := len(todo) - 1; i >= 0; i-- {
			p := todo[i]
			err := s.storePack(ctx, t, p)
			if errors.Is(err, errHole) {
				left, last = append([]gotPack{p}, left...), err
			} else if err != nil {
				return err
			}
		}
		if len(left) == len(todo) {
			return last
		}
		todo = left
	}
	return nil
}

func (s *Store) storePack(ctx context.Context, t *transfer, p gotPack) error {
	in := &importer{s: s, t: t, at: map[chunk.Addr]int{}}
	if p.chunks != nil {
		for _, c := range p.chunks {
			if err := in.add(ctx, c); err != nil {
				return err
			}
		}
		return in.flush(ctx)
	}
	_, chunks, err := s.remote.Pack(ctx, p.id)
	if err != nil {
		return err
	}
	for c, err := range chunks {
		if err == nil && chunk.Sum(c.Data) != c.Addr {
			err = fmt.Errorf("chunk %s of pack %s: %w", c.Addr.Short(), p.id.Short(), ErrDamaged)
		}
		if err == nil {
			err = in.add(ctx, c)
		}
		if err != nil {
			return err
		}
	}
	return in.flush(ctx)
}

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
	for n, err := range s.remote.Refs(ctx, "") {
		if err != nil {
			return fail(err)
		}
		r, err := s.ref(ctx, n.Name)
		if err != nil {
			return fail(err)
		}
		if !r.Target.IsZero() && !heads[r.Target] {
			heads[r.Target] = true
			if err := s.fullPack(ctx, r.Target); err != nil {
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
	for n, err := range s.remote.Refs(ctx, "") {
		if err != nil {
			return fail(err)
		}
		r, err := s.ref(ctx, n.Name)
		if err != nil {
			return fail(err)
		}
		if r.Target.IsZero() {
			continue
		}
		for n, err := range history.Walk(ctx, s.cache, r.Target) {
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
