package ordered

import (
	"github.com/ramet-go/ramet/internal/encode"
	"github.com/ramet-go/ramet/vector"
)

// tree makes collections of the objects and arrays inside of a value of an interface type: values that can be compared,
// and that nobody can change.
var tree = &encode.Tree{
	Object: func() (func(string, any), func() any) {
		var b bare[string, any]
		return func(k string, v any) { b.set(k, v) }, func() any { return b.build() }
	},
	Array: func() (func(any), func() any) {
		var b vector.Builder[any]
		return func(x any) { b.Append(x) }, func() any { return b.Build() }
	},
}

// MarshalJSON implements encoding/json.Marshaler. The result is an object, in m's order, if K implements
// encoding.TextMarshaler and TextUnmarshaler or is of a string or integer kind; otherwise an array of [key, value]
// pairs, in m's order.
func (m Map[K, V]) MarshalJSON() ([]byte, error) {
	return encode.MarshalMap(m.All(), m.len, encode.Ordered)
}

// UnmarshalJSON implements encoding/json.Unmarshaler for what MarshalJSON returns. The entries replace those of m,
// which keeps its hasher, and are in the order of data; of a key given twice the first place and the last value count.
// On an error, and for null, m is unchanged.
//
// If V is any, or another interface type without methods, order and digits are kept at any depth: objects inside become
// a Map[string, any], arrays a vector.Vector[any], and numbers a [json.Number], which is the text that was there. So
// what was decoded is encoded as it was, white space and escapes in strings aside; and it can be compared and merged,
// as [Equal] and [Merge] do with collections. That is not so for an interface inside of another type, where V is a
// slice or a struct: there encoding/json makes built-in maps, slices and float64s.
func (m *Map[K, V]) UnmarshalJSON(data []byte) error {
	d := m.decoder()
	// Hashed, because keys that are not comparable are errors.
	replaced, err := encode.UnmarshalMapTree(data, encode.Hashed, tree, d.set)
	if !replaced {
		return err
	}
	return d.into(m)
}

// GobEncode implements encoding/gob.GobEncoder. It encodes the entries, in order, and nothing of what versions share.
func (m Map[K, V]) GobEncode() ([]byte, error) {
	return encode.GobEncodeMap(m.All(), m.len, encode.Ordered)
}

// GobDecode implements encoding/gob.GobDecoder. The entries replace those of m, which keeps its hasher, and are in the
// order in which they were encoded. On an error m is unchanged.
func (m *Map[K, V]) GobDecode(data []byte) error {
	d := m.decoder()
	if err := encode.GobDecodeMap(data, encode.Hashed, d.set); err != nil {
		return err
	}
	return d.into(m)
}
