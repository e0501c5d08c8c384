package codec

import (
	"encoding"
	"encoding/binary"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"time"
)

// A Value turns values into bytes and back. Equal values have equal bytes, always and on all machines.
type Value[V any] interface {
	// Name says how the bytes are made. It is stored beside them.
	Name() string

	// Append appends the bytes of v to b. If it returns an error, b is as it was, up to its length.
	Append(b []byte, v V) ([]byte, error)

	// Decode returns the value that has these bytes, all of them. It does not keep b.
	Decode(b []byte) (V, error)
}

// ValueOf returns the codec for values of type V, the first of these that fits:
//
//   - types with MarshalJSON or UnmarshalJSON, as [time.Time] and the collections of ramet: [JSON]
//   - types with MarshalBinary and UnmarshalBinary, as netip.Addr and url.URL: [Binary]
//   - types with MarshalText or UnmarshalText: [JSON]
//   - integers: [Varint], [Uvarint]; floats: [FloatValue]; bool: [BoolValue]; strings: [StringValue]; slices and arrays of bytes: the
//     bytes, as [BytesValue]; struct{}: [Empty]
//   - all others: [JSON]
//
// Choose JSON for a type whose kind may change, from an int to a struct, say. A defined type costs an allocation for each value here,
// and none with [Varint] and its like.
func ValueOf[V any]() Value[V] {
	t := reflect.TypeFor[V]()
	if c, ok := predeclaredValues[t].(Value[V]); ok {
		return c
	}
	switch {
	case hasEither(t, jsonMarshaler, jsonUnmarshaler):
		return JSON[V]()
	case hasBoth(t, binaryMarshaler, binaryUnmarshaler) && t.Kind() != reflect.Interface:
		return binaryValue[V]{}
	case hasEither(t, textMarshaler, textUnmarshaler):
		return JSON[V]()
	}
	if f := valueFormOf(t); f != nil {
		return formValue[V]{f}
	}
	return JSON[V]()
}

var (
	jsonMarshaler     = reflect.TypeFor[json.Marshaler]()
	jsonUnmarshaler   = reflect.TypeFor[json.Unmarshaler]()
	binaryMarshaler   = reflect.TypeFor[encoding.BinaryMarshaler]()
	binaryUnmarshaler = reflect.TypeFor[encoding.BinaryUnmarshaler]()
)

// hasEither tells whether a variable of type t has the methods of a or of b.
func hasEither(t, a, b reflect.Type) bool {
	p := reflect.PointerTo(t)
	return t.Implements(a) || t.Implements(b) || p.Implements(a) || p.Implements(b)
}

// hasBoth tells whether a variable of type t has the methods of a and of b.
func hasBoth(t, a, b reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(a) && p.Implements(b)
}

// predeclaredValues has the codecs for types for which reflection is not needed.
var predeclaredValues = map[reflect.Type]any{
	reflect.TypeFor[int]():       Varint[int](),
	reflect.TypeFor[int8]():      Varint[int8](),
	reflect.TypeFor[int16]():     Varint[int16](),
	reflect.TypeFor[int32]():     Varint[int32](),
	reflect.TypeFor[int64]():     Varint[int64](),
	reflect.TypeFor[uint]():      Uvarint[uint](),
	reflect.TypeFor[uint8]():     Uvarint[uint8](),
	reflect.TypeFor[uint16]():    Uvarint[uint16](),
	reflect.TypeFor[uint32]():    Uvarint[uint32](),
	reflect.TypeFor[uint64]():    Uvarint[uint64](),
	reflect.TypeFor[uintptr]():   Uvarint[uintptr](),
	reflect.TypeFor[float32]():   FloatValue[float32](),
	reflect.TypeFor[float64]():   FloatValue[float64](),
	reflect.TypeFor[bool]():      BoolValue[bool](),
	reflect.TypeFor[string]():    StringValue[string](),
	reflect.TypeFor[[]byte]():    BytesValue[[]byte](),
	reflect.TypeFor[struct{}]():  Empty(),
	reflect.TypeFor[time.Time](): JSON[time.Time](),
}

// Varint returns the codec for values that are signed integers, "varint": one byte for -64 to 63, ten at most.
func Varint[V ~int | ~int8 | ~int16 | ~int32 | ~int64]() Value[V] { return varint[V]{} }

type varint[V ~int | ~int8 | ~int16 | ~int32 | ~int64] struct{}

func (varint[V]) Name() string                         { return "varint" }
func (varint[V]) Append(b []byte, v V) ([]byte, error) { return binary.AppendVarint(b, int64(v)), nil }

func (varint[V]) Decode(b []byte) (V, error) {
	x, err := decodeVarint(b)
	if v := V(x); err == nil && int64(v) == x {
		return v, nil
	}
	if err == nil {
		err = tooLarge[V]("varint", x)
	}
	return 0, err
}

func decodeVarint(b []byte) (int64, error) {
	u, err := readUvarint("varint", b)
	return int64(u>>1) ^ -int64(u&1), err
}

// readUvarint reads b, which is the shortest encoding of a number.
func readUvarint(name string, b []byte) (uint64, error) {
	u, n := binary.Uvarint(b)
	if n <= 0 || n < len(b) || n > 1 && b[n-1] == 0 {
		if len(b) > binary.MaxVarintLen64 {
			return 0, fail(name, "%d bytes", len(b))
		}
		return 0, fail(name, "%x is none", b)
	}
	return u, nil
}

// Uvarint returns the codec for values that are unsigned integers, "uvarint": one byte up to 127, ten at most.
func Uvarint[V ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr]() Value[V] {
	return uvarint[V]{}
}

type uvarint[V ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr] struct{}

func (uvarint[V]) Name() string { return "uvarint" }

func (uvarint[V]) Append(b []byte, v V) ([]byte, error) {
	return binary.AppendUvarint(b, uint64(v)), nil
}

func (uvarint[V]) Decode(b []byte) (V, error) {
	x, err := readUvarint("uvarint", b)
	if v := V(x); err == nil && uint64(v) == x {
		return v, nil
	}
	if err == nil {
		err = tooLarge[V]("uvarint", x)
	}
	return 0, err
}

// FloatValue returns the codec for values that are floating-point numbers, "float". It keeps -0, the infinities and NaN, though not
// which NaN it is.
func FloatValue[V ~float32 | ~float64]() Value[V] { return floatValue[V]{} }

type floatValue[V ~float32 | ~float64] struct{}

func (floatValue[V]) Name() string { return "float" }

func (floatValue[V]) Append(b []byte, v V) ([]byte, error) {
	return appendFloatValue(b, float64(v)), nil
}

func (floatValue[V]) Decode(b []byte) (V, error) {
	x, err := decodeFloatValue(b)
	if v := V(x); err == nil && (float64(v) == x || x != x) {
		return v, nil
	}
	if err == nil {
		err = tooLarge[V]("float", x)
	}
	return 0, err
}

// nan is the NaN that is stored.
const nan = 0x7ff8000000000000

func appendFloatValue(b []byte, x float64) []byte {
	if x != x {
		return appendUint(b, nan)
	}
	return appendUint(b, math.Float64bits(x))
}

func decodeFloatValue(b []byte) (float64, error) {
	if err := checkLen("float", b, 8); err != nil {
		return 0, err
	}
	bits := binary.BigEndian.Uint64(b)
	x := math.Float64frombits(bits)
	if x != x && bits != nan {
		return 0, fail("float", "%x is not the NaN that is stored", b)
	}
	return x, nil
}

// BoolValue returns the codec for values that are truth values, "bool".
func BoolValue[V ~bool]() Value[V] { return boolKey[V]{} }

// StringValue returns the codec for values that are strings, "string". They need not be valid UTF-8.
func StringValue[V ~string]() Value[V] { return stringKey[V]{} }

// BytesValue returns the codec for values that are slices of bytes, "bytes". An empty value, and nil, is decoded as an
// empty slice that is not nil.
func BytesValue[V ~[]byte]() Value[V] { return bytesKey[V]{} }

// Empty returns the codec for values that say nothing, "empty".
func Empty() Value[struct{}] { return empty{} }

type empty struct{}

func (empty) Name() string                                { return "empty" }
func (empty) Append(b []byte, _ struct{}) ([]byte, error) { return b, nil }
func (empty) Decode(b []byte) (struct{}, error)           { return struct{}{}, checkLen("empty", b, 0) }

// Binary returns the codec for values by their methods MarshalBinary and UnmarshalBinary, "binary". Equal values must be marshalled
// to equal bytes: encoding/gob, for one, writes a map in random order.
func Binary[V any, P interface {
	*V
	encoding.BinaryMarshaler
	encoding.BinaryUnmarshaler
}]() Value[V] {
	return binaryValue[V]{}
}

type binaryValue[V any] struct{}

func (binaryValue[V]) Name() string { return "binary" }

func (binaryValue[V]) Append(b []byte, v V) ([]byte, error) {
	data, err := any(&v).(encoding.BinaryMarshaler).MarshalBinary()
	if err != nil {
		return b, wrap("binary", err)
	}
	return append(b, data...), nil
}

func (binaryValue[V]) Decode(b []byte) (V, error) {
	var none, v V
	// UnmarshalBinary may change what it is given, and it need not be the caller's to change.
	if err := any(&v).(encoding.BinaryUnmarshaler).UnmarshalBinary(slices.Clone(b)); err != nil {
		return none, wrap("binary", err)
	}
	return v, nil
}

// ValueFunc returns a codec of one's own. enc appends the bytes of a value, dec reads them. Equal values must have equal bytes.
//
// The name is stored: change it when the bytes change, or let dec read both. It panics as [KeyFunc] does.
func ValueFunc[V any](name string, enc func(b []byte, v V) ([]byte, error), dec func(b []byte) (V, error)) Value[V] {
	checkName("ValueFunc", name)
	if enc == nil || dec == nil {
		panic("codec: ValueFunc of nil")
	}
	return valueFunc[V]{name, enc, dec}
}

type valueFunc[V any] struct {
	name string
	enc  func(b []byte, v V) ([]byte, error)
	dec  func(b []byte) (V, error)
}

func (c valueFunc[V]) Name() string { return c.name }

func (c valueFunc[V]) Append(b []byte, v V) ([]byte, error) {
	out, err := c.enc(b, v)
	return appended(c.name, b, out, err)
}

func (c valueFunc[V]) Decode(b []byte) (V, error) {
	v, err := c.dec(b)
	if err != nil {
		var none V
		return none, wrap(c.name, err)
	}
	return v, nil
}
