// Package encode turns collections into JSON and gob and back: it is what their
// MarshalJSON, UnmarshalJSON, GobEncode and GobDecode methods call.
//
// A collection hands in its elements as a sequence, and takes decoded ones one at a
// time, into a builder of its own, so that bad input leaves the destination as it was:
//
//	func (m *Map[K, V]) UnmarshalJSON(data []byte) error {
//		b := newBuilder(m.hasher)
//		replaced, err := encode.UnmarshalMap(data, encode.Hashed, func(k K, v V) { b.Set(k, v) })
//		if err != nil || !replaced {
//			return err
//		}
//		*m = b.Build()
//		return nil
//	}
//
// # Determinism
//
// Equal collections have equal encodings. Those without an order of their own are sorted:
// by key text where a map is a JSON object, otherwise as package order
// has it, following pointers. It cannot reach what the elements' own encoders leave to
// chance: gob writes a built-in map inside an element in any order, and numbers the types
// of a program (not the basic ones) as it meets them.
//
// # Bad input
//
// Bad input is an error. No length that is read is trusted: memory is taken for what
// is there, a constant plus a constant times the size of the input. The constant is small,
// except that encoding/gob takes up to 10 MiB on the word of a slice inside an element;
// on that of a built-in map inside an element it takes any amount, so such elements should not
// be decoded from a source that is not trusted.
//
// A panic out of an element's own method passes through, except in gob, where it becomes an
// error together with those of encoding/gob.
package encode

import (
	"fmt"
	"reflect"
	"strings"
)

// Order says where the order of a collection's elements comes from.
type Order bool

const (
	// Ordered collections are encoded in the order they iterate in.
	Ordered Order = false

	// Hashed collections are sorted to be encoded, and their keys must be comparable: one
	// with a dynamic type that is not is an error when it is decoded.
	Hashed Order = true
)

// keyChecker returns a function that reports what is wrong with a decoded key of type t.
func keyChecker(t reflect.Type, o Order) func(k reflect.Value) error {
	if o == Ordered || !dynamic(t) {
		return func(reflect.Value) error { return nil }
	}
	return func(k reflect.Value) error {
		if k.Comparable() {
			return nil
		}
		if k.Kind() == reflect.Interface {
			k = k.Elem()
		}
		return fmt.Errorf("key of type %v is not comparable", k.Type())
	}
}

// dynamic reports whether the comparability of a comparable type depends on the value.
func dynamic(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Interface:
		return true
	case reflect.Array:
		return dynamic(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if dynamic(t.Field(i).Type) {
				return true
			}
		}
	}
	return false
}

// A partError is an error in one part of the input. Its text is put together when it is
// asked for: built on the way up, the text of an error deep inside nested collections would
// be copied once a level.
type partError struct {
	part string
	err  error
}

func (e *partError) Error() string {
	return "ramet: " + e.part + ": " + strings.TrimPrefix(e.err.Error(), "ramet: ")
}

func (e *partError) Unwrap() error { return e.err }

// inElement says that err is about element i.
func inElement(i int, err error) error { return &partError{elementPart(i), err} }
