package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/ramet-go/ramet/store/chunk"
)

// An engine that was filled: a name with a tree, and chunks that nobody needs.
func (s *suite) filled() (e chunk.Engine, reopen func() chunk.Engine, root, garbage chunk.Chunk) {
	s.Helper()
	ctx := context.Background()
	e, reopen = s.newAgain()
	var cs []chunk.Chunk
	var leaves []chunk.Addr
	for n := range 300 {
		leaf := node(fmt.Sprint("leaf ", n, string(make([]byte, 500))))
		cs = append(cs, leaf)
		leaves = append(leaves, leaf.Addr)
	}
	root, garbage = node("root", leaves...), node("garbage")
	r, err := e.Commit(ctx, append(cs, root), chunk.Swap{Name: "a", Target: root.Addr, Time: time.Unix(10, 0), Why: "first"})
	s.ok(err, "commit")
	_, err = e.Swap(ctx, chunk.Swap{Name: "a", Old: r.Revision, Target: root.Addr, Time: time.Unix(20, 0), Why: "second"})
	s.ok(err, "swap")
	gone := s.swap(e, "gone", 0, root.Addr)
	s.swap(e, "gone", gone.Revision, chunk.Addr{})
	s.ok(e.Put(ctx, []chunk.Chunk{garbage}), "put")
	for n := range 500 {
		cs[n%len(cs)] = node(fmt.Sprint("garbage ", n, string(make([]byte, 500))))
	}
	s.ok(e.Put(ctx, cs), "put")
	return e, reopen, root, garbage
}

func testCollect(_ *testing.T, s *suite) {
	ctx := context.Background()
	e, reopen, root, garbage := s.filled()
	before, err := e.Size(ctx)
	s.ok(err, "size")
	a := s.ref(e, "a")
	calls := 0
	late := node("late", garbage.Addr)
	var lateRef chunk.Ref
	s.soon("collect", func() {
		err = e.Collect(ctx, time.Unix(15, 0), func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error {
			if calls++; calls == 1 {
				if copied(root.Addr) || copied(garbage.Addr) {
					return errors.New("something was copied before all")
				}
				if err := live(e)(ctx, copied, copy); err != nil {
					return err
				}
				// What was garbage until now is needed.
				var err error
				lateRef, err = e.Commit(ctx, []chunk.Chunk{late}, chunk.Swap{Name: "late", Target: late.Addr, Time: time.Unix(16, 0)})
				return err
			}
			if !copied(root.Addr) || copied(late.Addr) {
				return errors.New("the second call is told of something else than the first copied")
			}
			return live(e)(ctx, copied, copy)
		})
	})
	s.ok(err, "collect")
	same(s, calls, 2, "calls")
	look := func(e chunk.Engine) {
		s.Helper()
		same(s, s.ref(e, "a"), a, "a")
		same(s, s.ref(e, "late"), lateRef, "what was committed meanwhile")
		same(s, s.whole(e), 303, "the chunks that names reach")
		same(s, len(all(s, e.Addrs(ctx))), 303, "the number of chunks")
		same(s, len(all(s, e.Refs(ctx, ""))), 2, "the number of names")
		log := all(s, e.Log(ctx, ""))
		same(s, len(log), 2, "the entries of the log")
		same(s, log[0].Name, "late", "the newest")
		same(s, log[1].Why, "second", "the oldest that was kept")
		size, err := e.Size(ctx)
		s.ok(err, "size")
		if size.Bytes >= before.Bytes || before.File > 0 && size.File >= before.File {
			s.Fatalf("of %+v is left %+v", before, size)
		}
	}
	look(e)
	if reopen != nil {
		s.ok(e.Close(), "close")
		e = reopen()
		look(e)
	}
	// Revisions go on, and so does everything else.
	made := s.swap(e, "gone", 0, root.Addr)
	if made.Revision <= lateRef.Revision {
		s.Fatalf("after revision %d comes %d", lateRef.Revision, made.Revision)
	}
	s.swap(e, "late", lateRef.Revision, chunk.Addr{})
	s.ok(e.Collect(ctx, time.Time{}, live(e)), "another collect")
	same(s, len(all(s, e.Addrs(ctx))), 301, "the number of chunks")
	same(s, len(all(s, e.Log(ctx, ""))), 4, "the entries of the log")
	s.ok(e.Put(ctx, []chunk.Chunk{garbage}), "put")
	s.has(e, garbage)
	s.ok(e.Collect(ctx, time.Time{}, func(context.Context, func(chunk.Addr) bool, func(chunk.Chunk) error) error { return nil }), "nothing lives")
	same(s, len(all(s, e.Addrs(ctx))), 0, "the number of chunks")
}

func testCollectFails(_ *testing.T, s *suite) {
	ctx := context.Background()
	e, _, root, garbage := s.filled()
	chunks := len(all(s, e.Addrs(ctx)))
	entries := len(all(s, e.Log(ctx, "")))
	own := errors.New("live failed")
	type collector = func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error
	in := func(call int, f collector) collector { // f runs after live, in that call
		n := 0
		return func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error {
			if err := live(e)(ctx, copied, copy); err != nil {
				return err
			}
			if n++; n == call {
				return f(ctx, copied, copy)
			}
			return nil
		}
	}
	for call := 1; call <= 2; call++ {
		var late func(chunk.Chunk) error
		ended, cancel := context.WithCancel(ctx)
		for name, test := range map[string]struct {
			ctx  context.Context
			want error
			f    collector
		}{
			"an error": {ctx, own, func(context.Context, func(chunk.Addr) bool, func(chunk.Chunk) error) error { return own }},
			"a chunk that is not there": {ctx, chunk.ErrMissing, func(_ context.Context, _ func(chunk.Addr) bool, copy func(chunk.Chunk) error) error {
				return copy(node("not there"))
			}},
			"the end of the context": {ended, context.Canceled, func(_ context.Context, _ func(chunk.Addr) bool, copy func(chunk.Chunk) error) error {
				late = copy
				cancel()
				return nil
			}},
		} {
			s.is(e.Collect(test.ctx, time.Unix(15, 0), in(call, test.f)), test.want, name, " in call ", call)
			same(s, len(all(s, e.Addrs(ctx))), chunks, "the number of chunks")
			same(s, len(all(s, e.Log(ctx, ""))), entries, "the entries of the log")
			s.has(e, garbage)
			s.has(e, root)
			same(s, s.whole(e), 301, "the chunks that names reach")
			s.swap(e, "still", 0, root.Addr) // nobody holds a lock
			s.swap(e, "still", s.ref(e, "still").Revision, chunk.Addr{})
			entries += 2
		}
		cancel()
		if late(garbage) == nil {
			s.Fatal("a chunk can be copied after the end")
		}
	}
	s.ok(e.Collect(ctx, time.Time{}, live(e)), "collect")
	same(s, len(all(s, e.Addrs(ctx))), 301, "the number of chunks")
}

// testCollectBesideCommits: each writer has a name, whose target is a chain of his last commits. He reuses what nobody
// needs any more.
func testCollectBesideCommits(t *testing.T, s *suite) {
	ctx := context.Background()
	e, reopen := s.newAgain()
	collections := 8
	if testing.Short() {
		collections = 3
	}
	stop := make(chan struct{})
	var wg sync.WaitGroup
	lasts := make([]chunk.Ref, 3)
	for w := range lasts {
		wg.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				leaf := node(fmt.Sprint("leaf ", i%5, string(make([]byte, 1000)))) // garbage from time to time, shared with others
				own := node(fmt.Sprint("own ", w, i))
				root := node(fmt.Sprint("root ", w, i), leaf.Addr, own.Addr)
				r, err := e.Commit(ctx, []chunk.Chunk{leaf, own, root}, chunk.Swap{Name: fmt.Sprint("w", w), Old: lasts[w].Revision, Target: root.Addr})
				if err != nil {
					t.Error(err)
					return
				}
				lasts[w] = r
				for _, c := range []chunk.Chunk{leaf, own, root} { // nobody else moves the name
					if _, err := e.Get(ctx, c.Addr); err != nil {
						t.Errorf("after commit %d: %v", i, err)
						return
					}
				}
			}
		})
	}
	s.soon("collections", func() {
		for range collections / 2 {
			var both sync.WaitGroup
			for range 2 { // one after the other
				both.Go(func() {
					if err := e.Collect(ctx, time.Time{}, live(e)); err != nil {
						t.Error(err)
					}
				})
			}
			both.Wait()
		}
		close(stop)
		wg.Wait()
	})
	look := func() {
		s.Helper()
		s.whole(e)
		for w, r := range lasts {
			same(s, s.ref(e, fmt.Sprint("w", w)), r, "the last commit of a writer")
		}
	}
	look()
	if reopen != nil {
		s.ok(e.Close(), "close")
		e = reopen()
		look()
	}
}

func testCollectLetsNobodyWrite(_ *testing.T, s *suite) {
	ctx := context.Background()
	e, _, root, _ := s.filled()
	n := 0
	written := make(chan error, 2)
	err := e.Collect(ctx, time.Time{}, func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error {
		if n++; n == 2 {
			go func() {
				_, err := e.Swap(ctx, chunk.Swap{Name: "w", Target: root.Addr})
				written <- err
			}()
			go func() { written <- e.Put(ctx, []chunk.Chunk{root}) }()
			time.Sleep(20 * time.Millisecond)
			if len(written) > 0 {
				return errors.New("somebody wrote")
			}
			// Who waits can give up.
			short, cancel := context.WithTimeout(ctx, time.Millisecond)
			defer cancel()
			if _, err := e.Swap(short, chunk.Swap{Name: "w", Target: root.Addr}); !errors.Is(err, context.DeadlineExceeded) {
				return fmt.Errorf("a swap returns %w", err)
			}
			if err := e.Collect(short, time.Time{}, live(e)); !errors.Is(err, context.DeadlineExceeded) {
				return fmt.Errorf("a collection in a collection returns %w", err)
			}
			if e.Put(short, []chunk.Chunk{root}) == nil {
				return errors.New("a put was not kept waiting")
			}
		}
		return live(e)(ctx, copied, copy)
	})
	s.ok(err, "collect")
	s.soon("a write after a collection", func() {
		s.ok(<-written, "write")
		s.ok(<-written, "write")
	})
	same(s, s.ref(e, "w").Target, root.Addr, "what was written")
}

// testCollectAndClose: Close does not wait for a whole collection, which fails.
func testCollectAndClose(_ *testing.T, s *suite) {
	ctx := context.Background()
	for call := 1; call <= 2; call++ {
		e, reopen, root, garbage := s.filled()
		closed := make(chan error, 1)
		n := 0
		err := e.Collect(ctx, time.Time{}, func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error {
			if n++; n == call {
				go func() { closed <- e.Close() }()
				for { // until it has begun
					if _, err := e.Ref(ctx, "a"); err != nil {
						s.is(err, chunk.ErrClosed, "ref")
						return nil
					}
				}
			}
			return live(e)(ctx, copied, copy)
		})
		s.is(err, chunk.ErrClosed, "collect")
		s.soon("close", func() { s.ok(<-closed, "close") })
		if reopen != nil {
			e = reopen()
			s.has(e, garbage)
			s.has(e, root)
		}
	}
}
