//go:build go1.27 && goexperiment.jsonv2

package cell

import (
	"encoding/json/jsontext"

	"github.com/ramet-go/ramet/internal/encode"
)

// MarshalJSONTo implements encoding/json/v2.MarshalerTo: it writes what MarshalJSON returns, with enc's options.
func (c *Cell[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	v := c.Load()
	return encode.MarshalOneTo(enc, &v)
}

// UnmarshalJSONFrom implements encoding/json/v2.UnmarshalerFrom: it does what UnmarshalJSON does, with dec's options.
func (c *Cell[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	v := c.Load()
	replaced, err := encode.UnmarshalOneFrom(dec, &v)
	return c.store(v, replaced, err)
}
