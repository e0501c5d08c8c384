package harness

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"
)

// FromRecord returns the tables of what a file has, those that o selects, without measuring anything. Groups say what cases
// are and which targets they have; a case that they do not know has neither. Rows that are not whole are there as they are.
func FromRecord(groups []Group, r *Record, o Options) *Results {
	o.CPU = r.Header.Flags["cpu"] == "true"
	results := &Results{Options: o}
	tables := map[string]*Table{}
	for _, row := range r.Rows {
		if o.Run != nil && !o.Run.MatchString(row.Case) || o.Subjects != nil && !o.Subjects.MatchString(row.Subject) ||
			o.Sizes != nil && !slices.Contains(o.Sizes, row.Size) {
			continue
		}
		t := tables[row.Case]
		if t == nil {
			t = &Table{stats: map[cell]Stat{}}
			t.Group, t.Case = caseOf(groups, row)
			tables[row.Case] = t
			results.Tables = append(results.Tables, t)
		}
		if !slices.Contains(t.Sizes, row.Size) {
			t.Sizes = append(t.Sizes, row.Size)
		}
		t.add(row.Size, row.Subject, row.Samples)
	}
	// A case that is measured at large sizes only is written later than it is listed.
	place := map[string]int{}
	for _, g := range groups {
		for _, c := range g.Cases {
			place[g.Name+"/"+c.Name] = len(place) + 1
		}
	}
	slices.SortStableFunc(results.Tables, func(a, b *Table) int {
		return cmp.Compare(cmp.Or(place[a.Name()], math.MaxInt), cmp.Or(place[b.Name()], math.MaxInt))
	})
	for _, t := range results.Tables {
		slices.Sort(t.Sizes)
	}
	return results
}

// caseOf returns the case of a row, and the name of its group.
func caseOf(groups []Group, row Row) (string, Case) {
	for _, g := range groups {
		for _, c := range g.Cases {
			if g.Name+"/"+c.Name == row.Case {
				return g.Name, c
			}
		}
	}
	c := Case{Doc: row.Unit}
	switch row.Unit {
	case BytesPerEntry:
		c.Kind = Heap
	case NsPerCollection:
		c.Kind = Collection
	case NsPerEntry:
		c.PerEntry = true
	}
	i := strings.LastIndexByte(row.Case, '/')
	c.Name = row.Case[i+1:]
	return row.Case[:max(i, 0)], c
}

// Print writes what the figures of a file depend on, and how many of its rows are not whole.
func (r *Record) Print(w io.Writer) {
	h := r.Header
	fmt.Fprintf(w, "%v\n%s, commit %s, %s; ± is half the middle half of the rounds\n", h.Machine, h.Go, h.Commit, h.Date.Format(time.DateOnly))
	var flags []string
	for name, value := range h.Flags {
		if value != "" {
			flags = append(flags, "-"+name+" "+value)
		}
	}
	slices.Sort(flags)
	fmt.Fprintln(w, strings.Join(flags, " "))
	if n := r.Unfinished(); n > 0 {
		fmt.Fprintf(w, "The run was interrupted: %d rows have fewer rounds than they should.\n", n)
	}
}

// Unfinished returns how many rows are not whole.
func (r *Record) Unfinished() int {
	n := 0
	for _, row := range r.Rows {
		if !row.Whole() {
			n++
		}
	}
	return n
}

// A Noise says how much ours differs from itself where nothing does but the noise.
type Noise struct {
	Pairs       int
	Median, P90 float64 // of the difference, as a fraction
	Worst       float64
	Where       string // the worst
}

// Noise returns what the tables say of our subject measured twice. Kinds that are exact are left out.
func (r *Results) Noise() Noise {
	type pair struct {
		d     float64
		where string
	}
	var pairs []pair
	for _, t := range r.Tables {
		if len(t.Names) == 0 || t.Case.Kind == Heap {
			continue
		}
		for _, size := range t.Sizes {
			a, ok := t.Stat(size, t.Names[0])
			b, again := t.Stat(size, Again(t.Names[0]))
			if ok && again {
				pairs = append(pairs, pair{math.Abs(math.Log(a.Figure / b.Figure)), t.Name() + " " + SizeName(size)})
			}
		}
	}
	if len(pairs) == 0 {
		return Noise{}
	}
	slices.SortFunc(pairs, func(a, b pair) int { return cmp.Compare(a.d, b.d) })
	ds := make([]float64, len(pairs))
	for i, p := range pairs {
		ds[i] = math.Exp(p.d) - 1
	}
	return Noise{Pairs: len(ds), Median: at(ds, 0.5), P90: at(ds, 0.9), Worst: ds[len(ds)-1], Where: pairs[len(ds)-1].where}
}

func (n Noise) String() string {
	return fmt.Sprintf("measured twice, ours differs from itself by %s %% (median of %d pairs), nine times in ten by less than %s %%, at worst by %s %% (%s)",
		Digits(100*n.Median), n.Pairs, Digits(100*n.P90), Digits(100*n.Worst), n.Where)
}
