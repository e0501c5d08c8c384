package encode

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"iter"
	"reflect"
	"strings"

	"github.com/ramet-go/ramet/internal/order"
)

// MarshalSeq returns the n elements of seq as a JSON array, the one that encoding/json
// makes of a slice of them; bytes are no exception, they are an array of numbers.
func MarshalSeq[T any](seq iter.Seq[T], n int, o Order) ([]byte, error) {
	if o == Hashed {
		seq = order.Sorted(seq, n, order.ByPointee)
	}
	w := newJSONWriter('[')
	slot := new(T)
	for x := range seq {
		*slot = x
		if err := w.item(slot); err != nil {
			return nil, err
		}
	}
	return w.end(']'), nil
}

// MarshalMap returns the n entries of seq as JSON.
//
// If keys are text (see keyForm), that is an object: the one that encoding/json makes of
// a map[K]V, sorted by key text, unless the collection is ordered. It differs only
// where encoding/json could not read its own output: for a key type with one of the two
// text methods alone, and for a string kind with both.
//
// Otherwise it is an array of [key, value] pairs, encoded as elements of a slice are.
func MarshalMap[K, V any](seq iter.Seq2[K, V], n int, o Order) ([]byte, error) {
	form := keyFormOf(reflect.TypeFor[K]())
	switch {
	case form == keyPair:
		return marshalPairs(seq, n, o)
	case o == Hashed:
		return marshalSorted(seq, n, form)
	}
	w := newJSONWriter('{')
	key := new(K)
	for k, v := range seq {
		*key = k
		text, err := form.text(reflect.ValueOf(key).Elem())
		if err != nil {
			return nil, err
		}
		if err := w.member(text, v); err != nil {
			return nil, err
		}
	}
	return w.end('}'), nil
}

func marshalPairs[K, V any](seq iter.Seq2[K, V], n int, o Order) ([]byte, error) {
	if o == Hashed {
		seq = order.Sorted2(seq, n, order.ByPointee)
	}
	w := newJSONWriter('[')
	key, value := new(K), new(V)
	for k, v := range seq {
		*key, *value = k, v
		if err := w.pair(key, value); err != nil {
			return nil, err
		}
	}
	return w.end(']'), nil
}

// marshalSorted writes an object sorted by key text. Keys whose text is the same are
// all written, in their own order.
func marshalSorted[K, V any](seq iter.Seq2[K, V], n int, form keyForm) ([]byte, error) {
	type member struct {
		text string
		k    K
		v    V
	}
	all := make([]member, 0, n)
	key := new(K)
	for k, v := range seq {
		*key = k
		text, err := form.text(reflect.ValueOf(key).Elem())
		if err != nil {
			return nil, err
		}
		all = append(all, member{text, k, v})
	}
	keys, values := order.For[K](order.ByPointee), order.For[V](order.ByPointee)
	sorted := order.Permutation(len(all), func(i, j int) int {
		a, b := &all[i], &all[j]
		if c := strings.Compare(a.text, b.text); c != 0 {
			return c
		}
		return cmp.Or(keys(a.k, b.k), values(a.v, b.v))
	})
	w := newJSONWriter('{')
	for _, i := range sorted {
		if err := w.member(all[i].text, all[i].v); err != nil {
			return nil, err
		}
	}
	return w.end('}'), nil
}

// A jsonWriter writes an array or an object, with a comma after each item until the end.
type jsonWriter struct {
	buf bytes.Buffer
	enc *json.Encoder // to buf
}

func newJSONWriter(open byte) *jsonWriter {
	w := new(jsonWriter)
	w.enc = json.NewEncoder(&w.buf)
	w.buf.WriteByte(open)
	return w
}

// value writes x and c. An Encoder ends what it writes with a newline, which c replaces.
func (w *jsonWriter) value(x any, c byte) error {
	if err := w.enc.Encode(x); err != nil {
		return err
	}
	w.buf.Bytes()[w.buf.Len()-1] = c
	return nil
}

// item writes an element, given by a pointer: that makes it addressable, like the elements of a
// slice, whose methods with pointer receivers encoding/json calls.
func (w *jsonWriter) item(ptr any) error { return w.value(ptr, ',') }

func (w *jsonWriter) pair(key, value any) error {
	w.buf.WriteByte('[')
	if err := w.value(key, ','); err != nil {
		return err
	}
	if err := w.value(value, ']'); err != nil {
		return err
	}
	w.buf.WriteByte(',')
	return nil
}

// member writes a member of an object. The value is not addressable, like those of a
// built-in map.
func (w *jsonWriter) member(text string, value any) error {
	if err := w.value(text, ':'); err != nil {
		return err
	}
	return w.value(value, ',')
}

// end returns what was written, closed with c.
func (w *jsonWriter) end(c byte) []byte {
	b := w.buf.Bytes()
	if last := len(b) - 1; last > 0 {
		b[last] = c // in place of the last comma
		return b
	}
	return append(b, c)
}

// UnmarshalSeq calls add with each element of a JSON array. If data is null, it does
// nothing and returns false: the collection is to stay as it is.
func UnmarshalSeq[T any](data []byte, o Order, add func(T)) (replaced bool, err error) {
	s := splitter{data: data}
	if s.null() {
		return false, nil
	}
	slot, check := new(T), keyChecker[T](o)
	i := 0
	err = s.list('[', ']', func() error {
		part, err := s.part()
		if err != nil {
			return err
		}
		if err = unmarshal(part, slot, check); err != nil {
			return inElement(i, err)
		}
		i++
		add(*slot)
		return nil
	})
	return finish(&s, err)
}

// UnmarshalMap calls set with each entry of the JSON that [MarshalMap] returns for
// such a map, in the order they are in; of a key given twice the caller keeps
// the last. If data is null, it does nothing and returns false.
func UnmarshalMap[K, V any](data []byte, o Order, set func(K, V)) (replaced bool, err error) {
	s := splitter{data: data}
	if s.null() {
		return false, nil
	}
	if form := keyFormOf(reflect.TypeFor[K]()); form == keyPair {
		err = unmarshalPairs(&s, o, set)
	} else {
		err = unmarshalObject(&s, form, o, set)
	}
	return finish(&s, err)
}

func unmarshalObject[K, V any](s *splitter, form keyForm, o Order, set func(K, V)) error {
	key, value, check := new(K), new(V), keyChecker[K](o)
	return s.list('{', '}', func() error {
		part, err := s.part()
		if err != nil {
			return err
		}
		if part[0] != '"' {
			return errors.New("ramet: JSON has a key that is not a string")
		}
		var text string
		if err := json.Unmarshal(part, &text); err != nil {
			return err
		}
		k := reflect.ValueOf(key).Elem()
		k.SetZero()
		if err := form.parse(text, k); err != nil {
			return inKey(text, err)
		}
		if err := check(k); err != nil {
			return inKey(text, err)
		}
		if err := s.expect(':'); err != nil {
			return err
		}
		if part, err = s.part(); err != nil {
			return err
		}
		if err := unmarshal(part, value, unchecked); err != nil {
			return inKey(text, err)
		}
		set(*key, *value)
		return nil
	})
}

func unmarshalPairs[K, V any](s *splitter, o Order, set func(K, V)) error {
	key, value, check := new(K), new(V), keyChecker[K](o)
	i := 0
	return s.list('[', ']', func() error {
		if err := s.expect('['); err != nil {
			return err
		}
		part, err := s.part()
		if err != nil {
			return err
		}
		if err := unmarshal(part, key, check); err != nil {
			return inElement(i, err)
		}
		if err := s.expect(','); err != nil {
			return err
		}
		if part, err = s.part(); err != nil {
			return err
		}
		if err := unmarshal(part, value, unchecked); err != nil {
			return inElement(i, err)
		}
		if err := s.expect(']'); err != nil {
			return err
		}
		i++
		set(*key, *value)
		return nil
	})
}

// unmarshal decodes part into what ptr points to, of which nothing is kept, and checks it.
func unmarshal(part []byte, ptr any, check func(reflect.Value) error) error {
	v := reflect.ValueOf(ptr).Elem()
	v.SetZero()
	if err := json.Unmarshal(part, ptr); err != nil {
		return err
	}
	return check(v)
}

func unchecked(reflect.Value) error { return nil }

// finish ends the decoding of a whole input.
func finish(s *splitter, err error) (replaced bool, _ error) {
	if err == nil {
		err = s.end()
	}
	return err == nil, err
}
