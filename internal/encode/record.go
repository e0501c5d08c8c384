package encode

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// A Member is a named part of a record: of a JSON object of which it is known what it may contain. Reading a
// record is strict. Names are compared byte by byte; one that is not known or occurs twice is an error, and so
// is a null for a type that has no value for it.
type Member struct {
	Name    string
	Present bool // whether it is to be written; whether it was read
	slot    slot
}

// A slot is where the value of a member is.
type slot interface {
	write(recordWriter) error
	read(recordReader) error
}

// A recordWriter writes JSON piece by piece.
type recordWriter interface {
	begin(open byte) error
	name(string) error
	value(ptr any) error // addressable, so methods with pointer receivers are called
	end(close byte) error
}

// A recordReader reads JSON piece by piece.
type recordReader interface {
	each(open, end byte, item func() error) error // calls item where each item begins
	name() (string, error)
	null() bool // whether the next value is null
	value(ptr any) error
	within(err error, part string) error // says where in the record err is, unless it knows
}

// Value returns the member whose value is *p, which is zero when it is read.
func Value[T any](name string, present bool, p *T) Member {
	return Member{name, present, valueSlot[T]{p}}
}

// List returns the member whose value is the array of *p's elements. It is present if there are any. Read,
// an empty array is a nil slice.
func List[T any](name string, p *[]T) Member {
	return Member{name, len(*p) > 0, listSlot[T]{p}}
}

type valueSlot[T any] struct{ p *T }

func (s valueSlot[T]) write(w recordWriter) error { return w.value(s.p) }
func (s valueSlot[T]) read(r recordReader) error {
	return readValue(r, s.p, nullable(reflect.TypeFor[T]()))
}

type listSlot[T any] struct{ p *[]T }

func (s listSlot[T]) write(w recordWriter) error {
	if err := w.begin('['); err != nil {
		return err
	}
	for i := range *s.p {
		if err := w.value(&(*s.p)[i]); err != nil {
			return err
		}
	}
	return w.end(']')
}

func (s listSlot[T]) read(r recordReader) error {
	null := nullable(reflect.TypeFor[T]())
	return r.each('[', ']', func() error {
		var x T
		if err := readValue(r, &x, null); err != nil {
			return r.within(err, fmt.Sprintf("element %d", len(*s.p)))
		}
		*s.p = append(*s.p, x)
		return nil
	})
}

// readValue reads the next value. A null says that there is none to read, so where a type has none either,
// it would leave the zero value behind, which nobody wrote.
func readValue[T any](r recordReader, p *T, null bool) error {
	if !null && r.null() {
		return fmt.Errorf("ramet: null is no %v", reflect.TypeFor[T]())
	}
	return r.value(p)
}

// nullable reports whether null is a value of type t, or for t to decide.
func nullable(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Interface, reflect.Pointer, reflect.Map, reflect.Slice:
		return true
	}
	return decodesItself(t)
}

var jsonUnmarshaler = reflect.TypeFor[json.Unmarshaler]()

// MarshalRecord returns the object of the members that are present, in their order.
func MarshalRecord(members []Member) ([]byte, error) {
	w := new(textWriter)
	w.enc = json.NewEncoder(&w.buf)
	w.enc.SetEscapeHTML(false) // that is for the encoder to decide which asks for this text
	if err := writeRecord(w, members); err != nil {
		return nil, err
	}
	return w.buf.Bytes(), nil
}

func writeRecord(w recordWriter, members []Member) error {
	if err := w.begin('{'); err != nil {
		return err
	}
	for _, m := range members {
		if !m.Present {
			continue
		}
		if err := w.name(m.Name); err != nil {
			return err
		}
		if err := m.slot.write(w); err != nil {
			return err
		}
	}
	return w.end('}')
}

// UnmarshalRecord reads an object into the members and says which were present. If data is null, it does
// nothing and returns false.
func UnmarshalRecord(data []byte, members []Member) (replaced bool, err error) {
	r := &textReader{splitter{data: data}}
	if r.s.null() {
		return false, nil
	}
	return finish(&r.s, readRecord(r, members))
}

func readRecord(r recordReader, members []Member) error {
	for i := range members {
		members[i].Present = false
	}
	return r.each('{', '}', func() error {
		name, err := r.name()
		if err != nil {
			return err
		}
		for i := range members {
			m := &members[i]
			if m.Name != name {
				continue
			}
			if m.Present {
				return fmt.Errorf("ramet: %q is there twice", name)
			}
			m.Present = true
			return r.within(m.slot.read(r), fmt.Sprintf("%q", name))
		}
		return fmt.Errorf("ramet: unknown name %.64q, known are %s", name, names(members))
	})
}

func names(members []Member) string {
	var all []string
	for _, m := range members {
		all = append(all, m.Name)
	}
	return strings.Join(all, ", ")
}

// A textWriter is the recordWriter for a MarshalJSON method.
type textWriter struct {
	buf  bytes.Buffer
	enc  *json.Encoder // to buf
	tail bool          // what follows is not the first of its list
}

// next puts the comma before an item that is not the first.
func (w *textWriter) next() {
	if w.tail {
		w.buf.WriteByte(',')
	}
	w.tail = true
}

func (w *textWriter) begin(open byte) error {
	w.next()
	w.tail = false
	return w.buf.WriteByte(open)
}

func (w *textWriter) end(close byte) error {
	w.tail = true
	return w.buf.WriteByte(close)
}

func (w *textWriter) name(s string) error {
	err := w.value(s)
	w.tail = false
	w.buf.WriteByte(':')
	return err
}

func (w *textWriter) value(ptr any) error {
	w.next()
	if err := w.enc.Encode(ptr); err != nil {
		return err
	}
	w.buf.Truncate(w.buf.Len() - 1) // the newline
	return nil
}

// A textReader is the recordReader for an UnmarshalJSON method.
type textReader struct{ s splitter }

func (r *textReader) each(open, end byte, item func() error) error { return r.s.list(open, end, item) }

func (r *textReader) name() (text string, err error) {
	part, err := r.s.part()
	if err != nil {
		return "", err
	}
	if part[0] != '"' {
		return "", fmt.Errorf("ramet: JSON has %.64q where a name is expected", part)
	}
	if err := json.Unmarshal(part, &text); err != nil {
		return "", err
	}
	return text, r.s.expect(':')
}

func (r *textReader) null() bool {
	ahead := r.s
	part, err := ahead.part()
	return err == nil && string(part) == "null"
}

func (r *textReader) value(ptr any) error {
	part, err := r.s.part()
	if err != nil {
		return err
	}
	return json.Unmarshal(part, ptr)
}

func (r *textReader) within(err error, part string) error {
	if err == nil {
		return nil
	}
	return &partError{part, err}
}
