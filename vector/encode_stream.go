//go:build go1.27 && goexperiment.jsonv2

//ramet:layer api

package vector

import (
	"encoding/json/jsontext"

	"github.com/ramet-go/ramet/internal/encode"
)

// MarshalJSONTo implements encoding/json/v2.MarshalerTo: it writes the result of MarshalJSON, with enc's options for
// the elements.
func (v Vector[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	return encode.MarshalSeqTo(enc, v.Values(), v.Len(), encode.Ordered)
}

// UnmarshalJSONFrom implements encoding/json/v2.UnmarshalerFrom: it is UnmarshalJSON, with dec's options for the
// elements.
func (v *Vector[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	var b bareBuilder[T]
	replaced, err := encode.UnmarshalSeqFrom(dec, encode.Ordered, func(x T) { b.append(x) })
	if replaced {
		*v = b.build()
	}
	return err
}
