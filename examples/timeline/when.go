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
	t, source, err := open(o)
	if err != nil {
		return err
	}
	entries := t.when(matches)
	if len(entries) == 0 {
		hint := ""
		if !o.re && regexp.QuoteMeta(args[0]) != args[0] {
			hint = "; -re reads it as a regular expression"
		}
		return fmt.Errorf("nothing in %s matches %q%s", t.span(), args[0], hint)
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
	source.print(w)
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
// is compared with the one before it, and the first with an empty one.
func (t timeline) when(matches func(line string) bool) []entry {
	var entries []entry
	var before api
	for _, v := range t {
		var matched []entry
		for path, c := range changes(before, v.api) {
			if matches("pkg " + path + ", " + c.Key + c.New.decl) {
				matched = append(matched, entryOf(v.release, path, c))
			}
		}
		entries = append(entries, fold(matched)...)
		before = v.api
	}
	return entries
}
