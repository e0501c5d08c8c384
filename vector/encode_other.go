//ramet:layer api

package vector

import (
	"encoding/xml"

	"github.com/ramet-go/ramet/internal/encode"
)

// MarshalYAML is called by packages for YAML. The result is encoded as a sequence.
func (v Vector[T]) MarshalYAML() (any, error) {
	return encode.YAMLSeq(v.Values(), v.Len(), encode.Ordered)
}

// UnmarshalYAML is called by packages for YAML. The elements replace those of v. On an error, and for null, v is
// unchanged.
func (v *Vector[T]) UnmarshalYAML(unmarshal func(any) error) error {
	var b bareBuilder[T]
	replaced, err := encode.FromYAMLSeq(unmarshal, encode.Ordered, func(x T) { b.append(x) })
	if replaced {
		*v = b.build()
	}
	return err
}

// MarshalBinary implements encoding.BinaryMarshaler. It returns the result of GobEncode. Packages for CBOR and
// MessagePack use it.
func (v Vector[T]) MarshalBinary() ([]byte, error) { return v.GobEncode() }

// UnmarshalBinary implements encoding.BinaryUnmarshaler. It is GobDecode.
func (v *Vector[T]) UnmarshalBinary(data []byte) error { return v.GobDecode(data) }

// MarshalXML returns the error that encoding/xml has for built-in maps.
func (Vector[T]) MarshalXML(*xml.Encoder, xml.StartElement) error { return encode.NoXML[Vector[T]]() }

// UnmarshalXML returns an error, as encoding/xml does for built-in maps.
func (*Vector[T]) UnmarshalXML(*xml.Decoder, xml.StartElement) error {
	return encode.NotFrom[Vector[T]]("XML")
}

// MarshalText returns an error: without it, packages for TOML would write an empty table.
func (Vector[T]) MarshalText() ([]byte, error) { return nil, encode.NoText[Vector[T]]() }

// UnmarshalTOML returns an error to packages for TOML that call it.
func (*Vector[T]) UnmarshalTOML(any) error { return encode.NotFrom[Vector[T]]("TOML") }
