package list

import "github.com/ramet-go/ramet/internal/encode"

// MarshalJSON implements encoding/json.Marshaler. The result is an array.
func (l List[T]) MarshalJSON() ([]byte, error) {
	return encode.MarshalSeq(l.All(), l.Len(), encode.Ordered)
}

// UnmarshalJSON implements encoding/json.Unmarshaler. The elements replace those of l. On an
// error, and for null, l is unchanged.
func (l *List[T]) UnmarshalJSON(data []byte) error {
	var c chain[T]
	replaced, err := encode.UnmarshalSeq(data, encode.Ordered, c.add)
	if replaced {
		*l = c.list()
	}
	return err
}

// GobEncode implements encoding/gob.GobEncoder.
func (l List[T]) GobEncode() ([]byte, error) {
	return encode.GobEncodeSeq(l.All(), l.Len(), encode.Ordered)
}

// GobDecode implements encoding/gob.GobDecoder. The elements replace those of l. On an error l
// is unchanged.
func (l *List[T]) GobDecode(data []byte) error {
	var c chain[T]
	err := encode.GobDecodeSeq(data, encode.Ordered, c.add)
	if err == nil {
		*l = c.list()
	}
	return err
}

// MarshalJSON implements encoding/json.Marshaler. The result is an array, the first element of the queue first.
func (q Queue[T]) MarshalJSON() ([]byte, error) {
	return encode.MarshalSeq(q.All(), q.Len(), encode.Ordered)
}

// UnmarshalJSON implements encoding/json.Unmarshaler, as that of [List] does.
func (q *Queue[T]) UnmarshalJSON(data []byte) error {
	var c chain[T]
	replaced, err := encode.UnmarshalSeq(data, encode.Ordered, c.add)
	if replaced {
		*q = queueOf(c.list())
	}
	return err
}

// GobEncode implements encoding/gob.GobEncoder.
func (q Queue[T]) GobEncode() ([]byte, error) {
	return encode.GobEncodeSeq(q.All(), q.Len(), encode.Ordered)
}

// GobDecode implements encoding/gob.GobDecoder, as that of [List] does.
func (q *Queue[T]) GobDecode(data []byte) error {
	var l List[T]
	err := l.GobDecode(data)
	if err == nil {
		*q = queueOf(l)
	}
	return err
}
