package encode

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// What a cell does: it is encoded as the value that it holds.

// MarshalOne returns the JSON of v.
func MarshalOne[T any](v *T) ([]byte, error) {
	return Marshal(func(w Writer) error { return w.Value(v) }, reflect.TypeFor[T]())
}

// UnmarshalOne decodes JSON into v. If it is null, it does nothing and returns false.
func UnmarshalOne[T any](data []byte, v *T) (replaced bool, err error) {
	return Unmarshal(data, func(r Reader) error { return readOne(r, v) }, reflect.TypeFor[T]())
}

func readOne[T any](r Reader, v *T) error {
	Refresh(v)
	return r.Into(v)
}

// GobEncodeOne returns the encoding of v: that of a sequence of one.
func GobEncodeOne[T any](v T) ([]byte, error) {
	return GobEncodeSeq(slices.Values([]T{v}), 1, Ordered)
}

// GobDecodeOne decodes what [GobEncodeOne] encoded into v.
func GobDecodeOne[T any](data []byte, v *T) error {
	slot := reflect.ValueOf(v).Elem()
	r, n, err := newGobReader(data, slot)
	if err != nil {
		return err
	}
	if n != 1 {
		return fmt.Errorf("ramet: gob data of %d values where one is expected", n)
	}
	Refresh(v)
	r.keep = true
	if err := r.value(r.forms[0], slot); err != nil {
		return err
	}
	return r.end()
}

// Refresh makes v what something is decoded into: the zero value, unless it is a collection, which takes its hasher
// or order from there. What v points to is not touched.
func Refresh[T any](v *T) {
	switch reflect.TypeFor[T]().PkgPath() {
	case module + "hamt", module + "rbtree", module + "ordered", module + "history":
	default:
		*v = *new(T)
	}
}

var module = strings.TrimSuffix(reflect.TypeFor[partError]().PkgPath(), "internal/encode")
