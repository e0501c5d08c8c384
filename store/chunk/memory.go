package chunk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ramet-go/ramet/store/internal/notify"
)

// Memory is an [Engine] that keeps everything in memory, and nothing when the program ends: for tests, and for what is
// to be exported or pulled elsewhere. It copies what it is given and what it returns.
type Memory struct {
	writing    chan struct{} // has a place for the one who writes, or who lets nobody write
	collecting chan struct{} // has a place for the one who collects
	watched    notify.Names

	mu       sync.RWMutex // guards what follows; never held while code of a caller runs
	chunks   map[Addr][]byte
	refs     map[string]Ref
	revision uint64 // the last one given
	log      []Entry
	closed   bool
}

var _ Engine = (*Memory)(nil)

// NewMemory returns an empty engine.
func NewMemory() *Memory {
	return &Memory{
		writing:    make(chan struct{}, 1),
		collecting: make(chan struct{}, 1),
		chunks:     map[Addr][]byte{},
		refs:       map[string]Ref{},
	}
}

// Get returns a copy of the bytes of a chunk.
func (m *Memory) Get(ctx context.Context, a Addr) ([]byte, error) {
	unlock, err := m.read(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	data, ok := m.chunks[a]
	if !ok {
		return nil, fmt.Errorf("chunk %v: %w", a, ErrMissing)
	}
	return append([]byte{}, data...), nil
}

// Missing returns those of the addresses whose chunks are not there, in their order.
func (m *Memory) Missing(ctx context.Context, as []Addr) ([]Addr, error) {
	unlock, err := m.read(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	var missing []Addr
	for _, a := range as {
		if _, ok := m.chunks[a]; !ok {
			missing = append(missing, a)
		}
	}
	return missing, nil
}

// Put stores chunks: all or, if it returns an error, none.
func (m *Memory) Put(ctx context.Context, cs []Chunk) error {
	if err := CheckSizes(cs); err != nil {
		return err
	}
	unlock, err := m.write(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	m.put(cs)
	return nil
}

func (m *Memory) put(cs []Chunk) {
	for _, c := range cs {
		if _, ok := m.chunks[c.Addr]; !ok {
			m.chunks[c.Addr] = bytes.Clone(c.Data)
		}
	}
}

// Ref returns what a name stands for.
func (m *Memory) Ref(ctx context.Context, name string) (Ref, error) {
	unlock, err := m.read(ctx)
	if err != nil {
		return Ref{}, err
	}
	defer unlock()
	return m.refs[name], nil
}

// Refs yields the names that begin with a prefix, as they were at one moment.
func (m *Memory) Refs(ctx context.Context, prefix string) iter.Seq2[Named, error] {
	return snapshot(ctx, m, func() []Named {
		var found []Named
		for name, ref := range m.refs {
			if strings.HasPrefix(name, prefix) {
				found = append(found, Named{name, ref})
			}
		}
		slices.SortFunc(found, func(a, b Named) int { return strings.Compare(a.Name, b.Name) })
		return found
	})
}

// Swap does one swap.
func (m *Memory) Swap(ctx context.Context, s Swap) (Ref, error) { return m.Commit(ctx, nil, s) }

// Commit stores chunks and does a swap, both or neither.
func (m *Memory) Commit(ctx context.Context, cs []Chunk, s Swap) (Ref, error) {
	if err := CheckName(s.Name); err != nil {
		return Ref{}, err
	}
	if err := CheckSizes(cs); err != nil {
		return Ref{}, err
	}
	unlock, err := m.write(ctx)
	if err != nil {
		return Ref{}, err
	}
	defer unlock()
	was := m.refs[s.Name]
	if was.Revision != s.Old {
		return Ref{}, fmt.Errorf("%s: %w", s.Name, ErrMoved)
	}
	m.put(cs)
	if s.Old == 0 && s.Target.IsZero() {
		return Ref{}, nil // there was no such name, and there is none
	}
	m.revision++
	m.log = append(m.log, Entry{s.Name, was.Target, s.Target, s.Time.Round(0).UTC(), s.Why})
	var now Ref
	if s.Target.IsZero() {
		delete(m.refs, s.Name)
	} else {
		now = Ref{s.Target, m.revision}
		m.refs[s.Name] = now
	}
	m.watched.Tell(s.Name)
	return now, nil
}

// Watch yields what a name stands for, and goes on until ctx ends, or with ErrClosed.
func (m *Memory) Watch(ctx context.Context, name string) iter.Seq2[Ref, error] {
	return notify.Watch(ctx, &m.watched, name, m.Ref)
}

// Log yields the swaps that there are when the iteration begins.
func (m *Memory) Log(ctx context.Context, name string) iter.Seq2[Entry, error] {
	return snapshot(ctx, m, func() []Entry {
		var found []Entry
		for _, e := range slices.Backward(m.log) {
			if name == "" || e.Name == name {
				found = append(found, e)
			}
		}
		return found
	})
}

// Addrs yields the addresses of the chunks that there are when the iteration begins.
func (m *Memory) Addrs(ctx context.Context) iter.Seq2[Addr, error] {
	return snapshot(ctx, m, func() []Addr { return slices.SortedFunc(maps.Keys(m.chunks), Addr.Compare) })
}

// Collect drops all chunks but those that live names, and old entries of the log.
func (m *Memory) Collect(ctx context.Context, log time.Time, live func(ctx context.Context, copied func(Addr) bool, copy func(Chunk) error) error) error {
	done, err := take(ctx, m.collecting)
	if err != nil {
		return err
	}
	defer done()

	kept := map[Addr][]byte{}
	var mu sync.Mutex // live may use goroutines
	over := false
	defer func() { mu.Lock(); over = true; mu.Unlock() }()
	copied := func(a Addr) bool {
		mu.Lock()
		defer mu.Unlock()
		_, ok := kept[a]
		return ok
	}
	keep := func(c Chunk) error {
		unlock, err := m.read(ctx)
		if err != nil {
			return err
		}
		data, ok := m.chunks[c.Addr]
		unlock()
		if !ok {
			return fmt.Errorf("collect: chunk %v: %w", c.Addr, ErrMissing)
		}
		mu.Lock()
		defer mu.Unlock()
		if over {
			return errors.New("collect: a chunk after the end")
		}
		kept[c.Addr] = data
		return nil
	}
	if err := m.alive(ctx); err != nil {
		return err
	}
	if err := live(ctx, copied, keep); err != nil {
		return err
	}
	written, err := take(ctx, m.writing) // from here on nobody writes
	if err != nil {
		return err
	}
	defer written()
	if err := m.alive(ctx); err != nil {
		return err
	}
	if err := live(ctx, copied, keep); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return ErrClosed
	}
	m.chunks = kept
	m.log = slices.DeleteFunc(slices.Clone(m.log), func(e Entry) bool { return e.Time.Before(log) })
	return nil
}

// Size returns what the engine holds.
func (m *Memory) Size(ctx context.Context) (Size, error) {
	unlock, err := m.read(ctx)
	if err != nil {
		return Size{}, err
	}
	defer unlock()
	size := Size{Chunks: int64(len(m.chunks))}
	for _, data := range m.chunks {
		size.Bytes += int64(len(data))
	}
	return size, nil
}

// Close drops everything. A collection that is under way fails.
func (m *Memory) Close() error {
	m.mu.Lock()
	m.closed = true
	m.chunks, m.refs, m.log = nil, nil, nil
	m.mu.Unlock()
	m.watched.Close()
	return nil
}

// alive returns an error if nothing can be done any more: ctx has ended, or the engine was closed.
func (m *Memory) alive(ctx context.Context) error {
	unlock, err := m.read(ctx)
	if err != nil {
		return err
	}
	unlock()
	return nil
}

// read locks m for reading.
func (m *Memory) read(ctx context.Context) (unlock func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.RLock()
	if m.closed {
		m.mu.RUnlock()
		return nil, ErrClosed
	}
	return m.mu.RUnlock, nil
}

// write waits until nobody else writes, and locks m.
func (m *Memory) write(ctx context.Context) (unlock func(), err error) {
	done, err := take(ctx, m.writing)
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	if m.closed {
		m.mu.Unlock()
		done()
		return nil, ErrClosed
	}
	return func() { m.mu.Unlock(); done() }, nil
}

// take waits for a place in what has one.
func take(ctx context.Context, place chan struct{}) (free func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case place <- struct{}{}:
		return func() { <-place }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// snapshot yields what find finds with m locked for reading, when m is not locked any more.
func snapshot[T any](ctx context.Context, m *Memory, find func() []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		unlock, err := m.read(ctx)
		if err != nil {
			yield(none, err)
			return
		}
		found := find()
		unlock()
		for _, x := range found {
			if err := ctx.Err(); err != nil {
				yield(none, err)
				return
			}
			if !yield(x, nil) {
				return
			}
		}
	}
}
