// Package format prints collections: it is what their Format and LogValue methods
// call.
//
// A sequence or set prints as [a b c], a map as {k: v, k2: v2}, and the verb, the
// flags, the width and the precision apply to each element, as fmt does for slices. Under
// %#v the type is named and the syntax is Go's: hamt.Map[string,int]{"a":1, "b":2}. A
// method String that hands the collection to fmt.Sprint needs nothing more.
//
// Elements print as fmt prints those of a slice: their own methods are used, a
// method that panics is reported in the text, and a pointer to a struct prints as an
// address, so that printing a value that reaches itself comes to an end.
package format

import (
	"fmt"
	"io"
	"iter"
	"reflect"
	"strings"
)

// Seq prints the elements of seq, as the collection type typ under %#v.
func Seq[T any](s fmt.State, verb rune, typ reflect.Type, seq iter.Seq[T]) {
	p := newPrinter(s, verb)
	open, between, end := "[", " ", "]"
	if p.goSyntax {
		open, between, end = typeName(typ)+"{", ", ", "}"
	}
	p.text(open)
	first := true
	for x := range seq {
		if !first {
			p.text(between)
		}
		first = false
		p.element(x)
	}
	p.text(end)
}

// Map prints the entries of seq, as the collection type typ under %#v.
func Map[K, V any](s fmt.State, verb rune, typ reflect.Type, seq iter.Seq2[K, V]) {
	p := newPrinter(s, verb)
	open, colon := "{", ": "
	if p.goSyntax {
		open, colon = typeName(typ)+"{", ":"
	}
	p.text(open)
	first := true
	for k, v := range seq {
		if !first {
			p.text(", ")
		}
		first = false
		p.element(k)
		p.text(colon)
		p.element(v)
	}
	p.text("}")
}

// A printer prints elements under one directive.
//
// fmt has no entry that prints a value as the element of something, which differs from
// printing it on its own (a pointer to a struct is followed only there). So each
// element is printed in a slice of one, whose brackets are cut off.
type printer struct {
	state     fmt.State
	directive string
	goSyntax  bool
	slot      []any // of length 1, and what box holds
	box       []any // of length 1: the argument for the directive
	head      int   // length of the opening bracket
	buf       []byte
}

// boxHead is how %#v opens the slice of one.
var boxHead = len(reflect.TypeFor[[]any]().String() + "{")

func newPrinter(s fmt.State, verb rune) *printer {
	slot := make([]any, 1)
	p := &printer{state: s, directive: fmt.FormatString(s, verb), slot: slot, box: []any{slot}, head: len("[")}
	if verb == 'v' && s.Flag('#') {
		p.goSyntax, p.head = true, boxHead
	}
	return p
}

func (p *printer) text(s string) { io.WriteString(p.state, s) }

func (p *printer) element(x any) {
	p.slot[0] = x
	p.buf = fmt.Appendf(p.buf[:0], p.directive, p.box...)
	p.state.Write(p.buf[p.head : len(p.buf)-len("]")])
}

// typeName returns the name of t as its package's users write it. reflect spells the
// arguments of a generic type with whole import paths, and numbers types declared in
// functions (T·1); both are cut.
func typeName(t reflect.Type) string {
	name := t.String()
	var b strings.Builder
	start := 0 // of the identifier, or path and identifier, being read
	flush := func(end int) {
		word := name[start:end]
		if variadic, ok := strings.CutPrefix(word, "..."); ok {
			b.WriteString("...")
			word = variadic
		}
		word = word[strings.LastIndexByte(word, '/')+1:]
		word, _, _ = strings.Cut(word, "·")
		b.WriteString(word)
	}
	for i := 0; i < len(name); i++ {
		switch c := name[i]; c {
		case '[', ']', '(', ')', '{', '}', '*', ',', ';', ' ':
			flush(i)
			b.WriteByte(c)
			start = i + 1
		case '"': // a field tag, which may hold anything
			end := i + 1
			for name[end] != '"' {
				if name[end] == '\\' {
					end++
				}
				end++
			}
			b.WriteString(name[i : end+1])
			i, start = end, end+1
		}
	}
	flush(len(name))
	return b.String()
}
