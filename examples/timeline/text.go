package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// width is the number of columns that output keeps to. A single word may exceed it.
const width = 100

// wrap returns text behind head, broken at spaces, with further lines indented by
// hang columns.
func wrap(head string, hang int, text string) string {
	var b strings.Builder
	b.WriteString(head)
	column := utf8.RuneCountInString(head)
	fresh := true // nothing stands on this line behind the indentation
	for len(text) > 0 {
		blank := len(text) - len(strings.TrimLeft(text, " "))
		end := blank + len(text[blank:])
		if i := strings.IndexByte(text[blank:], ' '); i >= 0 {
			end = blank + i
		}
		word, n := text[blank:end], utf8.RuneCountInString(text[blank:end])
		if !fresh && column+blank+n > width {
			b.WriteString("\n" + strings.Repeat(" ", hang))
			column, blank = hang, 0
		}
		b.WriteString(strings.Repeat(" ", blank) + word)
		column += blank + n
		text, fresh = text[end:], false
	}
	b.WriteByte('\n')
	return b.String()
}

// clip returns s, cut to at most n runes if it is longer.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-3]) + "..."
}

// count formats n with separators: 155,316.
func count(n int) string {
	if n < 0 {
		return "-" + count(-n)
	}
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// some is count, with a dash for none.
func some(n int) string {
	if n == 0 {
		return "-"
	}
	return count(n)
}

// plural returns count(n) and the noun, in the plural unless n is 1.
func plural(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "ch"):
		return count(n) + " " + noun + "es"
	}
	return count(n) + " " + noun + "s"
}

// size formats a number of bytes.
func size(n int) string {
	if n < 10_000_000 {
		return count((n+500)/1000) + " kB"
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// took formats a duration with three digits or so.
func took(d time.Duration) string {
	switch {
	case d < 10*time.Microsecond:
		return fmt.Sprintf("%d ns", d.Nanoseconds())
	case d < 10*time.Millisecond:
		return count(int(d.Microseconds())) + " us"
	case d < 10*time.Second:
		return count(int(d.Milliseconds())) + " ms"
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// ratio says how a compares with b, of which less is better.
func ratio(a, b float64, better, worse string) string {
	if a <= 0 || b <= 0 {
		return "-"
	}
	switch r := a / b; {
	case r >= 1.05:
		return fmt.Sprintf("%.1fx %s", r, worse)
	case r <= 1/1.05:
		return fmt.Sprintf("%.1fx %s", 1/r, better)
	}
	return "the same"
}
