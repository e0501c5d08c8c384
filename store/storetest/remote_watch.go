package storetest

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/ramet-go/ramet/store/chunk"
)

// watch hands out what a name stands for until the test ends.
func watch(t *testing.T, r chunk.Remote, name string) <-chan chunk.Ref {
	ctx, cancel := context.WithCancel(context.Background())
	refs, over := make(chan chunk.Ref, 10_000), make(chan struct{})
	go func() {
		defer close(over)
		for ref, err := range r.Watch(ctx, name) {
			if err != nil {
				t.Errorf("watch %s: %v", name, err)
				return
			}
			refs <- ref
		}
	}()
	t.Cleanup(func() {
		cancel()
		select {
		case <-over:
		case <-time.After(limit):
			t.Errorf("watch %s does not end with its context", name)
		}
	})
	return refs
}

// expect waits until what is watched is want. What comes before has to be older.
func expect(t *testing.T, refs <-chan chunk.Ref, want chunk.Ref) {
	t.Helper()
	late := time.After(limit)
	for {
		select {
		case got := <-refs:
			if got == want {
				return
			}
			if want.Revision != 0 && got.Revision > want.Revision {
				t.Fatalf("watched %v before %v", got, want)
			}
		case <-late:
			t.Fatalf("%v was not seen", want)
		}
	}
}

func remoteWatch(t *testing.T, open func(testing.TB) chunk.Remote) {
	r, other := open(t), open(t)
	ctx := within(t)
	refs := watch(t, other, "watch")
	expect(t, refs, chunk.Ref{})
	beside, err := r.Swap(ctx, swap("watch/beside", 0, address(7)))
	must(t, err)
	a, err := r.Swap(ctx, swap("watch", 0, address(1)))
	must(t, err)
	expect(t, refs, a)
	b, err := r.Swap(ctx, swap("watch", a.Revision, address(2)))
	must(t, err)
	expect(t, refs, b)
	late := watch(t, other, "watch") // begins with what is there
	expect(t, late, b)
	_, err = r.Swap(ctx, swap("watch", b.Revision, chunk.Addr{}))
	must(t, err)
	expect(t, refs, chunk.Ref{})
	expect(t, late, chunk.Ref{})
	c, err := r.Swap(ctx, swap("watch", 0, address(1)))
	must(t, err)
	expect(t, refs, c)
	expect(t, late, c)
	expect(t, watch(t, other, "watch/beside"), beside)

	// The caller may stop, and ctx may have ended.
	for ref, err := range other.Watch(ctx, "watch") {
		must(t, err)
		if ref != c {
			t.Fatalf("watched %v first, want %v", ref, c)
		}
		break
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	for _, err := range other.Watch(ended, "watch") {
		must(t, err)
	}
	// ctx may end in the loop.
	ending, cancel := context.WithCancel(ctx)
	defer cancel()
	for _, err := range other.Watch(ending, "watch") {
		must(t, err)
		cancel()
	}
}

// One who is slow sees the newest in the end.
func remoteWatchMany(t *testing.T, open func(testing.TB) chunk.Remote) {
	const times = 300
	r, other := open(t), open(t)
	ctx := within(t)
	var last chunk.Ref
	var wrote sync.WaitGroup
	wrote.Go(func() {
		must := func(err error) {
			if err != nil {
				t.Error(err)
			}
		}
		for n := range uint64(times) {
			ref, err := r.Swap(ctx, swap("many", last.Revision, address(n+1)))
			must(err)
			last = ref
		}
	})
	seen, before := 0, chunk.Ref{}
	for ref, err := range other.Watch(ctx, "many") {
		must(t, err)
		if seen > 0 && ref.Revision <= before.Revision {
			t.Fatalf("after %v came %v", before, ref)
		}
		seen, before = seen+1, ref
		if number(ref.Target) == times {
			break
		}
		if seen < 3 {
			time.Sleep(50 * time.Millisecond)
		}
	}
	must(t, ctx.Err())
	wrote.Wait()
	if before != last {
		t.Fatalf("the last that was seen is %v, want %v", before, last)
	}
}
