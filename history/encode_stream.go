//go:build go1.27 && goexperiment.jsonv2

package history

import (
	"encoding/json/jsontext"
	"reflect"

	"github.com/ramet-go/ramet/internal/encode"
)

// MarshalJSONTo implements encoding/json/v2.MarshalerTo: it writes what MarshalJSON returns, with enc's options for the values.
func (h History[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	return encode.MarshalTo(enc, h.writeJSON)
}

// UnmarshalJSONFrom implements encoding/json/v2.UnmarshalerFrom: it does what UnmarshalJSON does, with dec's options for the values.
func (h *History[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	var f form[T]
	replaced, err := encode.UnmarshalFrom(dec, f.readJSON, reflect.TypeFor[T]())
	return h.replace(f, replaced, err)
}
