package natsstore

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/chunk"
)

// A counting is what clients that count by swaps know of them.
type counting struct {
	mu      sync.Mutex
	done    map[chunk.Addr]chunk.Ref // swaps that were acknowledged
	unknown map[chunk.Addr]bool
	moved   atomic.Int64
	acks    atomic.Int64
	over    atomic.Int64  // clients that have ended
	slowest time.Duration // between two acknowledged swaps of all, since restart
	last    time.Time
}

func counted(n, client, attempt uint64) (a chunk.Addr) {
	binary.BigEndian.PutUint64(a[:], n)
	binary.BigEndian.PutUint64(a[8:], client)
	binary.BigEndian.PutUint64(a[16:], attempt)
	a[31] = 1
	return a
}

func number(a chunk.Addr) uint64 { return binary.BigEndian.Uint64(a[:]) }

// count counts until stop is closed. What became of each of its swaps is noted.
func (c *counting) count(t *testing.T, r *Remote, client uint64, stop <-chan struct{}) {
	defer c.over.Add(1)
	ctx := context.Background()
	for attempt := uint64(0); ; attempt++ {
		select {
		case <-stop:
			return
		case <-time.After(rand.N(40 * time.Millisecond)):
		}
		old, err := r.Ref(ctx, "counter")
		if err != nil {
			t.Errorf("client %d: %v", client, err)
			return
		}
		target := counted(number(old.Target)+1, client, attempt)
		now, err := r.Swap(ctx, chunk.Swap{Name: "counter", Old: old.Revision, Target: target})
		c.mu.Lock()
		switch {
		case err == nil:
			if now.Target != target || now.Revision <= old.Revision {
				t.Errorf("from %v to %v the swap returns %v", old, target, now)
			}
			c.done[target] = now
			c.acks.Add(1)
			at := time.Now()
			c.slowest, c.last = max(c.slowest, at.Sub(c.last)), at
		case errors.Is(err, chunk.ErrUnknownOutcome):
			t.Logf("client %d: %v", client, err)
			c.unknown[target] = true
		case errors.Is(err, chunk.ErrMoved):
			c.moved.Add(1)
		default:
			t.Errorf("client %d: %v", client, err)
		}
		c.mu.Unlock()
	}
}

// restart begins to measure the slowest anew.
func (c *counting) restart() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.slowest, c.last = 0, time.Now()
}

func (c *counting) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return fmt.Sprintf("a pause of %v; swaps: %d acknowledged, %d unknown, %d moved", c.slowest.Round(time.Millisecond), c.acks.Load(), len(c.unknown), c.moved.Load())
}

// check fails unless every number up to the last was reached once: by a swap that was acknowledged, or by one whose
// outcome is unknown. The clients have ended.
func (c *counting) check(t *testing.T, r *Remote) {
	ctx := within(t)
	last, err := r.Ref(ctx, "counter")
	require.NoError(t, err)
	reached := map[uint64]chunk.Addr{}
	for a := range c.done {
		if was, ok := reached[number(a)]; ok {
			t.Errorf("%d was reached twice: %v and %v", number(a), was, a)
		}
		reached[number(a)] = a
		if number(a) > number(last.Target) {
			t.Errorf("an acknowledged swap to %d is missing, the last one is %d", number(a), number(last.Target))
		}
	}
	unknown := map[uint64]bool{}
	for a := range c.unknown {
		unknown[number(a)] = true
	}
	for n := uint64(1); n <= number(last.Target); n++ {
		if _, ok := reached[n]; !ok && !unknown[n] {
			t.Errorf("nobody has reached %d", n)
		}
	}
	// What the history still has is what was acknowledged.
	compared := 0
	for sequence := uint64(0); ; compared++ {
		h, err := r.after(ctx, r.headSubject("counter"), sequence)
		require.NoError(t, err)
		if h.sequence == 0 {
			break
		}
		sequence = h.sequence
		if ref, ok := c.done[h.ref.Target]; ok {
			assert.Equal(t, ref, h.ref)
		} else {
			assert.True(t, c.unknown[h.ref.Target], "%v is of nobody", h.ref)
		}
	}
	assert.Equal(t, min(int(number(last.Target)), history), compared)
}

// An updating is what machines that count by Update know of it.
type updating struct {
	mu      sync.Mutex
	done    map[chunk.Addr]bool // versions that were acknowledged
	by      map[string]int      // how many, by machine
	unknown map[string]int
	acks    atomic.Int64
	over    atomic.Int64 // machines that have ended
}

// counters are what all count together, as "all", and what each counts.
var counters = store.HashMap[string, int](nil, nil)

// count counts until stop is closed, on the branch "main".
func (u *updating) count(t *testing.T, st *store.Store, machine string, stop <-chan struct{}) {
	defer u.over.Add(1)
	b := store.NewBranch(st, "main", counters)
	for {
		select {
		case <-stop:
			return
		case <-time.After(rand.N(40 * time.Millisecond)):
		}
		v, err := b.Update(context.Background(), func(m hamt.Map[string, int]) (hamt.Map[string, int], error) {
			return m.Set("all", m.Get("all")+1).Set(machine, m.Get(machine)+1), nil
		})
		u.mu.Lock()
		switch {
		case err == nil:
			u.done[v.ID()] = true
			u.by[machine]++
			u.acks.Add(1)
		case errors.Is(err, chunk.ErrUnknownOutcome):
			t.Logf("machine %s: %v", machine, err)
			u.unknown[machine]++
		default:
			t.Errorf("machine %s: %v", machine, err)
		}
		u.mu.Unlock()
	}
}

func (u *updating) String() string {
	u.mu.Lock()
	defer u.mu.Unlock()
	return fmt.Sprintf("updates: %d acknowledged, unknown %v", u.acks.Load(), u.unknown)
}

// check fails unless a machine that begins now finds all versions that were acknowledged, and the counters exact. Those
// who counted have ended.
func (u *updating) check(t *testing.T, st *store.Store) {
	ctx := within(t)
	b := store.NewBranch(st, "main", counters)
	head, err := b.Head(ctx)
	require.NoError(t, err)
	m, err := head.Load(ctx)
	require.NoError(t, err)
	sum := 0
	for machine, n := range u.by {
		got := m.Get(machine)
		sum += got
		if got < n || got > n+u.unknown[machine] {
			t.Errorf("machine %s has counted to %d, and the counter is %d; unknown: %d", machine, n, got, u.unknown[machine])
		}
	}
	assert.Equal(t, sum, m.Get("all"))
	log := 0
	for v, err := range b.Log(ctx) {
		require.NoError(t, err)
		log++
		delete(u.done, v.ID())
	}
	assert.Equal(t, sum, log, "versions in the log")
	assert.Empty(t, u.done, "acknowledged versions are missing")
	for p, err := range st.Check(ctx) {
		require.NoError(t, err)
		t.Errorf("check: %v", p)
	}
}
