package main

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ramet-go/ramet/store/codec"
)

// line prints a line: an object with -json, else a text.
func (s *session) line(o map[string]any, format string, args ...any) {
	if s.json {
		enc := json.NewEncoder(s.out)
		enc.SetEscapeHTML(false)
		enc.Encode(o) // whose errors the writer keeps
		return
	}
	fmt.Fprintf(s.out, format+"\n", args...)
}

// value decodes what a built-in codec has encoded; false: it is of another, or is not what the codec writes.
func value(name string, b []byte) (any, bool) {
	var v any
	var err error
	switch name {
	case "string", "text":
		v, err = string(b), nil
		if !utf8.Valid(b) {
			return nil, false
		}
	case "json":
		if !json.Valid(b) {
			return nil, false
		}
		v = json.RawMessage(b)
	case "int":
		v, err = codec.Int[int64]().Decode(b)
	case "uint":
		v, err = codec.Uint[uint64]().Decode(b)
	case "bool":
		v, err = codec.Bool[bool]().Decode(b)
	case "float":
		v, err = codec.Float[float64]().Decode(b)
	case "time":
		v, err = codec.Time().Decode(b)
	case "varint":
		v, err = codec.Varint[int64]().Decode(b)
	case "uvarint":
		v, err = codec.Uvarint[uint64]().Decode(b)
	case "empty":
		return struct{}{}, len(b) == 0
	default:
		return nil, false
	}
	return v, err == nil
}

// jsonOf returns what stands for an encoded key or value in JSON: itself, or its bytes in hexadecimal digits.
func jsonOf(name string, b []byte) any {
	if v, ok := value(name, b); ok {
		if _, err := json.Marshal(v); err == nil {
			return v
		}
		return fmt.Sprint(v) // an infinite number
	}
	return map[string]string{"hex": hex.EncodeToString(b)}
}

// text returns what stands for an encoded key or value in a line.
func text(name string, b []byte) string {
	v, ok := value(name, b)
	switch x := v.(type) {
	case string:
		if s := strconv.Quote(x); len(s) != len(x)+2 || strings.ContainsAny(x, " \t") || x == "" {
			return s
		}
		return x
	case json.RawMessage:
		return printable(string(x))
	case struct{}:
		return ""
	}
	if ok {
		return fmt.Sprint(v)
	}
	return "0x" + hex.EncodeToString(b)
}

// printable returns a text without what would do something to a terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) || r == '\n' {
			return r
		}
		return '\uFFFD'
	}, s)
}

// size returns a number of bytes for people.
func size(n int64) string {
	switch {
	case n < 10_000:
		return fmt.Sprintf("%d bytes", n)
	case n < 10_000_000:
		return fmt.Sprintf("%d kB", n/1000)
	case n < 10_000_000_000:
		return fmt.Sprintf("%d MB", n/1_000_000)
	}
	return fmt.Sprintf("%d GB", n/1_000_000_000)
}
