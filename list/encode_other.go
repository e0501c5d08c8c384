package list

import (
	"encoding/xml"

	"github.com/ramet-go/ramet/internal/encode"
)

// MarshalYAML is called by packages for YAML. The result is encoded as a sequence.
func (l List[T]) MarshalYAML() (any, error) {
	return encode.YAMLSeq(l.All(), l.Len(), encode.Ordered)
}

// UnmarshalYAML is called by packages for YAML. The elements replace those of l. On an error, and for
// null, l is unchanged.
func (l *List[T]) UnmarshalYAML(unmarshal func(any) error) error {
	var c chain[T]
	replaced, err := encode.FromYAMLSeq(unmarshal, encode.Ordered, c.add)
	if replaced {
		*l = c.list()
	}
	return err
}

// MarshalBinary implements encoding.BinaryMarshaler. It returns what GobEncode does. Packages for CBOR and MessagePack
// use it.
func (l List[T]) MarshalBinary() ([]byte, error) { return l.GobEncode() }

// UnmarshalBinary implements encoding.BinaryUnmarshaler. It does what GobDecode does.
func (l *List[T]) UnmarshalBinary(data []byte) error { return l.GobDecode(data) }

// MarshalXML returns the error that encoding/xml has for built-in maps.
func (List[T]) MarshalXML(*xml.Encoder, xml.StartElement) error { return encode.NoXML[List[T]]() }

// UnmarshalXML returns an error, as encoding/xml does for built-in maps.
func (*List[T]) UnmarshalXML(*xml.Decoder, xml.StartElement) error {
	return encode.NotFrom[List[T]]("XML")
}

// MarshalText returns an error: without it, packages for TOML would write an empty table.
func (List[T]) MarshalText() ([]byte, error) { return nil, encode.NoText[List[T]]() }

// UnmarshalTOML returns an error to packages for TOML that call it.
func (*List[T]) UnmarshalTOML(any) error { return encode.NotFrom[List[T]]("TOML") }

// MarshalYAML is called by packages for YAML. The result is encoded as a sequence.
func (q Queue[T]) MarshalYAML() (any, error) {
	return encode.YAMLSeq(q.All(), q.Len(), encode.Ordered)
}

// UnmarshalYAML is called by packages for YAML. The elements replace those of q. On an error, and for
// null, q is unchanged.
func (q *Queue[T]) UnmarshalYAML(unmarshal func(any) error) error {
	var c chain[T]
	replaced, err := encode.FromYAMLSeq(unmarshal, encode.Ordered, c.add)
	if replaced {
		*q = queueOf(c.list())
	}
	return err
}

// MarshalBinary implements encoding.BinaryMarshaler. It returns what GobEncode does. Packages for CBOR and MessagePack
// use it.
func (q Queue[T]) MarshalBinary() ([]byte, error) { return q.GobEncode() }

// UnmarshalBinary implements encoding.BinaryUnmarshaler. It does what GobDecode does.
func (q *Queue[T]) UnmarshalBinary(data []byte) error { return q.GobDecode(data) }

// MarshalXML returns the error that encoding/xml has for built-in maps.
func (Queue[T]) MarshalXML(*xml.Encoder, xml.StartElement) error { return encode.NoXML[Queue[T]]() }

// UnmarshalXML returns an error, as encoding/xml does for built-in maps.
func (*Queue[T]) UnmarshalXML(*xml.Decoder, xml.StartElement) error {
	return encode.NotFrom[Queue[T]]("XML")
}

// MarshalText returns an error: without it, packages for TOML would write an empty table.
func (Queue[T]) MarshalText() ([]byte, error) { return nil, encode.NoText[Queue[T]]() }

// UnmarshalTOML returns an error to packages for TOML that call it.
func (*Queue[T]) UnmarshalTOML(any) error { return encode.NotFrom[Queue[T]]("TOML") }
