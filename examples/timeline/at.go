package main

import (
	"bufio"
	"fmt"
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
	h, err := open(o)
	if err != nil {
		return err
	}
	defer h.close()
	r, err := h.release(args[0])
	if err != nil {
		return err
	}
	if err := checkPlatform(h, o.platform); err != nil {
		return err
	}
	if len(args) == 1 {
		err = listPackages(w, h, r)
	} else {
		err = listFeatures(w, h, r, args[1], choice(o.platform))
	}
	if err == nil {
		h.print(w)
	}
	return err
}

// listFeatures prints the features of a package at a release.
func listFeatures(w *bufio.Writer, h record, r release, path string, platforms choice) error {
	p, ok, err := h.lookup(r, path)
	if err != nil {
		return err
	}
	if !ok {
		return tooEarly(w, h, r, path)
	}
	var entries []entry
	rest := elsewhere{}
	for f, err := range h.features(r, path) {
		if err != nil {
			return err
		}
		if platform, _ := splitPlatform(f.name); !platforms.has(platform) {
			rest[platform]++
			continue
		}
		entries = append(entries, entryOf(f.since, path, diff.Change[string, feature]{Kind: diff.Added, Key: f.name, New: f.now}))
	}
	fmt.Fprintf(w, "%s at Go %s: %s, the first since Go %s\n", path, r, report.Plural(p.features, "feature"), p.since)
	printListing(w, fold(entries))
	if len(rest) > 0 {
		w.WriteByte('\n')
		rest.print(w, "  ", "feature")
	}
	return nil
}

// tooEarly says when a package came that a release does not have.
func tooEarly(w *bufio.Writer, h record, r release, path string) error {
	p, ok, err := h.lookup(newest(h), path)
	if err == nil && !ok {
		err = unknownPackage(h, path)
	}
	if err != nil {
		return err
	}
	first, _, err := h.lookup(p.since, path)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "Go %s had no package %s. It came with Go %s, with %s.\n", r, path, p.since, report.Plural(first.features, "feature"))
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

// listPackages prints the packages of a release with their numbers of features.
func listPackages(w *bufio.Writer, h record, r release) error {
	packages, features, err := h.size(r)
	if err != nil {
		return err
	}
	all, err := h.packages(r)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "Go %s: %s with %s\n\n", r, report.Plural(packages, "package"), report.Plural(features, "feature"))
	fmt.Fprintf(w, "  since  features  package\n")
	for _, p := range all {
		fmt.Fprintf(w, "  %-5s  %8s  %s\n", p.since, report.Count(p.features), p.path)
	}
	return nil
}
