package codec

import (
	"bytes"
	"encoding/binary"
	"math"
	"time"
)

// Int returns the codec for keys that are signed integers, "int".
func Int[K ~int | ~int8 | ~int16 | ~int32 | ~int64]() Key[K] { return intKey[K]{} }

type intKey[K ~int | ~int8 | ~int16 | ~int32 | ~int64] struct{}

func (intKey[K]) Name() string  { return "int" }
func (intKey[K]) Ordered() bool { return true }

func (intKey[K]) Append(b []byte, k K) ([]byte, error) { return appendInt(b, int64(k)), nil }

func (intKey[K]) Decode(b []byte) (K, error) {
	x, err := decodeInt(b)
	if k := K(x); err == nil && int64(k) == x {
		return k, nil
	}
	if err == nil {
		err = tooLarge[K]("int", x)
	}
	return 0, err
}

const sign = 1 << 63

func appendInt(b []byte, x int64) []byte { return binary.BigEndian.AppendUint64(b, uint64(x)^sign) }

func decodeInt(b []byte) (int64, error) {
	if err := checkLen("int", b, 8); err != nil {
		return 0, err
	}
	return int64(binary.BigEndian.Uint64(b) ^ sign), nil
}

// checkLen returns an error unless b has n bytes.
func checkLen(name string, b []byte, n int) error {
	if len(b) != n {
		return fail(name, "%d bytes, not %d", len(b), n)
	}
	return nil
}

// Uint returns the codec for keys that are unsigned integers, "uint".
func Uint[K ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr]() Key[K] { return uintKey[K]{} }

type uintKey[K ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr] struct{}

func (uintKey[K]) Name() string  { return "uint" }
func (uintKey[K]) Ordered() bool { return true }

func (uintKey[K]) Append(b []byte, k K) ([]byte, error) { return appendUint(b, uint64(k)), nil }

func (uintKey[K]) Decode(b []byte) (K, error) {
	x, err := decodeUint(b)
	if k := K(x); err == nil && uint64(k) == x {
		return k, nil
	}
	if err == nil {
		err = tooLarge[K]("uint", x)
	}
	return 0, err
}

func appendUint(b []byte, x uint64) []byte { return binary.BigEndian.AppendUint64(b, x) }

func decodeUint(b []byte) (uint64, error) {
	if err := checkLen("uint", b, 8); err != nil {
		return 0, err
	}
	return binary.BigEndian.Uint64(b), nil
}

// Float returns the codec for keys that are floating-point numbers, "float". As keys are compared by ==, -0 is stored as 0, and NaN,
// which equals nothing, is an error.
func Float[K ~float32 | ~float64]() Key[K] { return floatKey[K]{} }

type floatKey[K ~float32 | ~float64] struct{}

func (floatKey[K]) Name() string  { return "float" }
func (floatKey[K]) Ordered() bool { return true }

func (floatKey[K]) Append(b []byte, k K) ([]byte, error) { return appendFloat(b, float64(k)) }

func (floatKey[K]) Decode(b []byte) (K, error) {
	x, err := decodeFloat(b)
	if k := K(x); err == nil && float64(k) == x {
		return k, nil
	}
	if err == nil {
		err = tooLarge[K]("float", x)
	}
	return 0, err
}

func appendFloat(b []byte, x float64) ([]byte, error) {
	if x != x {
		return b, fail("float", "NaN is no key")
	}
	bits := math.Float64bits(x + 0) // -0 + 0 is 0
	if bits&sign != 0 {
		bits = ^bits
	} else {
		bits |= sign
	}
	return appendUint(b, bits), nil
}

func decodeFloat(b []byte) (float64, error) {
	if err := checkLen("float", b, 8); err != nil {
		return 0, err
	}
	bits := binary.BigEndian.Uint64(b)
	if bits&sign != 0 {
		bits &^= sign
	} else {
		bits = ^bits
	}
	x := math.Float64frombits(bits)
	if x != x || bits == sign {
		return 0, fail("float", "%x is NaN or -0", b)
	}
	return x, nil
}

// Bool returns the codec for keys that are truth values, "bool": false before true.
func Bool[K ~bool]() Key[K] { return boolKey[K]{} }

type boolKey[K ~bool] struct{}

func (boolKey[K]) Name() string  { return "bool" }
func (boolKey[K]) Ordered() bool { return true }

func (boolKey[K]) Append(b []byte, k K) ([]byte, error) { return appendBool(b, bool(k)), nil }

func (boolKey[K]) Decode(b []byte) (K, error) {
	x, err := decodeBool(b)
	return K(x), err
}

func appendBool(b []byte, x bool) []byte {
	if x {
		return append(b, 1)
	}
	return append(b, 0)
}

func decodeBool(b []byte) (bool, error) {
	if err := checkLen("bool", b, 1); err != nil {
		return false, err
	}
	if b[0] > 1 {
		return false, fail("bool", "%#x, not 0 or 1", b[0])
	}
	return b[0] == 1, nil
}

// String returns the codec for keys that are strings, "string". They need not be valid UTF-8.
func String[K ~string]() Key[K] { return stringKey[K]{} }

type stringKey[K ~string] struct{}

func (stringKey[K]) Name() string                         { return "string" }
func (stringKey[K]) Ordered() bool                        { return true }
func (stringKey[K]) Append(b []byte, k K) ([]byte, error) { return append(b, k...), nil }
func (stringKey[K]) Decode(b []byte) (K, error)           { return K(b), nil }

// Bytes returns the codec for keys that are slices of bytes, "bytes", for sorted maps with a comparator as bytes.Compare. An empty
// key is decoded as an empty slice that is not nil. For arrays of bytes there is [KeyOf].
func Bytes[K ~[]byte]() Key[K] { return bytesKey[K]{} }

type bytesKey[K ~[]byte] struct{}

func (bytesKey[K]) Name() string                         { return "bytes" }
func (bytesKey[K]) Ordered() bool                        { return true }
func (bytesKey[K]) Append(b []byte, k K) ([]byte, error) { return append(b, k...), nil }
func (bytesKey[K]) Decode(b []byte) (K, error)           { return append(K{}, b...), nil }

// Time returns the codec for keys that are points in time, "time". It stores the instant to the nanosecond, not the location, nor a reading
// of the monotonic clock: a time comes back in UTC, as from t.UTC().
//
// Two times that are the same instant in two locations are two keys of a hamt.Map, and cannot both be stored: let the keys of such
// a map be in UTC, without a monotonic reading, as t.UTC() returns them.
func Time() Key[time.Time] { return timeKey{} }

type timeKey struct{}

func (timeKey) Name() string  { return "time" }
func (timeKey) Ordered() bool { return true }

// year1 is the Unix time of the zero time.Time. A time.Time has seconds from there, 64 bits with a sign; counted from 1970 those of
// extreme years would overflow, and lose their order. The sum in Append overflows where Unix did, and so is right.
const year1 = -62135596800

func (timeKey) Append(b []byte, t time.Time) ([]byte, error) {
	b = appendInt(b, t.Unix()-year1)
	return binary.BigEndian.AppendUint32(b, uint32(t.Nanosecond())), nil
}

func (timeKey) Decode(b []byte) (time.Time, error) {
	if err := checkLen("time", b, 12); err != nil {
		return time.Time{}, err
	}
	s, err := decodeInt(b[:8])
	ns := binary.BigEndian.Uint32(b[8:])
	if err == nil && ns >= 1e9 {
		err = fail("time", "%d nanoseconds", ns)
	}
	if err != nil {
		return time.Time{}, err
	}
	return time.Unix(s+year1, int64(ns)).UTC(), nil
}

// Descending returns k in the reverse order, named after it: "descending(int)". It is for maps that are sorted the other way round. It is
// ordered if k is.
func Descending[K any](k Key[K]) Key[K] {
	name := k.Name()
	return descending[K]{k, "descending(" + name + ")", width(name)}
}

type descending[K any] struct {
	of    Key[K]
	name  string
	width int
}

func (c descending[K]) Name() string  { return c.name }
func (c descending[K]) Ordered() bool { return c.of.Ordered() }

func (c descending[K]) Append(b []byte, k K) ([]byte, error) {
	start := len(b)
	out, err := appendPart(b, c.of, k, c.width)
	if err != nil {
		return b, err
	}
	invert(out[start:])
	return out, nil
}

func (c descending[K]) Decode(b []byte) (k K, err error) {
	b = bytes.Clone(b)
	invert(b)
	part, rest, err := cutPart(c.name, b, c.width)
	if err == nil && len(rest) > 0 {
		err = fail(c.name, "%d bytes too many", len(rest))
	}
	if err != nil {
		return k, err
	}
	return c.of.Decode(part)
}

func invert(b []byte) {
	for i := range b {
		b[i] = ^b[i]
	}
}

// Unordered returns k with Ordered false, for a sorted map whose comparator has another order than the bytes of k. The bytes
// and the name are those of k.
func Unordered[K any](k Key[K]) Key[K] { return unordered[K]{k} }

type unordered[K any] struct{ Key[K] }

func (unordered[K]) Ordered() bool { return false }
