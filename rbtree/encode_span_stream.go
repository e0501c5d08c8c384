//go:build go1.27 && goexperiment.jsonv2

//ramet:layer api

package rbtree

import (
	"encoding/json/jsontext"

	"github.com/ramet-go/ramet/internal/encode"
)

// MarshalJSONTo implements encoding/json/v2.MarshalerTo: it writes what MarshalJSON returns, with enc's options for
// keys and values.
func (s Span[K, V]) MarshalJSONTo(enc *jsontext.Encoder) error {
	return encode.MarshalMapTo(enc, s.All(), s.Len(), encode.Ordered)
}

// MarshalJSONTo implements encoding/json/v2.MarshalerTo: it writes what MarshalJSON returns, with enc's options for the
// elements.
func (s SetSpan[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	return encode.MarshalSeqTo(enc, s.All(), s.Len(), encode.Ordered)
}
