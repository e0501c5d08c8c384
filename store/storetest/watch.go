package storetest

import (
	"context"
	"sync"
	"testing"

	"github.com/ramet-go/ramet/store/chunk"
)

// watched returns a channel with what Watch yields, and a function that ends it and waits.
func (s *suite) watched(e chunk.Engine, name string) (next func() chunk.Ref, stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	refs := make(chan chunk.Ref)
	var wg sync.WaitGroup
	wg.Go(func() {
		for r, err := range e.Watch(ctx, name) {
			if err != nil {
				s.Errorf("watch of %s: %v", name, err)
				return
			}
			select {
			case refs <- r:
			case <-ctx.Done():
				return
			}
		}
		if ctx.Err() == nil {
			s.Errorf("watch of %s ended", name)
		}
	})
	next = func() (r chunk.Ref) {
		s.Helper()
		s.soon("watch of "+name, func() { r = <-refs })
		return r
	}
	return next, func() {
		cancel()
		s.soon("the end of watch of "+name, wg.Wait)
	}
}

func testWatch(_ *testing.T, s *suite) {
	e := s.new()
	next, stop := s.watched(e, "a")
	defer stop()
	same(s, next(), chunk.Ref{}, "a name that does not exist")
	s.swap(e, "b", 0, target(9)) // not of interest
	r := s.swap(e, "a", 0, target(1))
	same(s, next(), r, "what was made")
	r = s.swap(e, "a", r.Revision, target(1))
	same(s, next(), r, "a swap to the same target")
	s.swap(e, "a", r.Revision, chunk.Addr{})
	same(s, next(), chunk.Ref{}, "what was deleted")
	r = s.swap(e, "a", 0, target(2))
	same(s, next(), r, "what was made again")

	other, stopOther := s.watched(e, "a")
	defer stopOther()
	same(s, other(), r, "what there is at the beginning")
	c := node("committed")
	r, err := e.Commit(context.Background(), []chunk.Chunk{c}, chunk.Swap{Name: "a", Old: r.Revision, Target: c.Addr})
	s.ok(err, "commit")
	same(s, next(), r, "a commit")
	same(s, other(), r, "a commit")
	s.has(e, c)
}

// testWatchSeesTheLast: who watches may skip, but not the last.
func testWatchSeesTheLast(t *testing.T, s *suite) {
	e := s.new()
	const swaps, watchers = 60, 4
	var wg sync.WaitGroup
	for range watchers {
		wg.Go(func() {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			var seen uint64
			for r, err := range e.Watch(ctx, "a") {
				if err != nil || r.Revision < seen {
					t.Errorf("after revision %d comes %d (%v)", seen, r.Revision, err)
					return
				}
				seen = r.Revision
				if counted(r.Target) == swaps {
					return
				}
			}
		})
	}
	var r chunk.Ref
	for n := range swaps {
		r = s.swap(e, "a", r.Revision, counter(uint64(n+1), 0))
	}
	s.soon("watch", wg.Wait)
}

func testWatchEnds(t *testing.T, s *suite) {
	e := s.new()
	s.swap(e, "a", 0, target(1))

	ended, cancel := context.WithCancel(context.Background())
	cancel()
	for r, err := range e.Watch(ended, "a") {
		s.Fatalf("after the end comes %v, %v", r, err)
	}

	// It ends while the loop body runs, and by a break.
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	s.soon("watch", func() {
		for _, err := range e.Watch(ctx, "a") {
			if n++; err != nil {
				t.Error(err)
			}
			cancel()
		}
	})
	same(s, n, 1, "what was yielded")
	for range e.Watch(context.Background(), "a") {
		break
	}

	// A swap in the body is seen.
	n = 0
	s.soon("watch", func() {
		for r, err := range e.Watch(context.Background(), "a") {
			if err != nil {
				t.Error(err)
				return
			}
			if n++; n == 3 {
				return
			}
			if _, err := e.Swap(context.Background(), chunk.Swap{Name: "a", Old: r.Revision, Target: target(n)}); err != nil {
				t.Error(err)
				return
			}
		}
	})

	// The end of the engine is an error.
	errs := make(chan error, 1)
	began := make(chan struct{})
	go func() {
		var last error
		for _, err := range e.Watch(context.Background(), "a") {
			if last = err; err == nil {
				close(began)
			}
		}
		errs <- last
	}()
	<-began
	s.ok(e.Close(), "close")
	s.soon("watch of a closed engine", func() { s.is(<-errs, chunk.ErrClosed, "watch") })
}
