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
	Present bool          // whether it is to be written; whether it was read
	at      reflect.Value // what it holds is here, addressable
	list    bool          // an array of the elements of a slice, which are read and written one by one
}

// Value returns the member whose value is what p points to, which is zero when it is read.
func Value(name string, present bool, p any) Member {
	return Member{name, present, reflect.ValueOf(p).Elem(), false}
}

// List returns the member whose value is the array of the elements of the slice that p points to. It is present if there
// are any. Read, an empty array is a nil slice.
func List(name string, p any) Member {
	at := reflect.ValueOf(p).Elem()
	return Member{name, at.Len() > 0, at, true}
}

func (m Member) write(w Writer) error {
	if !m.list {
		return w.Value(pointer(m.at))
	}
	if err := w.Begin('['); err != nil {
		return err
	}
	for i := range m.at.Len() {
		if err := w.Value(pointer(m.at.Index(i))); err != nil {
			return err
		}
	}
	return w.End(']')
}

func (m Member) read(r Reader) error {
	if !m.list {
		return readValue(r, m.at, nullable(m.at.Type()))
	}
	t := m.at.Type().Elem()
	null := nullable(t)
	return r.Array(func() error {
		x := reflect.New(t).Elem()
		if err := readValue(r, x, null); err != nil {
			return r.in(func() string { return elementPart(m.at.Len()) }, err)
		}
		m.at.Set(reflect.Append(m.at, x))
		return nil
	})
}

// readValue reads the next value. A null says that there is none to read, so where a type has none either,
// it would leave the zero value behind, which nobody wrote.
func readValue(r Reader, at reflect.Value, null bool) error {
	if !null && r.isNull() {
		return fmt.Errorf("ramet: null is no %v", at.Type())
	}
	return r.Value(pointer(at))
}

// nullable reports whether null is a value of type t, or for t to decide.
func nullable(t reflect.Type) bool {
	return hasNull(t) || decodesItself(t)
}

var jsonUnmarshaler = reflect.TypeFor[json.Unmarshaler]()

// MarshalRecord returns the object of the members that are present, in their order.
func MarshalRecord(members []Member) ([]byte, error) {
	return Marshal(func(w Writer) error { return writeRecord(w, members) }, typesIn(members)...)
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
		if err := m.write(w); err != nil {
			return err
		}
	}
	return w.End('}')
}

// UnmarshalRecord reads an object into the members and says which were present. If data is null, it does
// nothing and returns false.
func UnmarshalRecord(data []byte, members []Member) (replaced bool, err error) {
	return Unmarshal(data, func(r Reader) error { return readRecord(r, members) }, typesIn(members)...)
}

// typesIn returns the types of what members hold.
func typesIn(members []Member) []reflect.Type {
	types := make([]reflect.Type, len(members))
	for i, m := range members {
		types[i] = m.at.Type()
	}
	return types
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
			if err := m.read(r); err != nil {
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
