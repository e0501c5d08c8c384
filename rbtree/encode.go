//ramet:layer api

// make generate copies this file to hamt.

package rbtree

import "github.com/ramet-go/ramet/internal/encode"

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
	d := m.decoder()
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
	d := m.decoder()
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
	d := s.decoder()
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
	d := s.decoder()
	if err := encode.GobDecodeSeq(data, encode.Ordered, func(v T) { d.set(v, struct{}{}) }); err != nil {
		return err
	}
	return d.into(&s.m)
}
