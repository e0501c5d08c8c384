package encode

import (
	"errors"
	"fmt"
	"iter"
)

// A Writer writes JSON, item by item. What stands between the items is its own business.
//
// There are two: one writes to a buffer, for MarshalJSON; the other, where encoding/json/v2 is there, to
// the encoder that the whole value is written to, whose options then hold for what is in a collection, too.
type Writer interface {
	Begin(open byte) error // '[' or '{'
	End(end byte) error
	Name(text string) error // of the member that follows

	// Value writes a value. One that is given by a pointer is addressable, like the elements of a
	// slice, whose methods with pointer receivers encoding/json calls. One that is not is like the
	// values of a built-in map.
	Value(x any) error

	// encoded returns what Value writes, in a form that raw takes.
	encoded(x any) ([]byte, error)
	raw(text []byte) error
}

// A Reader reads JSON, item by item.
type Reader interface {
	// Array calls item where each element begins.
	Array(item func() error) error

	// Object calls member, with the name, where the value of each begins.
	Object(member func(name string) error) error

	// isNull reports whether the next value is null.
	isNull() bool

	// kind returns the first byte of the next value, or '0' for any number.
	kind() byte

	// Value decodes a value into what ptr points to, of which nothing is kept.
	Value(ptr any) error

	// Into is Value for something that is not zero, and whose own decoder knows what to keep of it.
	Into(ptr any) error

	// in says in which part of the input an error is, if that is not known otherwise.
	in(part func() string, err error) error
}

// MarshalSeq returns the n elements of seq as a JSON array, the one that encoding/json
// makes of a slice of them; bytes are no exception, they are an array of numbers.
func MarshalSeq[T any](seq iter.Seq[T], n int, o Order) ([]byte, error) {
	return marshalRows(seqRows(seq, n, o))
}

// MarshalMap returns the n entries of seq as JSON.
//
// If keys are text (see keyForm), that is an object: the one that encoding/json makes of
// a map[K]V, sorted by key text, unless the collection is ordered. It differs only
// where encoding/json could not read its own output: for a key type with one of the two
// text methods alone, and for a string kind with both. Keys of an interface type are text if each of
// them is, and no two have the same text.
//
// Otherwise it is an array of [key, value] pairs, encoded as elements of a slice are.
func MarshalMap[K, V any](seq iter.Seq2[K, V], n int, o Order) ([]byte, error) {
	return marshalRows(mapRows(seq, n, o))
}

func marshalRows(r rows) ([]byte, error) {
	return Marshal(r.write, r.types()...)
}

// WriteSeq writes what [MarshalSeq] returns.
func WriteSeq[T any](w Writer, seq iter.Seq[T], n int, o Order) error {
	return seqRows(seq, n, o).write(w)
}

// write writes an array or an object.
func (r rows) write(w Writer) error {
	if len(r.slots) == 1 {
		return r.writeSeq(w)
	}
	form, err := r.formOfKeys()
	switch {
	case err != nil:
		return err
	case r.order == Hashed && form == keyPair:
		return r.writeSortedPairs(w)
	case r.order == Hashed:
		return r.writeSortedObject(w, form)
	case form == keyPair:
		return r.writePairs(w)
	}
	return r.writeObject(w, form)
}

func (r rows) writeSeq(w Writer) error {
	if r.order == Hashed {
		return r.writeSortedSeq(w)
	}
	if err := w.Begin('['); err != nil {
		return err
	}
	element := pointer(r.slots[0])
	if err := r.try(func() error { return w.Value(element) }); err != nil {
		return err
	}
	return w.End(']')
}

func (r rows) writeObject(w Writer, form keyForm) error {
	if err := w.Begin('{'); err != nil {
		return err
	}
	key, value := r.slots[0], r.slots[1]
	err := r.try(func() error {
		text, err := form.text(key)
		if err != nil {
			return err
		}
		if err := w.Name(text); err != nil {
			return err
		}
		return w.Value(value.Interface())
	})
	if err != nil {
		return err
	}
	return w.End('}')
}

func (r rows) writePairs(w Writer) error {
	if err := w.Begin('['); err != nil {
		return err
	}
	key, value := pointer(r.slots[0]), pointer(r.slots[1])
	err := r.try(func() error {
		return writePair(w, func() error { return w.Value(key) }, func() error { return w.Value(value) })
	})
	if err != nil {
		return err
	}
	return w.End(']')
}

func writePair(w Writer, key, value func() error) error {
	if err := w.Begin('['); err != nil {
		return err
	}
	if err := key(); err != nil {
		return err
	}
	if err := value(); err != nil {
		return err
	}
	return w.End(']')
}

// UnmarshalSeq calls add with each element of a JSON array. If data is null, it does
// nothing and returns false: the collection is to stay as it is.
func UnmarshalSeq[T any](data []byte, o Order, add func(T)) (replaced bool, err error) {
	return unmarshalRows(data, seqTarget(o, add))
}

// UnmarshalMap calls set with each entry of the JSON that [MarshalMap] returns for
// such a map, in the order they are in; of a key given twice the caller keeps
// the last. If data is null, it does nothing and returns false.
func UnmarshalMap[K, V any](data []byte, o Order, set func(K, V)) (replaced bool, err error) {
	return unmarshalRows(data, mapTarget(o, set))
}

func unmarshalRows(data []byte, t target) (replaced bool, err error) {
	return Unmarshal(data, t.read, t.types()...)
}

// ReadSeq calls add with each element of a JSON array.
func ReadSeq[T any](r Reader, o Order, add func(T)) error { return seqTarget(o, add).read(r) }

// read reads an array or an object.
func (t target) read(r Reader) error {
	if len(t.slots) == 1 {
		return t.readSeq(r)
	}
	form := keyFormOf(t.slots[0].Type())
	if form == keyPair || form == keyDynamic && r.kind() != '{' {
		return t.readPairs(r)
	}
	return t.readObject(r, form)
}

func (t target) readSeq(r Reader) error {
	element, check := pointer(t.slots[0]), t.checker()
	i := 0
	part := func() string { return elementPart(i) }
	return r.Array(func() error {
		if err := r.Value(element); err != nil {
			return r.in(part, err)
		}
		if err := check(); err != nil {
			return r.in(part, err)
		}
		i++
		t.add()
		return nil
	})
}

func (t target) readObject(r Reader, form keyForm) error {
	key, check := t.slots[0], t.checker()
	return r.Object(func(text string) error {
		part := func() string { return keyPart(text) }
		key.SetZero()
		if err := form.parse(text, key); err != nil {
			return r.in(part, err)
		}
		if err := check(); err != nil {
			return r.in(part, err)
		}
		if err := t.readValue(r); err != nil {
			return r.in(part, err)
		}
		t.add()
		return nil
	})
}

func (t target) readPairs(r Reader) error {
	key, check := pointer(t.slots[0]), t.checker()
	i := 0
	part := func() string { return elementPart(i) }
	return r.Array(func() error {
		n := 0
		err := r.Array(func() error {
			switch n++; n {
			case 1:
				if err := r.Value(key); err != nil {
					return r.in(part, err)
				}
				if err := check(); err != nil {
					return r.in(part, err)
				}
			case 2:
				if err := t.readValue(r); err != nil {
					return r.in(part, err)
				}
			default:
				return r.in(part, errNoPair)
			}
			return nil
		})
		if err != nil {
			return err
		}
		if n != 2 {
			return r.in(part, errNoPair)
		}
		i++
		t.add()
		return nil
	})
}

var errNoPair = errors.New("ramet: JSON of an entry has not two elements, a key and a value")

func elementPart(i int) string { return fmt.Sprintf("element %d", i) }

// keyPart shows the beginning of the text of a key.
func keyPart(text string) string { return fmt.Sprintf("key %.64q", text) }
