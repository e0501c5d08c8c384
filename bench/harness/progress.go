package harness

import (
	"fmt"
	"io"
	"time"
)

// progressEvery is how often a long run tells how far it is.
const progressEvery = 10 * time.Second

// A progress tells how far a run is, and about how long it goes on. It counts the cases of a group in the rounds of a
// size, which it weighs by the size: that guess is put right by how long the work so far took.
type progress struct {
	w           io.Writer // nil: tells nothing
	now         func() time.Time
	start, told time.Time
	total, done float64
}

func newProgress(w io.Writer, now func() time.Time) *progress {
	t := now()
	return &progress{w: w, now: now, start: t, told: t}
}

// weigh returns what a round of so many cases at a size counts.
func weigh(cases, size int) float64 { return float64(cases) * (1 + float64(size)/50_000) }

// tell tells what is being measured, if it did not do so just now. part is how much of the
// next round, which counts whole, is done.
func (p *progress) tell(part, whole float64, what string) {
	now := p.now()
	if p.w == nil || now.Sub(p.told) < progressEvery {
		return
	}
	p.told = now
	elapsed, done := now.Sub(p.start), p.done+part*whole
	left := "?"
	if done > 0 {
		left = (time.Duration(float64(elapsed) * (p.total - done) / done)).Round(time.Second).String()
	}
	fmt.Fprintf(p.w, "%v, %.0f %%, about %s to go: %s\n", elapsed.Round(time.Second), 100*done/max(p.total, 1), left, what)
}
