package cell

import (
	"sync/atomic"
	"time"
)

// What happens to an Update whose function is run in vain again and again, as others write all the time. A
// compare-and-swap makes sure that somebody gets on, but not that each does: a function that takes a millisecond never
// gets through between others that take a microsecond. So, having run patience times, an Update enters its name at the
// gate, and other writers give way. They wait until it is done, but no longer than it has been starved, nor than
// longestWait: the function may itself be waiting for something that they hold, or be what they are called by, and nothing
// must come to a halt. Who is there for too long is not waited for.

const (
	patience    = 8 // runs of a function, in vain, until others give way
	longestWait = 100 * time.Millisecond
	longestStay = time.Second
)

// A writer that finds nobody there pays one read for that.

// A gate is where starved Updates enter their names, one at a time.
type gate struct{ at atomic.Pointer[starved] }

// starved is an Update that has run its function in vain too often.
type starved struct {
	since time.Time
	done  chan struct{} // closed when it is over
}

func newStarved() *starved {
	return &starved{since: time.Now(), done: make(chan struct{})}
}

// enter enters s, unless another is there and has not been for too long.
func (g *gate) enter(s *starved) {
	if other := g.at.Load(); other == nil || other != s && time.Since(other.since) > longestStay {
		g.at.CompareAndSwap(other, s)
	}
}

// leave ends the starving of s.
func (g *gate) leave(s *starved) {
	g.at.CompareAndSwap(s, nil)
	close(s.done)
}

// giveWay waits for the one who is starved, unless that is the caller.
func (g *gate) giveWay(caller *starved) {
	s := g.at.Load()
	if s == nil || s == caller {
		return
	}
	age := time.Since(s.since)
	if age > longestStay {
		return
	}
	enough := time.NewTimer(min(age, longestWait))
	defer enough.Stop()
	select {
	case <-s.done:
	case <-enough.C:
	}
}
