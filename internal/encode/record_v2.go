//go:build goexperiment.jsonv2 && go1.27

package encode

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"reflect"
)

var jsonUnmarshalerFrom = reflect.TypeFor[json.UnmarshalerFrom]()

// decodesItself reports whether t has a method of its own to be read from JSON.
func decodesItself(t reflect.Type) bool {
	t = reflect.PointerTo(t)
	return t.Implements(jsonUnmarshaler) || t.Implements(jsonUnmarshalerFrom)
}

// MarshalRecordTo is [MarshalRecord] for a MarshalJSONTo method: the members are written with the options of enc.
func MarshalRecordTo(enc *jsontext.Encoder, members []Member) error {
	return MarshalTo(enc, func(w Writer) error { return writeRecord(w, members) })
}

// UnmarshalRecordFrom is [UnmarshalRecord] for an UnmarshalJSONFrom method: the members are read with the
// options of dec.
func UnmarshalRecordFrom(dec *jsontext.Decoder, members []Member) (replaced bool, err error) {
	return UnmarshalFrom(dec, func(r Reader) error { return readRecord(r, members) }, typesIn(members)...)
}
