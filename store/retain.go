package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/history"
	"github.com/ramet-go/ramet/store/internal/tree"
)

// Retain says which versions a Collect keeps with their data, of those that branches and tags lead to. A version is
// kept if any of its fields says so. The zero Retain keeps all.
//
// Whatever it says, the data of these stay: heads, tags, what the reflog of the last day names, common ancestors of two
// heads, and what is pinned, read or put meanwhile. And of all others it stays what Log says of them. Beside an Import it
// keeps all, since what is imported may be relative to any version that is here.
type Retain struct {
	Last  int       // the newest versions of each branch and tag, as Log yields them
	Since time.Time // versions that are not older
}

func (r Retain) all() bool { return r.Last <= 0 && r.Since.IsZero() }

// reflogAge is how long the reflog keeps versions, and a remote the packs that no name leads to.
const reflogAge = 24 * time.Hour

// roots is what a Collect keeps, at a moment.
type roots struct {
	commits []history.Node      // ancestors before descendants
	full    map[chunk.Addr]bool // which of them with their data
	listed  []chunk.Addr        // what transfers rely on

	directories []chunk.Addr // of these, those that are known to be directories; the known commits are in full
}

// named returns what branches and tags stand for, and the young entries of the reflog; and of these those of branches and
// tags.
func (s *Store) named(ctx context.Context, now time.Time) (from, heads []chunk.Addr, err error) {
	for n, err := range s.engine.Refs(ctx, "") {
		if err != nil {
			return nil, nil, err
		}
		from, heads = append(from, n.Target), append(heads, n.Target)
	}
	for e, err := range s.engine.Log(ctx, "") {
		if err != nil {
			return nil, nil, err
		}
		if e.Time.Before(now.Add(-s.reflog)) {
			continue // the clock may have been set, so there may be newer ones behind it
		}
		for _, id := range []chunk.Addr{e.Old, e.New} {
			if !id.IsZero() {
				from = append(from, id)
			}
		}
	}
	return from, heads, nil
}

// roots finds what is to be kept now.
func (s *Store) roots(ctx context.Context, src history.Source, r Retain, now time.Time) (roots, error) {
	out := roots{full: map[chunk.Addr]bool{}}
	from, heads, err := s.named(ctx, now)
	if err != nil {
		return out, err
	}
	s.guard.mu.Lock()
	for id := range s.guard.pins {
		from = append(from, id)
	}
	for t := range s.guard.transfers {
		from = slices.AppendSeq(from, maps.Keys(t.versions))
		out.listed = slices.AppendSeq(out.listed, maps.Keys(t.addrs))
		out.directories = slices.AppendSeq(out.directories, maps.Keys(t.directories))
		if t.all {
			r = Retain{}
		}
	}
	s.guard.mu.Unlock()
	slices.SortFunc(out.listed, chunk.Addr.Compare)
	slices.SortFunc(out.directories, chunk.Addr.Compare)

	gone, err := s.engine.Missing(ctx, from) // a pin may be of what is not there, an entry of the reflog
	// of what an earlier Collect dropped, and a transfer has not put all yet
	if err != nil {
		return out, err
	}
	without := map[chunk.Addr]bool{}
	for _, a := range gone {
		without[a] = true
	}
	present := from[:0]
	for _, id := range from {
		if !without[id] {
			present = append(present, id)
			out.full[id] = true
		}
	}
	for n, err := range history.Walk(ctx, src, present...) {
		if err != nil {
			return out, err
		}
		out.commits = append(out.commits, n)
		if r.all() || !r.Since.IsZero() && !n.Time.Before(r.Since) {
			out.full[n.ID] = true
		}
	}
	for i, j := 0, len(out.commits)-1; i < j; i, j = i+1, j-1 {
		out.commits[i], out.commits[j] = out.commits[j], out.commits[i]
	}
	if r.all() {
		return out, nil
	}
	for _, id := range heads {
		if without[id] {
			continue // Check says so; nothing more is lost
		}
		n := 0
		for c, err := range history.Walk(ctx, src, id) {
			if err != nil {
				return out, err
			}
			if n++; n > r.Last {
				break
			}
			out.full[c.ID] = true
		}
	}
	return out, s.bases(ctx, src, heads, without, out.full)
}

// bases adds the common ancestors of all pairs of heads.
func (s *Store) bases(ctx context.Context, src history.Source, heads []chunk.Addr, without map[chunk.Addr]bool, full map[chunk.Addr]bool) error {
	for i, a := range heads {
		for _, b := range heads[:i] {
			if a == b || without[a] || without[b] {
				continue
			}
			bases, err := history.Bases(ctx, src, a, b)
			if err != nil {
				return err
			}
			for _, n := range bases {
				full[n.ID] = true
			}
		}
	}
	return nil
}

// A copier copies what is reached from roots, what is referred to before what refers to it.
type copier struct {
	s      *Store
	src    tree.Source
	copied func(chunk.Addr) bool
	copy   func(chunk.Chunk) error
}

// all copies what roots name, and returns how many versions have their data. Those that are not kept with their data
// have marks, which it copies if marks is true.
func (c copier) all(ctx context.Context, r roots, marks bool) (full int, err error) {
	done := map[chunk.Addr]bool{} // directories that are copied with their parts
	for _, n := range r.commits {
		if r.full[n.ID] {
			err := c.s.data(ctx, n.ID, n.Directory)
			switch {
			case err == nil:
				done[n.Directory] = true
				if err = c.directory(ctx, n.Directory); err != nil {
					err = fmt.Errorf("version %s: %w", n.ID.Short(), err)
				}
			case errors.Is(err, ErrCollected): // by an earlier one
				err = c.one(ctx, history.Mark(n.ID).Addr)
			}
			if err != nil {
				return 0, err
			}
		}
		if err := c.one(ctx, n.ID); err != nil {
			return 0, err
		}
	}
	gone, err := c.s.engine.Missing(ctx, r.directories) // they are being put
	if err != nil {
		return 0, err
	}
	for _, a := range r.directories {
		if slices.Contains(gone, a) {
			continue
		}
		if err := c.directory(ctx, a); err != nil {
			return 0, err
		}
		done[a] = true
	}
	for _, a := range r.listed {
		if err := c.nodes(ctx, a); err != nil {
			return 0, err
		}
	}
	for _, n := range r.commits {
		switch {
		case done[n.Directory]:
			full++
		case marks && !r.full[n.ID]:
			if err := c.one(ctx, history.Mark(n.ID).Addr); err != nil {
				return 0, err
			}
		}
	}
	return full, nil
}

// one copies a chunk, and not what it refers to.
func (c copier) one(ctx context.Context, a chunk.Addr) error {
	if c.copied(a) {
		return nil
	}
	data, err := c.src.Get(ctx, a)
	if err != nil {
		return err
	}
	return c.copy(chunk.Chunk{Addr: a, Data: data})
}

// directory copies a directory with its parts. That the directory is copied says nothing of them: while it was being put
// it may have been taken for a node like any other.
func (c copier) directory(ctx context.Context, a chunk.Addr) error {
	dir, err := readDirectory(ctx, c.src, a)
	if err != nil {
		return err
	}
	for _, name := range dir.names() {
		d := dir[name]
		if d.kind == single {
			continue
		}
		if err := tree.Walk(ctx, c.src, d.root.Addr, c.copied, c.copy); err != nil {
			return fmt.Errorf("part %q: %w", name, err)
		}
	}
	return tree.Walk(ctx, c.src, a, c.copied, c.copy)
}

// nodes copies what a transfer relies on, if it is there and no commit: those are roots.
func (c copier) nodes(ctx context.Context, a chunk.Addr) error {
	if c.copied(a) {
		return nil
	}
	data, err := c.src.Get(ctx, a)
	switch {
	case errors.Is(err, ErrMissing):
		return nil // it is being put
	case err != nil || isCommit(data):
		return err
	case isMark(data):
		return c.one(ctx, a)
	}
	return tree.Walk(ctx, c.src, a, c.copied, c.copy)
}

func isCommit(data []byte) bool { return len(data) > 1 && data[1] == history.Kind }
func isMark(data []byte) bool   { return len(data) > 1 && data[1] == history.MarkKind }
