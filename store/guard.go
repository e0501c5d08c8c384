package store

import (
	"context"
	"fmt"
	"sync"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/history"
)

// A guard keeps what is being read, or put, from a Collect. Nothing is lost because a Collect drops all at one moment,
// and what anybody relies on is a root of it at that moment:
//
//   - a version that is read is pinned, and only then looked for;
//   - what a transfer has put, or found present, is in its list before it looks.
//
// The moment is from when a Collect has taken the roots for the last time until the engine has dropped the rest. During
// it nobody looks whether something is present.
type guard struct {
	moment sync.RWMutex // held for reading by who looks whether something is present, for writing during the moment

	mu        sync.Mutex
	pins      map[chunk.Addr]int      // commits that are read
	transfers map[*transfer]struct{}  // under way
	seen      map[chunk.Addr]struct{} // commits whose directories were there after the last Collect
}

// A transfer is the chunks that a Pull, or an Import, relies on.
type transfer struct {
	addrs       map[chunk.Addr]struct{}
	directories map[chunk.Addr]struct{} // those of addrs that are kept with their parts, which their chunks do not say
}

func (g *guard) init() {
	g.pins = map[chunk.Addr]int{}
	g.transfers = map[*transfer]struct{}{}
	g.seen = map[chunk.Addr]struct{}{}
}

// pin keeps a version until unpin, which is called whatever pin returns: ErrCollected if its data are gone already.
func (s *Store) pin(ctx context.Context, id chunk.Addr) error {
	g := &s.guard
	g.mu.Lock()
	g.pins[id]++
	_, seen := g.seen[id]
	g.mu.Unlock()
	if seen {
		return nil
	}
	g.moment.RLock()
	defer g.moment.RUnlock()
	c, err := history.Read(ctx, s.engineSource(), id)
	if err != nil {
		return err
	}
	gone, err := s.engine.Missing(ctx, []chunk.Addr{c.Directory})
	if err != nil {
		return err
	}
	if len(gone) > 0 {
		return fmt.Errorf("store: version %s: %w", id.Short(), ErrCollected)
	}
	g.mu.Lock()
	if len(g.seen) > 10000 {
		clear(g.seen)
	}
	g.seen[id] = struct{}{}
	g.mu.Unlock()
	return nil
}

func (g *guard) unpin(id chunk.Addr) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.pins[id]--; g.pins[id] == 0 {
		delete(g.pins, id)
	}
}

// engineSource is a source that does not take from the cache what the engine may have dropped.
func (s *Store) engineSource() history.Source { return newCache(s.engine, 0) }

// Pin keeps a version, and what it holds, from every Collect until release is called, which may be called several
// times.
func (s *Store) Pin(ctx context.Context, id chunk.Addr) (release func(), err error) {
	if err := s.pin(ctx, id); err != nil {
		s.guard.unpin(id)
		return nil, err
	}
	var once sync.Once
	return func() { once.Do(func() { s.guard.unpin(id) }) }, nil
}

// transfer begins a transfer, which end ends.
func (g *guard) transfer() *transfer {
	t := &transfer{addrs: map[chunk.Addr]struct{}{}, directories: map[chunk.Addr]struct{}{}}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.transfers[t] = struct{}{}
	return t
}

func (g *guard) end(t *transfer) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.transfers, t)
}

// rely adds to what a transfer relies on.
func (g *guard) rely(t *transfer, as ...chunk.Addr) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, a := range as {
		t.addrs[a] = struct{}{}
	}
}

// relyOn says that a transfer relies on a directory, with its parts.
func (g *guard) relyOn(t *transfer, directory chunk.Addr) {
	g.mu.Lock()
	defer g.mu.Unlock()
	t.directories[directory] = struct{}{}
}

// missing returns which of the addresses are not there. The others stay until the transfer ends.
func (s *Store) missing(ctx context.Context, t *transfer, as []chunk.Addr) ([]chunk.Addr, error) {
	s.guard.moment.RLock()
	defer s.guard.moment.RUnlock()
	s.guard.rely(t, as...)
	return s.engine.Missing(ctx, as)
}

// missingVersion returns which of a commit and its directory are not there. A directory that is there is there with its
// parts, and both stay until the transfer ends.
func (s *Store) missingVersion(ctx context.Context, t *transfer, id, directory chunk.Addr) ([]chunk.Addr, error) {
	s.guard.relyOn(t, directory)
	return s.missing(ctx, t, []chunk.Addr{id, directory})
}

// put stores chunks, which stay until the transfer ends.
func (s *Store) put(ctx context.Context, t *transfer, cs []chunk.Chunk) error {
	for _, c := range cs {
		s.guard.rely(t, c.Addr)
	}
	return s.engine.Put(ctx, cs)
}
