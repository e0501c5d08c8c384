//go:build go1.27 && goexperiment.jsonv2

package encode_test

import (
	"encoding/json/jsontext"
	"fmt"
	"maps"
	"slices"

	"github.com/ramet-go/ramet/internal/encode"
)

// inner returns the beginning of the error about element i of a value of the named type, which is inside of another.
func inner(name string, i int) string {
	what := "string"
	if i == 0 {
		what = "number 1000"
	}
	return fmt.Sprintf("json: cannot unmarshal %s into %s.%d of type ", what, name, i)
}

func (l list[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	return encode.MarshalSeqTo(enc, slices.Values(l), len(l), encode.Ordered)
}

func (l *list[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	var b list[T]
	replaced, err := encode.UnmarshalSeqFrom(dec, encode.Ordered, func(x T) { b = append(b, x) })
	if replaced {
		*l = b
	}
	return err
}

func (s set[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	return encode.MarshalSeqTo(enc, maps.Keys(s), len(s), encode.Hashed)
}

func (s *set[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	b := set[T]{}
	replaced, err := encode.UnmarshalSeqFrom(dec, encode.Hashed, func(x T) { b[x] = struct{}{} })
	if replaced {
		*s = b
	}
	return err
}

func (m table[K, V]) MarshalJSONTo(enc *jsontext.Encoder) error {
	return encode.MarshalMapTo(enc, maps.All(m), len(m), encode.Hashed)
}

func (m *table[K, V]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	b := table[K, V]{}
	replaced, err := encode.UnmarshalMapFrom(dec, encode.Hashed, func(k K, v V) { b[k] = v })
	if replaced {
		*m = b
	}
	return err
}

func (m sorted[K, V]) MarshalJSONTo(enc *jsontext.Encoder) error {
	return encode.MarshalMapTo(enc, m.all(), len(m.m), encode.Ordered)
}
