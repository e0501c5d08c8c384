package encode

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
)

// What MarshalJSON and UnmarshalJSON methods do: JSON in memory. Each value in a collection is a call of
// encoding/json, which knows nothing of the one that called the method. So options do not get through, with
// one exception: what a MarshalJSON method returns, encoding/json writes with the characters of HTML escaped, or
// not, as the caller wants it. So here they are not escaped.
//
// Nested collections cost more the deeper they are nested: a MarshalJSON method's result is copied once
// more at each level, and what an UnmarshalJSON method gets is searched for its end, and validated, at each.
// See nesting.go for where that ends.

// Marshal returns what write writes, which holds values of the types of.
func Marshal(write func(Writer) error, of ...reflect.Type) ([]byte, error) {
	if err := Descend(of...); err != nil {
		return nil, err
	}
	defer Ascend(of...)
	w := new(bufferWriter)
	w.enc = json.NewEncoder(&w.buf)
	w.enc.SetEscapeHTML(false)
	if err := write(w); err != nil {
		return nil, unwound(err)
	}
	text := w.buf.Bytes()
	text = text[:len(text)-1] // what stands behind an item
	if err := checkNesting(of, text); err != nil {
		return nil, err
	}
	return text, nil
}

// A bufferWriter writes a comma after each item. The end of an array or object replaces the last one.
type bufferWriter struct {
	buf bytes.Buffer
	enc *json.Encoder // to buf
}

func (w *bufferWriter) Begin(open byte) error { return w.buf.WriteByte(open) }

func (w *bufferWriter) End(end byte) error {
	if last := w.buf.Len() - 1; w.buf.Bytes()[last] == ',' {
		w.buf.Bytes()[last] = end
	} else { // the beginning
		w.buf.WriteByte(end)
	}
	return w.buf.WriteByte(',')
}

// write writes x and c. An Encoder ends what it writes with a newline, which c replaces.
func (w *bufferWriter) write(x any, c byte) error {
	if err := w.enc.Encode(x); err != nil {
		return err
	}
	w.buf.Bytes()[w.buf.Len()-1] = c
	return nil
}

func (w *bufferWriter) Name(text string) error { return w.write(text, ':') }
func (w *bufferWriter) Value(x any) error      { return w.write(x, ',') }

func (w *bufferWriter) encoded(x any) ([]byte, error) {
	start := w.buf.Len()
	if err := w.write(x, ','); err != nil {
		return nil, err
	}
	text := bytes.Clone(w.buf.Bytes()[start : w.buf.Len()-1])
	w.buf.Truncate(start)
	return text, nil
}

func (w *bufferWriter) raw(text []byte) error {
	w.buf.Write(text)
	return w.buf.WriteByte(',')
}

// Unmarshal has read read data, which holds values of the types of. If data is null, it does nothing and returns
// false: the collection is to stay as it is.
func Unmarshal(data []byte, read func(Reader) error, of ...reflect.Type) (replaced bool, err error) {
	if err := checkNesting(of, data); err != nil {
		return false, err
	}
	s := &splitter{data: data}
	if s.null() {
		return false, nil
	}
	if err := read(s); err != nil {
		return false, err
	}
	if err := s.end(); err != nil {
		return false, err
	}
	return true, nil
}

// Array implements [Reader].
func (s *splitter) Array(item func() error) error { return s.list('[', ']', item) }

// Object implements [Reader].
func (s *splitter) Object(member func(string) error) error {
	return s.list('{', '}', func() error {
		part, err := s.part()
		if err != nil {
			return err
		}
		if part[0] != '"' {
			return errors.New("ramet: JSON has a key that is not a string")
		}
		var name string
		if err := json.Unmarshal(part, &name); err != nil {
			return err
		}
		if err := s.expect(':'); err != nil {
			return err
		}
		return member(name)
	})
}

func (s *splitter) isNull() bool {
	ahead := *s
	part, err := ahead.part()
	return err == nil && string(part) == "null"
}

func (s *splitter) kind() byte {
	if s.space(); s.at == len(s.data) {
		return 0
	}
	c := s.data[s.at]
	if c == '-' || '0' <= c && c <= '9' {
		return '0'
	}
	return c
}

// Value implements [Reader].
func (s *splitter) Value(ptr any) error {
	reflect.ValueOf(ptr).Elem().SetZero()
	return s.Into(ptr)
}

// Into implements [Reader].
func (s *splitter) Into(ptr any) error {
	part, err := s.part()
	if err != nil {
		return err
	}
	return json.Unmarshal(part, ptr)
}

func (s *splitter) in(part func() string, err error) error {
	if s.broken {
		return err
	}
	return &partError{part(), err}
}
