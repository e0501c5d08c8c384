//go:build goexperiment.jsonv2 && go1.27

package diff

import (
	"encoding/json/jsontext"

	"github.com/ramet-go/ramet/internal/encode"
)

// Where encoding/json/v2 is there, both it and encoding/json call these methods in place of MarshalJSON and
// UnmarshalJSON. The form is the same; what is inside is encoded and decoded with the caller's options.

// MarshalJSONTo implements encoding/json/v2.MarshalerTo.
func (c Change[K, V]) MarshalJSONTo(enc *jsontext.Encoder) error {
	return encode.MarshalRecordTo(enc, c.members())
}

// UnmarshalJSONFrom implements encoding/json/v2.UnmarshalerFrom.
func (c *Change[K, V]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return unmarshalFrom(c, dec)
}

// MarshalJSONTo implements encoding/json/v2.MarshalerTo.
func (s Splice[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	if err := checkAt("splice", s.At, true); err != nil {
		return err
	}
	return encode.MarshalRecordTo(enc, s.members())
}

// UnmarshalJSONFrom implements encoding/json/v2.UnmarshalerFrom.
func (s *Splice[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return unmarshalFrom(s, dec) }

// MarshalJSONTo implements encoding/json/v2.MarshalerTo.
func (c Conflict[K, V]) MarshalJSONTo(enc *jsontext.Encoder) error {
	return encode.MarshalRecordTo(enc, c.members())
}

// UnmarshalJSONFrom implements encoding/json/v2.UnmarshalerFrom.
func (c *Conflict[K, V]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return unmarshalFrom(c, dec)
}

// MarshalJSONTo implements encoding/json/v2.MarshalerTo.
func (o Overlap[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	if err := checkAt("overlap", o.At, true); err != nil {
		return err
	}
	return encode.MarshalRecordTo(enc, o.members())
}

// UnmarshalJSONFrom implements encoding/json/v2.UnmarshalerFrom.
func (o *Overlap[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return unmarshalFrom(o, dec) }

func unmarshalFrom[R any, P record[R]](dst P, dec *jsontext.Decoder) error {
	return unmarshal(dst, func(m []encode.Member) (bool, error) { return encode.UnmarshalRecordFrom(dec, m) })
}
