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
	keyDynamic // an interface type: keys at hand decide, each by its own form
)

var (
	textMarshaler   = reflect.TypeFor[encoding.TextMarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// keyFormOf returns the form of keys of type t. Text methods count if both are there:
// MarshalText on t, UnmarshalText on t or on *t. Those of an interface type do not count, because
// nothing says what to decode into.
func keyFormOf(t reflect.Type) keyForm {
	if t.Kind() == reflect.Interface {
		return keyDynamic
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

// formOfKeys returns the form of the keys in r. Those of an interface type are text if each of them is, and no two
// have the same text: "1" and 1 would be one key to whoever reads them.
func (r rows) formOfKeys() (form keyForm, err error) {
	key := r.slots[0]
	if form = keyFormOf(key.Type()); form != keyDynamic {
		return form, nil
	}
	seen := make(map[string]struct{}, r.n)
	r.each(func() bool {
		if key.IsNil() || keyFormOf(key.Elem().Type()) == keyPair {
			form = keyPair
			return false
		}
		var text string
		if text, err = form.text(key); err != nil {
			return false
		}
		if _, twice := seen[text]; twice {
			form = keyPair
			return false
		}
		seen[text] = struct{}{}
		return true
	})
	return form, err
}

// text returns the text of key k. That of a nil pointer is empty, as encoding/json has it.
func (f keyForm) text(k reflect.Value) (string, error) {
	if f == keyDynamic {
		k = k.Elem()
		f = keyFormOf(k.Type())
	}
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
	case keyDynamic:
		return setDynamic(k, reflect.ValueOf(text))
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

// setDynamic sets the key k, of an interface type, to what was read. It does so only if any value is a key: nothing
// says what type it was that some other interface had in it.
func setDynamic(k, read reflect.Value) error {
	if k.NumMethod() > 0 {
		return fmt.Errorf("ramet: nothing says what type of key is to be in a %v", k.Type())
	}
	k.Set(read)
	return nil
}
