//go:build go1.27 && goexperiment.jsonv2

//ramet:layer api

// make generate copies this file to hamt.

package rbtree

import (
	"encoding/json/jsontext"

	"github.com/ramet-go/ramet/internal/encode"
)

// MarshalJSONTo implements encoding/json/v2.MarshalerTo: it writes what MarshalJSON returns, with enc's options for
// keys and values.
func (m Map[K, V]) MarshalJSONTo(enc *jsontext.Encoder) error {
	return encode.MarshalMapTo(enc, m.All(), m.len, encode.Ordered)
}

// UnmarshalJSONFrom implements encoding/json/v2.UnmarshalerFrom: it does what UnmarshalJSON does, with dec's options
// for keys and values. Of a key given twice the last value wins, unless dec rejects names that are given twice, as
// encoding/json/v2 by itself does.
func (m *Map[K, V]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	d := m.decoder()
	replaced, err := encode.UnmarshalMapFrom(dec, encode.Ordered, d.set)
	if !replaced {
		return err
	}
	return d.into(m)
}

// MarshalJSONTo implements encoding/json/v2.MarshalerTo: it writes what MarshalJSON returns, with enc's options for the
// elements.
func (s Set[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	return encode.MarshalSeqTo(enc, s.All(), s.Len(), encode.Ordered)
}

// UnmarshalJSONFrom implements encoding/json/v2.UnmarshalerFrom: it does what UnmarshalJSON does, with dec's options
// for the elements.
func (s *Set[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	d := s.decoder()
	replaced, err := encode.UnmarshalSeqFrom(dec, encode.Ordered, func(v T) { d.set(v, struct{}{}) })
	if !replaced {
		return err
	}
	return d.into(&s.m)
}
