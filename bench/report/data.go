package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/perf/benchmath"

	"github.com/ramet-go/ramet/bench/harness"
)

const ours = "ramet"

// isRival says whether a subject is anybody but us.
func isRival(subject string) bool {
	return subject != ours && subject != "one-core" && subject != harness.Again(ours)
}

// data is what a report tells of.
type data struct {
	headers    []harness.Header
	unfinished int
	results    *harness.Results
	sizes      []int
	note       string
}

func newData(groups []harness.Group, records []*harness.Record) (*data, error) {
	d := &data{}
	merged := records[0]
	for _, r := range records {
		a, b := records[0].Header, r.Header
		if a.Machine != b.Machine || a.Go != b.Go || a.Commit != b.Commit {
			return nil, fmt.Errorf("a report is of one machine, Go version and commit: %v, %s, %s and %v, %s, %s",
				a.Machine, a.Go, a.Commit, b.Machine, b.Go, b.Commit)
		}
		d.headers = append(d.headers, b)
		merged = merged.With(r)
	}
	d.unfinished = merged.Unfinished()
	d.results = harness.FromRecord(groups, merged, harness.Options{})
	for _, t := range d.results.Tables {
		for _, size := range t.Sizes {
			if !slices.Contains(d.sizes, size) {
				d.sizes = append(d.sizes, size)
			}
		}
	}
	slices.Sort(d.sizes)
	return d, nil
}

// A standing is how the contestants of a case did at a size.
type standing struct {
	table *harness.Table
	size  int
	ranks []rank // the fastest, or lightest, first
}

type rank struct {
	subject string
	stat    harness.Stat
}

// standings returns those of all cases and sizes in which we took part and anybody else did.
func (d *data) standings() []standing {
	var all []standing
	for _, t := range d.results.Tables {
		for _, size := range t.Sizes {
			if s := newStanding(t, size); s.ours() != nil && len(s.ranks) > 1 {
				all = append(all, s)
			}
		}
	}
	return all
}

func newStanding(t *harness.Table, size int) standing {
	s := standing{table: t, size: size}
	for _, name := range t.Names {
		if st, ok := t.Stat(size, name); ok && (name == ours || isRival(name)) {
			s.ranks = append(s.ranks, rank{name, st})
		}
	}
	slices.SortStableFunc(s.ranks, func(a, b rank) int { return cmp.Compare(a.stat.Figure, b.stat.Figure) })
	return s
}

func (s standing) ours() *rank {
	for i, r := range s.ranks {
		if r.subject == ours {
			return &s.ranks[i]
		}
	}
	return nil
}

// same says whether the rounds do not tell a and b apart, by the Mann-Whitney test. What is weighed once is
// the same within one per cent.
func same(t *harness.Table, a, b harness.Stat) bool {
	if t.Case.Kind == harness.Heap {
		return max(a.Figure, b.Figure) < 1.01*min(a.Figure, b.Figure)
	}
	return chance(a, b) > benchmath.DefaultThresholds.CompareAlpha
}

// chance returns how likely it is that a and b differ as much by chance alone.
func chance(a, b harness.Stat) float64 {
	sample := func(st harness.Stat) *benchmath.Sample {
		var xs []float64
		for _, s := range st.Samples {
			xs = append(xs, s.Figure)
		}
		return benchmath.NewSample(xs, &benchmath.DefaultThresholds)
	}
	return benchmath.AssumeNothing.Compare(sample(a), sample(b)).P
}

// family is the name of a case without its last part: "hamt/int64".
func family(name string) string { return name[:max(strings.LastIndexByte(name, '/'), 0)] }

// families returns the families of the tables, in their order.
func (d *data) families() []string {
	var list []string
	for _, t := range d.results.Tables {
		if f := family(t.Name()); !slices.Contains(list, f) {
			list = append(list, f)
		}
	}
	return list
}

// untold is what a collection costs, in ns, where it is less than the noise of one without anything alive.
const untold = 1

// amount writes a figure with its unit, in the largest that fits.
func amount(t *harness.Table, x float64) string {
	if t.Case.Kind == harness.Heap {
		return harness.Digits(x) + " B"
	}
	if t.Case.Kind == harness.Collection && x <= untold {
		return "too little to tell"
	}
	switch {
	case x >= 1e9:
		return harness.Digits(x/1e9) + " s"
	case x >= 1e6:
		return harness.Digits(x/1e6) + " ms"
	case x >= 10e3:
		return harness.Digits(x/1e3) + " µs"
	}
	return harness.Digits(x) + " ns"
}

// taken returns the part of the time that other processes had the processor, on average over the samples that tell. (A short sample often
// fits in a slice of time of its own, so that the median would say nothing.)
func (d *data) taken() float64 {
	sum, n := 0.0, 0
	for _, t := range d.results.Tables {
		for _, size := range t.Sizes {
			for _, name := range t.Names {
				st, _ := t.Stat(size, name)
				for _, s := range st.Samples {
					if s.Quiet {
						sum += s.Taken
						n++
					}
				}
			}
		}
	}
	return sum / float64(max(n, 1))
}

// short returns how many rows have samples that span too few collections, and how many rows there are.
func (d *data) short() (short, all int) {
	for _, t := range d.results.Tables {
		for _, size := range t.Sizes {
			for _, name := range t.Names {
				if st, ok := t.Stat(size, name); ok {
					all++
					if st.Short {
						short++
					}
				}
			}
		}
	}
	return short, all
}
