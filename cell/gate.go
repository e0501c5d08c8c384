package cell

import (
	"bytes"
	"runtime"
	"strconv"
	"sync/atomic"
	"time"
)

// What happens to an Update whose function is run in vain again and again. There are two reasons for that.
//
// Others write all the time. A compare-and-swap makes sure that somebody gets on, but not that each does: a function
// that takes a millisecond never gets through between others that take a microsecond. So, having run
// patience times, an Update enters its name at the gate, and the other Updates give way. They wait until it is
// done, but no longer than it has been starved, nor than longestWait: the function may itself be waiting for
// something that they hold, and nothing must come to a halt. Who is there for too long is not waited for.
//
// Or the function writes the cell. Waiting does not help against that. But now the writer finds its own
// goroutine's name at the gate, and panics. That cannot hit anyone else: as long as the name is there, this goroutine
// is inside of Update, and what it does there is run the function.
//
// Nobody looks for the number of a goroutine, which takes a microsecond or more, as long as nobody is starved.

const (
	patience     = 8 // runs of a function, in vain, until others give way
	longestWait  = 100 * time.Millisecond
	longestStay  = time.Second
	writesItself = "cell: the function passed to Update writes the cell"
)

// A gate is where starved Updates enter their names, one at a time.
type gate struct{ at atomic.Pointer[starved] }

// starved is an Update that has run its function in vain too often.
type starved struct {
	goroutine uint64
	since     time.Time
	done      chan struct{} // closed when it is over
}

func newStarved() *starved {
	return &starved{goroutine: goroutine(), since: time.Now(), done: make(chan struct{})}
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
	if s == nil || s == caller || s.goroutine == goroutine() {
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

// mayWrite panics if the caller is run by the Update that is starved, and is not that Update itself.
func (g *gate) mayWrite(caller *starved) {
	if s := g.at.Load(); s != nil && s != caller && s.goroutine == goroutine() {
		panic(writesItself)
	}
}

// goroutine returns the number of the goroutine that calls it, which no other ever has. There is nothing but a
// stack's text to read it from: "goroutine 18 [running]: …".
func goroutine() uint64 {
	var text [40]byte
	fields := bytes.Fields(text[:runtime.Stack(text[:], false)])
	id, err := strconv.ParseUint(string(fields[1]), 10, 64)
	if err != nil {
		panic("cell: a stack begins with " + string(text[:]))
	}
	return id
}
