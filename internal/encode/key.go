package encode

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"
)

// A keyForm is how keys of a type are written in JSON.
type keyForm uint8

const (
	keyPair   keyForm = iota // not as text: the map is an array of pairs
	keyText                  // as MarshalText and UnmarshalText have it
	keyString                // as they are
	keyInt                   // in decimal
	keyUint
)

var (
	textMarshaler   = reflect.TypeFor[encoding.TextMarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// keyFormOf returns the form of keys of type t. Text methods count if both are there:
// MarshalText on t, UnmarshalText on t or on *t. An interface type does not count, because
// nothing says what to decode into.
func keyFormOf(t reflect.Type) keyForm {
	if t.Kind() == reflect.Interface {
		return keyPair
	}
	if t.Implements(textMarshaler) &&
		(t.Implements(textUnmarshaler) || reflect.PointerTo(t).Implements(textUnmarshaler)) {
		return keyText
	}
	switch t.Kind() {
	case reflect.String:
		return keyString
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return keyInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return keyUint
	}
	return keyPair
}

// text returns the text of key k. That of a nil pointer is empty, as encoding/json has it.
func (f keyForm) text(k reflect.Value) (string, error) {
	switch f {
	case keyString:
		return k.String(), nil
	case keyInt:
		return strconv.FormatInt(k.Int(), 10), nil
	case keyUint:
		return strconv.FormatUint(k.Uint(), 10), nil
	}
	if k.Kind() == reflect.Pointer && k.IsNil() {
		return "", nil
	}
	text, err := k.Interface().(encoding.TextMarshaler).MarshalText()
	if err != nil {
		return "", fmt.Errorf("ramet: key of type %v: %w", k.Type(), err)
	}
	return string(text), nil
}

// parse sets k, which holds the zero value, to the key whose text is given.
func (f keyForm) parse(text string, k reflect.Value) error {
	switch f {
	case keyString:
		k.SetString(text)
		return nil
	case keyInt:
		n, err := strconv.ParseInt(text, 10, k.Type().Bits())
		if err != nil {
			return notA(k, err)
		}
		k.SetInt(n)
		return nil
	case keyUint:
		n, err := strconv.ParseUint(text, 10, k.Type().Bits())
		if err != nil {
			return notA(k, err)
		}
		k.SetUint(n)
		return nil
	}
	if k.Kind() == reflect.Pointer {
		k.Set(reflect.New(k.Type().Elem()))
	} else {
		k = k.Addr()
	}
	return k.Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(text))
}

// notA says why strconv found no number of k's type.
func notA(k reflect.Value, err error) error {
	return fmt.Errorf("not a valid %v: %w", k.Type(), err.(*strconv.NumError).Err)
}
