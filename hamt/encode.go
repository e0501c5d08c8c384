//ramet:layer api

package hamt

import "github.com/ramet-go/ramet/internal/encode"

// MarshalJSON implements encoding/json.Marshaler. The result is an object, sorted by key text,
// if K implements encoding.TextMarshaler and TextUnmarshaler or is of a string or integer
// kind; otherwise an array of [key, value] pairs, sorted by key. Equal maps have equal
// encodings.
//
// If K is an interface type, each key counts by the type of what is in it: the result is an object if all that are
// there are such keys and no two have the same text, as 1 and "1" have; otherwise it is an array. An object is decoded
// with strings for keys, where K is any; an integer does not come back as one (nor does it out of an array, where it
// becomes a float64). Keys of any other interface type cannot be decoded.
func (m Map[K, V]) MarshalJSON() ([]byte, error) {
	return encode.MarshalMap(m.All(), m.len, encode.Hashed)
}

// UnmarshalJSON implements encoding/json.Unmarshaler for what MarshalJSON returns. The entries
// replace those of m, which keeps its hasher; of a key given twice the last value wins. On
// an error, and for null, m is unchanged.
func (m *Map[K, V]) UnmarshalJSON(data []byte) error {
	b := none[K, V](m.by).Builder()
	replaced, err := encode.UnmarshalMap(data, encode.Hashed, func(k K, v V) { b.Set(k, v) })
	if replaced {
		*m = b.Build()
	}
	return err
}

// GobEncode implements encoding/gob.GobEncoder. It encodes the entries, sorted by key, and
// nothing of what versions share.
func (m Map[K, V]) GobEncode() ([]byte, error) {
	return encode.GobEncodeMap(m.All(), m.len, encode.Hashed)
}

// GobDecode implements encoding/gob.GobDecoder. The entries replace those of m, which keeps its
// hasher. On an error m is unchanged.
func (m *Map[K, V]) GobDecode(data []byte) error {
	b := none[K, V](m.by).Builder()
	err := encode.GobDecodeMap(data, encode.Hashed, func(k K, v V) { b.Set(k, v) })
	if err == nil {
		*m = b.Build()
	}
	return err
}

// MarshalJSON implements encoding/json.Marshaler. The result is an array, sorted by element.
func (s Set[T]) MarshalJSON() ([]byte, error) {
	return encode.MarshalSeq(s.All(), s.Len(), encode.Hashed)
}

// UnmarshalJSON implements encoding/json.Unmarshaler. The elements replace those of s, which
// keeps its hasher. On an error, and for null, s is unchanged.
func (s *Set[T]) UnmarshalJSON(data []byte) error {
	b := Set[T]{none[T, struct{}](s.m.by)}.Builder()
	replaced, err := encode.UnmarshalSeq(data, encode.Hashed, func(v T) { b.Add(v) })
	if replaced {
		*s = b.Build()
	}
	return err
}

// GobEncode implements encoding/gob.GobEncoder. It encodes the elements, sorted.
func (s Set[T]) GobEncode() ([]byte, error) {
	return encode.GobEncodeSeq(s.All(), s.Len(), encode.Hashed)
}

// GobDecode implements encoding/gob.GobDecoder. The elements replace those of s, which keeps
// its hasher. On an error s is unchanged.
func (s *Set[T]) GobDecode(data []byte) error {
	b := Set[T]{none[T, struct{}](s.m.by)}.Builder()
	err := encode.GobDecodeSeq(data, encode.Hashed, func(v T) { b.Add(v) })
	if err == nil {
		*s = b.Build()
	}
	return err
}
