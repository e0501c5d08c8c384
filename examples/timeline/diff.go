package main

import (
	"bufio"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/examples/internal/report"
)

// signs are what a change's line starts with.
var signs = map[diff.Kind]string{diff.Added: "+", diff.Removed: "-", diff.Updated: "~"}

// runDiff answers: diff OLD NEW [PACKAGE].
func runDiff(w *bufio.Writer, o options, args []string) error {
	t, source, err := open(o)
	if err != nil {
		return err
	}
	from, err := t.version(args[0], source)
	if err != nil {
		return err
	}
	to, err := t.version(args[1], source)
	if err != nil {
		return err
	}
	if err := t.checkPlatform(o.platform); err != nil {
		return err
	}
	a, b := from.api, to.api
	if len(args) == 3 {
		if _, ok := t.since(args[2], ""); !ok {
			return t.unknownPackage(args[2])
		}
		a, b = only(a, args[2]), only(b, args[2])
	}

	var entries []entry
	rest := map[string]elsewhere{} // by package
	kinds := map[diff.Kind]int{}
	touched := map[string]bool{}
	start := time.Now()
	for path, c := range changes(a, b) {
		touched[path] = true
		kinds[c.Kind]++
		if platform, _ := splitPlatform(c.Key); !choice(o.platform).has(platform) {
			if rest[path] == nil {
				rest[path] = elsewhere{}
			}
			rest[path][platform]++
			continue
		}
		entries = append(entries, entryOf(to.release, path, c))
	}
	elapsed := time.Since(start)

	fmt.Fprintf(w, "Go %s -> Go %s: %s added, %s changed, %s removed\n", from.release, to.release,
		report.Count(kinds[diff.Added]), report.Count(kinds[diff.Updated]), report.Count(kinds[diff.Removed]))
	printChanges(w, a, b, fold(entries), rest)
	fmt.Fprintf(w, "\nPackages that differ: %s. Shared, and skipped: %s. Compared in %s.\n",
		report.Count(len(touched)), report.Count(compare(a, b).packages), report.Took(elapsed))
	source.print(w)
	return nil
}

// only returns a without any package but path.
func only(a api, path string) api {
	var one api
	if p, ok := a.Lookup(path); ok {
		one = one.Set(path, p)
	}
	return one
}

// printChanges prints sorted entries under their packages, each followed by the
// number of changes that rest has for it.
func printChanges(w *bufio.Writer, from, to api, entries []entry, rest map[string]elsewhere) {
	paths := slices.Collect(maps.Keys(rest))
	for _, e := range entries {
		paths = append(paths, e.pkg)
	}
	slices.Sort(paths)
	for _, path := range slices.Compact(paths) {
		fmt.Fprintf(w, "\n%s%s\n", path, news(path, from, to))
		for len(entries) > 0 && entries[0].pkg == path {
			e := entries[0]
			entries = entries[1:]
			w.WriteString(report.Wrap("  "+signs[e.kind]+" ", 8, e.line()))
		}
		if len(rest[path]) > 0 {
			rest[path].print(w, "    ", "change")
		}
	}
}

// news says if a package is in only one of two releases.
func news(path string, from, to api) string {
	switch {
	case !from.Contains(path):
		return "  (new package)"
	case !to.Contains(path):
		return "  (package removed)"
	}
	return ""
}
