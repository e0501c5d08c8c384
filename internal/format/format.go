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
// address. Where a value leads back to itself all the same, through a cell or a method of its
// own, it prints as … there; see nested.go.
package format

import (
	"fmt"
	"io"
	"iter"
	"reflect"
	"strings"
)

// more stands for what is not shown.
const more = "…"

// Seq prints the elements of seq, as those of the collection self.
func Seq[T any](s fmt.State, verb rune, self any, seq iter.Seq[T]) {
	printSeq(s, verb, self, elements(seq))
}

// SortedSeq is [Seq] for elements that come in no order of their own.
func SortedSeq[T any](s fmt.State, verb rune, self any, seq iter.Seq[T]) {
	printSeq(s, verb, self, elements(seq).sorted(s))
}

// Map prints the entries of seq, as those of the collection self.
func Map[K, V any](s fmt.State, verb rune, self any, seq iter.Seq2[K, V]) {
	printMap(s, verb, self, entries(seq))
}

// SortedMap is [Map] for entries that come in no order of their own.
func SortedMap[K, V any](s fmt.State, verb rune, self any, seq iter.Seq2[K, V]) {
	printMap(s, verb, self, entries(seq).sorted(s))
}

//go:noinline
func printSeq(s fmt.State, verb rune, self any, seq parts) {
	Value(s, verb, self, func(p *Printer) {
		open, between, end := "[", " ", "]"
		if p.GoSyntax {
			open, between, end = p.Type()+"{", ", ", "}"
		}
		p.Text(open)
		first := true
		for x := range seq {
			if p.full() {
				break
			}
			if !first {
				p.Text(between)
			}
			first = false
			p.Element(x)
		}
		p.Text(end)
	})
}

//go:noinline
func printMap(s fmt.State, verb rune, self any, seq parts) {
	Value(s, verb, self, func(p *Printer) {
		open, colon := "{", ": "
		if p.GoSyntax {
			open, colon = p.Type()+"{", ":"
		}
		p.Text(open)
		first := true
		for k, v := range seq {
			if p.full() {
				break
			}
			if !first {
				p.Text(", ")
			}
			first = false
			p.Element(k)
			p.Text(colon)
			p.Element(v)
		}
		p.Text("}")
	})
}

// Value prints what print does, as the value self, which is identified by ==: where it is being printed already, it prints
// as … and print is not called. A nil pointer prints as <nil>.
func Value(s fmt.State, verb rune, self any, print func(p *Printer)) {
	if v := reflect.ValueOf(self); v.Kind() == reflect.Pointer && v.IsNil() {
		io.WriteString(s, "<nil>")
		return
	}
	within(s, self, false, func(n *nest) {
		print(newPrinter(s, verb, self, n))
	})
}

// Held prints x, which is what the reference self holds at the moment, as fmt prints it on its own.
func Held(s fmt.State, verb rune, self, x any) {
	within(s, self, true, func(n *nest) {
		p := newPrinter(s, verb, self, n)
		p.part(x, x, 0, 0)
	})
}

// A Printer prints the parts of a value under one directive.
//
// fmt has no entry that prints a value as the element of something, which differs from
// printing it on its own (a pointer to a struct is followed only there). So each
// element is printed in a slice of one, whose brackets are cut off.
type Printer struct {
	GoSyntax bool // the directive is %#v

	state     fmt.State
	directive string
	self      any
	slot      []any // of length 1
	nest      *nest
	head      int // length of the opening bracket
	buf       []byte
}

// boxHead is how %#v opens the slice of one.
var boxHead = len(reflect.TypeFor[[]any]().String() + "{")

func newPrinter(s fmt.State, verb rune, self any, n *nest) *Printer {
	p := &Printer{state: s, directive: fmt.FormatString(s, verb), self: self, slot: make([]any, 1), nest: n, head: len("[")}
	if verb == 'v' && s.Flag('#') {
		p.GoSyntax, p.head = true, boxHead
	}
	return p
}

// Text prints s as it is.
func (p *Printer) Text(s string) { io.WriteString(p.state, s) }

// Type returns the name of the type of the value that is printed, as %#v shows it.
func (p *Printer) Type() string {
	t := reflect.TypeOf(p.self)
	if t.Kind() == reflect.Pointer {
		return "&" + typeName(t.Elem())
	}
	return typeName(t)
}

// Element prints x as the element of something.
func (p *Printer) Element(x any) {
	p.slot[0] = x
	p.part(x, p.slot, p.head, len("]"))
}

// part prints arg, which is x or has it as its only element, without what is before and after x.
func (p *Printer) part(x, arg any, before, after int) {
	if b, ok := p.state.(*brief); ok {
		b.print(x)
		return
	}
	if plain(x) || p.directive == "%%" {
		p.buf = fmt.Appendf(p.buf[:0], p.directive, arg)
	} else {
		p.buf = p.nest.appendf(p.buf[:0], p.directive, arg)
	}
	p.state.Write(p.buf[before : len(p.buf)-after])
}

// full reports whether there is no use in printing more.
func (p *Printer) full() bool {
	b, ok := p.state.(*brief)
	return ok && b.full()
}

// plain reports whether nothing else than fmt itself prints x, and it has no parts.
func plain(x any) bool {
	switch x.(type) {
	case nil, bool, string, int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64, uintptr, float32, float64:
		return true
	}
	return false
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
