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
	h, err := open(o)
	if err != nil {
		return err
	}
	defer h.close()
	from, err := h.release(args[0])
	if err != nil {
		return err
	}
	to, err := h.release(args[1])
	if err != nil {
		return err
	}
	if err := checkPlatform(h, o.platform); err != nil {
		return err
	}
	path := ""
	if len(args) == 3 {
		path = args[2]
		if _, ok, err := h.lookup(newest(h), path); err != nil {
			return err
		} else if !ok {
			return unknownPackage(h, path)
		}
	}

	var entries []entry
	rest := map[string]elsewhere{} // by package
	kinds := map[diff.Kind]int{}
	touched := map[string]bool{}
	start := time.Now()
	for c, err := range h.changes(from, to, path) {
		if err != nil {
			return err
		}
		touched[c.path] = true
		kinds[c.Kind]++
		if platform, _ := splitPlatform(c.Key); !choice(o.platform).has(platform) {
			if rest[c.path] == nil {
				rest[c.path] = elsewhere{}
			}
			rest[c.path][platform]++
			continue
		}
		entries = append(entries, entryOf(to, c.path, c.Change))
	}
	elapsed := time.Since(start)

	fmt.Fprintf(w, "Go %s -> Go %s: %s added, %s changed, %s removed\n", from, to,
		report.Count(kinds[diff.Added]), report.Count(kinds[diff.Updated]), report.Count(kinds[diff.Removed]))
	if err := printChanges(w, h, from, to, fold(entries), rest); err != nil {
		return err
	}
	shared, err := untouched(h, to, path, touched)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\nPackages that differ: %s. Shared, and skipped: %s. Compared in %s.\n",
		report.Count(len(touched)), report.Count(shared), report.Took(elapsed))
	h.print(w)
	return nil
}

// untouched returns how many of the packages that a release has, or of the one that path names, are not touched.
func untouched(h record, r release, path string, touched map[string]bool) (n int, err error) {
	if path != "" {
		_, ok, err := h.lookup(r, path)
		if ok && !touched[path] {
			n++
		}
		return n, err
	}
	all, err := h.packages(r)
	for _, p := range all {
		if !touched[p.path] {
			n++
		}
	}
	return n, err
}

// printChanges prints sorted entries under their packages, each followed by the
// number of changes that rest has for it.
func printChanges(w *bufio.Writer, h record, from, to release, entries []entry, rest map[string]elsewhere) error {
	paths := slices.Collect(maps.Keys(rest))
	for _, e := range entries {
		paths = append(paths, e.pkg)
	}
	slices.Sort(paths)
	for _, path := range slices.Compact(paths) {
		news, err := news(h, path, from, to)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "\n%s%s\n", path, news)
		for len(entries) > 0 && entries[0].pkg == path {
			e := entries[0]
			entries = entries[1:]
			w.WriteString(report.Wrap("  "+signs[e.kind]+" ", 8, e.line()))
		}
		if len(rest[path]) > 0 {
			rest[path].print(w, "    ", "change")
		}
	}
	return nil
}

// news says if a package is in only one of two releases.
func news(h record, path string, from, to release) (string, error) {
	_, before, err := h.lookup(from, path)
	if err != nil {
		return "", err
	}
	_, after, err := h.lookup(to, path)
	switch {
	case !before:
		return "  (new package)", err
	case !after:
		return "  (package removed)", err
	}
	return "", err
}
