package main

import (
	"bufio"
	"fmt"
	"os"
	"time"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/examples/internal/report"
)

// runStoredOverview prints every release of a file, and what it costs to have them all there. Nothing is loaded.
func runStoredOverview(w *bufio.Writer, o options) error {
	h, err := open(o)
	if err != nil {
		return err
	}
	defer h.close()
	rs := h.releases()
	fmt.Fprintf(w, "The API of %s, all of them in one file\n\n", report.Plural(len(rs), "Go release"))
	fmt.Fprintln(w, "                                               shared with the previous release")
	fmt.Fprintln(w, "release   packages  features    added  changed      features        packages")
	start := time.Now()
	before := none
	features := 0
	for _, r := range rs {
		packages, all, err := h.size(r)
		if err != nil {
			return err
		}
		c, err := compareStored(h, before, r)
		if err != nil {
			return err
		}
		same := all - c.added - c.changed
		fmt.Fprintf(w, "Go %-6s  %7s  %8s  %7s  %7s  %9s %6s  %8s\n", r, report.Count(packages), report.Count(all),
			report.Some(c.added), report.Some(c.changed), report.Some(same), report.Percent(same, all), report.Some(packages-c.packages))
		before, features = r, features+all
	}
	took := time.Since(start)
	text := fmt.Sprintf("Comparing each release with the one before took %s: where two share a part of the tree in the file, it is not read.", report.Took(took))
	if info, err := os.Stat(o.store); err == nil && features > 0 {
		text += fmt.Sprintf(" All releases together have %s, and the file %.1f bytes for each. timeline without -store weighs them in memory.",
			report.Plural(features, "feature"), float64(info.Size())/float64(features))
	}
	w.WriteString("\n" + report.Wrap("", 0, text))
	flags := []string{"-store", o.store}
	if o.dir != "" {
		flags = append(flags, "-dir", o.dir)
	}
	if err := printSuggestions(w, h, flags); err != nil {
		return err
	}
	h.print(w)
	return nil
}

// compareStored sums up what differs between two releases. Its packages are those that differ.
func compareStored(h record, from, to release) (c comparison, err error) {
	differ := map[string]bool{}
	for one, err := range h.changes(from, to, "") {
		if err != nil {
			return c, err
		}
		differ[one.path] = true
		switch one.Kind {
		case diff.Added:
			c.added++
		case diff.Updated:
			c.changed++
		case diff.Removed:
			c.removed++
		}
	}
	c.packages = len(differ)
	return c, nil
}
