package cell

import (
	"encoding/xml"
	"reflect"
	"strings"

	"github.com/ramet-go/ramet/internal/encode"
)

// What a cell's methods encode is what it holds when they are called. They decode into a value of their own, and store
// that at once: so they may be called while other goroutines use the cell. If T is a collection, it keeps its hasher or
// order. On an error, which may be that of [NewChecked], and for null, nothing is stored.

// MarshalJSON implements encoding/json.Marshaler: a cell is encoded as what it holds, in this and in other formats. A
// struct that has a Cell, not a pointer to one, must be encoded by its own pointer.
func (c *Cell[T]) MarshalJSON() ([]byte, error) {
	v := c.Load()
	return encode.MarshalOne(&v)
}

// UnmarshalJSON implements encoding/json.Unmarshaler: it stores what it decodes. For null it does nothing.
func (c *Cell[T]) UnmarshalJSON(data []byte) error {
	v := c.Load()
	replaced, err := encode.UnmarshalOne(data, &v)
	return c.store(v, replaced, err)
}

// store stores v if it was decoded.
func (c *Cell[T]) store(v T, decoded bool, err error) error {
	if err == nil && decoded {
		_, err = c.update(func(T) (T, error) { return v, nil })
	}
	return err
}

// GobEncode implements encoding/gob.GobEncoder.
func (c *Cell[T]) GobEncode() ([]byte, error) { return encode.GobEncodeOne(c.Load()) }

// GobDecode implements encoding/gob.GobDecoder: it stores what it decodes.
func (c *Cell[T]) GobDecode(data []byte) error {
	v := c.Load()
	err := encode.GobDecodeOne(data, &v)
	return c.store(v, true, err)
}

// MarshalBinary implements encoding.BinaryMarshaler. It returns what GobEncode does. Packages for CBOR and MessagePack
// use it.
func (c *Cell[T]) MarshalBinary() ([]byte, error) { return c.GobEncode() }

// UnmarshalBinary implements encoding.BinaryUnmarshaler. It does what GobDecode does.
func (c *Cell[T]) UnmarshalBinary(data []byte) error { return c.GobDecode(data) }

// MarshalYAML is called by packages for YAML. It returns what the cell holds.
func (c *Cell[T]) MarshalYAML() (any, error) {
	return c.Load(), encode.NotEndless(reflect.TypeFor[T]())
}

// UnmarshalYAML is called by packages for YAML. It stores what it decodes.
func (c *Cell[T]) UnmarshalYAML(unmarshal func(any) error) error {
	v := c.Load()
	encode.Refresh(&v)
	err := unmarshal(&v)
	return c.store(v, true, err)
}

// MarshalXML implements encoding/xml.Marshaler.
func (c *Cell[T]) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	t := reflect.TypeFor[T]()
	if err := encode.Descend(t); err != nil {
		return err
	}
	defer encode.Ascend(t)
	if strings.HasPrefix(start.Name.Local, "Cell[") { // nobody has given it a name
		return e.Encode(c.Load())
	}
	return e.EncodeElement(c.Load(), start)
}

// UnmarshalXML implements encoding/xml.Unmarshaler. It stores what it decodes.
func (c *Cell[T]) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	v := c.Load()
	encode.Refresh(&v)
	err := d.DecodeElement(&v, &start)
	return c.store(v, true, err)
}

// MarshalText returns an error: without it, packages for TOML would write an empty table.
func (*Cell[T]) MarshalText() ([]byte, error) { return nil, encode.NoText[*Cell[T]]() }

// UnmarshalTOML returns an error to packages for TOML that call it.
func (*Cell[T]) UnmarshalTOML(any) error { return encode.NotFrom[*Cell[T]]("TOML") }
