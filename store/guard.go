package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

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
	moment moment // held for reading by who looks whether something is present, for writing during the moment

	collects atomic.Uint64 // how many were done

	mu        sync.Mutex
	pins      map[chunk.Addr]int      // commits that are read
	transfers map[*transfer]struct{}  // under way
	seen      map[chunk.Addr]struct{} // commits whose directories were there after the last Collect
}

// A moment is a lock. In tests wait says when to try again; else it is nil.
type moment struct {
	rw   sync.RWMutex
	wait func(try func() bool)
}

func (m *moment) lock() {
	if m.wait != nil {
		m.wait(m.rw.TryLock)
		return
	}
	m.rw.Lock()
}

func (m *moment) rlock() {
	if m.wait != nil {
		m.wait(m.rw.TryRLock)
		return
	}
	m.rw.RLock()
}

func (m *moment) unlock()  { m.rw.Unlock() }
func (m *moment) runlock() { m.rw.RUnlock() }

// A transfer is the chunks that a Pull, or an Import, relies on.
type transfer struct {
	all         bool                    // all versions that are there: a Collect drops no data
	addrs       map[chunk.Addr]struct{} // chunks that are kept, with those they refer to
	directories map[chunk.Addr]struct{} // those of addrs that are kept with their parts, which their chunks do not say
	versions    map[chunk.Addr]struct{} // commits that are kept with their data, and with the commits that led to them
}

func (g *guard) init() {
	g.pins = map[chunk.Addr]int{}
	g.transfers = map[*transfer]struct{}{}
	g.seen = map[chunk.Addr]struct{}{}
}

// pin keeps a version until unpin, which is called whatever pin returns: ErrCollected if its data were
// collected already, ErrMissing if they are not there though they should be.
func (s *Store) pin(ctx context.Context, id chunk.Addr) error {
	g := &s.guard
	g.mu.Lock()
	g.pins[id]++
	_, seen := g.seen[id]
	g.mu.Unlock()
	if seen {
		return nil
	}
	g.moment.rlock()
	defer g.moment.runlock()
	c, err := history.Read(ctx, s.engineSource(), id)
	if err == nil {
		err = s.data(ctx, id, c.Directory)
	}
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	g.mu.Lock()
	if len(g.seen) > 10000 {
		clear(g.seen)
	}
	g.seen[id] = struct{}{}
	g.mu.Unlock()
	return nil
}

// pinNamed pins what a name stands for, as ref says; the zero Ref if there is no such name. The name may be moved after it was looked
// at, and what it stood for be collected: then it looks again.
func (s *Store) pinNamed(ctx context.Context, name string, ref func(context.Context, string) (chunk.Ref, error)) (chunk.Ref, error) {
	for {
		r, err := ref(ctx, name)
		if err != nil || r.Revision == 0 {
			return chunk.Ref{}, err
		}
		err = s.pin(ctx, r.Target)
		if err == nil {
			return r, nil
		}
		s.guard.unpin(r.Target)
		if !errors.Is(err, ErrMissing) && !errors.Is(err, ErrCollected) {
			return chunk.Ref{}, err
		}
		if again, other := ref(ctx, name); other != nil || again == r {
			return chunk.Ref{}, err
		}
	}
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
	return g.begin(&transfer{})
}

// transferOnAll begins a transfer that may rely on any version that is there.
func (g *guard) transferOnAll() *transfer { return g.begin(&transfer{all: true}) }

func (g *guard) begin(t *transfer) *transfer {
	t.addrs, t.directories, t.versions = map[chunk.Addr]struct{}{}, map[chunk.Addr]struct{}{}, map[chunk.Addr]struct{}{}
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

// relyOnVersion says that a transfer relies on a commit, with its data.
func (g *guard) relyOnVersion(t *transfer, ids ...chunk.Addr) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, id := range ids {
		t.versions[id] = struct{}{}
	}
}

// missing returns which of the addresses are not there. The others stay until the transfer ends.
func (s *Store) missing(ctx context.Context, t *transfer, as []chunk.Addr) ([]chunk.Addr, error) {
	s.guard.moment.rlock()
	defer s.guard.moment.runlock()
	s.guard.rely(t, as...)
	return s.engine.Missing(ctx, as)
}

// missingVersion returns which of a commit and its directory are not there. A directory that is there is there with its
// parts, and both stay until the transfer ends.
func (s *Store) missingVersion(ctx context.Context, t *transfer, id, directory chunk.Addr) ([]chunk.Addr, error) {
	s.guard.relyOn(t, directory)
	s.guard.relyOnVersion(t, id)
	return s.missing(ctx, t, []chunk.Addr{id, directory})
}

// put stores chunks, which stay until the transfer ends.
func (s *Store) put(ctx context.Context, t *transfer, cs []chunk.Chunk) error {
	for _, c := range cs {
		if isCommit(c.Data) {
			s.guard.relyOnVersion(t, c.Addr)
		}
		s.guard.rely(t, c.Addr)
	}
	return s.engine.Put(ctx, cs)
}
