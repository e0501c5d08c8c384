//go:build go1.27 && goexperiment.jsonv2

package ordered

import (
	"encoding/json/jsontext"

	"github.com/ramet-go/ramet/internal/encode"
)

// MarshalJSONTo implements encoding/json/v2.MarshalerTo: it writes what MarshalJSON returns, with enc's options for keys and values.
func (m Map[K, V]) MarshalJSONTo(enc *jsontext.Encoder) error {
	return encode.MarshalMapTo(enc, m.All(), m.len, encode.Ordered)
}

// UnmarshalJSONFrom implements encoding/json/v2.UnmarshalerFrom: it does what UnmarshalJSON does, with dec's options for keys and values. Of a
// key given twice the first place and the last value count, unless dec rejects names that are given twice, as
// encoding/json/v2 by itself does.
func (m *Map[K, V]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	d := m.decoder()
	replaced, err := encode.UnmarshalMapTreeFrom(dec, encode.Hashed, tree, d.set)
	if !replaced {
		return err
	}
	return d.into(m)
}
