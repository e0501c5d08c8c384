package store_test

import (
	"context"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/chunk"
)

// TestSharedClose: Close ends who watches what is shared, as it does with a file, and leaves no goroutine.
func TestSharedClose(t *testing.T) {
	one := store.Value[int](nil)
	before := runtime.NumGoroutine()
	r := chunk.NewMemoryRemote()
	for range 5 {
		st, err := store.Open(filepath.Join(t.TempDir(), "s.ramet"), store.Shared(r))
		require.NoError(t, err)
		b := store.NewBranch(st, "main", one)
		local := store.NewBranch(st, "local/main", one)
		_, err = b.Update(t.Context(), func(n int) (int, error) { return n + 1, nil })
		require.NoError(t, err)
		_, err = local.Update(t.Context(), func(n int) (int, error) { return n + 1, nil })
		require.NoError(t, err)
		require.NoError(t, st.CollectShared(t.Context()))

		// Some wait for a change, one is in the body of the loop, and one has a context that ends as well.
		ending, end := context.WithCancel(context.Background())
		var watching sync.WaitGroup
		begun := make(chan bool, 10)
		watch := func(ctx context.Context, b *store.Branch[int], want error) {
			watching.Go(func() {
				var last error
				for _, err := range b.Watch(ctx) {
					if last = err; err == nil {
						begun <- true
					}
				}
				if want == nil {
					assert.NoError(t, last)
				} else {
					assert.ErrorIs(t, last, want)
				}
			})
		}
		watch(context.Background(), b, store.ErrClosed)
		watch(context.Background(), b, store.ErrClosed)
		watch(context.Background(), local, store.ErrClosed)
		watch(ending, b, nil)
		for range 4 {
			<-begun
		}
		end()
		time.Sleep(time.Millisecond)
		require.NoError(t, st.Close())
		ended := make(chan bool)
		go func() { watching.Wait(); close(ended) }()
		select {
		case <-ended:
		case <-time.After(20 * time.Second):
			t.Fatal("a watch goes on after Close")
		}
		for _, err := range b.Watch(t.Context()) {
			require.ErrorIs(t, err, store.ErrClosed)
		}
	}
	for late := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
		if time.Now().After(late) {
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, and %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

// afterSwap is a remote that calls do after each swap.
type afterSwap struct {
	chunk.Remote
	do func()
}

func (a *afterSwap) Swap(ctx context.Context, s chunk.Swap) (chunk.Ref, error) {
	r, err := a.Remote.Swap(ctx, s)
	a.do()
	return r, err
}

// TestSharedSwapped: a commit that the remote has made is no error if the context ends then; and if the file cannot note
// it, the error says that it may have been made.
func TestSharedSwapped(t *testing.T) {
	one := store.Value[int](nil)
	r := &afterSwap{Remote: chunk.NewMemoryRemote(), do: func() {}}
	add := func(n int) (int, error) { return n + 1, nil }
	st := machine(t, r)
	b := store.NewBranch(st, "main", one)
	ctx, cancel := context.WithCancel(t.Context())
	r.do = cancel
	v, err := b.Update(ctx, add)
	require.NoError(t, err)
	require.Error(t, ctx.Err())
	require.Equal(t, v.ID(), must(b.Head(t.Context())).ID())

	r.do = func() { st.Close() }
	_, err = b.Update(t.Context(), add)
	require.ErrorIs(t, err, store.ErrUnknownOutcome)
	require.ErrorIs(t, err, store.ErrClosed)
	r.do = func() {}
	other := store.NewBranch(machine(t, r), "main", one)
	require.Equal(t, 2, load(t, must(other.Head(t.Context()))))

	// The same of Reset.
	st = machine(t, r)
	b = store.NewBranch(st, "main", one)
	head := must(b.Head(t.Context()))
	r.do = func() { st.Close() }
	require.ErrorIs(t, b.Reset(t.Context(), head, must(b.At(t.Context(), v.ID()))), store.ErrUnknownOutcome)
	r.do = func() {}
	require.Equal(t, 1, load(t, must(other.Head(t.Context()))))
}
