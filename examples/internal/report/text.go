// Package report is how the examples measure, and print what they measured.
package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Width is the number of columns that output keeps to. A single word may exceed it.
const Width = 100

// Wrap returns text behind head, broken at spaces, with further lines indented by
// hang columns.
func Wrap(head string, hang int, text string) string {
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
		if !fresh && column+blank+n > Width {
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

// Clip returns s, cut to at most n runes if it is longer.
func Clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-3]) + "..."
}

// Count formats n with separators: 155,316.
func Count(n int) string {
	if n < 0 {
		return "-" + Count(-n)
	}
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Some is Count, with a dash for none.
func Some(n int) string {
	if n == 0 {
		return "-"
	}
	return Count(n)
}

// Plural returns Count(n) and the noun, in the plural unless n is 1.
func Plural(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "ch"):
		return Count(n) + " " + noun + "es"
	}
	return Count(n) + " " + noun + "s"
}

// Size formats a number of bytes, which may be more than an int can count.
func Size[N int | int64](n N) string {
	if n < 10_000_000 {
		return Count(int(n+500)/1000) + " kB"
	}
	if n < 1_000_000_000 {
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.1f GB", float64(n)/1e9)
}

// Took formats a duration with three digits or so.
func Took(d time.Duration) string {
	switch {
	case d < 10*time.Microsecond:
		return fmt.Sprintf("%d ns", d.Nanoseconds())
	case d < 10*time.Millisecond:
		return Count(int(d.Microseconds())) + " us"
	case d < 10*time.Second:
		return Count(int(d.Milliseconds())) + " ms"
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// Ratio says how a compares with b, of which less is better.
func Ratio(a, b float64, better, worse string) string {
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

// Percent returns part of whole as a percentage, with a dash for none.
func Percent(part, whole int) string {
	if part == 0 || whole == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f%%", 100*float64(part)/float64(whole))
}
