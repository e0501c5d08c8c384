package storetest

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/ramet-go/ramet/store/chunk"
)

// Nothing is done for a context that has ended.
func remoteEnded(t *testing.T, open func(testing.TB) chunk.Remote) {
	r, other := open(t), open(t)
	ctx := within(t)
	a, err := r.Swap(ctx, swap("ended", 0, address(1)))
	must(t, err)
	cs := some(1, 10)
	must(t, r.PutPack(ctx, address(5000), true, each(cs)))
	for _, cause := range []error{context.Canceled, context.DeadlineExceeded} {
		ended, cancel := context.WithCancel(ctx)
		if cause == context.DeadlineExceeded {
			ended, cancel = context.WithTimeout(ctx, -1)
		}
		cancel()
		_, err = r.Ref(ended, "ended")
		wantErr(t, err, cause)
		for _, err := range r.Refs(ended, "") {
			wantErr(t, err, cause)
		}
		_, err = r.Swap(ended, swap("ended", a.Revision, address(2)))
		wantErr(t, err, cause)
		if errors.Is(err, chunk.ErrUnknownOutcome) {
			t.Fatalf("the outcome of what was not begun is unknown: %v", err)
		}
		_, err = r.Swap(ended, swap("ended/none", 0, chunk.Addr{}))
		wantErr(t, err, cause)
		for ref, err := range r.Watch(ended, "ended") {
			if err != nil {
				t.Fatalf("Watch ends with %v (%v)", err, ref)
			}
		}
		wantErr(t, r.PutPack(ended, address(5001), true, each(cs)), cause)
		_, _, err = r.Pack(ended, address(5000))
		wantErr(t, err, cause)
		n := 0
		for _, err := range r.Packs(ended) {
			n++
			wantErr(t, err, cause)
		}
		if n != 1 {
			t.Fatalf("Packs yields %d errors", n)
		}
		wantErr(t, r.DeletePack(ended, address(5000)), cause)
	}
	reading, cancel := context.WithCancel(ctx)
	_, chunks, err := r.Pack(reading, address(5000))
	must(t, err)
	cancel()
	n := 0
	for _, err := range chunks {
		n++
		wantErr(t, err, context.Canceled)
	}
	if n != 1 {
		t.Fatalf("a pack yields %d errors", n)
	}
	wantRef(t, other, "ended", a)
	wantPack(t, other, address(5000), true, cs)
	_, _, err = other.Pack(ctx, address(5001))
	wantErr(t, err, chunk.ErrMissing)
}

// DropAnswers returns a remote whose swaps fail now and then with [chunk.ErrUnknownOutcome]: half of those are done
// nevertheless. What uses remotes is tested with it. seed says which ones; one in often fails.
func DropAnswers(r chunk.Remote, seed uint64, often int) chunk.Remote {
	return &dropper{Remote: r, random: rand.New(rand.NewPCG(seed, 0)), often: often}
}

type dropper struct {
	chunk.Remote
	often int

	mu     sync.Mutex
	random *rand.Rand
}

func (d *dropper) Swap(ctx context.Context, s chunk.Swap) (chunk.Ref, error) {
	d.mu.Lock()
	drop, done := d.random.IntN(d.often) == 0, d.random.IntN(2) == 0
	d.mu.Unlock()
	if !drop {
		return d.Remote.Swap(ctx, s)
	}
	if done {
		if _, err := d.Remote.Swap(ctx, s); err != nil && !errors.Is(err, chunk.ErrMoved) {
			return chunk.Ref{}, err
		}
	}
	return chunk.Ref{}, fmt.Errorf("%s to %v: %w", s.Name, s.Target, chunk.ErrUnknownOutcome)
}

// Clients that see unknown outcomes count right: each target is of one of them, and what became of it is in the name,
// or, as here, in what followed: a target has the number and the client of the swap, and others say whom they found.
func remoteDropAnswers(t *testing.T, open func(testing.TB) chunk.Remote) {
	const clients, times = 3, 20
	ctx := within(t)
	target := func(n, client, attempt uint64) chunk.Addr {
		a := address(n)
		binary.BigEndian.PutUint64(a[8:], client)
		binary.BigEndian.PutUint64(a[16:], attempt)
		return a
	}
	var mu sync.Mutex
	found := map[chunk.Addr]bool{} // targets that somebody has read or was told of: they were stored
	var tried [clients][]chunk.Addr
	unknown := 0
	var all sync.WaitGroup
	for client := range uint64(clients) {
		r := DropAnswers(open(t), client, 4)
		all.Go(func() {
			for attempt := uint64(0); attempt < 10_000; attempt++ {
				old, err := r.Ref(ctx, "dropped")
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				found[old.Target] = true
				mu.Unlock()
				if number(old.Target) >= clients*times {
					return
				}
				want := target(number(old.Target)+1, client, attempt)
				mu.Lock()
				tried[client] = append(tried[client], want)
				mu.Unlock()
				now, err := r.Swap(ctx, swap("dropped", old.Revision, want))
				mu.Lock()
				switch {
				case err == nil:
					found[now.Target] = true
				case errors.Is(err, chunk.ErrUnknownOutcome):
					unknown++
					if !strings.Contains(err.Error(), want.String()) {
						t.Errorf("the error does not name the commit: %v", err)
					}
				case !errors.Is(err, chunk.ErrMoved):
					t.Error(err)
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if t.Failed() {
		return
	}
	if unknown == 0 {
		t.Fatal("no outcome was unknown")
	}
	// Each number was reached once.
	reached := map[uint64]chunk.Addr{}
	for a := range found {
		if was, ok := reached[number(a)]; ok && was != a {
			t.Fatalf("%d was reached twice: %v and %v", number(a), was, a)
		}
		reached[number(a)] = a
	}
	for n := range uint64(clients*times + 1) {
		if _, ok := reached[n]; !ok {
			t.Fatalf("%d was not reached", n)
		}
	}
}
