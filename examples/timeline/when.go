package main

import (
	"bufio"
	"fmt"
	"regexp"
	"strings"

	"github.com/ramet-go/ramet/examples/internal/cli"
	"github.com/ramet-go/ramet/examples/internal/report"
)

// runWhen answers: when TEXT.
func runWhen(w *bufio.Writer, o options, args []string) error {
	if o.limit < 0 {
		return cli.Usagef("-n %d: negative", o.limit)
	}
	matches, err := matcher(args[0], o.re)
	if err != nil {
		return err
	}
	h, err := open(o)
	if err != nil {
		return err
	}
	defer h.close()
	entries, err := when(h, matches)
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		hint := ""
		if !o.re && regexp.QuoteMeta(args[0]) != args[0] {
			hint = "; -re reads it as a regular expression"
		}
		return fmt.Errorf("nothing in %s matches %q%s", span(h), args[0], hint)
	}
	shown := entries
	if !o.all {
		shown = entries[:min(o.limit, len(entries))]
	}
	column := 0
	for _, e := range shown {
		column = max(column, len(e.pkg))
	}
	column = min(column, 24)
	for _, e := range shown {
		head := fmt.Sprintf("Go %-5s %-*s  %s ", e.release, column, e.pkg, signs[e.kind])
		w.WriteString(report.Wrap(head, len("Go 1.00  ")+column+8, e.line()))
	}
	if n := len(entries) - len(shown); n > 0 {
		fmt.Fprintf(w, "... and %s (-n N or -all shows more)\n", report.Plural(n, "more match"))
	}
	h.print(w)
	return nil
}

// matcher returns what decides about lines "pkg strings, func Repeat(string, int) string":
// whether text, or with re the regular expression text, occurs in them.
func matcher(text string, re bool) (func(line string) bool, error) {
	if !re {
		return func(line string) bool { return strings.Contains(line, text) }, nil
	}
	exp, err := regexp.Compile(text)
	if err != nil {
		return nil, cli.Usagef("%w", err)
	}
	return exp.MatchString, nil
}

// when returns the changes of features that match, oldest release first. Each release
// is compared with the one before it, and the first with none.
func when(h record, matches func(line string) bool) ([]entry, error) {
	var entries []entry
	before := none
	for _, r := range h.releases() {
		var matched []entry
		for c, err := range h.changes(before, r, "") {
			if err != nil {
				return nil, err
			}
			if matches("pkg " + c.path + ", " + c.Key + c.New.decl) {
				matched = append(matched, entryOf(r, c.path, c.Change))
			}
		}
		entries = append(entries, fold(matched)...)
		before = r
	}
	return entries, nil
}
