package cell_test

import (
	"context"
	"iter"
	"runtime"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	"weak"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/cell"
)

// A test in a bubble of synctest fails if a goroutine is left when it ends: watchers that outlive their context would be.

// TestWatchSeesEachValueThatStays, whatever writes it, equal values included, and nothing after its context's end.
func TestWatchSeesEachValueThatStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		var c cell.Cell[int]
		var seen []int
		var wg sync.WaitGroup
		wg.Go(func() {
			for n := range c.Watch(ctx) {
				seen = append(seen, n)
			}
		})
		for _, write := range []func(){
			func() { c.Store(1) },
			func() { c.Store(1) },
			func() { c.Swap(2) },
			func() { c.Update(func(n int) int { return n + 1 }) },
			func() { c.TryUpdate(func(n int) (int, error) { return 9, errNo }) },
			func() { c.TryUpdate(func(n int) (int, error) { return n + 1, nil }) },
			func() { cell.CompareAndSwap(&c, 7, 8) },
			func() { cell.CompareAndSwap(&c, 4, 4) },
		} {
			synctest.Wait()
			write()
		}
		synctest.Wait()
		cancel()
		c.Store(100)
		wg.Wait()
		assert.Equal(t, []int{0, 1, 1, 2, 3, 4, 4}, seen)
		for range c.Watch(ctx) {
			t.Error("a value after the end")
		}
	})
}

// TestWatchConflates: a slow range goes on with the newest value.
func TestWatchConflates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		c := cell.New(0)
		var wg sync.WaitGroup
		wg.Go(func() {
			for i := 1; i <= 1000; i++ {
				time.Sleep(time.Second / 10)
				c.Store(i)
			}
		})
		var seen []int
		for n := range c.Watch(ctx) {
			seen = append(seen, n)
			time.Sleep(time.Minute - time.Millisecond)
			if len(seen) == 4 {
				break
			}
		}
		wg.Wait()
		assert.Equal(t, []int{0, 599}, seen[:2])
		assert.Equal(t, 1000, seen[2], "the last value before a pause")
	})
}

// TestManyWatchersAndWriters: each watcher sees values in the order in which they were written, and the last one, though
// some are slow, some panic and some leave.
func TestManyWatchersAndWriters(t *testing.T) {
	const watchers, writers, each = 12, 4, 3000
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		c := cell.New(0)
		watch := c.Watch(ctx) // one for all
		last := make([]int, watchers)
		var watching, writing sync.WaitGroup
		for w := range watchers {
			watching.Go(func() {
				defer func() { recover() }()
				before, count := -1, 0
				for n := range watch {
					if n <= before {
						t.Errorf("%d after %d", n, before)
					}
					before, last[w] = n, n
					count++
					switch {
					case w%4 == 1 && count%10 == 0:
						runtime.Gosched()
					case w == 2 && count == 3:
						panic("watcher")
					case w == 3 && count == 3:
						return
					}
				}
			})
		}
		for range writers {
			writing.Go(func() {
				for range each {
					c.Update(func(n int) int { return n + 1 })
				}
			})
		}
		writing.Wait()
		synctest.Wait() // all watchers have seen what there is to see
		cancel()
		watching.Wait()
		for w, n := range last {
			if w != 2 && w != 3 {
				assert.Equal(t, writers*each, n, "watcher %d", w)
			}
		}
	})
}

// TestWatchEndsWithItsContext, however it ends, and whether or not something changes at the same time.
func TestWatchEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := cell.New(0)
		within, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		for range c.Watch(within) {
		}
		assert.Equal(t, time.Second, time.Since(began))

		for range 200 { // both at once: if the end is seen to be there, no value is yielded
			ctx, cancel := context.WithCancel(t.Context())
			var wg sync.WaitGroup
			n := 0
			wg.Go(func() {
				for range c.Watch(ctx) {
					if n++; ctx.Err() != nil {
						t.Error("a value after the end")
					}
				}
			})
			synctest.Wait()
			cancel()
			c.Store(1)
			wg.Wait()
			assert.Equal(t, 1, n)
		}

		ctx, cancel2 := context.WithCancel(t.Context())
		defer cancel2()
		n := 0
		for range c.Watch(ctx) { // ended by the body itself, which also writes
			n++
			c.Store(n)
			if n == 3 {
				cancel2()
			}
		}
		assert.Equal(t, 3, n)
	})
}

// TestWatchersLeaveNothing behind, and writers make nothing for watchers that are not there.
func TestWatchersLeaveNothing(t *testing.T) {
	c := cell.New(0)
	for range 3 {
		c.Store(1)
	}
	assert.False(t, cell.Watched(c))
	before := runtime.NumGoroutine()
	for range 100 {
		for range c.Watch(t.Context()) {
			break
		}
		next, stop := iter.Pull(c.Watch(t.Context()))
		next()
		stop()
	}
	assert.False(t, cell.Watched(c), "nobody has waited")
	assert.LessOrEqual(t, runtime.NumGoroutine(), before) // one of another test may end meanwhile

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	assert.Empty(t, slices.Collect(c.Watch(ctx)))

	big := new([100]int)
	held := weak.Make(big)
	w := cell.New(big)
	next, stop := iter.Pull(w.Watch(t.Context()))
	defer stop()
	next()
	big = nil
	w.Store(nil)
	next()
	runtime.GC()
	assert.Nil(t, held.Value(), "a value that has been replaced, and that no watcher looks at")
	runtime.KeepAlive(w)
}
