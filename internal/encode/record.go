package encode

import (
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
	write(Writer) error
	read(Reader) error
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

func (s valueSlot[T]) write(w Writer) error { return w.Value(s.p) }
func (s valueSlot[T]) read(r Reader) error {
	return readValue(r, s.p, nullable(reflect.TypeFor[T]()))
}

type listSlot[T any] struct{ p *[]T }

func (s listSlot[T]) write(w Writer) error {
	if err := w.Begin('['); err != nil {
		return err
	}
	for i := range *s.p {
		if err := w.Value(&(*s.p)[i]); err != nil {
			return err
		}
	}
	return w.End(']')
}

func (s listSlot[T]) read(r Reader) error {
	null := nullable(reflect.TypeFor[T]())
	return r.Array(func() error {
		var x T
		if err := readValue(r, &x, null); err != nil {
			return r.in(func() string { return elementPart(len(*s.p)) }, err)
		}
		*s.p = append(*s.p, x)
		return nil
	})
}

// readValue reads the next value. A null says that there is none to read, so where a type has none either,
// it would leave the zero value behind, which nobody wrote.
func readValue[T any](r Reader, p *T, null bool) error {
	if !null && r.isNull() {
		return fmt.Errorf("ramet: null is no %v", reflect.TypeFor[T]())
	}
	return r.Value(p)
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

// MarshalRecord returns the object of the members that are present, in their order. E has the types of what
// they hold.
func MarshalRecord[E any](members []Member) ([]byte, error) {
	return Marshal[E](func(w Writer) error { return writeRecord(w, members) })
}

func writeRecord(w Writer, members []Member) error {
	if err := w.Begin('{'); err != nil {
		return err
	}
	for _, m := range members {
		if !m.Present {
			continue
		}
		if err := w.Name(m.Name); err != nil {
			return err
		}
		if err := m.slot.write(w); err != nil {
			return err
		}
	}
	return w.End('}')
}

// UnmarshalRecord reads an object into the members and says which were present. If data is null, it does
// nothing and returns false.
func UnmarshalRecord[E any](data []byte, members []Member) (replaced bool, err error) {
	return Unmarshal[E](data, func(r Reader) error { return readRecord(r, members) })
}

func readRecord(r Reader, members []Member) error {
	for i := range members {
		members[i].Present = false
	}
	return r.Object(func(name string) error {
		for i := range members {
			m := &members[i]
			if m.Name != name {
				continue
			}
			if m.Present {
				return fmt.Errorf("ramet: %q is there twice", name)
			}
			m.Present = true
			if err := m.slot.read(r); err != nil {
				return r.in(func() string { return fmt.Sprintf("%q", name) }, err)
			}
			return nil
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
