package storetest

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"testing"
	"time"

	"github.com/ramet-go/ramet/store/chunk"
)

// patience is how long something that does not hang may take, on a slow machine.
const patience = time.Minute

// A suite is one test of an engine.
type suite struct {
	*testing.T
	open   func(t testing.TB) (chunk.Engine, func() chunk.Engine)
	opened []chunk.Engine
}

func (s *suite) new() chunk.Engine {
	e, _ := s.newAgain()
	return e
}

func (s *suite) newAgain() (chunk.Engine, func() chunk.Engine) {
	s.Helper()
	e, reopen := s.open(s.T)
	s.opened = append(s.opened, e)
	if reopen == nil {
		return e, nil
	}
	return e, func() chunk.Engine {
		again := reopen()
		s.opened = append(s.opened, again)
		return again
	}
}

func (s *suite) closeAll() {
	for _, e := range s.opened {
		if err := e.Close(); err != nil {
			s.Errorf("Close: %v", err)
		}
	}
}

// ok fails if there is an error.
func (s *suite) ok(err error, what ...any) {
	if err != nil {
		s.Helper()
		s.Fatalf("%v: %v", fmt.Sprint(what...), err)
	}
}

// is fails if an error is not what it should be.
func (s *suite) is(err, want error, what ...any) {
	if !errors.Is(err, want) {
		s.Helper()
		s.Fatalf("%v: the error is %v, and not %v", fmt.Sprint(what...), err, want)
	}
}

// same fails if two values are not equal.
func same[T comparable](s *suite, got, want T, what ...any) {
	if got != want {
		s.Helper()
		s.Fatalf("%v: %v, and not %v", fmt.Sprint(what...), got, want)
	}
}

// all returns what an iterator yields, which must not be an error.
func all[T any](s *suite, seq iter.Seq2[T, error]) (found []T) {
	s.Helper()
	for x, err := range seq {
		s.ok(err, "iterating")
		found = append(found, x)
	}
	return found
}

// lastError returns the error that an iterator ends with.
func lastError[T any](seq iter.Seq2[T, error]) (last error) {
	for _, err := range seq {
		last = err
	}
	return last
}

func (s *suite) swap(e chunk.Engine, name string, old uint64, target chunk.Addr) chunk.Ref {
	s.Helper()
	r, err := e.Swap(context.Background(), chunk.Swap{Name: name, Old: old, Target: target, Time: time.Unix(1, 0)})
	s.ok(err, "swap of ", name)
	return r
}

func (s *suite) ref(e chunk.Engine, name string) chunk.Ref {
	s.Helper()
	r, err := e.Ref(context.Background(), name)
	s.ok(err, "ref ", name)
	return r
}

// has fails if a chunk is not there as it should be.
func (s *suite) has(e chunk.Engine, c chunk.Chunk) {
	s.Helper()
	data, err := e.Get(context.Background(), c.Addr)
	s.ok(err, "get")
	if string(data) != string(c.Data) {
		s.Fatalf("chunk %v has other bytes", c.Addr)
	}
}

// lacks fails if a chunk is there.
func (s *suite) lacks(e chunk.Engine, c chunk.Chunk) {
	s.Helper()
	_, err := e.Get(context.Background(), c.Addr)
	s.is(err, chunk.ErrMissing, "get")
}

// numbered returns a chunk for each n, which has no children.
func numbered(n int) chunk.Chunk { return node(fmt.Sprint("chunk ", n)) }

// target returns an address for each n.
func target(n int) chunk.Addr { return numbered(n).Addr }

// node returns a chunk that refers to others.
func node(payload string, children ...chunk.Addr) chunk.Chunk {
	data := binary.AppendUvarint(nil, uint64(len(children)))
	for _, a := range children {
		data = append(data, a[:]...)
	}
	return chunk.Of(append(data, payload...))
}

// children returns what a node refers to.
func children(data []byte) (as []chunk.Addr) {
	count, n := binary.Uvarint(data)
	for data = data[n:]; count > 0; count-- {
		as = append(as, chunk.Addr(data[:len(chunk.Addr{})]))
		data = data[len(chunk.Addr{}):]
	}
	return as
}

// live returns a function for Collect, that keeps what the names of e reach.
func live(e chunk.Engine) func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error {
	return func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error {
		var keep func(a chunk.Addr) error
		keep = func(a chunk.Addr) error {
			if copied(a) {
				return nil
			}
			data, err := e.Get(ctx, a)
			if err != nil {
				return err
			}
			for _, child := range children(data) {
				if err := keep(child); err != nil {
					return err
				}
			}
			if err := copy(chunk.Chunk{Addr: a, Data: data}); err != nil {
				return err
			}
			if !copied(a) {
				return errors.New("what was copied is not reported")
			}
			return nil
		}
		for named, err := range e.Refs(ctx, "") {
			if err != nil {
				return err
			}
			if err := keep(named.Target); err != nil {
				return err
			}
		}
		return nil
	}
}

// whole fails if something that a name reaches is not there, and returns how many chunks there are.
func (s *suite) whole(e chunk.Engine) int {
	s.Helper()
	ctx := context.Background()
	seen := map[chunk.Addr]bool{}
	var look func(a chunk.Addr)
	look = func(a chunk.Addr) {
		if seen[a] {
			return
		}
		seen[a] = true
		data, err := e.Get(ctx, a)
		s.ok(err, "what a name reaches")
		same(s, chunk.Sum(data), a, "the sum of a chunk")
		for _, child := range children(data) {
			look(child)
		}
	}
	for named, err := range e.Refs(ctx, "") {
		s.ok(err, "refs")
		look(named.Target)
	}
	return len(seen)
}

// soon runs f, and fails if it takes too long.
func (s *suite) soon(what string, f func()) {
	s.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	select {
	case <-done:
	case <-time.After(patience):
		buf := make([]byte, 1<<16)
		s.Fatalf("%s hangs:\n%s", what, buf[:runtime.Stack(buf, true)])
	}
}

// noLeaks fails if there are more goroutines after f than before.
func noLeaks(t *testing.T, f func()) {
	before := runtime.NumGoroutine()
	f()
	if t.Failed() {
		return
	}
	for deadline := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			buf := make([]byte, 1<<16)
			t.Fatalf("%d goroutines, and %d before:\n%s", runtime.NumGoroutine(), before, buf[:runtime.Stack(buf, true)])
		}
	}
}
