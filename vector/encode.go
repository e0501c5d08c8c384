//ramet:layer api

package vector

import "github.com/ramet-go/ramet/internal/encode"

// MarshalJSON implements encoding/json.Marshaler. The result is an array.
func (v Vector[T]) MarshalJSON() ([]byte, error) {
	return encode.MarshalSeq(v.Values(), v.Len(), encode.Ordered)
}

// UnmarshalJSON implements encoding/json.Unmarshaler. The elements replace those of v. On an error, and for null, v is
// unchanged.
func (v *Vector[T]) UnmarshalJSON(data []byte) error {
	var b bareBuilder[T]
	replaced, err := encode.UnmarshalSeq(data, encode.Ordered, func(x T) { b.append(x) })
	if replaced {
		*v = b.build()
	}
	return err
}

// GobEncode implements encoding/gob.GobEncoder.
func (v Vector[T]) GobEncode() ([]byte, error) {
	return encode.GobEncodeSeq(v.Values(), v.Len(), encode.Ordered)
}

// GobDecode implements encoding/gob.GobDecoder. The elements replace those of v. On an error v is unchanged.
func (v *Vector[T]) GobDecode(data []byte) error {
	var b bareBuilder[T]
	err := encode.GobDecodeSeq(data, encode.Ordered, func(x T) { b.append(x) })
	if err == nil {
		*v = b.build()
	}
	return err
}
