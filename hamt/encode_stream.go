//go:build go1.27 && goexperiment.jsonv2

//ramet:layer api

package hamt

import (
	"encoding/json/jsontext"

	"github.com/ramet-go/ramet/internal/encode"
)

// MarshalJSONTo implements encoding/json/v2.MarshalerTo: it writes what MarshalJSON returns, with enc's options for keys and values.
func (m Map[K, V]) MarshalJSONTo(enc *jsontext.Encoder) error {
	return encode.MarshalMapTo(enc, m.All(), m.len, encode.Hashed)
}

// UnmarshalJSONFrom implements encoding/json/v2.UnmarshalerFrom: it does what UnmarshalJSON does, with dec's options for keys and values. Of a
// key given twice the last value wins, unless dec rejects names that are given twice, as encoding/json/v2 by itself does.
func (m *Map[K, V]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	b := none[K, V](m.by).Builder()
	replaced, err := encode.UnmarshalMapFrom(dec, encode.Hashed, func(k K, v V) { b.Set(k, v) })
	if replaced {
		*m = b.Build()
	}
	return err
}

// MarshalJSONTo implements encoding/json/v2.MarshalerTo: it writes what MarshalJSON returns, with enc's options for the elements.
func (s Set[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	return encode.MarshalSeqTo(enc, s.All(), s.Len(), encode.Hashed)
}

// UnmarshalJSONFrom implements encoding/json/v2.UnmarshalerFrom: it does what UnmarshalJSON does, with dec's options for the elements.
func (s *Set[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	b := Set[T]{none[T, struct{}](s.m.by)}.Builder()
	replaced, err := encode.UnmarshalSeqFrom(dec, encode.Hashed, func(v T) { b.Add(v) })
	if replaced {
		*s = b.Build()
	}
	return err
}
