//go:build go1.27 && goexperiment.jsonv2

package list

import (
	"encoding/json/jsontext"

	"github.com/ramet-go/ramet/internal/encode"
)

// MarshalJSONTo implements encoding/json/v2.MarshalerTo: it writes what MarshalJSON returns, with enc's options for the elements.
func (l List[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	return encode.MarshalSeqTo(enc, l.All(), l.Len(), encode.Ordered)
}

// UnmarshalJSONFrom implements encoding/json/v2.UnmarshalerFrom: it does what UnmarshalJSON does, with dec's options for the elements.
func (l *List[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	var c chain[T]
	replaced, err := encode.UnmarshalSeqFrom(dec, encode.Ordered, c.add)
	if replaced {
		*l = c.list()
	}
	return err
}

// MarshalJSONTo implements encoding/json/v2.MarshalerTo: it writes what MarshalJSON returns, with enc's options for the elements.
func (q Queue[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	return encode.MarshalSeqTo(enc, q.All(), q.Len(), encode.Ordered)
}

// UnmarshalJSONFrom implements encoding/json/v2.UnmarshalerFrom: it does what UnmarshalJSON does, with dec's options for the elements.
func (q *Queue[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	var c chain[T]
	replaced, err := encode.UnmarshalSeqFrom(dec, encode.Ordered, c.add)
	if replaced {
		*q = queueOf(c.list())
	}
	return err
}
