package encode

import (
	"encoding/xml"
	"errors"
	"fmt"
	"reflect"
)

// What has no encoding in a format says so. Encoders and decoders would otherwise take a collection for a struct
// without fields, write nothing, read nothing, and report no error.

// NoText is the error of a MarshalText method, for a collection of type C. It is called where an encoder asks for none
// of the other methods.
func NoText[C any]() error {
	return fmt.Errorf("ramet: a %v is not text: TOML, XML and other encodings of text need it copied into a built-in map or slice", reflect.TypeFor[C]())
}

// NoXML is the error of a MarshalXML method: the one that encoding/xml has for a built-in map.
func NoXML[C any]() error { return &xml.UnsupportedTypeError{Type: reflect.TypeFor[C]()} }

// NotFrom is the error of a method that would decode a C out of something in the named format.
func NotFrom[C any](format string) error {
	return fmt.Errorf("ramet: a %v cannot be decoded from %s", reflect.TypeFor[C](), format)
}

// Unbuilt is embedded in builders, for methods that say that a builder is not encoded nor decoded into.
type Unbuilt struct{}

var (
	errUnbuilt = errors.New("ramet: a builder has no encoding: call Build, and encode what it returns")
	errNoInto  = errors.New("ramet: nothing is decoded into a builder: decode into a collection")
)

// MarshalJSON returns an error: build the collection first.
func (*Unbuilt) MarshalJSON() ([]byte, error) { return nil, errUnbuilt }

// UnmarshalJSON returns an error: decode into a collection.
func (*Unbuilt) UnmarshalJSON([]byte) error { return errNoInto }

// GobEncode returns an error: build the collection first.
func (*Unbuilt) GobEncode() ([]byte, error) { return nil, errUnbuilt }

// GobDecode returns an error: decode into a collection.
func (*Unbuilt) GobDecode([]byte) error { return errNoInto }

// MarshalBinary returns an error: build the collection first.
func (*Unbuilt) MarshalBinary() ([]byte, error) { return nil, errUnbuilt }

// UnmarshalBinary returns an error: decode into a collection.
func (*Unbuilt) UnmarshalBinary([]byte) error { return errNoInto }

// MarshalText returns an error, also for XML and TOML: build the collection first.
func (*Unbuilt) MarshalText() ([]byte, error) { return nil, errUnbuilt }

// UnmarshalText returns an error, also for XML: decode into a collection.
func (*Unbuilt) UnmarshalText([]byte) error { return errNoInto }

// UnmarshalTOML returns an error: decode into a collection.
func (*Unbuilt) UnmarshalTOML(any) error { return errNoInto }

// MarshalYAML returns an error: build the collection first.
func (*Unbuilt) MarshalYAML() (any, error) { return nil, errUnbuilt }

// UnmarshalYAML returns an error: decode into a collection.
func (*Unbuilt) UnmarshalYAML(func(any) error) error { return errNoInto }

// Unencoded is embedded in cursors, and in orders of keys, which are values, for methods that say that they are not encoded nor decoded into. These
// are the forms that encoders ask for in the absence of others.
type Unencoded struct{}

var errUnencoded = errors.New("ramet: a cursor, or an order of keys, has no encoding: the collection is to be encoded")

// MarshalText returns an error, also for JSON, YAML, XML and TOML.
func (Unencoded) MarshalText() ([]byte, error) { return nil, errUnencoded }

// MarshalBinary returns an error, also for gob.
func (Unencoded) MarshalBinary() ([]byte, error) { return nil, errUnencoded }

// UnmarshalText returns an error, also for JSON, YAML, XML and TOML.
func (*Unencoded) UnmarshalText([]byte) error { return errUnencoded }

// UnmarshalBinary returns an error, also for gob.
func (*Unencoded) UnmarshalBinary([]byte) error { return errUnencoded }
