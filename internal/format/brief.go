package format

import (
	"fmt"
	"io"
	"reflect"
	"strconv"
	"unicode/utf8"
)

// A brief is the beginning of what fmt prints of a value under %v, made without making the rest. It is the State of Format
// methods, of which those of this module stop when it is full.
//
// It follows pointers, as encoders do: what fits into it is small in every form.
type brief struct {
	text  []byte
	limit int  // of the text
	cut   bool // there is more
	depth int  // of the value within the whole
	nest  nest
}

// deepestBrief is how many levels a brief text goes down.
const deepestBrief = 8

// Brief returns what fmt.Sprint prints of x, and true, if that is no longer than limit bytes; otherwise the beginning of
// that, with a mark that there is more, and false. Either takes O(limit) time, but for methods of x and its parts.
func Brief(x any, limit int) (text string, whole bool) {
	b := &brief{limit: limit}
	b.print(x)
	if b.cut {
		return b.String(), false
	}
	return b.String(), true
}

func (b *brief) String() string {
	if b.cut {
		return string(b.text) + more
	}
	return string(b.text)
}

func (b *brief) full() bool { return b.cut }

// Write takes as much of p as there is room for.
func (b *brief) Write(p []byte) (int, error) {
	if b.cut {
		return len(p), nil
	}
	if room := b.limit - len(b.text); len(p) > room {
		b.cut = true
		p = p[:whole(p, room)]
		b.text = append(b.text, p...)
		return len(p), io.ErrShortWrite
	}
	b.text = append(b.text, p...)
	return len(p), nil
}

func (b *brief) Width() (int, bool)     { return 0, false }
func (b *brief) Precision() (int, bool) { return 0, false }
func (b *brief) Flag(int) bool          { return false }

func (b *brief) write(s string) {
	room := b.limit - len(b.text)
	if len(s) > room+utf8.UTFMax {
		s = s[:max(0, room)+utf8.UTFMax] // no need to copy all of it
	}
	b.Write([]byte(s))
}

// whole returns the length of the longest part of p, from its beginning, that is no longer than n and ends with a whole
// character.
func whole[T string | []byte](p T, n int) int {
	if n = max(0, n); n >= len(p) {
		return len(p)
	}
	for i := n; i >= 0 && i > n-utf8.UTFMax; i-- {
		if utf8.RuneStart(p[i]) {
			return i
		}
	}
	return n
}

// print prints x, and reports a panic of its methods as part of the text.
func (b *brief) print(x any) {
	v := reflect.ValueOf(x)
	if !v.IsValid() {
		b.write("<nil>")
		return
	}
	b.value(v)
}

func (b *brief) value(v reflect.Value) {
	if b.full() {
		return
	}
	if b.depth >= deepestBrief {
		b.cut = true
		return
	}
	b.depth++
	defer func() { b.depth-- }()
	if v.CanInterface() && v.Kind() != reflect.Interface && b.byMethod(v) {
		return
	}
	switch v.Kind() {
	case reflect.String:
		b.write(v.String())
	case reflect.Bool:
		b.write(strconv.FormatBool(v.Bool()))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		b.write(strconv.FormatInt(v.Int(), 10))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		b.write(strconv.FormatUint(v.Uint(), 10))
	case reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128:
		fmt.Fprint(b, v)
	case reflect.Interface, reflect.Pointer:
		switch {
		case v.IsNil():
			b.write("<nil>")
		case v.Kind() == reflect.Pointer:
			b.write("&")
			fallthrough
		default:
			b.value(v.Elem())
		}
	case reflect.Struct:
		b.list("{", "}", v.NumField(), v.Field)
	case reflect.Slice, reflect.Array:
		b.list("[", "]", v.Len(), v.Index)
	case reflect.Map:
		b.write("map[")
		first := true
		for entries := v.MapRange(); entries.Next() && !b.full(); first = false {
			if !first {
				b.write(" ")
			}
			b.value(entries.Key())
			b.write(":")
			b.value(entries.Value())
		}
		b.write("]")
	default: // functions and channels are addresses
		b.write(v.Type().String())
	}
}

func (b *brief) list(open, end string, n int, at func(int) reflect.Value) {
	b.write(open)
	for i := 0; i < n && !b.full(); i++ {
		if i > 0 {
			b.write(" ")
		}
		b.value(at(i))
	}
	b.write(end)
}

// byMethod prints v by the method that fmt would use, and reports whether there is one.
func (b *brief) byMethod(v reflect.Value) (printed bool) {
	x := v.Interface()
	switch x.(type) {
	case fmt.Formatter, error, fmt.Stringer:
	default:
		return false
	}
	if v.Kind() == reflect.Pointer && v.IsNil() {
		b.write("<nil>")
		return true
	}
	defer func() {
		if r := recover(); r != nil {
			b.write("%!v(PANIC)")
			printed = true
		}
	}()
	switch x := x.(type) {
	case fmt.Formatter:
		x.Format(b, 'v')
	case error:
		b.write(x.Error())
	case fmt.Stringer:
		b.write(x.String())
	}
	return true
}
