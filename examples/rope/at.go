package main

import (
	"bufio"
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/ramet-go/ramet/examples/internal/cli"
	"github.com/ramet-go/ramet/examples/internal/report"
)

// How many lines at shows: around a change, and of it.
const (
	context = 3
	atMost  = 12
)

// pick opens what the flags say, applies the edits and returns the history and the version
// that arg names.
func pick(o options, arg string) (history, document, int, error) {
	n, err := strconv.Atoi(arg)
	if err != nil {
		return nil, document{}, 0, cli.Usagef("%q is no version; versions are counted from 0", arg)
	}
	d, err := open(o)
	if err != nil {
		return nil, d, 0, err
	}
	h, err := d.replay()
	if err == nil && (n < 0 || n >= len(h)) {
		err = fmt.Errorf("there is no version %s: the edits make versions 0 to %s", report.Count(n), report.Count(len(d.edits)))
	}
	return h, d, n, err
}

// runCat answers: cat N.
func runCat(w *bufio.Writer, o options, args []string) error {
	h, _, n, err := pick(o, args[0])
	if err != nil {
		return err
	}
	w.Write(h[n].AppendTo(nil))
	return nil
}

// runAt answers: at N.
func runAt(w *bufio.Writer, o options, args []string) error {
	h, d, n, err := pick(o, args[0])
	if err != nil {
		return err
	}
	if n == 0 {
		fmt.Fprintf(w, "Version 0 of %s: %s as it was read, %s\n\n", report.Count(len(d.edits)), d.path, report.Plural(h[0].Len(), "byte"))
		printLines(w, "  ", h[0], 0, h[0].Len(), 0)
		return nil
	}
	e := d.edits[n-1]
	fmt.Fprintf(w, "Version %s of %s: %s, after\n%s\n", report.Count(n), report.Count(len(d.edits)),
		report.Plural(h[n].Len(), "byte"), report.Clip(printable(e.String()), report.Width))

	start := time.Now()
	before := h[n-1]
	for _, s := range e.splices() {
		after := h[n] // but a move has a text without what it moves in between
		if e.kind == move && s.removed > 0 {
			after = before.Delete(s.at, s.at+s.removed)
		}
		printSplice(w, before, after, s)
		before = after
	}
	fmt.Fprintf(w, "\nIt took %s to open versions %s and %s, to count their lines up to there, and to read these.\n",
		report.Took(time.Since(start)), report.Count(n-1), report.Count(n))
	return nil
}

// printSplice prints the lines that s changes, as they are before and after, and some around them.
func printSplice(w *bufio.Writer, before, after text, s splice) {
	from := lineStart(before, s.at) // in both: what is before s.at is the same
	oldEnd, newEnd := s.at+s.removed, s.at+s.inserted
	if lineStart(before, oldEnd) != oldEnd || lineStart(after, newEnd) != newEnd {
		oldEnd, newEnd = lineEnd(before, oldEnd), lineEnd(after, newEnd)
	}
	line := 1
	for b := range before.Slice(0, from).Values() {
		if b == '\n' {
			line++
		}
	}
	fmt.Fprintf(w, "\nline %s, byte %s:\n", report.Count(line), report.Count(s.at))
	above := from
	for range context {
		if above > 0 {
			above = lineStart(before, above-1)
		}
	}
	below := newEnd
	for range context {
		if below < after.Len() {
			below = lineEnd(after, below)
		}
	}
	skip := max(s.at-from-report.Width/2, 0) // so that what changes in a long line is seen
	printLines(w, "  ", before, above, from, 0)
	printLines(w, "- ", before, from, oldEnd, skip)
	printLines(w, "+ ", after, from, newEnd, skip)
	printLines(w, "  ", after, newEnd, below, 0)
}

// printLines prints the lines between two positions of t behind a mark, but of many only the first. It leaves
// the first skip bytes out.
func printLines(w *bufio.Writer, mark string, t text, from, to, skip int) {
	n, dots := 0, ""
	if skip > 0 && from < to {
		from, dots = boundary(t, from+skip), "..."
	}
	for from < to {
		if n++; n > atMost {
			rest := bytes.Count(bytesOf(t, from, to), []byte("\n"))
			if t.At(to-1) != '\n' {
				rest++
			}
			fmt.Fprintf(w, "%s... and %s\n", mark, report.Plural(rest, "more line"))
			return
		}
		end := min(lineEnd(t, from), to)
		s := dots + strings.TrimRight(string(bytesOf(t, from, end)), "\r\n")
		fmt.Fprintf(w, "%s\n", strings.TrimRight(mark+report.Clip(printable(s), report.Width-len(mark)), " "))
		from, dots = end, ""
	}
}

// printable returns s with blanks for tabs, and a dot for each character that is not to be printed.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '.'
		}
		return r
	}, strings.ReplaceAll(s, "\t", "    "))
}
