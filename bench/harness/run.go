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
	"time"
)

// Options select what is measured, and how thoroughly.
type Options struct {
	Run      *regexp.Regexp // names of cases, as "hamt/int64/set"; nil: all
	Subjects *regexp.Regexp // names of subjects; nil: all
	Sizes    []int
	Rounds   int
	Limits   Limits
	CPU      bool      // measure processor time, of all goroutines, instead of wall time
	Noise    bool      // measure a second subject that is ours again: what the two differ by is noise
	File     *File     // takes the figures as they come, and spares those it has; nil: none
	Log      io.Writer // a line for every sample; nil: none
	Progress io.Writer // how far a long run is, now and then; nil: nothing
}

// Again is the name of our subject when it is measured a second time.
func Again(ours string) string { return ours + "-again" }

// saveEvery is how often figures that are not complete are written down.
const saveEvery = time.Minute

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

// add takes the samples of a subject in.
func (t *Table) add(size int, subject string, samples []Sample) {
	t.stats[cell{size, subject}] = summarize(samples)
	if !slices.Contains(t.Names, subject) {
		t.Names = append(t.Names, subject)
	}
}

// Run measures the cases that o selects. It calls done, unless it is nil, for each table as soon as
// the table is complete. When ctx ends, Run returns its error after the sample that is under way, with the tables as far
// as they are; Options.File has all samples then.
func Run(ctx context.Context, groups []Group, o Options, done func(*Table)) (*Results, error) {
	r := &Results{Options: o}
	m := newRuntimeMeter(o.CPU)
	p := newProgress(o.Progress, time.Now)
	plans := make([]plan, len(groups))
	for i, g := range groups {
		plans[i] = newPlan(g, o)
		for _, step := range plans[i].steps {
			p.total += float64(o.Rounds) * weigh(len(step.tables), step.size)
		}
	}
	for i, g := range groups {
		for _, step := range plans[i].steps {
			s := &session{ctx: ctx, m: m, o: o, p: p, group: g.Name, size: step.size, subjects: g.Open(step.size), saved: time.Now()}
			if err := s.measure(step.tables); err != nil {
				r.Tables = append(r.Tables, plans[i].tables...)
				return r, err
			}
		}
		if done != nil {
			for _, t := range plans[i].tables {
				done(t)
			}
		}
		r.Tables = append(r.Tables, plans[i].tables...)
	}
	return r, nil
}

// A plan is what is to be measured of a group. Tables that a file has are filled in and need no step.
type plan struct {
	tables []*Table
	steps  []step
}

// A step is the tables of a group that are measured together, at one size.
type step struct {
	size   int
	tables []*Table
}

func newPlan(g Group, o Options) plan {
	var p plan
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
			p.tables = append(p.tables, t)
		}
	}
	for _, size := range o.Sizes {
		at := slices.DeleteFunc(slices.Clone(p.tables), func(t *Table) bool {
			return !slices.Contains(t.Sizes, size) || o.File != nil && o.File.Done(t.Name(), size)
		})
		if len(at) > 0 {
			p.steps = append(p.steps, step{size, at})
		}
	}
	if o.File != nil {
		p.fill(o.File.Record)
	}
	return p
}

// fill gives the tables what a file has of the sizes that are done.
func (p plan) fill(r *Record) {
	for _, row := range r.Rows {
		for _, t := range p.tables {
			if t.Name() == row.Case && slices.Contains(t.Sizes, row.Size) && r.Done(row.Case, row.Size) {
				t.add(row.Size, row.Subject, row.Samples)
			}
		}
	}
}

// A session measures the tables of one group at one size.
type session struct {
	ctx      context.Context
	m        *runtimeMeter
	o        Options
	p        *progress
	group    string
	size     int
	subjects []Subject
	samples  map[point][]Sample
	chunks   map[point]int
	absent   map[point]bool
	saved    time.Time // when the samples were last written down
}

type point struct {
	table   *Table
	subject string
}

func (s *session) measure(tables []*Table) error {
	s.samples, s.chunks, s.absent = map[point][]Sample{}, map[point]int{}, map[point]bool{}
	if s.o.Noise {
		// Not beside ours, lest one of the two always profit from what the other has left in the caches.
		again := Subject{Again(s.subjects[0].Name), s.subjects[0].Prepare}
		s.subjects = slices.Insert(slices.Clone(s.subjects), (len(s.subjects)+1)/2, again)
	}
	s.subjects = slices.DeleteFunc(s.subjects, func(x Subject) bool {
		return s.o.Subjects != nil && !s.o.Subjects.MatchString(x.Name)
	})
	s.resume(tables)
	err := s.rounds(tables)
	for _, t := range tables {
		for _, x := range s.subjects {
			if samples := s.samples[point{t, x.Name}]; len(samples) > 0 {
				t.add(s.size, x.Name, samples)
			}
		}
	}
	if s.o.File == nil {
		return err
	}
	if saveErr := s.save(tables); err == nil {
		err = saveErr
	}
	if err != nil {
		return err
	}
	names := make([]string, len(tables))
	for i, t := range tables {
		names[i] = t.Name()
	}
	return s.o.File.finished(names, s.size)
}

// resume takes up the samples that an interrupted run has left.
func (s *session) resume(tables []*Table) {
	if s.o.File == nil {
		return
	}
	for _, t := range tables {
		for _, x := range s.subjects {
			if row, ok := s.o.File.Row(t.Name(), x.Name, s.size); ok {
				s.samples[point{t, x.Name}] = row.Samples
			}
		}
	}
}

// save writes down the samples that the file does not have.
func (s *session) save(tables []*Table) error {
	s.saved = time.Now()
	for _, t := range tables {
		for _, x := range s.subjects {
			if samples := s.samples[point{t, x.Name}]; len(samples) > 0 {
				if err := s.o.File.put(newRow(t, s.size, x.Name, t.rounds(s.o), samples)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// rounds returns how many samples the table has of each subject.
func (t *Table) rounds(o Options) int {
	if t.Case.Kind == Heap {
		return min(heapRounds, o.Rounds)
	}
	return o.Rounds
}

func (s *session) rounds(tables []*Table) error {
	batches := slices.Collect(slices.Chunk(tables, 1))
	if s.size >= shareFrom {
		batches = [][]*Table{tables}
	}
	whole := weigh(len(tables), s.size)
	for round := range s.o.Rounds {
		for b, batch := range batches {
			for i := range s.subjects {
				// Another one begins each round: what a subject leaves behind in the caches
				// and in the allocator does not always meet the same successor.
				x := s.subjects[(i+round)%len(s.subjects)]
				if err := s.ctx.Err(); err != nil {
					return err
				}
				part := (float64(b) + float64(i)/float64(len(s.subjects))) / float64(len(batches))
				s.p.tell(part, whole, fmt.Sprintf("%s %s, round %d of %d, %s", s.what(batch), SizeName(s.size), round+1, s.o.Rounds, x.Name))
				s.visit(x, batch, round)
				if s.o.File != nil && time.Since(s.saved) > saveEvery {
					if err := s.save(tables); err != nil {
						return err
					}
				}
			}
		}
		s.p.done += whole
	}
	return nil
}

// what names what is being measured.
func (s *session) what(batch []*Table) string {
	if len(batch) == 1 {
		return batch[0].Name()
	}
	return fmt.Sprintf("%s, %s to %s,", s.group, batch[0].Case.Name, batch[len(batch)-1].Case.Name)
}

// visit takes one sample of x for each table of the batch that has none of this round.
func (s *session) visit(x Subject, batch []*Table, round int) {
	batch = slices.DeleteFunc(slices.Clone(batch), func(t *Table) bool {
		p := point{t, x.Name}
		return s.absent[p] || round >= t.rounds(s.o) || round < len(s.samples[p])
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
		if s.o.Log != nil {
			fmt.Fprintf(s.o.Log, "%s %s %s round %d: %s %s, %d collections\n",
				t.Name(), SizeName(s.size), x.Name, round+1, Digits(sample.Figure), t.unit(), sample.Cycles)
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
	labels := pprof.Labels("case", p.table.Name(), "subject", p.subject, "size", SizeName(s.size))
	pprof.Do(context.Background(), labels, func(context.Context) {
		sample, s.chunks[p] = sampler{s.m, s.o.Limits}.sample(run, s.chunks[p])
	})
	return sample, true
}
