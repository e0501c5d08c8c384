package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A reader reads a JSON text value by value, and knows where it is. Decoding into structs would need less code, but has no place
// for a field that it does not know, takes readtimeout for readTimeout, and the last of two values for a name without a word.
//
// Its methods panic with a fault, which catch makes an error of.
type reader struct {
	text  []byte
	in    *json.Decoder
	path  []string
	start int // of the last token
}

// newReader returns a reader of a text. That it is JSON is checked here, so what follows has no errors of syntax.
func newReader(text []byte) *reader {
	r := &reader{text: text, in: json.NewDecoder(bytes.NewReader(text))}
	if len(bytes.TrimSpace(text)) == 0 {
		r.failf("the file is empty")
	}
	if !utf8.Valid(text) {
		for r.start < len(text) {
			c, n := utf8.DecodeRune(text[r.start:])
			if c == utf8.RuneError && n == 1 {
				break
			}
			r.start += n
		}
		r.failf("the text is no UTF-8")
	}
	var all json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
			r.start = max(int(syntax.Offset)-1, 0) // it counts what it has read
		}
		r.failf("%s", strings.TrimPrefix(err.Error(), "json: "))
	}
	return r
}

// failf panics with a fault at the last token.
func (r *reader) failf(format string, args ...any) {
	before := r.text[:min(r.start, len(r.text))]
	line := before[bytes.LastIndexByte(before, '\n')+1:]
	panic(fault{
		line:   bytes.Count(before, []byte("\n")) + 1,
		column: utf8.RuneCount(line) + 1,
		path:   strings.ReplaceAll(strings.Join(r.path, "."), ".[", "["),
		text:   fmt.Sprintf(format, args...),
	})
}

// token returns the next token.
func (r *reader) token() json.Token {
	r.start = int(r.in.InputOffset())
	r.start += len(r.text[r.start:]) - len(bytes.TrimLeft(r.text[r.start:], " \t\r\n,:"))
	t, err := r.in.Token()
	if err != nil && err != io.EOF {
		r.failf("%v", err)
	}
	return t
}

// next returns the next token as a T, of which what says what it is.
func next[T any](r *reader, what string) T {
	t := r.token()
	v, ok := t.(T)
	if !ok {
		r.failf("%s is expected here", what)
	}
	return v
}

func (r *reader) string() string { return next[string](r, "a string") }
func (r *reader) bool() bool     { return next[bool](r, "true or false") }

// open begins an object or an array.
func (r *reader) open(delim json.Delim, what string) {
	if r.token() != delim {
		r.failf("%s is expected here", what)
	}
}

// names reads an object, and calls value for each name, to read what stands there.
func (r *reader) names(value func(name string)) {
	r.open('{', "an object")
	seen := map[string]bool{}
	for r.in.More() {
		name := next[string](r, "a name")
		switch {
		case seen[name]:
			r.failf("%q is there twice", name)
		case name == "" || strings.ContainsFunc(name, func(c rune) bool { return !unicode.IsPrint(c) }):
			r.failf("%q is no name that can be printed", name)
		}
		seen[name] = true
		r.path = append(r.path, name)
		value(name)
		r.path = r.path[:len(r.path)-1]
	}
	r.token()
}

// object reads an object that may have the fields that are given, each with what reads its value.
func (r *reader) object(fields map[string]func()) {
	r.names(func(name string) {
		read := fields[name]
		if read == nil {
			r.path = r.path[:len(r.path)-1]
			var known []string
			for field := range fields {
				known = append(known, field)
			}
			slices.Sort(known)
			r.failf("unknown field %q; there are %s", name, strings.Join(known, ", "))
		}
		read()
	})
}

// array reads an array, and calls element for each element.
func (r *reader) array(element func()) {
	r.open('[', "an array")
	for i := 0; r.in.More(); i++ {
		r.path = append(r.path, fmt.Sprintf("[%d]", i))
		element()
		r.path = r.path[:len(r.path)-1]
	}
	r.token()
}
