package natsstore

import (
	"context"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

// watch hands out what a name stands for.
func watch(t *testing.T, r *Remote, name string) <-chan chunk.Ref {
	ctx, cancel := context.WithCancel(context.Background())
	refs, over := make(chan chunk.Ref, 1000), make(chan struct{})
	go func() {
		defer close(over)
		for ref, err := range r.Watch(ctx, name) {
			if err != nil {
				t.Error(err)
				return
			}
			refs <- ref
		}
	}()
	t.Cleanup(func() { cancel(); <-over })
	return refs
}

func expect(t *testing.T, refs <-chan chunk.Ref, want chunk.Ref, within time.Duration) {
	t.Helper()
	select {
	case got := <-refs:
		assert.Equal(t, want, got)
	case <-time.After(within):
		t.Fatalf("%v was not seen", want)
	}
}

// The connection breaks, and meanwhile the name moves: the watch goes on with the newest, soon.
func TestWatchReconnects(t *testing.T) {
	t.Parallel()
	s := start(t)
	r, l := openLine(t, s.ClientURL(), "reconnects")
	other := openAt(t, s, "reconnects")
	refs := watch(t, r, "a")
	expect(t, refs, chunk.Ref{}, 10*time.Second)
	var last chunk.Ref
	for n := range byte(3) {
		l.mu.Lock()
		l.down = true
		l.mu.Unlock()
		l.arm("PING", true) // the next message breaks it
		r.nc.Flush()        //nolint:errcheck // it fails
		require.Eventually(t, func() bool { return r.nc.Status() == nats.RECONNECTING }, 10*time.Second, time.Millisecond)
		for range 2 {
			var err error
			last, err = other.Swap(within(t), swapTo("a", last.Revision, n))
			require.NoError(t, err)
		}
		l.mu.Lock()
		l.down = false
		l.mu.Unlock()
		expect(t, refs, last, 4*time.Second)
	}
	assert.Empty(t, refs)
}

// The servers lose the consumer, and do not say so: signs of life are missing.
func TestWatchConsumerLost(t *testing.T) {
	t.Parallel()
	s := start(t)
	r := openAt(t, s, "lost")
	r.beat = 200 * time.Millisecond
	refs := watch(t, r, "a")
	expect(t, refs, chunk.Ref{}, 10*time.Second)
	var name string
	require.Eventually(t, func() bool {
		for n := range r.heads.ConsumerNames(within(t)).Name() {
			name = n
		}
		return name != ""
	}, 10*time.Second, time.Millisecond)
	require.NoError(t, r.heads.DeleteConsumer(within(t), name))
	a, err := r.Swap(within(t), swapTo("a", 0, 1))
	require.NoError(t, err)
	expect(t, refs, a, 10*time.Second)
	b, err := r.Swap(within(t), swapTo("a", a.Revision, 2))
	require.NoError(t, err)
	expect(t, refs, b, time.Second)
}

// Who does not read for long sees the newest next, and nothing twice.
func TestWatchSlow(t *testing.T) {
	t.Parallel()
	s := start(t)
	r, other := openAt(t, s, "slow"), openAt(t, s, "slow")
	r.beat = 100 * time.Millisecond
	ctx := within(t)
	var last chunk.Ref
	seen := 0
	for ref, err := range r.Watch(ctx, "a") {
		require.NoError(t, err)
		if seen++; seen == 1 {
			for n := range 200 { // more than are kept for him
				last, err = other.Swap(ctx, swapTo("a", last.Revision, byte(n+1)))
				require.NoError(t, err)
			}
			continue
		}
		assert.LessOrEqual(t, ref.Revision, last.Revision)
		if ref == last {
			break
		}
	}
	assert.Equal(t, chunk.Ref{Target: address(200), Revision: 200}, last)
	assert.LessOrEqual(t, seen, 3)
}

// When a watch ends there is no consumer, no goroutine and no subscription left of it.
func TestWatchLeavesNothing(t *testing.T) {
	s := start(t)
	r := openAt(t, s, "nothing")
	ctx := within(t)
	_, err := r.Swap(ctx, swapTo("a", 0, 1))
	require.NoError(t, err)
	before := r.nc.NumSubscriptions()
	for i := range 40 {
		for _, err := range r.Watch(ctx, "a") {
			require.NoError(t, err)
			break
		}
		stopping, cancel := context.WithCancel(ctx)
		time.AfterFunc(time.Duration(i)*100*time.Microsecond, cancel) // also while a consumer is being made
		for _, err := range r.Watch(stopping, "a") {
			require.NoError(t, err)
		}
	}
	assert.LessOrEqual(t, r.nc.NumSubscriptions(), before+1) // one of the connection, for answers
	// All are deleted before they would go by themselves, after half a minute.
	require.Eventually(t, func() bool {
		info, err := r.heads.Info(ctx)
		return err == nil && info.State.Consumers == 0
	}, 25*time.Second, 10*time.Millisecond, "consumers are left")
	stacks := make([]byte, 1<<20)
	require.Eventually(t, func() bool {
		stacks = stacks[:runtime.Stack(stacks[:cap(stacks)], true)]
		return !strings.Contains(string(stacks), "natsstore.(*watching)")
	}, 10*time.Second, 10*time.Millisecond, "%s", stacks)
}

// A follower that is behind may send what is older than what was seen: it is not yielded, and neither is the same
// again.
func TestWatchOlder(t *testing.T) {
	var seen []chunk.Ref
	w := watching{yield: func(ref chunk.Ref, _ error) bool { seen = append(seen, ref); return true }}
	at := func(n uint64) head { return head{ref: chunk.Ref{Target: address(byte(n)), Revision: n}, sequence: n} }
	for _, h := range []head{{}, {sequence: 2}, at(5), at(4), {sequence: 3}, at(5), {sequence: 6}, at(5), at(7)} {
		require.NoError(t, w.show(h))
	}
	assert.Equal(t, []chunk.Ref{{}, at(5).ref, {}, at(7).ref}, seen)
}

// The connection is closed for good.
func TestWatchClosed(t *testing.T) {
	s := start(t)
	r := openAt(t, s, "closed")
	time.AfterFunc(100*time.Millisecond, r.nc.Close)
	begun := time.Now()
	var last error
	for _, err := range r.Watch(within(t), "a") {
		last = err
	}
	assert.ErrorIs(t, last, nats.ErrConnectionClosed)
	assert.Less(t, time.Since(begun), 5*time.Second)
}
