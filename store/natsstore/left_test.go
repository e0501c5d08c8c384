package natsstore

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/chunk"
)

// working returns the goroutines but this one that are in the client's library, in a store or in this package.
func working() (found []string) {
	stacks := make([]byte, 4<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	for _, stack := range strings.Split(string(stacks), "\n\n")[1:] {
		if strings.Contains(stack, "nats-io/nats.go") || strings.Contains(stack, "ramet/store") {
			found = append(found, stack)
		}
	}
	return found
}

// No call of a remote leaves a goroutine, however it ends, and a store that shares one leaves none when it is closed.
func TestNothingIsLeft(t *testing.T) {
	s := start(t)
	r := openAt(t, s, "left")
	ctx := within(t)
	work := func(n int) {
		name := "n" + string(rune('a'+n))
		id := address(byte(n + 1))
		ending, cancel := context.WithTimeout(ctx, time.Duration(n)*100*time.Microsecond)
		defer cancel()
		for _, ctx := range []context.Context{ctx, ending} {
			may := func(err error) {
				if ctx == ending {
					return
				}
				require.NoError(t, err)
			}
			old, err := r.Ref(ctx, name)
			may(err)
			_, err = r.Swap(ctx, swapTo(name, old.Revision, 1))
			may(err)
			for _, err := range r.Refs(ctx, "") {
				may(err)
				break
			}
			may(r.PutPack(ctx, id, true, each(blocks(byte(n), 10))))
			wrong := errors.New("wrong")
			assert.Error(t, r.PutPack(ctx, address(99), true, func(yield func(chunk.Chunk, error) bool) {
				_ = yield(blocks(1, 1)[0], nil) && yield(chunk.Chunk{}, wrong)
			}))
			_, chunks, err := r.Pack(ctx, id)
			if may(err); err == nil {
				for _, err := range chunks {
					may(err)
					break
				}
			}
			for _, err := range r.Packs(ctx) {
				may(err)
				break
			}
			for _, err := range r.Watch(ctx, name) {
				may(err)
				break
			}
			may(r.DeletePack(ctx, id))
		}
		for range r.Watch(ending, name) {
		}
		st, err := store.Open(filepath.Join(t.TempDir(), "s.ramet"), store.Shared(r))
		require.NoError(t, err)
		b := store.NewBranch(st, "main", counters)
		_, err = b.Update(ctx, func(m hamt.Map[string, int]) (hamt.Map[string, int], error) { return m.Set("all", n), nil })
		require.NoError(t, err)
		var watching sync.WaitGroup
		begun := make(chan bool, 10)
		watching.Go(func() {
			var last error
			for _, err := range b.Watch(ctx) {
				last = err
				begun <- true
			}
			assert.ErrorIs(t, last, store.ErrClosed)
		})
		<-begun
		require.NoError(t, st.Close())
		watching.Wait()
	}
	work(0) // the connection has goroutines of its own, from its first request on
	before := len(working())
	for n := range 10 {
		work(n + 1)
	}
	var left []string
	for late := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		if left = working(); len(left) <= before {
			return
		}
		if time.Now().After(late) {
			t.Fatalf("%d goroutines, and %d before:\n%s", len(left), before, strings.Join(left, "\n\n"))
		}
	}
}
