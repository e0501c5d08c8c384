//go:build go1.27 && goexperiment.jsonv2

package encode

import (
	"encoding/json"
	"encoding/json/jsontext"
	jsonv2 "encoding/json/v2"
	"fmt"
	"iter"
	"reflect"
	"slices"
)

// What MarshalJSONTo and UnmarshalJSONFrom methods do, where encoding/json/v2 is there, which is by default from Go
// 1.27 on: elements are written to the encoder, and read from the decoder, of the value that the collection is a part of.
// Its options hold for them, its errors say where in the whole they are, and nothing is gone through twice.

const streams = true

// MarshalTo calls write with a Writer to enc. What leads back to itself ends where enc
// allows no more arrays and objects in each other.
func MarshalTo(enc *jsontext.Encoder, write func(Writer) error) error {
	return unwound(write(streamWriter{enc}))
}

type streamWriter struct{ enc *jsontext.Encoder }

func (w streamWriter) Begin(open byte) error {
	if open == '[' {
		return w.enc.WriteToken(jsontext.BeginArray)
	}
	return w.enc.WriteToken(jsontext.BeginObject)
}

func (w streamWriter) End(end byte) error {
	if end == ']' {
		return w.enc.WriteToken(jsontext.EndArray)
	}
	return w.enc.WriteToken(jsontext.EndObject)
}

func (w streamWriter) Name(text string) error { return w.enc.WriteToken(jsontext.String(text)) }
func (w streamWriter) Value(x any) error      { return jsonv2.MarshalEncode(w.enc, x) }

// encoded returns what is written apart from white space and escapes, which are left to raw: what is sorted by it
// must be in the same order everywhere.
func (w streamWriter) encoded(x any) ([]byte, error) {
	return jsonv2.Marshal(x, w.enc.Options(), jsontext.Multiline(false), jsontext.SpaceAfterColon(false),
		jsontext.SpaceAfterComma(false), jsontext.EscapeForHTML(false), jsontext.EscapeForJS(false))
}

func (w streamWriter) raw(text []byte) error { return w.enc.WriteValue(text) }

// UnmarshalFrom calls read with a Reader of the next value of dec, which holds values of the types of. If that is
// null, it does nothing and returns false.
func UnmarshalFrom(dec *jsontext.Decoder, read func(Reader) error, of ...reflect.Type) (replaced bool, err error) {
	if dec.PeekKind() == 'n' {
		_, err := dec.ReadToken()
		return false, err
	}
	r := &streamReader{dec: dec}
	// With the semantics of encoding/json, which validates a whole value before it decodes it, an UnmarshalDecode would go
	// through everything below once more at each level, and for millions of elements. It need not, as the
	// outermost call has done so. But as it is one option that has to do with how errors are reported in
	// general, types that need it for something else keep it.
	if legacy, _ := jsonv2.GetOption(dec.Options(), json.CallMethodsWithLegacySemantics); legacy {
		now, _ := jsonv2.GetOption(dec.Options(), json.ReportErrorsWithLegacySemantics)
		if want := slices.ContainsFunc(of, lenient); want != now {
			r.opts = []jsonv2.Options{json.ReportErrorsWithLegacySemantics(want)}
		}
	}
	if err := read(r); err != nil {
		return false, err
	}
	return true, nil
}

type streamReader struct {
	dec  *jsontext.Decoder
	opts []jsonv2.Options // for elements
}

// open reads the beginning of an array or object. What else is there is left to be read, so that the error is about that.
func (r *streamReader) open(kind jsontext.Kind, want string) error {
	if k := r.dec.PeekKind(); k != kind && k != jsontext.KindInvalid {
		return fmt.Errorf("ramet: JSON has %v where %s is expected", k, want)
	}
	_, err := r.dec.ReadToken()
	return err
}

// Array implements [Reader].
func (r *streamReader) Array(item func() error) error {
	if err := r.open('[', "an array"); err != nil {
		return err
	}
	for r.dec.PeekKind() != ']' {
		if err := item(); err != nil {
			return err
		}
	}
	_, err := r.dec.ReadToken()
	return err
}

// Object implements [Reader].
func (r *streamReader) Object(member func(string) error) error {
	if err := r.open('{', "an object"); err != nil {
		return err
	}
	for r.dec.PeekKind() != '}' {
		name, err := r.dec.ReadToken()
		if err != nil {
			return err
		}
		if err := member(name.String()); err != nil {
			return err
		}
	}
	_, err := r.dec.ReadToken()
	return err
}

func (r *streamReader) isNull() bool { return r.dec.PeekKind() == 'n' }
func (r *streamReader) kind() byte   { return byte(r.dec.PeekKind()) }

// Value implements [Reader].
func (r *streamReader) Value(ptr any) error {
	reflect.ValueOf(ptr).Elem().SetZero()
	return r.Into(ptr)
}

// Into implements [Reader].
func (r *streamReader) Into(ptr any) error { return jsonv2.UnmarshalDecode(r.dec, ptr, r.opts...) }

// in leaves err as it is, because a decoder knows where it is.
func (r *streamReader) in(_ func() string, err error) error { return err }

// MarshalSeqTo writes what [MarshalSeq] returns to enc.
func MarshalSeqTo[T any](enc *jsontext.Encoder, seq iter.Seq[T], n int, o Order) error {
	return MarshalTo(enc, seqRows(seq, n, o).write)
}

// MarshalMapTo writes what [MarshalMap] returns to enc.
func MarshalMapTo[K, V any](enc *jsontext.Encoder, seq iter.Seq2[K, V], n int, o Order) error {
	return MarshalTo(enc, mapRows(seq, n, o).write)
}

// UnmarshalSeqFrom is [UnmarshalSeq] for the next value of dec. Where dec rejects names that are given twice, they are an error.
func UnmarshalSeqFrom[T any](dec *jsontext.Decoder, o Order, add func(T)) (replaced bool, err error) {
	return readRowsFrom(dec, seqTarget(o, add))
}

// UnmarshalMapFrom is [UnmarshalMap] for the next value of dec. Where dec rejects names that are given twice, they are an error.
func UnmarshalMapFrom[K, V any](dec *jsontext.Decoder, o Order, set func(K, V)) (replaced bool, err error) {
	return readRowsFrom(dec, mapTarget(o, set))
}

// UnmarshalMapTreeFrom is [UnmarshalMapTree] for the next value of dec.
func UnmarshalMapTreeFrom[K, V any](dec *jsontext.Decoder, o Order, tree *Tree, set func(K, V)) (replaced bool, err error) {
	return readRowsFrom(dec, treeTarget(o, tree, set))
}

func readRowsFrom(dec *jsontext.Decoder, t target) (replaced bool, err error) {
	return UnmarshalFrom(dec, t.read, t.types()...)
}

// MarshalOneTo writes the JSON of v to enc. That is no array or object around v, so enc does not count it.
func MarshalOneTo[T any](enc *jsontext.Encoder, v *T) error {
	t := reflect.TypeFor[T]()
	if err := Descend(t); err != nil {
		return err
	}
	defer Ascend(t)
	return MarshalTo(enc, func(w Writer) error { return w.Value(v) })
}

// UnmarshalOneFrom is [UnmarshalOne] for the next value of dec.
func UnmarshalOneFrom[T any](dec *jsontext.Decoder, v *T) (replaced bool, err error) {
	return UnmarshalFrom(dec, func(r Reader) error { return readOne(r, v) }, reflect.TypeFor[T]())
}
