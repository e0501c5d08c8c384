package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/ramet-go/ramet/cell"
	"github.com/ramet-go/ramet/store"
)

// A pace is how long a keeper waits for a cluster.
type pace struct {
	write time.Duration // for a version to be written; less than clients wait for the server
	ask   time.Duration // for an answer to whether it is there
	look  time.Duration // from one such question to the next
	retry time.Duration // before it watches again, at first and at most 64 times as long
}

var usual = pace{write: 8 * time.Second, ask: 4 * time.Second, look: 3 * time.Second, retry: 50 * time.Millisecond}

// What those who watch are told while nothing can be written.
const (
	silence = "the cluster does not answer"
	refusal = "the server cannot use the cluster, and has printed why"
)

// following makes the cell follow what other machines write, and know whether the cluster answers, until ctx ends or the function is called
// that it returns, which waits for its goroutines.
func (k *keeper) following(ctx context.Context, s *versions) (end func()) {
	ctx, cancel := context.WithCancel(ctx)
	var done sync.WaitGroup
	done.Go(func() { k.watch(ctx, s) })
	done.Go(func() { k.ask(ctx, s) })
	return func() {
		cancel()
		done.Wait()
	}
}

// watch takes each version as it comes. If watching fails, it begins anew after a while.
func (k *keeper) watch(ctx context.Context, s *versions) {
	said, pause := "", k.pace.retry
	for ctx.Err() == nil {
		for v, err := range k.branch.Watch(ctx) {
			if err == nil {
				err = k.take(ctx, s, v)
			}
			if err != nil {
				if text := err.Error(); text != said && ctx.Err() == nil {
					complain(err)
					said = text
				}
				break
			}
			said, pause = "", k.pace.retry
		}
		select {
		case <-time.After(pause/2 + rand.N(pause)):
		case <-ctx.Done():
		}
		pause = min(2*pause, 64*k.pace.retry)
	}
}

// take makes the cell follow to a version that was the head a moment ago. What comes right after the head that is known is taken as it is;
// else, as two may be on their way at once, the branch says which one is the newest.
func (k *keeper) take(ctx context.Context, s *versions, v *store.Version[state]) error {
	if err := k.lock(ctx); err != nil {
		return err
	}
	defer k.unlock()
	if v.ID() == k.head.ID() {
		return nil
	}
	if before := v.Parents(); len(before) == 1 && before[0] == k.head.ID() {
		return k.followTo(ctx, s, v)
	}
	ctx, cancel := context.WithTimeout(ctx, k.pace.write)
	defer cancel()
	return k.follow(ctx, s)
}

// ask asks now and then, and when somebody is in doubt, what the head is, and says in the cell whether there was an answer. So nobody has to
// try to write to learn that it works again.
func (k *keeper) ask(ctx context.Context, s *versions) {
	for ctx.Err() == nil {
		within, cancel := context.WithTimeout(ctx, k.pace.ask)
		v, err := k.branch.Head(within)
		cancel()
		if err == nil {
			err = k.take(ctx, s, v)
		}
		switch {
		case ctx.Err() != nil:
		case err == nil:
			s.trouble("")
		case silent(err):
			s.trouble(silence)
		default:
			if s.trouble(refusal) {
				complain(err)
			}
		}
		select {
		case <-time.After(k.pace.look):
		case <-k.look:
		case <-ctx.Done():
		}
	}
}

// silent reports whether an error is that an answer did not come in time.
func silent(err error) bool {
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, store.ErrUnknownOutcome)
}

// again asks for a look at the cluster, now.
func (k *keeper) again() {
	select {
	case k.look <- struct{}{}:
	default:
	}
}

// trouble says why nothing can be written; "": it can. It reports whether that is new.
func (s *versions) trouble(text string) bool {
	_, changed := cell.UpdateIfChanged(&s.now, func(p present) present {
		p.trouble = text
		return p
	})
	return changed
}
