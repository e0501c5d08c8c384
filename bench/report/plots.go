package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ramet-go/ramet/bench/harness"
)

// A plotted is a figure of the report.
type plotted struct {
	file, title, text string
	svg               []byte
}

// plotAll draws the figures that there are measurements for.
func plotAll(d *data) ([]plotted, error) {
	var list []plotted
	add := func(p plotted, panels []panel, columns int) error {
		if len(panels) == 0 {
			return nil
		}
		svg, err := tile(panels, columns)
		if err != nil {
			return fmt.Errorf("%s: %w", p.file, err)
		}
		p.svg = svg
		list = append(list, p)
		return nil
	}
	var overview []panel
	for _, name := range []string{
		"hamt/int64/lookup-hit", "hamt/int64/set", "hamt/int64/union", "vector/int64/at", "vector/int64/set", "vector/int64/append",
		"rbtree/int64/lookup-hit", "rbtree/int64/set", "rbtree/int64/union-edits",
	} {
		if t := d.table(name); t != nil {
			if p, ok := costPanel(t, panelTitle(t, true)); ok {
				overview = append(overview, p)
			}
		}
	}
	err := add(plotted{file: "overview.svg", title: "Cost of an operation against the number of entries", text: "A choice of operations of the three large collections, with `int64` keys and elements. Nanoseconds."}, overview, 3)
	if err != nil {
		return nil, err
	}
	bars := func(want func(*harness.Table) bool) (panels []panel) {
		for _, t := range d.results.Tables {
			if want(t) {
				if p, ok := barPanel(t); ok {
					panels = append(panels, p)
				}
			}
		}
		return panels
	}
	choice := []string{
		"hamt/int64/retained-builder", "hamt/string/retained-builder", "vector/int64/retained-builder", "rbtree/int64/retained-random",
		"rbtree/string/retained-random", "workload/retained-versions",
	}
	for _, x := range []struct {
		file, title, text string
		want              func(*harness.Table) bool
	}{
		{"memory.svg", "Memory per entry", "Live bytes per entry, without those of strings; of `workload/retained-versions`, for each of a thousand versions of one map.",
			func(t *harness.Table) bool { return slices.Contains(choice, t.Name()) }},
		{"collection.svg", "What a garbage collection costs", "Processor time of a full collection while one map is alive, less that of one without it.",
			func(t *harness.Table) bool { return t.Case.Kind == harness.Collection }},
		{"memory-more.svg", "Memory per entry, made in other ways and of other types", "Live bytes per entry, without those of strings.",
			func(t *harness.Table) bool { return t.Case.Kind == harness.Heap && !slices.Contains(choice, t.Name()) }},
	} {
		if err := add(plotted{file: x.file, title: x.title, text: x.text}, bars(x.want), 3); err != nil {
			return nil, err
		}
	}
	for _, f := range d.families() {
		var panels []panel
		for _, t := range d.results.Tables {
			if family(t.Name()) == f && t.Case.Kind == harness.Time {
				if p, ok := costPanel(t, panelTitle(t, false)); ok {
					panels = append(panels, p)
				}
			}
		}
		p := plotted{
			file: strings.ReplaceAll(f, "/", "-") + ".svg", title: "Cost of the operations: " + f,
			text: "Nanoseconds per operation, or per entry where an operation makes or visits all of them.",
		}
		if err := add(p, panels, 3); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (d *data) table(name string) *harness.Table {
	for _, t := range d.results.Tables {
		if t.Name() == name {
			return t
		}
	}
	return nil
}

// panelTitle says what a panel shows.
func panelTitle(t *harness.Table, whole bool) string {
	title := t.Case.Name
	if whole {
		title = strings.Replace(family(t.Name()), "/int64", "", 1) + " " + title
	}
	if t.Case.PerEntry {
		return title + ", ns an entry"
	}
	return title + ", ns"
}

// A panel is one of the small multiples of a figure: lines, or bars if it has them.
type panel struct {
	title string
	sizes []int
	lines []line
	bars  []bar
}

type line struct {
	subject string
	points  []point
}

type point struct{ x, y float64 }

type bar struct {
	subject, label string
	value          float64
}

// costPanel is the cost of an operation against the number of entries. There is none of fewer than two sizes.
func costPanel(t *harness.Table, title string) (panel, bool) {
	p := panel{title: title, sizes: t.Sizes}
	for _, name := range t.Names {
		if name == harness.Again(ours) {
			continue
		}
		l := line{subject: name}
		for _, size := range t.Sizes {
			if st, ok := t.Stat(size, name); ok && st.Figure > 0 {
				l.points = append(l.points, point{float64(size), st.Figure})
			}
		}
		if len(l.points) > 0 {
			p.lines = append(p.lines, l)
		}
	}
	// Ours is drawn last, over the others.
	slices.SortStableFunc(p.lines, func(a, b line) int { return boolOrder(a.subject == ours) - boolOrder(b.subject == ours) })
	return p, len(t.Sizes) > 1 && len(p.lines) > 0
}

func boolOrder(b bool) int {
	if b {
		return 1
	}
	return 0
}

// barPanel is what each contestant takes at the largest size that all have: from the least to the most.
func barPanel(t *harness.Table) (panel, bool) {
	size, most := 0, 0
	for _, s := range t.Sizes {
		n := 0
		for _, name := range t.Names {
			if _, ok := t.Stat(s, name); ok {
				n++
			}
		}
		if n >= most {
			size, most = s, n
		}
	}
	p := panel{title: fmt.Sprintf("%s, %s entries", t.Name(), harness.SizeName(size))}
	for _, name := range t.Names {
		st, ok := t.Stat(size, name)
		if !ok || name == harness.Again(ours) {
			continue
		}
		p.bars = append(p.bars, bar{name, amount(t, st.Figure), st.Figure})
	}
	slices.SortStableFunc(p.bars, func(a, b bar) int {
		switch {
		case a.value < b.value:
			return -1
		case a.value > b.value:
			return 1
		}
		return 0
	})
	return p, len(p.bars) > 1
}
