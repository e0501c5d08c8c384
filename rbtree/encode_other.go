//ramet:layer api

// make generate copies this file to hamt and ordered.

package rbtree

import (
	"encoding/xml"

	"github.com/ramet-go/ramet/internal/encode"
)

// MarshalYAML is called by packages for YAML. The result is encoded as a mapping if K implements encoding.TextMarshaler
// and TextUnmarshaler or is of a string or integer kind, in the order that the package gives to mappings; otherwise as
// a sequence of mappings with a key and a value each, in key order. Where K is an interface type, keys count as they do
// in [Map.MarshalJSON], but integers stay integers, if the package does not write all keys as text.
func (m Map[K, V]) MarshalYAML() (any, error) {
	return encode.YAMLMap(m.All(), m.len, encode.Ordered)
}

// UnmarshalYAML is called by packages for YAML. The entries replace those of m, which keeps its order. On an error, and
// for null, m is unchanged.
func (m *Map[K, V]) UnmarshalYAML(unmarshal func(any) error) error {
	d := m.decoder()
	replaced, err := encode.FromYAMLMap(unmarshal, encode.Ordered, d.set)
	if !replaced {
		return err
	}
	return d.into(m)
}

// MarshalBinary implements encoding.BinaryMarshaler. It returns what GobEncode does. Packages for CBOR and MessagePack
// use it.
func (m Map[K, V]) MarshalBinary() ([]byte, error) { return m.GobEncode() }

// UnmarshalBinary implements encoding.BinaryUnmarshaler. It does what GobDecode does.
func (m *Map[K, V]) UnmarshalBinary(data []byte) error { return m.GobDecode(data) }

// MarshalXML returns the error that encoding/xml has for built-in maps.
func (Map[K, V]) MarshalXML(*xml.Encoder, xml.StartElement) error { return encode.NoXML[Map[K, V]]() }

// UnmarshalXML returns an error, as encoding/xml does for built-in maps.
func (*Map[K, V]) UnmarshalXML(*xml.Decoder, xml.StartElement) error {
	return encode.NotFrom[Map[K, V]]("XML")
}

// MarshalText returns an error: without it, packages for TOML would write an empty table.
func (Map[K, V]) MarshalText() ([]byte, error) { return nil, encode.NoText[Map[K, V]]() }

// UnmarshalTOML returns an error to packages for TOML that call it.
func (*Map[K, V]) UnmarshalTOML(any) error { return encode.NotFrom[Map[K, V]]("TOML") }

// MarshalYAML is called by packages for YAML. The result is encoded as a sequence, in order.
func (s Set[T]) MarshalYAML() (any, error) {
	return encode.YAMLSeq(s.All(), s.Len(), encode.Ordered)
}

// UnmarshalYAML is called by packages for YAML. The elements replace those of s, which keeps its order. On an error,
// and for null, s is unchanged.
func (s *Set[T]) UnmarshalYAML(unmarshal func(any) error) error {
	d := s.decoder()
	replaced, err := encode.FromYAMLSeq(unmarshal, encode.Ordered, func(v T) { d.set(v, struct{}{}) })
	if !replaced {
		return err
	}
	return d.into(&s.m)
}

// MarshalBinary implements encoding.BinaryMarshaler. It returns what GobEncode does. Packages for CBOR and MessagePack
// use it.
func (s Set[T]) MarshalBinary() ([]byte, error) { return s.GobEncode() }

// UnmarshalBinary implements encoding.BinaryUnmarshaler. It does what GobDecode does.
func (s *Set[T]) UnmarshalBinary(data []byte) error { return s.GobDecode(data) }

// MarshalXML returns the error that encoding/xml has for built-in maps.
func (Set[T]) MarshalXML(*xml.Encoder, xml.StartElement) error { return encode.NoXML[Set[T]]() }

// UnmarshalXML returns an error, as encoding/xml does for built-in maps.
func (*Set[T]) UnmarshalXML(*xml.Decoder, xml.StartElement) error {
	return encode.NotFrom[Set[T]]("XML")
}

// MarshalText returns an error: without it, packages for TOML would write an empty table.
func (Set[T]) MarshalText() ([]byte, error) { return nil, encode.NoText[Set[T]]() }

// UnmarshalTOML returns an error to packages for TOML that call it.
func (*Set[T]) UnmarshalTOML(any) error { return encode.NotFrom[Set[T]]("TOML") }
