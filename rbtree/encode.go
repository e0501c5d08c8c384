//ramet:layer api

package rbtree

import (
	"errors"

	"github.com/ramet-go/ramet/internal/encode"
)

// A decoder gathers decoded entries, in any order. Input for a key type that has no order is an error, unless it is
// empty.
type decoder[K, V any] struct {
	b           *MapBuilder[K, V]
	by          ordering[K]
	constructor string // that takes an order
}

func (d *decoder[K, V]) set(k K, v V) {
	if d.b == nil {
		d.by = d.by.resolve()
		d.b = none[K, V](d.by).Builder()
	}
	if d.by.kind != orderless {
		d.b.Set(k, v)
	}
}

// into makes the entries those of m, which had the same order.
func (d *decoder[K, V]) into(m *Map[K, V]) error {
	switch {
	case d.b == nil:
		*m = none[K, V](m.by)
	case d.by.kind == orderless:
		return errors.New(d.by.complaint(d.constructor))
	default:
		*m = d.b.Build()
	}
	return nil
}

// MarshalJSON implements encoding/json.Marshaler. The result is an object, in key order, if K implements
// encoding.TextMarshaler and TextUnmarshaler or is of a string or integer kind; otherwise an array of [key, value]
// pairs, in key order.
//
// If K is an interface type, the dynamic types of the keys decide: the result is an object if all of them are such
// types and no two keys have the same text, as 1 and "1" have; otherwise it is an array. If K is any, the keys of an
// object are decoded as strings. An integer key is decoded as a string from an object, and as a float64 from an array.
// Keys of any other interface type cannot be decoded.
func (m Map[K, V]) MarshalJSON() ([]byte, error) {
	return encode.MarshalMap(m.All(), m.len, encode.Ordered)
}

// UnmarshalJSON implements encoding/json.Unmarshaler for what MarshalJSON returns. The entries replace those of m,
// which keeps its order; of a key given twice the last value wins. On an error, and for null, m is unchanged.
func (m *Map[K, V]) UnmarshalJSON(data []byte) error {
	d := decoder[K, V]{by: m.by, constructor: forMap}
	replaced, err := encode.UnmarshalMap(data, encode.Ordered, d.set)
	if !replaced {
		return err
	}
	return d.into(m)
}

// GobEncode implements encoding/gob.GobEncoder. It encodes the entries, in key order, and nothing of what versions
// share.
func (m Map[K, V]) GobEncode() ([]byte, error) {
	return encode.GobEncodeMap(m.All(), m.len, encode.Ordered)
}

// GobDecode implements encoding/gob.GobDecoder. The entries replace those of m, which keeps its order. On an error m is
// unchanged.
func (m *Map[K, V]) GobDecode(data []byte) error {
	d := decoder[K, V]{by: m.by, constructor: forMap}
	if err := encode.GobDecodeMap(data, encode.Ordered, d.set); err != nil {
		return err
	}
	return d.into(m)
}

// MarshalJSON implements encoding/json.Marshaler. The result is an array, in order.
func (s Set[T]) MarshalJSON() ([]byte, error) {
	return encode.MarshalSeq(s.All(), s.Len(), encode.Ordered)
}

// UnmarshalJSON implements encoding/json.Unmarshaler. The elements replace those of s, which keeps its order. On an
// error, and for null, s is unchanged.
func (s *Set[T]) UnmarshalJSON(data []byte) error {
	d := decoder[T, struct{}]{by: s.m.by, constructor: forSet}
	replaced, err := encode.UnmarshalSeq(data, encode.Ordered, func(v T) { d.set(v, struct{}{}) })
	if !replaced {
		return err
	}
	return d.into(&s.m)
}

// GobEncode implements encoding/gob.GobEncoder. It encodes the elements, in order.
func (s Set[T]) GobEncode() ([]byte, error) {
	return encode.GobEncodeSeq(s.All(), s.Len(), encode.Ordered)
}

// GobDecode implements encoding/gob.GobDecoder. The elements replace those of s, which keeps its order. On an error s
// is unchanged.
func (s *Set[T]) GobDecode(data []byte) error {
	d := decoder[T, struct{}]{by: s.m.by, constructor: forSet}
	if err := encode.GobDecodeSeq(data, encode.Ordered, func(v T) { d.set(v, struct{}{}) }); err != nil {
		return err
	}
	return d.into(&s.m)
}
