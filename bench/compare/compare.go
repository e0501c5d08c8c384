package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
	"time"

	"golang.org/x/perf/benchmath"

	"github.com/ramet-go/ramet/bench/harness"
)

// confidence is that of the intervals of medians. It takes six rounds to have one.
const confidence = 0.95

// A selection says which rows are compared.
type selection struct{ cases, subjects *regexp.Regexp }

// A measure is a figure of samples, and how its values are thought to be distributed.
type measure struct {
	name string
	get  func(harness.Sample) float64
}

var (
	figure = measure{"", func(s harness.Sample) float64 { return s.Figure }}
	others = []measure{
		{"bytes allocated per operation", func(s harness.Sample) float64 { return roundOff(s.Bytes) }},
		{"allocations per operation", func(s harness.Sample) float64 { return roundOff(s.Allocs) }},
	}
)

// roundOff takes off what the runtime itself allocates now and then during a sample.
func roundOff(x float64) float64 {
	if x >= 100 {
		return math.Round(x)
	}
	return math.Round(10*x) / 10
}

// compare prints a line for each row that both have: old, new, by how much they differ, and how likely it is that
// chance alone makes them differ that much.
func compare(w io.Writer, older, newer *harness.Record, want selection) error {
	circumstances(w, older.Header, newer.Header)
	type pair struct{ old, new harness.Row }
	var pairs []pair
	var onlyNew int
	matched := map[[3]string]bool{}
	for _, row := range newer.Rows {
		if !want.cases.MatchString(row.Case) || !want.subjects.MatchString(row.Subject) {
			continue
		}
		old, ok := older.Row(row.Case, row.Subject, row.Size)
		if !ok {
			onlyNew++
			continue
		}
		if old.Unit != row.Unit {
			return fmt.Errorf("%s counts %s in one file and %s in the other", row.Case, old.Unit, row.Unit)
		}
		matched[rowName(row)] = true
		pairs = append(pairs, pair{old, row})
	}
	if len(pairs) == 0 {
		return errors.New("the files have no row in common that -run and -subjects select")
	}
	onlyOld := 0
	for _, row := range older.Rows {
		if want.cases.MatchString(row.Case) && want.subjects.MatchString(row.Subject) && !matched[rowName(row)] {
			onlyOld++
		}
	}

	var t table
	var logs []float64
	few := false
	group := ""
	for _, p := range pairs {
		if g := p.new.Case[:strings.LastIndexByte(p.new.Case, '/')+1]; g != group {
			group = g
			t.blank()
		}
		c := figure.compare(p.old, p.new)
		few = few || c.few
		t.add(strings.Join(label(p.new), " "), p.new.Unit, c)
		if p.old.Unit != harness.BytesPerEntry && c.old.Center > 0 && c.new.Center > 0 {
			logs = append(logs, math.Log(c.new.Center/c.old.Center))
		}
	}
	t.print(w)
	if len(logs) > 0 {
		sum := 0.0
		for _, x := range logs {
			sum += x
		}
		fmt.Fprintf(w, "\nTimes: %+.2f %% (geometric mean of %d rows)\n", 100*(math.Exp(sum/float64(len(logs)))-1), len(logs))
	}
	for _, m := range others {
		var t table
		same := 0
		for _, p := range pairs {
			if c := m.compare(p.old, p.new); c.delta() == "~" || c.old.Center == c.new.Center {
				same++
			} else {
				t.add(strings.Join(label(p.new), " "), "", c)
			}
		}
		fmt.Fprintf(w, "\n%s: %d rows are equal, %d differ\n", strings.ToUpper(m.name[:1])+m.name[1:], same, len(pairs)-same)
		t.print(w)
	}
	if few {
		fmt.Fprintln(w, "\n± ∞: an interval takes six rounds at least (-rounds 6)")
	}
	for _, x := range []struct {
		n     int
		where string
	}{{onlyOld, "old"}, {onlyNew, "new"}} {
		if x.n > 0 {
			fmt.Fprintf(w, "\nRows that only the %s file has: %d\n", x.where, x.n)
		}
	}
	return nil
}

func rowName(r harness.Row) [3]string { return [3]string{r.Case, r.Subject, harness.SizeName(r.Size)} }

// label names a row. That it is of ramet goes without saying.
func label(r harness.Row) []string {
	if r.Subject == "ramet" {
		return []string{r.Case, harness.SizeName(r.Size)}
	}
	return []string{r.Case, harness.SizeName(r.Size), r.Subject}
}

// circumstances prints what the figures of each file depend on, where they differ.
func circumstances(w io.Writer, older, newer harness.Header) {
	for _, x := range []struct {
		what string
		h    harness.Header
	}{{"old", older}, {"new", newer}} {
		fmt.Fprintf(w, "%s: %s, commit %s, %s, %v\n", x.what, x.h.Go, x.h.Commit, x.h.Date.Format(time.DateTime), x.h.Machine)
	}
	if older.Machine != newer.Machine {
		fmt.Fprintln(w, "The machines differ: so do all times.")
	}
	for _, name := range []string{"cpu", "min", "max", "rounds"} {
		if a, b := older.Flags[name], newer.Flags[name]; a != b {
			fmt.Fprintf(w, "-%s was %s, and is %s.\n", name, a, b)
		}
	}
	for _, name := range []string{"GOGC", "GOMAXPROCS"} {
		if a, b := older.Settings[name], newer.Settings[name]; a != b {
			fmt.Fprintf(w, "%s was %s, and is %s.\n", name, a, b)
		}
	}
}

// A comparison is two samples of a measure beside each other.
type comparison struct {
	old, new benchmath.Summary
	test     benchmath.Comparison
	exact    bool // one value each: no test
	few      bool // too few values for an interval
}

func (m measure) compare(older, newer harness.Row) comparison {
	values := func(r harness.Row) *benchmath.Sample {
		xs := make([]float64, len(r.Samples))
		for i, s := range r.Samples {
			xs[i] = m.get(s)
		}
		return benchmath.NewSample(xs, &benchmath.DefaultThresholds)
	}
	a, b := values(older), values(newer)
	exact := older.Unit == harness.BytesPerEntry // one value: it hardly varies
	var assume benchmath.Assumption = benchmath.AssumeNothing
	if exact {
		assume = benchmath.AssumeExact
	}
	c := comparison{old: assume.Summary(a, confidence), new: assume.Summary(b, confidence), test: assume.Compare(a, b), exact: exact}
	c.few = math.IsInf(c.old.Lo, 0) || math.IsInf(c.new.Lo, 0)
	return c
}

func (c comparison) delta() string { return c.test.FormatDelta(c.old.Center, c.new.Center) }

// A table is lines of comparisons, under one head.
type table struct{ lines [][]string }

func (t *table) blank() { t.lines = append(t.lines, nil) }

func (t *table) add(name, unit string, c comparison) {
	p := c.test.String()
	if c.exact {
		p = "weighed once"
	}
	t.lines = append(t.lines, []string{
		name, unit, harness.Digits(c.old.Center), interval(c.old), harness.Digits(c.new.Center), interval(c.new), c.delta(), p,
	})
}

func interval(s benchmath.Summary) string { return "± " + s.PctRangeString() }

func (t *table) print(w io.Writer) {
	lines := append([][]string{{"", "", "old", "", "new", "", "delta", "p"}}, t.lines...)
	if len(t.lines) == 0 {
		return
	}
	widths := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, s := range line {
			widths[i] = max(widths[i], len([]rune(s)))
		}
	}
	for _, line := range lines {
		var b strings.Builder
		for i, s := range line {
			gap := strings.Repeat(" ", widths[i]-len([]rune(s)))
			if i < 2 || i == 7 {
				b.WriteString(s + gap + "  ")
			} else {
				b.WriteString(gap + s + "  ")
			}
		}
		fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
	}
}
