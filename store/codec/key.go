package codec

import (
	"bytes"
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// A Key turns keys into bytes and back. Equal keys have equal bytes and unequal keys unequal ones, always and on all machines.
type Key[K any] interface {
	// Name says how the bytes are made. It is stored beside them.
	Name() string

	// Ordered tells whether the order of the bytes is that of the keys: of cmp.Compare for numbers and strings, of time.Time.Compare,
	// false before true; the reverse of it for Descending.
	Ordered() bool

	// Append appends the bytes of k to b. If it returns an error, b is as it was, up to its length.
	Append(b []byte, k K) ([]byte, error)

	// Decode returns the key that has these bytes, all of them. It does not keep b.
	Decode(b []byte) (K, error)
}

// KeyOf returns the codec for keys of type K, which follows from the kind of K:
//
//   - integers, floats, bool, strings, and types defined as one of these: [Int], [Uint], [Float], [Bool], [String]
//   - [time.Time]: [Time]
//   - []byte, and arrays of bytes as [16]byte: the bytes, as [Bytes]. A shorter or longer key is not decoded into an array.
//   - other types with MarshalText and UnmarshalText: [Text], which does not keep an order
//
// Text methods count last because the bytes of the other kinds agree with == whatever the methods write.
//
// For all other types, and for structs that may have their text methods from one of several fields, the error says what to use.
// A defined type costs an allocation for each key here, and none with [Int] and its like.
func KeyOf[K any]() (Key[K], error) {
	t := reflect.TypeFor[K]()
	if c, ok := predeclared[t].(Key[K]); ok {
		return c, nil
	}
	if f := formOf(t); f != nil {
		return formKey[K]{f}, nil
	}
	if err := noKey(t); err != nil {
		return nil, err
	}
	return textKey[K]{}, nil
}

// predeclared has the codecs for types for which reflection is not needed.
var predeclared = map[reflect.Type]any{
	reflect.TypeFor[int]():       Int[int](),
	reflect.TypeFor[int8]():      Int[int8](),
	reflect.TypeFor[int16]():     Int[int16](),
	reflect.TypeFor[int32]():     Int[int32](),
	reflect.TypeFor[int64]():     Int[int64](),
	reflect.TypeFor[uint]():      Uint[uint](),
	reflect.TypeFor[uint8]():     Uint[uint8](),
	reflect.TypeFor[uint16]():    Uint[uint16](),
	reflect.TypeFor[uint32]():    Uint[uint32](),
	reflect.TypeFor[uint64]():    Uint[uint64](),
	reflect.TypeFor[uintptr]():   Uint[uintptr](),
	reflect.TypeFor[float32]():   Float[float32](),
	reflect.TypeFor[float64]():   Float[float64](),
	reflect.TypeFor[string]():    String[string](),
	reflect.TypeFor[bool]():      Bool[bool](),
	reflect.TypeFor[[]byte]():    Bytes[[]byte](),
	reflect.TypeFor[time.Time](): Time(),
}

// noKey says why Text is not the codec for t, and what to use instead.
func noKey(t reflect.Type) error {
	const others = "use Tuple2 or Tuple3 for a key of several fields, or KeyFunc"
	switch p := reflect.PointerTo(t); {
	case t.Kind() == reflect.Interface:
		return fmt.Errorf("%w: no key codec for the interface type %v: use KeyFunc", Err, t)
	case t.Kind() == reflect.Pointer:
		return fmt.Errorf("%w: no key codec for %v: pointers are equal if they point to the same place; use KeyFunc", Err, t)
	case !p.Implements(textMarshaler) || !p.Implements(textUnmarshaler):
		return fmt.Errorf("%w: no key codec for %v: %s", Err, t, others)
	case promoted(t):
		return fmt.Errorf("%w: no key codec for %v: the text may be that of an embedded field alone; use Text if it is not, otherwise %s", Err, t, others)
	}
	return nil
}

// promoted tells whether t may have its text methods from one of its fields, without the others.
func promoted(t reflect.Type) bool {
	if t.Kind() != reflect.Struct || t.NumField() < 2 {
		return false
	}
	for f := range t.Fields() {
		if f.Anonymous && (f.Type.Implements(textMarshaler) || reflect.PointerTo(f.Type).Implements(textMarshaler)) {
			return true
		}
	}
	return false
}

var (
	textMarshaler   = reflect.TypeFor[encoding.TextMarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// Text returns the codec for keys by their text methods, "text". It does not keep an order.
//
// Keys that are equal must have the same text, and others another. The text is read again before it is stored, and written again
// after it was read: a text that cannot be read, or reads as another, is an error.
func Text[K any, P interface {
	*K
	encoding.TextMarshaler
	encoding.TextUnmarshaler
}]() Key[K] {
	return textKey[K]{}
}

type textKey[K any] struct{}

func (textKey[K]) Name() string  { return "text" }
func (textKey[K]) Ordered() bool { return false }

func (c textKey[K]) Append(b []byte, k K) ([]byte, error) {
	text, err := any(&k).(encoding.TextMarshaler).MarshalText()
	if err != nil {
		return b, wrap("text", err)
	}
	if _, err := c.Decode(text); err != nil {
		return b, err
	}
	return append(b, text...), nil
}

func (textKey[K]) Decode(b []byte) (K, error) {
	var none, k K
	// UnmarshalText may change what it is given, and it need not be the caller's to change.
	if err := any(&k).(encoding.TextUnmarshaler).UnmarshalText(slices.Clone(b)); err != nil {
		return none, wrap("text", err)
	}
	again, err := any(&k).(encoding.TextMarshaler).MarshalText()
	if err != nil {
		return none, wrap("text", err)
	}
	if !bytes.Equal(again, b) {
		return none, fail("text", "%q reads as the %T %q", b, k, again)
	}
	return k, nil
}

// KeyFunc returns a codec of one's own. enc appends the bytes of a key, dec reads them. Keys that are equal, for the map that they are
// keys of, must have equal bytes, and others others: bytes that are not those that enc makes of the key that dec returns are an
// error. ordered says that the bytes order as the keys do.
//
// The name is stored: change it when the bytes change. It panics if the name is that of a codec of this package, is empty, or has spaces,
// control characters, commas or parentheses; and if a function is nil.
func KeyFunc[K any](name string, ordered bool, enc func(b []byte, k K) ([]byte, error), dec func(b []byte) (K, error)) Key[K] {
	checkName("KeyFunc", name)
	if enc == nil || dec == nil {
		panic("codec: KeyFunc of nil")
	}
	return keyFunc[K]{name, ordered, enc, dec}
}

// checkName panics if name is none that a codec of the program's own can have.
func checkName(function, name string) {
	unfit := strings.IndexFunc(name, func(r rune) bool { return r <= ' ' || r == ',' || r == '(' || r == ')' || r == 0x7f || r == 0xfffd })
	if name == "" || unfit >= 0 {
		panic(fmt.Sprintf("codec: %s with the name %q", function, name))
	}
	if slices.Contains(reserved, name) {
		panic(fmt.Sprintf("codec: %s with the name %q, which is that of a codec of this package", function, name))
	}
}

var reserved = []string{"int", "uint", "float", "bool", "time", "string", "bytes", "text", "tuple", "descending",
	"json", "varint", "uvarint", "binary", "empty"}

type keyFunc[K any] struct {
	name    string
	ordered bool
	enc     func(b []byte, k K) ([]byte, error)
	dec     func(b []byte) (K, error)
}

func (c keyFunc[K]) Name() string  { return c.name }
func (c keyFunc[K]) Ordered() bool { return c.ordered }

func (c keyFunc[K]) Append(b []byte, k K) ([]byte, error) {
	out, err := c.enc(b, k)
	return appended(c.name, b, out, err)
}

// appended is what a function of the program's own has made of b.
func appended(name string, b, out []byte, err error) ([]byte, error) {
	switch {
	case err != nil:
		return b, wrap(name, err)
	case len(out) < len(b):
		return b, fail(name, "%d bytes were appended to, and %d came back", len(b), len(out))
	}
	return out, nil
}

func (c keyFunc[K]) Decode(b []byte) (K, error) {
	k, err := c.dec(b)
	if err == nil {
		err = same(c.name, c, k, b)
		if err == nil {
			return k, nil
		}
	} else {
		err = wrap(c.name, err)
	}
	var none K
	return none, err
}

// same returns an error unless b is what c makes of k.
func same[K any](name string, c Key[K], k K, b []byte) error {
	again, err := c.Append(make([]byte, 0, len(b)), k)
	if err == nil && !bytes.Equal(again, b) {
		err = fail(name, "%x reads as a key whose bytes are %x", b, again)
	}
	return err
}
