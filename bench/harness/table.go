package harness

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Verdict is one target at one size, judged.
type Verdict struct {
	Case     string // "hamt/int64/set"
	Size     int
	What     string // "benbjohnson ÷ ramet 2.61, target ≥ 3"
	Met      bool
	Doubtful bool // the rounds do not agree on it
}

// Verdicts returns the targets of the table for which there are figures.
func (t *Table) Verdicts() []Verdict {
	var vs []Verdict
	for _, target := range t.Case.Targets {
		for _, size := range t.Sizes {
			if j, ok := t.judge(target, size); ok {
				vs = append(vs, Verdict{t.Name(), size, j.what(t, target), j.met, j.doubtful})
			}
		}
	}
	return vs
}

// A judgement is a figure beside its bound.
type judgement struct {
	verdict
	x, bound float64
}

func (j judgement) bounded(atLeast bool) string {
	sign := "≤"
	if atLeast {
		sign = "≥"
	}
	return sign + Digits(j.bound) + " " + j.verdict.String()
}

func (j judgement) what(t *Table, target Target) string {
	ours := t.Names[0]
	switch target.Measure {
	case Faster:
		return fmt.Sprintf("%s ÷ %s %s, target ≥ %s", target.Rival, ours, Digits(j.x), Digits(j.bound))
	case Within:
		return fmt.Sprintf("%s ÷ %s %s, target ≤ %s", ours, target.Rival, Digits(j.x), Digits(j.bound))
	case Bytes:
		return fmt.Sprintf("%s bytes allocated, target ≤ %s", Digits(j.x), Digits(j.bound))
	case Allocs:
		return fmt.Sprintf("%s allocations, target ≤ %s", Digits(j.x), Digits(j.bound))
	}
	return fmt.Sprintf("%s %s, target ≤ %s", Digits(j.x), t.unit(), Digits(j.bound))
}

// judge compares what was measured at the size with the target's bound, if both exist.
func (t *Table) judge(target Target, size int) (judgement, bool) {
	bound, ok := target.At[size]
	if !ok || len(t.Names) == 0 {
		return judgement{}, false
	}
	ours, ok := t.Stat(size, t.Names[0])
	if !ok {
		return judgement{}, false
	}
	q1, x, q3 := ours.Q1, ours.Figure, ours.Q3
	switch target.Measure {
	case Faster, Within:
		rival, ok := t.Stat(size, target.Rival)
		if !ok || target.Rival == t.Names[0] {
			return judgement{}, false
		}
		if target.Measure == Faster {
			q1, x, q3 = ratio(rival, ours)
		} else {
			q1, x, q3 = ratio(ours, rival)
		}
	case Bytes:
		q1, x, q3 = ours.Bytes, ours.Bytes, ours.Bytes
	case Allocs:
		// A collection that happens during the sample allocates now and then.
		x = math.Round(ours.Allocs*100) / 100
		q1, q3 = x, x
	}
	return judgement{judge(q1, x, q3, bound, target.Measure == Faster), x, bound}, true
}

// Print writes the table.
func (t *Table) Print(w io.Writer) {
	fmt.Fprintf(w, "\n%s: %s\n", t.Name(), t.Case.Doc)
	if len(t.Names) == 0 {
		fmt.Fprintln(w, "  nothing measured")
		return
	}
	ours := t.Names[0]
	g := grid{}
	g.add("size", t.each(func(size int) string { return SizeName(size) }))
	g.bar()
	g.add(ours+" "+t.unit(), t.figures(ours))
	t.addTargets(&g, func(x Target) bool { return x.Measure == Figure })
	g.add("±", t.each(func(size int) string {
		if st, ok := t.Stat(size, ours); ok {
			return strconv.Itoa(int(math.Round(100*st.spread()))) + "%"
		}
		return ""
	}))
	if t.Case.Kind == Time {
		for _, c := range []struct {
			head    string
			get     func(Stat) float64
			measure Measure
		}{
			{"B", func(st Stat) float64 { return st.Bytes }, Bytes},
			{"allocs", func(st Stat) float64 { return st.Allocs }, Allocs},
		} {
			g.add(c.head, t.each(func(size int) string {
				if st, ok := t.Stat(size, ours); ok {
					return Digits(c.get(st))
				}
				return ""
			}))
			t.addTargets(&g, func(x Target) bool { return x.Measure == c.measure })
		}
	}
	for _, rival := range t.Names[1:] {
		within := false
		for _, x := range t.Case.Targets {
			within = within || x.Measure == Within && x.Rival == rival
		}
		g.bar()
		g.add(rival+" "+t.unit(), t.figures(rival))
		head := "÷" + ours
		if within {
			head = ours + "÷"
		}
		g.add(head, t.each(func(size int) string {
			a, ok1 := t.Stat(size, rival)
			b, ok2 := t.Stat(size, ours)
			if !ok1 || !ok2 {
				return ""
			}
			if within {
				a, b = b, a
			}
			_, r, _ := ratio(a, b)
			return Digits(r)
		}))
		t.addTargets(&g, func(x Target) bool {
			return (x.Measure == Faster || x.Measure == Within) && x.Rival == rival
		})
	}
	g.print(w)
	for _, name := range t.Names {
		for _, size := range t.Sizes {
			if st, ok := t.Stat(size, name); ok && st.Short {
				fmt.Fprintln(w, "  * some samples span too few collections: these would take longer than -max")
				return
			}
		}
	}
}

// unit returns what the table's figures count.
func (t *Table) unit() string {
	if t.Case.Kind == Heap {
		return "B"
	}
	return "ns"
}

func (t *Table) each(f func(size int) string) []string {
	cells := make([]string, len(t.Sizes))
	for i, size := range t.Sizes {
		cells[i] = f(size)
	}
	return cells
}

func (t *Table) figures(subject string) []string {
	return t.each(func(size int) string {
		st, ok := t.Stat(size, subject)
		switch {
		case !ok:
			return ""
		case st.Short:
			return Digits(st.Figure) + "*"
		}
		return Digits(st.Figure)
	})
}

// addTargets adds a column of verdicts for each target that is wanted and has any.
func (t *Table) addTargets(g *grid, want func(Target) bool) {
	for _, target := range t.Case.Targets {
		if !want(target) {
			continue
		}
		any := false
		cells := t.each(func(size int) string {
			j, ok := t.judge(target, size)
			if !ok {
				return ""
			}
			any = true
			return j.bounded(target.Measure == Faster)
		})
		if any {
			g.add("target", cells)
		}
	}
}

// Digits writes x with three significant digits, and without an exponent.
func Digits(x float64) string {
	switch a := math.Abs(x); {
	case a < 0.005:
		return "0"
	case a < 9.995:
		return strings.TrimRight(strings.TrimRight(strconv.FormatFloat(x, 'f', 2, 64), "0"), ".")
	case a < 99.95:
		return strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0")
	}
	return strconv.FormatFloat(x, 'f', 0, 64)
}

// Print writes how many targets are met, and those that are not.
func (r *Results) Print(w io.Writer) {
	var met, missed, doubtful int
	var misses strings.Builder
	for _, t := range r.Tables {
		for _, v := range t.Verdicts() {
			if v.Doubtful {
				doubtful++
			}
			if v.Met {
				met++
				continue
			}
			missed++
			mark := ""
			if v.Doubtful {
				mark = " (?)"
			}
			fmt.Fprintf(&misses, "  %s %s: %s%s\n", v.Case, SizeName(v.Size), v.What, mark)
		}
	}
	fmt.Fprintf(w, "\nTargets: %d met, %d missed; the rounds leave %d of these in doubt.\n%s", met, missed, doubtful, misses.String())
	if n := r.Noise(); n.Pairs > 0 {
		fmt.Fprintf(w, "Noise: %v.\n", n)
	}
	if taken := r.Taken(); taken >= 0.05 && !r.Options.CPU {
		fmt.Fprintf(w, "The machine was busy: other processes had the processor for %.0f %% of the time. Use -cpu, or run again.\n", 100*taken)
	}
}

// Taken returns the median of what other processes took of the quiet samples.
func (r *Results) Taken() float64 {
	var xs []float64
	for _, t := range r.Tables {
		for _, st := range t.stats {
			for _, s := range st.Samples {
				if s.Quiet {
					xs = append(xs, s.Taken)
				}
			}
		}
	}
	if len(xs) == 0 {
		return 0
	}
	_, median, _ := quartiles(xs)
	return median
}

// A grid is a table of text: columns of cells, aligned to the right.
type grid struct {
	columns []gridColumn
}

type gridColumn struct {
	head  string
	cells []string // nil: a bar between columns
}

func (g *grid) add(head string, cells []string) {
	g.columns = append(g.columns, gridColumn{head, cells})
}

func (g *grid) bar() { g.columns = append(g.columns, gridColumn{}) }

func (g *grid) print(w io.Writer) {
	rows := 0
	widths := make([]int, len(g.columns))
	for i, c := range g.columns {
		rows = max(rows, len(c.cells))
		widths[i] = utf8.RuneCountInString(c.head)
		for _, s := range c.cells {
			widths[i] = max(widths[i], utf8.RuneCountInString(s))
		}
	}
	for row := -1; row < rows; row++ {
		var b strings.Builder
		for i, c := range g.columns {
			switch {
			case c.cells == nil:
				b.WriteString("  │")
			case row < 0:
				pad(&b, c.head, widths[i])
			default:
				pad(&b, c.cells[row], widths[i])
			}
		}
		fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
	}
}

func pad(b *strings.Builder, s string, width int) {
	b.WriteString(strings.Repeat(" ", 2+width-utf8.RuneCountInString(s)))
	b.WriteString(s)
}
