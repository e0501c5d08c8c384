package main

import (
	"maps"
	"runtime"
	"time"

	"github.com/ramet-go/ramet/examples/internal/report"
)

// copies is a timeline made of built-in maps: every release has a copy of its own of
// everything, in the same shape as an api. It is what a timeline is measured against.
type copies []map[string]map[string]feature

// buildCopies is build with full copies.
func buildCopies(files []releaseFile) copies {
	cs := make(copies, 0, len(files))
	var now map[string]map[string]feature
	for _, f := range files {
		next := make(map[string]map[string]feature, len(now))
		for path, p := range now {
			next[path] = maps.Clone(p)
		}
		applyInPlace(next, f.lines)
		now = next
		cs = append(cs, now)
	}
	return cs
}

// applyInPlace is apply for built-in maps.
func applyInPlace(m map[string]map[string]feature, lines []line) {
	for _, l := range lines {
		p := m[l.pkg]
		if p == nil {
			p = make(map[string]feature)
			m[l.pkg] = p
		}
		p[l.name] = p[l.name].amend(l)
	}
}

// weigh builds the timeline and returns, for each version, how many bytes the heap
// grew by when it was built: what the version does not share with those before it.
func weigh(files []releaseFile) (own []int) {
	t := make(timeline, 0, len(files))
	before := report.Heap()
	for i := range files {
		t = t.extend(files[i])
		after := report.Heap()
		own = append(own, after-before)
		before = after
	}
	runtime.KeepAlive(t)
	return own
}

// contents is what timeline and copies are asked to do against the clock. Each method
// returns a number that both must agree on.
type contents interface {
	lookups(files []releaseFile) int // look up every line of files in the newest release
	visit() int                      // visit every feature of the newest release
	diffs() int                      // find every change from each release to the next
}

// figures are what one way to keep all releases costs.
type figures struct {
	bytes   int           // held, all releases together
	build   time.Duration // all releases
	lookups time.Duration // everything that contents.lookups does; and so on
	visit   time.Duration
	diffs   time.Duration
	answers [3]int // of lookups, visit, diffs
}

// measure builds the timeline and the copies and times what is asked of them: the best of
// three rounds, in turns. The text of the files is in memory anyway and counts for neither.
func measure(files []releaseFile) (shared, copied figures) {
	t := weighed(&shared, files, build)
	cs := weighed(&copied, files, buildCopies)
	ways := []struct {
		f *figures
		c contents
	}{{&shared, t}, {&copied, cs}}
	for range 3 {
		for _, way := range ways {
			way.f.answers[0] = report.Best(&way.f.lookups, func() int { return way.c.lookups(files) })
			way.f.answers[1] = report.Best(&way.f.visit, way.c.visit)
			way.f.answers[2] = report.Best(&way.f.diffs, way.c.diffs)
		}
	}
	runtime.KeepAlive(ways)
	return shared, copied
}

// weighed returns what build makes of files, with its cost in f.
func weighed[C contents](f *figures, files []releaseFile, build func([]releaseFile) C) C {
	before := report.Heap()
	start := time.Now()
	c := build(files)
	f.build = time.Since(start)
	f.bytes = report.Heap() - before
	return c
}

func (t timeline) lookups(files []releaseFile) (found int) {
	newest := t[len(t)-1].api
	for _, f := range files {
		for _, l := range f.lines {
			if p, ok := newest.Lookup(l.pkg); ok && p.Contains(l.name) {
				found++
			}
		}
	}
	return found
}

func (t timeline) visit() (seen int) {
	for _, p := range t[len(t)-1].api.All() {
		for _, f := range p.All() {
			if f.issue >= 0 { // reads the value, and holds always
				seen++
			}
		}
	}
	return seen
}

func (t timeline) diffs() (n int) {
	var before api
	for _, v := range t {
		for range changes(before, v.api) {
			n++
		}
		before = v.api
	}
	return n
}

func (cs copies) lookups(files []releaseFile) (found int) {
	newest := cs[len(cs)-1]
	for _, f := range files {
		for _, l := range f.lines {
			if p, ok := newest[l.pkg]; ok {
				if _, ok := p[l.name]; ok {
					found++
				}
			}
		}
	}
	return found
}

func (cs copies) visit() (seen int) {
	for _, p := range cs[len(cs)-1] {
		for _, f := range p {
			if f.issue >= 0 { // reads the value, and holds always
				seen++
			}
		}
	}
	return seen
}

func (cs copies) diffs() (n int) {
	var before map[string]map[string]feature
	for _, now := range cs {
		for path, p := range now {
			old, same := before[path], 0
			for name, f := range p {
				if g, ok := old[name]; !ok || f != g {
					n++
				} else {
					same++
				}
			}
			if same < len(old) { // some were removed, or only updated
				for name := range old {
					if _, ok := p[name]; !ok {
						n++
					}
				}
			}
		}
		for path, p := range before {
			if _, ok := now[path]; !ok {
				n += len(p)
			}
		}
		before = now
	}
	return n
}
