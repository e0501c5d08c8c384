package report

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Printable returns s, which may be from anywhere, as it can be written to a terminal: what is not printable is written
// as in Go. That is control characters, which begin what a terminal does, bytes that are no UTF-8, and invisible characters such as
// those that turn the direction of what follows. Line ends and tabs stay.
func Printable(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) < 0 { // as nearly always
		return s
	}
	var b strings.Builder
	for i, r := range s {
		_, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\n' || r == '\t' || strconv.IsPrint(r) && (r != utf8.RuneError || n > 1):
			b.WriteRune(r)
		default:
			quoted := strconv.Quote(s[i : i+n])
			b.WriteString(quoted[1 : len(quoted)-1])
		}
	}
	return b.String()
}

// Excerpt returns what Printable does of s, cut if it has more than n runes: a line of a file, for an error.
func Excerpt(s string, n int) string { return Clip(Printable(s), n) }
