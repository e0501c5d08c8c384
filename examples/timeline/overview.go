package main

import (
	"bufio"
	"fmt"
	"time"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/examples/internal/report"
	"github.com/ramet-go/ramet/hamt"
)

// runOverview prints every release, and what it costs to have them all.
func runOverview(w *bufio.Writer, o options, _ []string) error {
	if o.store != "" {
		return runStoredOverview(w, o)
	}
	start := time.Now()
	source, files, err := read(o)
	if err != nil {
		return err
	}
	reading := time.Since(start)
	own := weigh(files)
	shared, copied := measure(files)
	if shared.answers != copied.answers {
		return fmt.Errorf("persistent maps and copies disagree: %v and %v", shared.answers, copied.answers)
	}

	t := build(files)
	lines, text := 0, 0
	for _, f := range files {
		lines += len(f.lines)
		text += f.size
	}
	newest := t[len(t)-1]
	fmt.Fprintf(w, "The API of %s, all of them in memory at once\n", report.Plural(len(t), "Go release"))
	w.WriteString(report.Wrap("", 0, fmt.Sprintf("%s of API text in %s%s, read and parsed in %s",
		report.Plural(lines, "line"), source.name, source.reason(), report.Took(reading))))
	w.WriteByte('\n')
	printReleases(w, t, own)
	fmt.Fprintf(w, "\n%-34s  %14s  %14s\n", "", "persistent map", "a full copy")
	fmt.Fprintf(w, "%-34s  %14s  %14s\n", fmt.Sprintf("Keeping all %s", report.Plural(len(t), "release")), "per release", "per release")
	row := func(what string, a, b any, x, y float64, better, worse string) {
		fmt.Fprintf(w, "  %-32s  %14s  %14s  %s\n", what, a, b, report.Ratio(x, y, better, worse))
	}
	timed := func(what string, a, b time.Duration) {
		row(what, report.Took(a), report.Took(b), float64(a), float64(b), "faster", "slower")
	}
	row("memory held", report.Size(shared.bytes), report.Size(copied.bytes), float64(shared.bytes), float64(copied.bytes), "less", "more")
	timed("building them", shared.build, copied.build)
	each := time.Duration(max(lines, 1))
	row("looking one feature up, Go "+newest.release.String(), report.Took(shared.lookups/each), report.Took(copied.lookups/each),
		float64(shared.lookups), float64(copied.lookups), "faster", "slower")
	timed(fmt.Sprintf("visiting its %s", report.Plural(shared.answers[1], "feature")), shared.visit, copied.visit)
	timed("comparing each with the one before", shared.diffs, copied.diffs)
	w.WriteByte('\n')
	w.WriteString(report.Wrap("", 0, fmt.Sprintf("All of this was measured in this run, memory after a garbage collection. A full copy is a "+
		"built-in map of each package in a built-in map of packages, cloned for every release. The text itself, %s, "+
		"is shared by both and counted for neither.", report.Size(text))))
	var flags []string
	if o.dir != "" {
		flags = []string{"-dir", o.dir}
	}
	return printSuggestions(w, t, flags)
}

// printReleases prints the table of releases, with what each holds for itself.
func printReleases(w *bufio.Writer, t timeline, own []int) {
	fmt.Fprintln(w, "                                               shared with the previous release    memory")
	fmt.Fprintln(w, "release   packages  features    added  changed      features        packages    of its own")
	var before api
	for i, v := range t {
		c := compare(before, v.api)
		all := features(v.api)
		same := all - c.added - c.changed
		fmt.Fprintf(w, "Go %-6s  %7s  %8s  %7s  %7s  %9s %6s  %8s  %12s\n", v.release, report.Count(v.api.Len()), report.Count(all),
			report.Some(c.added), report.Some(c.changed), report.Some(same), report.Percent(same, all), report.Some(c.packages), report.Size(own[i]))
		before = v.api
	}
}

// A comparison sums up what differs between two releases.
type comparison struct {
	added, changed, removed int // features
	packages                int // that both hold as the same version, untouched
}

func compare(from, to api) comparison {
	c := comparison{packages: to.Len()}
	for p := range hamt.Diff(from, to) {
		if p.Kind != diff.Removed {
			c.packages--
		}
	}
	for _, f := range changes(from, to) {
		switch f.Kind {
		case diff.Added:
			c.added++
		case diff.Updated:
			c.changed++
		case diff.Removed:
			c.removed++
		}
	}
	return c
}
