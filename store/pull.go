package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/history"
	"github.com/ramet-go/ramet/store/internal/tree"
)

// Pull copies branches of another store into this one, with the versions that led to them: only what is missing here.
// Each is the name of a branch, which is to have the same name here, or "theirs:ours". Without names it pulls all
// branches and tags.
//
// A branch that exists here is moved if the version it stands for is one that led to theirs, and stays if it is the
// other way round. If both have gone on, that is ErrMoved after the rest is done, and nothing of it is changed: pull it
// under another name, and merge it.
//
// If Pull is interrupted, what it has copied is there for the next one. To push, pull on the other side.
func (s *Store) Pull(ctx context.Context, from *Store, names ...string) error {
	if from == s {
		return fmt.Errorf("store: pull: from itself")
	}
	type pair struct{ theirs, ours string }
	var pairs []pair
	for _, n := range names {
		theirs, ours, ok := strings.Cut(n, ":")
		if !ok {
			ours = theirs
		}
		for _, n := range []string{theirs, ours} {
			if err := checkName(n); err != nil {
				return err
			}
		}
		pairs = append(pairs, pair{branches + theirs, branches + ours})
	}
	if len(names) == 0 {
		for n, err := range from.refs(ctx, "") {
			if err != nil {
				return fmt.Errorf("store: pull: %w", err)
			}
			pairs = append(pairs, pair{n.Name, n.Name})
		}
	}
	var moved error
	for _, p := range pairs {
		err := s.pull(ctx, from, p.theirs, p.ours)
		if errors.Is(err, ErrMoved) {
			moved = errors.Join(moved, err)
		} else if err != nil {
			return err
		}
	}
	return moved
}

func (s *Store) pull(ctx context.Context, from *Store, theirs, ours string) error {
	fail := func(err error) error { return fmt.Errorf("store: pull of %s: %w", theirs, err) }
	r, err := from.pinNamed(ctx, theirs, from.ref)
	if err != nil {
		return fail(err)
	}
	if r.Revision == 0 {
		return fail(ErrNoBranch)
	}
	defer from.guard.unpin(r.Target)
	t := s.guard.transfer()
	defer s.guard.end(t)
	if err := s.fetch(ctx, t, from, r.Target); err != nil {
		return fail(err)
	}
	if err := s.forward(ctx, ours, r.Target, "pull"); err != nil {
		return fail(err)
	}
	return nil
}

// fetch copies a version and all that led to it.
func (s *Store) fetch(ctx context.Context, t *transfer, from *Store, id chunk.Addr) error {
	// What led to a version that is here is here too: the walk need not go on there, unless its data are missing here
	// and not there.
	var todo []history.Node
	seen := map[chunk.Addr]bool{id: true}
	for stack := []chunk.Addr{id}; len(stack) > 0; {
		id := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		c, err := history.Read(ctx, from.cache, id)
		if err != nil {
			return err
		}
		gone, err := s.missingVersion(ctx, t, id, c.Directory)
		if err != nil {
			return err
		}
		if len(gone) == 0 {
			continue
		}
		todo = append(todo, history.Node{ID: id, Commit: c})
		for _, p := range c.Parents {
			if !seen[p] {
				seen[p] = true
				stack = append(stack, p)
			}
		}
	}
	slices.SortFunc(todo, func(a, b history.Node) int { return history.Newer(b, a) })
	in := newImporter(s, t)
	p := puller{in: in, store: from, from: newCache(from.engine, 0), inner: from.cache}
	for _, n := range todo {
		if err := p.version(ctx, n); err != nil {
			return fmt.Errorf("version %s: %w", n.ID.Short(), err)
		}
	}
	return in.flush(ctx)
}

// A puller copies trees from another store.
type puller struct {
	in    *importer
	store *Store      // the other
	from  tree.Source // leaves, which are read once
	inner tree.Source // inner nodes, which are read more often
}

func (p puller) version(ctx context.Context, n history.Node) error {
	defer p.store.guard.unpin(n.ID) // a Collect of the other goes on
	switch err := p.store.pin(ctx, n.ID); {
	case errors.Is(err, ErrCollected):
		if err := p.in.add(ctx, history.Mark(n.ID)); err != nil {
			return err
		}
	case err != nil:
		return err
	default:
		dir, err := readDirectory(ctx, p.inner, n.Directory)
		if err != nil {
			return err
		}
		p.in.s.guard.relyOn(p.in.t, n.Directory)
		for _, name := range dir.names() {
			if d := dir[name]; d.kind != single {
				if err := p.trees(ctx, d.root.Addr); err != nil {
					return fmt.Errorf("part %q: %w", name, err)
				}
			}
		}
		if err := p.trees(ctx, n.Directory); err != nil {
			return err
		}
	}
	data, err := p.inner.Get(ctx, n.ID)
	if err != nil {
		return err
	}
	return p.in.add(ctx, chunk.Chunk{Addr: n.ID, Data: data})
}

// trees copies those of the trees with these roots that are missing, children first. What is here is here with all
// below it.
func (p puller) trees(ctx context.Context, as ...chunk.Addr) error {
	var ask []chunk.Addr
	for _, a := range as {
		if _, ok := p.in.at[a]; !ok {
			ask = append(ask, a)
		}
	}
	if len(ask) == 0 {
		return nil
	}
	gone, err := p.in.s.missing(ctx, p.in.t, ask)
	if err != nil {
		return err
	}
	for _, a := range gone {
		data, err := p.from.Get(ctx, a)
		if err != nil {
			return err
		}
		children, err := tree.Children(data)
		if err != nil {
			return err
		}
		if len(children) > 0 {
			below := make([]chunk.Addr, len(children))
			for i, c := range children {
				below[i] = c.Addr
			}
			if err := p.trees(ctx, below...); err != nil {
				return err
			}
		}
		if err := p.in.add(ctx, chunk.Chunk{Addr: a, Data: data}); err != nil {
			return err
		}
	}
	return nil
}
