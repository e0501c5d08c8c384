package ordered

import (
	"encoding/xml"

	"github.com/ramet-go/ramet/internal/encode"
)

// MarshalYAML is called by packages for YAML. The result is encoded as a mapping if K
// implements encoding.TextMarshaler and TextUnmarshaler or is of a string or integer kind, in the order that the package
// gives to mappings; otherwise as a sequence of mappings with a key and a value each, in m's order. Packages for YAML have
// types of their own for mappings in order, which a loop over [Map.All] fills.
func (m Map[K, V]) MarshalYAML() (any, error) {
	return encode.YAMLMap(m.All(), m.len, encode.Ordered)
}

// UnmarshalYAML is called by packages for YAML. The entries replace those of m, which keeps its hasher. If the encoding is a
// mapping, they are sorted by the texts of their keys: what packages hand out of a mapping has no order. On
// an error, and for null, m is unchanged.
func (m *Map[K, V]) UnmarshalYAML(unmarshal func(any) error) error {
	b := decoder(m)
	replaced, err := encode.FromYAMLMap(unmarshal, encode.Hashed, b.take)
	if replaced {
		*m = b.build()
	}
	return err
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
