package codec

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// JSON returns the codec for values as encoding/json writes them, "json", with the methods and tags that it knows. It grows with the type:
// a field that is not stored is decoded as zero, and one that the type does not have any more is skipped.
//
// The bytes are those of [json.Encoder] without its escapes for HTML, without a line end, and with strings in their shortest form: what can
// stand in a string as it is stands there as it is, also where a method escaped it. Keys of Go maps, and of the collections of
// ramet, are sorted. So equal values have equal bytes, unless a method MarshalJSON or MarshalText writes them differently from time to time.
//
// A number in a variable of type any is decoded as a [json.Number], which keeps all digits, unless a method UnmarshalJSON decodes it; a
// hamt.Map[string, any] has such a method, and makes it a float64.
//
// What encoding/json would lose in silence is an error: a string that is not valid UTF-8 (and the escape \ufffd where a method writes it, which
// looks the same), and a struct of which no field is exported. A type with an interface other than any in it cannot be decoded, and is an
// error at once. Other fields that are not exported, and those that a tag excludes, are not stored.
//
// Decode takes one value with nothing but space around it. Bytes of strangers may be nested 10,000 deep; see SECURITY.md.
func JSON[V any]() Value[V] {
	s := shapeOf(reflect.TypeFor[V]())
	return jsonValue[V]{s.fault, s.numbers}
}

type jsonValue[V any] struct {
	fault   error // why values of this type cannot be stored
	numbers bool  // there may be numbers in an any
}

func (jsonValue[V]) Name() string { return "json" }

func (c jsonValue[V]) Append(b []byte, v V) ([]byte, error) {
	return appendJSON(b, &v, c.fault)
}

func (c jsonValue[V]) Decode(b []byte) (V, error) {
	var none, v V
	if err := decodeJSON(b, &v, c.fault, c.numbers); err != nil {
		return none, err
	}
	return v, nil
}

// appendJSON appends what v points to. It is a pointer so that methods of pointers are called.
func appendJSON(b []byte, v any, fault error) ([]byte, error) {
	if fault != nil {
		return b, fault
	}
	out, err := marshal(b, v)
	if err != nil {
		return b, wrap("json", err)
	}
	if !utf8.Valid(out[len(b):]) { // out of a method
		return b, wrap("json", errNotUTF8)
	}
	n, err := shorten(out[len(b):])
	if err != nil {
		return b, err
	}
	return out[:len(b)+n], nil
}

type writer struct{ b []byte }

func (w *writer) Write(p []byte) (int, error) {
	w.b = append(w.b, p...)
	return len(p), nil
}

func decodeJSON(b []byte, v any, fault error, numbers bool) error {
	if fault != nil {
		return fault
	}
	if !utf8.Valid(b) {
		return wrap("json", errNotUTF8)
	}
	if !numbers {
		if err := json.Unmarshal(b, v); err != nil {
			return wrap("json", err)
		}
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := d.Decode(v); err != nil {
		if err == io.EOF { // that it ends is no error to whoever reads, but here
			err = io.ErrUnexpectedEOF
		}
		return wrap("json", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return fail("json", "something follows the value")
	}
	return nil
}

var errNotUTF8 = errors.New("a string that is not valid UTF-8, and would be changed")

// shorten rewrites JSON in place with the strings in their shortest form, and returns the length that is left. Versions of
// encoding/json, and methods, differ in what they escape.
func shorten(b []byte) (n int, err error) {
	n = bytes.IndexByte(b, '\\')
	if n < 0 {
		return len(b), nil
	}
	for rest := b[n:]; len(rest) > 0; {
		i := bytes.IndexByte(rest, '\\')
		if i < 0 {
			i = len(rest)
		}
		n += copy(b[n:], rest[:i])
		if rest = rest[i:]; len(rest) == 0 {
			break
		}
		if len(rest) < 2 {
			return 0, fail("json", "an escape without an end")
		}
		short, size := rest[:2], 2
		var char [utf8.UTFMax]byte
		switch rest[1] {
		case '/':
			short = rest[1:2]
		case 'u':
			var r rune
			r, size = unescape(rest)
			switch {
			case r == utf8.RuneError || r < 0:
				return 0, wrap("json", errNotUTF8)
			case r < ' ' || r == '"' || r == '\\':
				short = []byte(escaped(r))
			default:
				short = utf8.AppendRune(char[:0], r)
			}
		}
		n += copy(b[n:], short)
		rest = rest[size:]
	}
	return n, nil
}

// unescape returns the character of the escape \uXXXX, or of the pair of them, that b begins with, and its length; -1 for half
// of a pair, which is no character.
func unescape(b []byte) (r rune, size int) {
	first := hex4(b)
	if !utf16.IsSurrogate(first) {
		return first, min(6, len(b))
	}
	if pair := utf16.DecodeRune(first, hex4(b[6:])); pair != utf8.RuneError {
		return pair, 12
	}
	return -1, 6
}

// hex4 returns the number in an escape \uXXXX, or -1 if b begins with none.
func hex4(b []byte) rune {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return -1
	}
	n, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	if err != nil {
		return -1
	}
	return rune(n)
}

// escaped is how a character that has to be escaped is written.
func escaped(r rune) string {
	switch r {
	case '"', '\\':
		return `\` + string(r)
	case '\b':
		return `\b`
	case '\f':
		return `\f`
	case '\n':
		return `\n`
	case '\r':
		return `\r`
	case '\t':
		return `\t`
	}
	return fmt.Sprintf(`\u%04x`, r)
}
