package main

import (
	"bufio"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ramet-go/ramet/examples/internal/report"
)

// A choice says which platforms' features to print one by one: "all", those of one,
// or with "" none. Features that are the same everywhere always are.
type choice string

func (c choice) has(platform string) bool {
	return platform == "" || c == "all" || string(c) == platform
}

// elsewhere counts what is not printed, by platform.
type elsewhere map[string]int

// print says how much there is, and where.
func (e elsewhere) print(w *bufio.Writer, head, noun string) {
	total := 0
	for _, n := range e {
		total += n
	}
	platforms := slices.Sorted(maps.Keys(e))
	text := fmt.Sprintf("%s on %s: %s. List them with -platform NAME, or -platform all.",
		report.Plural(total, noun), report.Plural(len(e), "platform"), strings.Join(platforms, ", "))
	w.WriteString(report.Wrap(head, len(head)+2, text))
}

// checkPlatform returns an error if name is no platform.
func checkPlatform(h record, name string) error {
	if name == "" || name == "all" {
		return nil
	}
	known, err := h.platforms()
	if err != nil || slices.Contains(known, name) {
		return err
	}
	return fmt.Errorf("unknown platform %q: the history has %s", name, strings.Join(known, ", "))
}

// unknownPackage is the error for a package that no release has.
func unknownPackage(h record, path string) error {
	known, err := h.packages(newest(h))
	if err != nil {
		return err
	}
	var alike []string
	for _, p := range known {
		if strings.Contains(p.path, path) || strings.Contains(path, p.path) && len(p.path) > 2 {
			alike = append(alike, p.path)
		}
	}
	if len(alike) == 0 || len(alike) > 8 {
		return fmt.Errorf("no release has a package %q", path)
	}
	return fmt.Errorf("no release has a package %q; there is %s", path, strings.Join(alike, ", "))
}
