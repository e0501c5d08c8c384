//go:build goexperiment.jsonv2 && go1.27

package encode

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"fmt"
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
	return writeRecord(encoderWriter{enc}, members)
}

// UnmarshalRecordFrom is [UnmarshalRecord] for an UnmarshalJSONFrom method: the members are read with the
// options of dec.
func UnmarshalRecordFrom(dec *jsontext.Decoder, members []Member) (replaced bool, err error) {
	if dec.PeekKind() == 'n' {
		return false, dec.SkipValue()
	}
	err = readRecord(decoderReader{dec}, members)
	return err == nil, err
}

// An encoderWriter is the recordWriter for a MarshalJSONTo method.
type encoderWriter struct{ enc *jsontext.Encoder }

var delimiters = map[byte]jsontext.Token{
	'{': jsontext.BeginObject, '}': jsontext.EndObject,
	'[': jsontext.BeginArray, ']': jsontext.EndArray,
}

func (w encoderWriter) begin(open byte) error { return w.enc.WriteToken(delimiters[open]) }
func (w encoderWriter) end(close byte) error  { return w.enc.WriteToken(delimiters[close]) }
func (w encoderWriter) name(s string) error   { return w.enc.WriteToken(jsontext.String(s)) }
func (w encoderWriter) value(ptr any) error   { return json.MarshalEncode(w.enc, ptr) }

// A decoderReader is the recordReader for an UnmarshalJSONFrom method.
type decoderReader struct{ dec *jsontext.Decoder }

func (r decoderReader) each(open, end byte, item func() error) error {
	if k := r.dec.PeekKind(); k != jsontext.Kind(open) && k != jsontext.KindInvalid {
		return fmt.Errorf("ramet: JSON has %v where %q is expected", k, open)
	}
	if _, err := r.dec.ReadToken(); err != nil {
		return err
	}
	for r.dec.PeekKind() != jsontext.Kind(end) {
		if err := item(); err != nil {
			return err
		}
	}
	_, err := r.dec.ReadToken()
	return err
}

func (r decoderReader) name() (string, error) {
	t, err := r.dec.ReadToken()
	if err != nil {
		return "", err
	}
	return t.String(), nil
}

func (r decoderReader) null() bool          { return r.dec.PeekKind() == 'n' }
func (r decoderReader) value(ptr any) error { return json.UnmarshalDecode(r.dec, ptr) }

// within leaves err alone: the decoder knows where it is.
func (r decoderReader) within(err error, _ string) error { return err }
