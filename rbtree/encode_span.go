//ramet:layer api

package rbtree

import (
	"encoding/xml"

	"github.com/ramet-go/ramet/internal/encode"
)

// MarshalJSON implements encoding/json.Marshaler. A span is encoded as the map that Map returns, here and in the other
// formats, and can be decoded as such.
func (s Span[K, V]) MarshalJSON() ([]byte, error) {
	return encode.MarshalMap(s.All(), s.Len(), encode.Ordered)
}

// GobEncode implements encoding/gob.GobEncoder.
func (s Span[K, V]) GobEncode() ([]byte, error) {
	return encode.GobEncodeMap(s.All(), s.Len(), encode.Ordered)
}

// MarshalYAML is called by packages for YAML. The result is what that of the map is.
func (s Span[K, V]) MarshalYAML() (any, error) {
	return encode.YAMLMap(s.All(), s.Len(), encode.Ordered)
}

// MarshalBinary implements encoding.BinaryMarshaler. It returns what GobEncode does. Packages for CBOR and MessagePack
// use it.
func (s Span[K, V]) MarshalBinary() ([]byte, error) { return s.GobEncode() }

// MarshalXML returns the error that encoding/xml has for built-in maps.
func (Span[K, V]) MarshalXML(*xml.Encoder, xml.StartElement) error { return encode.NoXML[Span[K, V]]() }

// UnmarshalXML returns an error, as encoding/xml does for built-in maps.
func (*Span[K, V]) UnmarshalXML(*xml.Decoder, xml.StartElement) error {
	return encode.NotFrom[Span[K, V]]("XML")
}

// MarshalText returns an error: without it, packages for TOML would write an empty table.
func (Span[K, V]) MarshalText() ([]byte, error) { return nil, encode.NoText[Span[K, V]]() }

// UnmarshalTOML returns an error to packages for TOML that call it.
func (*Span[K, V]) UnmarshalTOML(any) error { return encode.NotFrom[Span[K, V]]("TOML") }

// UnmarshalJSON returns an error: a span is of a collection that is there.
func (*Span[K, V]) UnmarshalJSON([]byte) error { return encode.NotFrom[Span[K, V]]("JSON") }

// GobDecode returns an error: a span is of a collection that is there.
func (*Span[K, V]) GobDecode([]byte) error { return encode.NotFrom[Span[K, V]]("gob") }

// UnmarshalBinary returns an error: a span is of a collection that is there.
func (*Span[K, V]) UnmarshalBinary([]byte) error { return encode.NotFrom[Span[K, V]]("binary data") }

// UnmarshalYAML returns an error: a span is of a collection that is there.
func (*Span[K, V]) UnmarshalYAML(func(any) error) error { return encode.NotFrom[Span[K, V]]("YAML") }

// MarshalJSON implements encoding/json.Marshaler. A span is encoded as the set that Set returns, here and in the other
// formats, and can be decoded as such.
func (s SetSpan[T]) MarshalJSON() ([]byte, error) {
	return encode.MarshalSeq(s.All(), s.Len(), encode.Ordered)
}

// GobEncode implements encoding/gob.GobEncoder.
func (s SetSpan[T]) GobEncode() ([]byte, error) {
	return encode.GobEncodeSeq(s.All(), s.Len(), encode.Ordered)
}

// MarshalYAML is called by packages for YAML. The result is what that of the set is.
func (s SetSpan[T]) MarshalYAML() (any, error) {
	return encode.YAMLSeq(s.All(), s.Len(), encode.Ordered)
}

// MarshalBinary implements encoding.BinaryMarshaler. It returns what GobEncode does. Packages for CBOR and MessagePack
// use it.
func (s SetSpan[T]) MarshalBinary() ([]byte, error) { return s.GobEncode() }

// MarshalXML returns the error that encoding/xml has for built-in maps.
func (SetSpan[T]) MarshalXML(*xml.Encoder, xml.StartElement) error { return encode.NoXML[SetSpan[T]]() }

// UnmarshalXML returns an error, as encoding/xml does for built-in maps.
func (*SetSpan[T]) UnmarshalXML(*xml.Decoder, xml.StartElement) error {
	return encode.NotFrom[SetSpan[T]]("XML")
}

// MarshalText returns an error: without it, packages for TOML would write an empty table.
func (SetSpan[T]) MarshalText() ([]byte, error) { return nil, encode.NoText[SetSpan[T]]() }

// UnmarshalTOML returns an error to packages for TOML that call it.
func (*SetSpan[T]) UnmarshalTOML(any) error { return encode.NotFrom[SetSpan[T]]("TOML") }

// UnmarshalJSON returns an error: a span is of a collection that is there.
func (*SetSpan[T]) UnmarshalJSON([]byte) error { return encode.NotFrom[SetSpan[T]]("JSON") }

// GobDecode returns an error: a span is of a collection that is there.
func (*SetSpan[T]) GobDecode([]byte) error { return encode.NotFrom[SetSpan[T]]("gob") }

// UnmarshalBinary returns an error: a span is of a collection that is there.
func (*SetSpan[T]) UnmarshalBinary([]byte) error { return encode.NotFrom[SetSpan[T]]("binary data") }

// UnmarshalYAML returns an error: a span is of a collection that is there.
func (*SetSpan[T]) UnmarshalYAML(func(any) error) error { return encode.NotFrom[SetSpan[T]]("YAML") }
