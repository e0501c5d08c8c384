package main

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"time"

	"github.com/ramet-go/ramet/examples/internal/progress"
	"github.com/ramet-go/ramet/examples/internal/report"
	"github.com/ramet-go/ramet/vector"
)

// A way is a way to keep versions: V is one of them, and S all of them.
type way[S ~[]V, V any] struct {
	name  string
	begin func(content []byte) V
	apply func(S, edit) V
	size  func(V) int
	read  func(dst []byte, v V, i, j int) []byte // appends the bytes in positions [i, j) to dst
}

var (
	sharing = way[history, text]{
		name:  "vectors",
		begin: func(content []byte) text { return vector.Of(content...) },
		apply: history.apply,
		size:  text.Len,
		read:  func(dst []byte, t text, i, j int) []byte { return t.Slice(i, j).AppendTo(dst) },
	}
	duplicating = way[copies, []byte]{
		name:  "copies",
		begin: slices.Clone[[]byte],
		apply: copies.apply,
		size:  func(b []byte) int { return len(b) },
		read:  func(dst []byte, b []byte, i, j int) []byte { return append(dst, b[i:j]...) },
	}
)

// build returns all versions that edits make.
func (w way[S, V]) build(d document, edits []edit) S {
	vs := make(S, 0, len(edits)+1)
	vs = append(vs, w.begin(d.text))
	d.progress.Begin("making versions as "+w.name, len(edits))
	for i, e := range edits {
		d.progress.At(i)
		vs = append(vs, w.apply(vs, e))
	}
	return vs
}

// weigh returns how many bytes the versions from 0 to each of those in at hold together. The
// document that they come from is in memory anyway and does not count.
func (w way[S, V]) weigh(d document, at []int) (held []int) {
	if len(at) > 0 {
		d.progress.Begin("weighing versions as "+w.name, at[len(at)-1])
	}
	before := report.Heap()
	var vs S
	for _, last := range at {
		vs = append(make(S, 0, last+1), vs...) // no more room than it takes
		if len(vs) == 0 {
			vs = append(vs, w.begin(d.text))
		}
		for len(vs) <= last {
			d.progress.At(len(vs))
			vs = append(vs, w.apply(vs, d.edits[len(vs)-1]))
		}
		held = append(held, report.Heap()-before)
	}
	runtime.KeepAlive(vs)
	return held
}

// figures are the times that a way takes, for one version each.
type figures struct {
	edit   time.Duration // making it
	open   time.Duration // having a version in hand, picked at random
	middle time.Duration // and reading some bytes from its middle
	whole  time.Duration // and reading all of it
}

// someBytes is how many bytes are read from the middle of a version.
const someBytes = 80

// rounds is how often everything is timed. The best counts.
const rounds = 3

// measure times what is asked of the versions that edits make: the best of some rounds.
func (w way[S, V]) measure(d document, edits []edit) (f figures) {
	d.progress.Begin("timing versions as "+w.name, rounds)
	quiet := d
	quiet.progress = nil // it is timed
	vs := w.build(quiet, edits)
	rng := rand.New(rand.NewPCG(1, 2))
	picks := make([]int, 10_000)
	for i := range picks {
		picks[i] = rng.IntN(len(vs))
	}
	few := picks[:100]
	var buffer []byte
	for i := range rounds {
		d.progress.At(i)
		report.Best(&f.edit, func() S { return w.build(quiet, edits) })
		report.Best(&f.open, func() (sum int) {
			for _, i := range picks {
				sum += w.size(vs[i])
			}
			return sum
		})
		report.Best(&f.middle, func() (read int) {
			for _, i := range picks {
				n := w.size(vs[i])
				from := max(n/2-someBytes/2, 0)
				buffer = w.read(buffer[:0], vs[i], from, min(from+someBytes, n))
				read += len(buffer)
			}
			return read
		})
		report.Best(&f.whole, func() (read int) {
			for _, i := range few {
				buffer = w.read(buffer[:0], vs[i], 0, w.size(vs[i]))
				read += len(buffer)
			}
			return read
		})
	}
	runtime.KeepAlive(vs)
	f.edit /= time.Duration(len(edits) + 1)
	f.open /= time.Duration(len(picks))
	f.middle /= time.Duration(len(picks))
	f.whole /= time.Duration(len(few))
	return f
}

// A tally sums up the edits of one kind.
type tally struct {
	edits int
	bytes int           // inserted, deleted, moved or copied
	held  int           // by the versions that they made, besides what these share with those before them
	took  time.Duration // to apply them
}

// tallies makes the edits of each kind once more, of the versions that they were made of, to see what they cost.
func (h history) tallies(edits []edit, p *progress.Meter) (ts [len(kinds)]tally) {
	made := make([]text, 0, len(edits))
	p.Begin("timing the kinds of edits", len(ts)*rounds)
	for k := range ts {
		t := &ts[k]
		clear(made[:cap(made)])
		before := report.Heap()
		for i := range rounds {
			p.At(k*rounds + i)
			made = report.Best(&t.took, func() []text {
				made := made[:0]
				for i, e := range edits {
					if e.kind == kind(k) {
						made = append(made, h[:i+1].apply(e))
					}
				}
				return made
			})
		}
		t.held = report.Heap() - before
		t.edits = len(made)
	}
	for _, e := range edits {
		ts[e.kind].bytes += e.bytes()
	}
	runtime.KeepAlive(made)
	return ts
}

// compare returns an error if versions differ that are kept in both ways.
func compare(h history, cs copies) error {
	for i, c := range cs {
		if !equal(h[i], c) {
			return fmt.Errorf("version %d as a vector differs from the copy of it", i)
		}
	}
	return nil
}
