package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/history"
)

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
	s.guard.relyOnVersion(t, id)
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
	in := newImporter(s, t)
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
