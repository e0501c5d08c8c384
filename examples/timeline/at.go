package main

import (
	"bufio"
	"fmt"
	"slices"
	"strings"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/examples/internal/cli"
	"github.com/ramet-go/ramet/examples/internal/report"
)

// runAt answers: at RELEASE [PACKAGE].
func runAt(w *bufio.Writer, o options, args []string) error {
	if len(args) == 1 && o.platform != "" {
		return cli.Usagef("-platform has no meaning without a package")
	}
	t, source, err := open(o)
	if err != nil {
		return err
	}
	v, err := t.version(args[0], source)
	if err != nil {
		return err
	}
	if err := t.checkPlatform(o.platform); err != nil {
		return err
	}
	if len(args) == 1 {
		listPackages(w, t, v)
		source.print(w)
		return nil
	}
	path := args[1]
	p, ok := v.api.Lookup(path)
	if !ok {
		since, ok := t.since(path, "")
		if !ok {
			return t.unknownPackage(path)
		}
		i, _ := t.find(since)
		first := t[i].api.Get(path)
		fmt.Fprintf(w, "Go %s had no package %s. It came with Go %s, with %s.\n", v.release, path, since, report.Plural(first.Len(), "feature"))
		source.print(w)
		return nil
	}

	var entries []entry
	rest := elsewhere{}
	for name, f := range p.All() {
		if platform, _ := splitPlatform(name); !choice(o.platform).has(platform) {
			rest[platform]++
			continue
		}
		since, _ := t.since(path, name)
		entries = append(entries, entryOf(since, path, diff.Change[string, feature]{Kind: diff.Added, Key: name, New: f}))
	}
	since, _ := t.since(path, "")
	fmt.Fprintf(w, "%s at Go %s: %s, the first since Go %s\n", path, v.release, report.Plural(p.Len(), "feature"), since)
	printListing(w, fold(entries))
	if len(rest) > 0 {
		w.WriteByte('\n')
		rest.print(w, "  ", "feature")
	}
	source.print(w)
	return nil
}

// printListing prints the features of a package behind the release that each came
// with, the kinds apart, and fields and methods below their type.
func printListing(w *bufio.Writer, entries []entry) {
	section := byte(0)
	for _, e := range entries {
		if e.key[0] != section {
			section = e.key[0]
			w.WriteByte('\n')
		}
		e.note, _, _ = strings.Cut(e.note, "#") // it may belong to a later change than the release does
		e.note = strings.TrimSpace(e.note)
		indent := 0
		if below, ok := belowType(e.text); ok {
			indent, e.text = 2, below
		}
		head := fmt.Sprintf("  %-6s%*s", e.release, indent, "")
		w.WriteString(report.Wrap(head, len(head)+4, e.line()))
	}
}

// belowType returns what to print below a type for the text of a field or a method.
func belowType(text string) (string, bool) {
	if strings.HasPrefix(text, "method ") {
		return text, true
	}
	if rest, ok := strings.CutPrefix(text, "type "); ok {
		rest = rest[identifier(rest):]
		if m := member(rest); m > 0 {
			return rest[m:], true
		}
	}
	return "", false
}

// listPackages prints the packages of v with their numbers of features.
func listPackages(w *bufio.Writer, t timeline, v version) {
	fmt.Fprintf(w, "Go %s: %s with %s\n\n", v.release, report.Plural(v.api.Len(), "package"), report.Plural(features(v.api), "feature"))
	fmt.Fprintf(w, "  since  features  package\n")
	for _, path := range slices.Sorted(v.api.Keys()) {
		since, _ := t.since(path, "")
		fmt.Fprintf(w, "  %-5s  %8s  %s\n", since, report.Count(v.api.Get(path).Len()), path)
	}
}
