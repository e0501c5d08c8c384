package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/ramet-go/ramet/store/chunk"
)

// testWritesInLoops: nothing is held while the body of a loop runs. It writes so much that a file has to grow.
func testWritesInLoops(t *testing.T, s *suite) {
	ctx := context.Background()
	e := s.new()
	n := 0
	grow := func() {
		n++
		data := make([]byte, 40_000)
		copy(data, fmt.Sprint(n))
		c := chunk.Of(data)
		if _, err := e.Commit(ctx, []chunk.Chunk{c}, chunk.Swap{Name: fmt.Sprint("grow/", n), Target: c.Addr}); err != nil {
			t.Error(err)
		}
	}
	for range 3 {
		grow()
	}
	loops := map[string]func(){
		"Refs":  func() { firstOf(e.Refs(ctx, ""), 3, grow) },
		"Addrs": func() { firstOf(e.Addrs(ctx), 3, grow) },
		"Log":   func() { firstOf(e.Log(ctx, ""), 3, grow) },
		"Watch": func() { firstOf(e.Watch(ctx, "grow/1"), 1, grow) },
		"all": func() {
			firstOf(e.Refs(ctx, ""), 2, func() {
				firstOf(e.Addrs(ctx), 2, func() { firstOf(e.Log(ctx, "grow/1"), 2, grow) })
			})
		},
	}
	for name, loop := range loops {
		s.soon("a write in a loop over "+name, loop)
	}
}

// firstOf calls body with each of the first n items.
func firstOf[T any](seq func(yield func(T, error) bool), n int, body func()) {
	for range seq {
		body()
		if n--; n == 0 {
			return
		}
	}
}

func testDurable(_ *testing.T, s *suite) {
	ctx := context.Background()
	e, reopen := s.newAgain()
	if reopen == nil {
		s.Skip("this engine keeps nothing")
	}
	put, committed := node("put"), node("committed")
	s.ok(e.Put(ctx, []chunk.Chunk{put}), "put")
	r, err := e.Commit(ctx, []chunk.Chunk{committed}, chunk.Swap{Name: "a", Target: committed.Addr, Time: time.Unix(7, 8), Why: "why"})
	s.ok(err, "commit")
	b := s.swap(e, "b", 0, target(1))
	b = s.swap(e, "b", b.Revision, target(2))
	gone := s.swap(e, "gone", 0, target(3))
	s.swap(e, "gone", gone.Revision, chunk.Addr{})
	log := all(s, e.Log(ctx, ""))
	s.ok(e.Close(), "close")

	for range 2 {
		e = reopen()
		s.has(e, put)
		s.has(e, committed)
		same(s, s.ref(e, "a"), r, "a")
		same(s, s.ref(e, "b"), b, "b")
		same(s, s.ref(e, "gone"), chunk.Ref{}, "a name that was deleted")
		again := all(s, e.Log(ctx, ""))
		same(s, len(again), len(log), "the entries of the log")
		for i := range log {
			same(s, again[i], log[i], "an entry of the log")
		}
		s.ok(e.Close(), "close")
	}
	e = reopen()
	if made := s.swap(e, "gone", 0, target(3)); made.Revision <= gone.Revision+1 {
		s.Fatalf("a name that was deleted at revision %d is made again with %d", gone.Revision+1, made.Revision)
	}
}

// calls has a call of each method that can fail, by name. Iterators are used to their ends.
func calls(ctx context.Context, e chunk.Engine) map[string]func() error {
	c := node("of calls")
	return map[string]func() error{
		"Get":     func() error { _, err := e.Get(ctx, target(1)); return err },
		"Missing": func() error { _, err := e.Missing(ctx, []chunk.Addr{target(1)}); return err },
		"Put":     func() error { return e.Put(ctx, []chunk.Chunk{c}) },
		"Ref":     func() error { _, err := e.Ref(ctx, "a"); return err },
		"Refs":    func() error { return lastError(e.Refs(ctx, "")) },
		"Swap":    func() error { _, err := e.Swap(ctx, chunk.Swap{Name: "calls", Target: target(1)}); return err },
		"Commit": func() error {
			_, err := e.Commit(ctx, []chunk.Chunk{c}, chunk.Swap{Name: "calls", Target: c.Addr})
			return err
		},
		"Log":     func() error { return lastError(e.Log(ctx, "")) },
		"Addrs":   func() error { return lastError(e.Addrs(ctx)) },
		"Collect": func() error { return e.Collect(ctx, time.Time{}, live(e)) },
		"Size":    func() error { _, err := e.Size(ctx); return err },
	}
}

func testEndedContext(_ *testing.T, s *suite) {
	e := s.new()
	one := numbered(1)
	s.ok(e.Put(context.Background(), []chunk.Chunk{one}), "put")
	s.swap(e, "a", 0, one.Addr)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for name, call := range calls(ctx, e) {
		s.is(call(), context.Canceled, name)
	}
	same(s, len(all(s, e.Refs(context.Background(), ""))), 1, "the number of names")
	same(s, len(all(s, e.Addrs(context.Background()))), 1, "the number of chunks")

	// It ends in the body of a loop.
	for name, err := range map[string]error{
		"Refs":  endedInLoop(e.Refs),
		"Log":   endedInLoop(e.Log),
		"Addrs": endedInLoop(func(ctx context.Context, _ string) seq[chunk.Addr] { return e.Addrs(ctx) }),
	} {
		if err != nil && !errors.Is(err, context.Canceled) { // with one item it may be at its end
			s.Fatalf("%s ends with %v", name, err)
		}
	}
}

type seq[T any] = func(yield func(T, error) bool)

func endedInLoop[T any, S ~func(yield func(T, error) bool)](iterate func(ctx context.Context, name string) S) (last error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for _, err := range iterate(ctx, "") {
		cancel()
		last = err
	}
	return last
}

func testClosed(_ *testing.T, s *suite) {
	ctx := context.Background()
	e := s.new()
	for n := range 5 {
		s.swap(e, fmt.Sprint("n", n), 0, target(n))
	}
	s.ok(e.Put(ctx, []chunk.Chunk{numbered(1), numbered(2)}), "put")
	s.ok(e.Close(), "close")
	for name, call := range calls(ctx, e) {
		s.is(call(), chunk.ErrClosed, name)
	}
	s.soon("watch", func() { s.is(lastError(e.Watch(ctx, "a")), chunk.ErrClosed, "watch") })
	s.ok(e.Close(), "the second close")

	// Many close, and write.
	e = s.new()
	done := make(chan error)
	for n := range 8 {
		go func() {
			var err error
			for i := 0; err == nil && n%2 == 0; i++ {
				c := node(fmt.Sprint(n, i))
				_, err = e.Commit(ctx, []chunk.Chunk{c}, chunk.Swap{Name: fmt.Sprint(n, "-", i), Target: c.Addr})
			}
			if n%2 == 1 {
				time.Sleep(5 * time.Millisecond)
				if err = e.Close(); err == nil {
					err = chunk.ErrClosed
				}
			}
			done <- err
		}()
	}
	s.soon("close beside commits", func() {
		for range 8 {
			s.is(<-done, chunk.ErrClosed, "what ends with the engine")
		}
	})
}
