package harness

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"runtime/pprof"
	"slices"
)

// Options select what is measured, and how thoroughly.
type Options struct {
	Run      *regexp.Regexp // names of cases, as "hamt/int64/set"; nil: all
	Subjects *regexp.Regexp // names of subjects; nil: all
	Sizes    []int
	Rounds   int
	Limits   Limits
	CPU      bool      // measure processor time, of all goroutines, instead of wall time
	Progress io.Writer // a line for every sample; nil: none
}

// shareFrom is the size from which all cases of a group are measured on one fixture in
// each round. Below it, fixtures are cheap and each sample has its own, which brings the
// samples that are compared closer together in time.
const shareFrom = 50_000

// heapRounds is how often live bytes are weighed: they do not vary.
const heapRounds = 1

// collectionsPerSample is how many full collections a sample of the kind Collection times.
const collectionsPerSample = 7

// Results are the tables of a run, in the order of the cases.
type Results struct {
	Options Options
	Tables  []*Table
}

// A Table is what was measured of one case.
type Table struct {
	Group string
	Case  Case
	Sizes []int    // rows
	Names []string // columns: subjects, ours first
	stats map[cell]Stat
}

type cell struct {
	size    int
	subject string
}

// Name returns the name by which Options.Run selects the case.
func (t *Table) Name() string { return t.Group + "/" + t.Case.Name }

// Stat returns what was measured of a subject at a size, and whether anything was.
func (t *Table) Stat(size int, subject string) (Stat, bool) {
	st, ok := t.stats[cell{size, subject}]
	return st, ok
}

// Run measures the cases that o selects. It calls done, unless it is nil, for each table as soon as
// the table is complete.
func Run(groups []Group, o Options, done func(*Table)) *Results {
	r := &Results{Options: o}
	m := newRuntimeMeter(o.CPU)
	for _, g := range groups {
		var tables []*Table
		for _, c := range g.Cases {
			t := &Table{Group: g.Name, Case: c, stats: map[cell]Stat{}}
			if o.Run != nil && !o.Run.MatchString(t.Name()) {
				continue
			}
			for _, size := range o.Sizes {
				if c.Sizes == nil || slices.Contains(c.Sizes, size) {
					t.Sizes = append(t.Sizes, size)
				}
			}
			if len(t.Sizes) > 0 {
				tables = append(tables, t)
			}
		}
		for _, size := range o.Sizes {
			at := slices.DeleteFunc(slices.Clone(tables), func(t *Table) bool { return !slices.Contains(t.Sizes, size) })
			if len(at) > 0 {
				s := &session{m: m, o: o, size: size, subjects: g.Open(size)}
				s.measure(at)
			}
		}
		if done != nil {
			for _, t := range tables {
				done(t)
			}
		}
		r.Tables = append(r.Tables, tables...)
	}
	return r
}

// A session measures the tables of one group at one size.
type session struct {
	m        *runtimeMeter
	o        Options
	size     int
	subjects []Subject
	samples  map[point][]Sample
	chunks   map[point]int
	absent   map[point]bool
}

type point struct {
	table   *Table
	subject string
}

func (s *session) measure(tables []*Table) {
	s.samples, s.chunks, s.absent = map[point][]Sample{}, map[point]int{}, map[point]bool{}
	s.subjects = slices.DeleteFunc(s.subjects, func(x Subject) bool {
		return s.o.Subjects != nil && !s.o.Subjects.MatchString(x.Name)
	})
	batches := slices.Collect(slices.Chunk(tables, 1))
	if s.size >= shareFrom {
		batches = [][]*Table{tables}
	}
	for round := range s.o.Rounds {
		for _, batch := range batches {
			for i := range s.subjects {
				// Another one begins each round: what a subject leaves behind in the caches
				// and in the allocator does not always meet the same successor.
				s.visit(s.subjects[(i+round)%len(s.subjects)], batch, round)
			}
		}
	}
	for _, t := range tables {
		for _, x := range s.subjects {
			if samples := s.samples[point{t, x.Name}]; len(samples) > 0 {
				t.stats[cell{s.size, x.Name}] = summarize(samples)
				if !slices.Contains(t.Names, x.Name) {
					t.Names = append(t.Names, x.Name)
				}
			}
		}
	}
}

// visit takes one sample of x for each table of the batch.
func (s *session) visit(x Subject, batch []*Table, round int) {
	batch = slices.DeleteFunc(slices.Clone(batch), func(t *Table) bool {
		return s.absent[point{t, x.Name}] || t.Case.Kind == Heap && round >= heapRounds
	})
	if len(batch) == 0 {
		return
	}
	f := x.Prepare()
	// What can only be measured by dropping it comes last.
	slices.SortStableFunc(batch, func(a, b *Table) int { return cmp.Compare(a.Case.Kind, b.Case.Kind) })
	for i, t := range batch {
		if i > 0 && t.Case.Kind != Time && f.Held == nil {
			f = x.Prepare()
		}
		p := point{t, x.Name}
		sample, ok := s.take(p, &f)
		if !ok {
			s.absent[p] = true
			continue
		}
		if t.Case.PerEntry {
			n := float64(s.size)
			sample.Figure, sample.Bytes, sample.Allocs = sample.Figure/n, sample.Bytes/n, sample.Allocs/n
		}
		s.samples[p] = append(s.samples[p], sample)
		if s.o.Progress != nil {
			fmt.Fprintf(s.o.Progress, "%s %s %s round %d: %s %s, %d collections\n",
				t.Name(), sizeName(s.size), x.Name, round+1, figure(sample.Figure), t.unit(), sample.Cycles)
		}
	}
	runtime.KeepAlive(f)
}

// take takes one sample, and says whether the subject takes part in the case.
func (s *session) take(p point, f *Fixture) (sample Sample, ok bool) {
	switch p.table.Case.Kind {
	case Heap:
		if f.Held == nil {
			return Sample{}, false
		}
		return s.m.weigh(f), true
	case Collection:
		if f.Held == nil {
			return Sample{}, false
		}
		return s.m.collection(f, collectionsPerSample), true
	}
	run := f.Runs[p.table.Case.Name]
	if run == nil {
		return Sample{}, false
	}
	labels := pprof.Labels("case", p.table.Name(), "subject", p.subject, "size", sizeName(s.size))
	pprof.Do(context.Background(), labels, func(context.Context) {
		sample, s.chunks[p] = sampler{s.m, s.o.Limits}.sample(run, s.chunks[p])
	})
	return sample, true
}
