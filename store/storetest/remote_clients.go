package storetest

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/ramet-go/ramet/store/chunk"
)

// Of those who make a name at once, one does, also if it was deleted before.
func remoteCreate(t *testing.T, open func(testing.TB) chunk.Remote) {
	const clients, rounds = 5, 8
	ctx := within(t)
	r := open(t)
	handles := make([]chunk.Remote, clients)
	for i := range handles {
		handles[i] = open(t)
	}
	for round := range uint64(rounds) {
		refs := make([]chunk.Ref, clients)
		errs := make([]error, clients)
		var all sync.WaitGroup
		for i, h := range handles {
			all.Go(func() { refs[i], errs[i] = h.Swap(ctx, swap("create", 0, address(round*clients+uint64(i)+1))) })
		}
		all.Wait()
		var made []chunk.Ref
		for i, err := range errs {
			if err == nil {
				made = append(made, refs[i])
			} else {
				wantErr(t, err, chunk.ErrMoved)
			}
		}
		if len(made) != 1 {
			t.Fatalf("%d have made one name: %v", len(made), made)
		}
		wantRef(t, r, "create", made[0])
		_, err := r.Swap(ctx, swap("create", made[0].Revision, chunk.Addr{}))
		must(t, err)
	}
}

// count adds one to the number that name stands for, as often as said, and hands out the refs that its swaps returned.
func count(ctx context.Context, r chunk.Remote, name string, times int, each func(chunk.Ref)) error {
	for done := 0; done < times; {
		old, err := r.Ref(ctx, name)
		if err != nil {
			return err
		}
		now, err := r.Swap(ctx, swap(name, old.Revision, address(number(old.Target)+1)))
		switch {
		case err == nil:
			done++
			each(now)
		case errors.Is(err, chunk.ErrMoved):
			if ctx.Err() != nil {
				return ctx.Err()
			}
			time.Sleep(rand.N(time.Millisecond))
		default:
			return err
		}
	}
	return nil
}

func remoteCounters(t *testing.T, open func(testing.TB) chunk.Remote) {
	const clients, times = 4, 25
	ctx := within(t)
	var mu sync.Mutex
	seen := map[uint64]chunk.Ref{}
	var all sync.WaitGroup
	for range clients {
		r := open(t)
		all.Go(func() {
			err := count(ctx, r, "counter", times, func(ref chunk.Ref) {
				mu.Lock()
				defer mu.Unlock()
				if was, ok := seen[number(ref.Target)]; ok {
					t.Errorf("two swaps have counted to %d: %v and %v", number(ref.Target), was, ref)
				}
				seen[number(ref.Target)] = ref
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if t.Failed() {
		return
	}
	wantRef(t, open(t), "counter", seen[clients*times])
	for n := uint64(2); n <= clients*times; n++ {
		if seen[n].Revision <= seen[n-1].Revision {
			t.Fatalf("the revisions of %d and %d are %d and %d", n-1, n, seen[n-1].Revision, seen[n].Revision)
		}
	}
}

// Swaps with deletions among them: the successful ones form one chain, each from the revision that another one made,
// and each began before the next one was over.
func remoteLinearizable(t *testing.T, open func(testing.TB) chunk.Remote) {
	const clients, times = 4, 40
	type done struct {
		old, now   chunk.Ref
		begun, end time.Time
	}
	ctx := within(t)
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	var mu sync.Mutex
	var history []done
	var refused []done // with the time only
	var all sync.WaitGroup
	for i := range uint64(clients) {
		r := open(t)
		random := rand.New(rand.NewPCG(seed, i))
		all.Go(func() {
			var old chunk.Ref
			for n := range uint64(times) {
				target := address(i*times + n + 1)
				if random.IntN(4) == 0 {
					target = chunk.Addr{}
				}
				time.Sleep(time.Duration(random.IntN(50)) * time.Microsecond) // somebody else may get in between
				begun := time.Now()
				now, err := r.Swap(ctx, swap("linear", old.Revision, target))
				d := done{old, now, begun, time.Now()}
				mu.Lock()
				switch {
				case err == nil && (old.Revision != 0 || !target.IsZero()):
					history = append(history, d)
				case errors.Is(err, chunk.ErrMoved):
					refused = append(refused, d)
				case err != nil:
					t.Error(err)
				}
				mu.Unlock()
				if err == nil {
					old = now
				}
				if err != nil || random.IntN(3) == 0 {
					if old, err = r.Ref(ctx, "linear"); err != nil {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	all.Wait()
	if t.Failed() {
		return
	}
	if len(history) < times || len(refused) == 0 {
		t.Fatalf("%d swaps were done and %d refused: too few to say anything", len(history), len(refused))
	}
	// Each revision is made once, and left at most once.
	made, left := map[uint64]done{}, map[uint64]done{}
	for _, d := range history {
		if d.now.Revision != 0 {
			if _, ok := made[d.now.Revision]; ok {
				t.Fatalf("revision %d was made twice", d.now.Revision)
			}
			made[d.now.Revision] = d
		}
		if d.old.Revision != 0 {
			if other, ok := left[d.old.Revision]; ok {
				t.Fatalf("two swaps from revision %d succeeded: to %v and %v", d.old.Revision, d.now, other.now)
			}
			left[d.old.Revision] = d
		}
	}
	var end []uint64
	deleted, created := 0, 0
	for _, d := range history {
		if d.old.Revision != 0 {
			if from, ok := made[d.old.Revision]; !ok {
				t.Fatalf("a swap from revision %d succeeded, which no swap has made", d.old.Revision)
			} else if d.end.Before(from.begun) {
				t.Fatalf("a swap from revision %d was over before that was made", d.old.Revision)
			}
		} else {
			created++
		}
		if d.now.Revision == 0 {
			deleted++
		} else if _, ok := left[d.now.Revision]; !ok {
			end = append(end, d.now.Revision)
		}
	}
	last, err := open(t).Ref(ctx, "linear")
	must(t, err)
	switch {
	case last.Revision == 0 && (len(end) != 0 || created != deleted),
		last.Revision != 0 && (len(end) != 1 || end[0] != last.Revision || made[last.Revision].now != last || created != deleted+1):
		t.Fatalf("at the end it is %v; left over are %v, with %d made and %d deleted", last, end, created, deleted)
	}
}
