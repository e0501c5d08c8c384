package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/ramet-go/ramet/examples/internal/report"
)

// A line is one line of an API file:
//
//	pkg syscall (windows-386), const O_CLOEXEC = 524288
//	pkg slices, func Clip[$0 interface{ ~[]$1 }, $1 interface{}]($0) $0 #57433
//	pkg go/ast, func NewPackage //deprecated #52463
//
// Everything in it is a piece of the file's text; nothing is copied.
type line struct {
	pkg        string // "syscall"
	name       string // what is declared, see splitName, after its platform: "(windows-386), const O_CLOEXEC ="
	decl       string // how: " 524288"; name+decl is the text of the line
	deprecated bool   // the line deprecates name, and declares nothing: decl is empty
	issue      int32  // the proposal that accepted it, or 0
}

// parseText parses the text of the file called path, whose name and line number
// start every error.
func parseText(path, text string) ([]line, error) {
	lines := make([]line, 0, strings.Count(text, "\n")+1)
	n := 0
	for s := range strings.Lines(text) {
		n++
		s = strings.TrimSpace(s)
		if s == "" || s[0] == '#' {
			continue
		}
		l, err := parseLine(s)
		if err == nil && report.Printable(s) != s { // it would be printed
			err = errors.New("a character that cannot be printed")
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w: %s", path, n, err, report.Excerpt(s, 60))
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// parseLine parses a line without the space around it.
func parseLine(s string) (l line, err error) {
	rest, ok := strings.CutPrefix(s, "pkg ")
	if !ok {
		return l, errors.New(`line does not start with "pkg "`)
	}
	i := strings.IndexAny(rest, " ,")
	if i <= 0 {
		return l, errors.New("no package, comma and feature after pkg")
	}
	l.pkg, rest = rest[:i], rest[i:]

	// What follows is ", feature" or " (platform), feature".
	feature := 0 // where the feature starts in rest
	switch {
	case strings.HasPrefix(rest, ", "):
		rest = rest[len(", "):]
	case strings.HasPrefix(rest, " ("):
		rest = rest[len(" "):]
		if feature = strings.Index(rest, "), ") + len("), "); feature <= len("(), ") {
			return l, errors.New("platform does not end in a parenthesis and a comma")
		}
	default:
		return l, errors.New("no comma after the package")
	}

	if i := strings.LastIndex(rest, " #"); i >= 0 && !strings.HasSuffix(rest, `"`) { // not in a string constant
		n, err := strconv.ParseInt(rest[i+len(" #"):], 10, 32)
		if err != nil || n <= 0 {
			return l, errors.New("no issue number after #")
		}
		rest, l.issue = rest[:i], int32(n)
	}
	rest, l.deprecated = strings.CutSuffix(rest, " //deprecated")

	end, err := splitName(rest[feature:])
	if err != nil {
		return l, err
	}
	l.name, l.decl = rest[:feature+end], rest[feature+end:]
	if l.deprecated && l.decl != "" {
		return l, errors.New("deprecation with a declaration")
	}
	if !l.deprecated && l.decl == "" && !complete(l.name) {
		return l, errors.New("feature without a declaration")
	}
	return l, nil
}

// splitName returns where the name of a feature ends. The name is what stays the same
// when the declaration changes in a later release, with the bar where it ends:
//
//	const ModeSticky| FileMode
//	const ModeSticky =| 1048576                    the value is a feature of its own
//	var Args| []string
//	func Repeat|(string, int) string
//	method (*Buffer) Peek|(int) ([]uint8, error)
//	type Pointer|[$0 interface{}] struct
//	type Cookie struct, Quoted| bool
//	type Seq interface, unexported methods|
func splitName(feature string) (end int, err error) {
	kind, rest, _ := strings.Cut(feature, " ")
	start := len(feature) - len(rest)
	n := identifier(rest)
	switch kind {
	case "const":
		if strings.HasPrefix(rest[n:], " =") {
			return start + n + len(" ="), noName(n)
		}
	case "var", "func":
	case "method":
		receiver := strings.Index(rest, ") ") + len(") ")
		if rest == "" || rest[0] != '(' || receiver < len(") ") {
			return 0, errors.New("method without a receiver")
		}
		start += receiver
		n = identifier(rest[receiver:])
	case "type":
		if m := member(rest[n:]); m > 0 && n > 0 {
			start += n + m
			n = memberName(rest[n+m:])
		}
	default:
		return 0, errors.New("feature is none of const, var, func, method, type")
	}
	return start + n, noName(n)
}

func noName(n int) error {
	if n == 0 {
		return errors.New("feature without a name")
	}
	return nil
}

// member returns where the field or method begins in what follows a type's name, or
// 0 if the type itself is declared: after "[type parameters] struct, " or "interface, ".
func member(s string) int {
	i := 0
	if strings.HasPrefix(s, "[") {
		for depth := 0; i < len(s); i++ {
			if s[i] == '[' {
				depth++
			} else if s[i] == ']' {
				if depth--; depth == 0 {
					i++
					break
				}
			}
		}
	}
	for _, prefix := range []string{" struct, ", " interface, "} {
		if strings.HasPrefix(s[i:], prefix) {
			return i + len(prefix)
		}
	}
	return 0
}

// complete reports whether name declares all there is to declare.
func complete(name string) bool {
	return strings.HasSuffix(name, ", unexported methods") || strings.Contains(name, " struct, embedded ")
}

// memberName returns the length of the name of a field or an interface method.
func memberName(s string) int {
	if strings.HasPrefix(s, "embedded ") || s == "unexported methods" {
		return len(s)
	}
	return identifier(s)
}

// identifier returns the length of the Go identifier that s starts with.
func identifier(s string) int {
	for i, c := range s {
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80
		if !letter && (i == 0 || c < '0' || '9' < c) {
			return i
		}
	}
	return len(s)
}
