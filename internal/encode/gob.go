package encode

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
)

// What GobEncode methods return:
//
//	version      1 byte
//	columns      1 byte: 1 for a sequence or set, 2 for a map
//	forms        1 byte for each column: how its values are written, see gobForm
//	length       uvarint: the number of elements or entries
//	values       element by element, or key, value, key, value, …
//
// Values of the basic kinds are written here: they then take a byte or two and a few
// nanoseconds, where encoding/gob would take five bytes and a hundred nanoseconds, and they do
// not depend on the numbers that gob gives to types. Every other value is
//
//	size         uvarint
//	messages     what one gob.Encoder for the whole collection writes for the value
//
// Each value takes a byte at least, so a length can be checked against what is left.
const gobVersion = 1

// GobEncodeSeq returns the encoding of the n elements of seq.
func GobEncodeSeq[T any](seq iter.Seq[T], n int, o Order) ([]byte, error) {
	return seqRows(seq, n, o).gobEncode()
}

// GobEncodeMap returns the encoding of the n entries of seq.
func GobEncodeMap[K, V any](seq iter.Seq2[K, V], n int, o Order) ([]byte, error) {
	return mapRows(seq, n, o).gobEncode()
}

func (r rows) gobEncode() ([]byte, error) {
	types := r.types()
	if err := Descend(types...); err != nil {
		return nil, err
	}
	defer Ascend(types...)
	if r.order == Hashed {
		return r.gobEncodeSorted()
	}
	w := newGobWriter(r.n, r.slots...)
	err := r.try(func() error {
		for i, slot := range r.slots {
			if err := w.value(w.forms[i], slot); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return w.buf, nil
}

// GobDecodeSeq calls add with each element that [GobEncodeSeq] encoded.
func GobDecodeSeq[T any](data []byte, o Order, add func(T)) error {
	return seqTarget(o, add).gobDecode(data)
}

// GobDecodeMap calls set with each entry that [GobEncodeMap] encoded.
func GobDecodeMap[K, V any](data []byte, o Order, set func(K, V)) error {
	return mapTarget(o, set).gobDecode(data)
}

func (t target) gobDecode(data []byte) error {
	check := t.checker()
	r, n, err := newGobReader(data, t.slots...)
	if err != nil {
		return err
	}
	for i := range n {
		for column, slot := range t.slots {
			if err := r.value(r.forms[column], slot); err != nil {
				return inElement(i, err)
			}
			if column > 0 {
				continue
			}
			if err := check(); err != nil {
				return inElement(i, err)
			}
		}
		t.add()
	}
	return r.end()
}

// A gobWriter writes an encoding to buf.
type gobWriter struct {
	buf      []byte
	forms    []gobForm
	enc      *gob.Encoder // to messages; nil until it is needed
	messages bytes.Buffer

	definitions [][]byte // messages that define types, to be written before any value
}

// newGobWriter begins the encoding of n rows of values such as the slots hold.
func newGobWriter(n int, slots ...reflect.Value) *gobWriter {
	w := &gobWriter{buf: make([]byte, 0, 16+2*n*len(slots))}
	w.buf = append(w.buf, gobVersion, byte(len(slots)))
	for _, slot := range slots {
		form := gobFormOf(slot.Type())
		w.forms = append(w.forms, form)
		w.buf = append(w.buf, byte(form))
	}
	w.buf = binary.AppendUvarint(w.buf, uint64(n))
	return w
}

// value writes v, which must be addressable.
func (w *gobWriter) value(form gobForm, v reflect.Value) error {
	if form != formGob {
		w.buf = form.append(w.buf, v)
		return nil
	}
	if err := w.encode(v); err != nil {
		return err
	}
	w.item(w.messages.Bytes())
	return nil
}

// encode writes v, whose form is formGob, to messages.
func (w *gobWriter) encode(v reflect.Value) error {
	p, err := lastPointer(v, false)
	if err != nil {
		return err
	}
	if w.enc == nil {
		if deeper(maxGobFrames / 2) { // levels are a little higher than in decoding: what is encoded can be decoded
			return errDeepGob
		}
		w.enc = gob.NewEncoder(&w.messages)
	}
	w.messages.Reset()
	// The pointer makes gob see an interface as one, not what it holds.
	return w.enc.EncodeValue(p)
}

// item writes the messages of a value. Those that define types, and were written before their time, come first.
func (w *gobWriter) item(messages []byte) {
	slices.SortFunc(w.definitions, bytes.Compare)
	w.definitions = append(w.definitions, messages)
	size := 0
	for _, part := range w.definitions {
		size += len(part)
	}
	w.buf = binary.AppendUvarint(w.buf, uint64(size))
	for _, part := range w.definitions {
		w.buf = append(w.buf, part...)
	}
	w.definitions = w.definitions[:0]
}

// A gobReader reads the values of an encoding.
type gobReader struct {
	data     []byte // what is left
	forms    []gobForm
	keep     bool         // what values held, for their own decoders to look at
	dec      *gob.Decoder // of messages; nil until it is needed
	messages bytes.Reader
}

// newGobReader reads what comes before the values, and returns how many rows follow of
// values such as the slots hold. They take at least a byte each.
func newGobReader(data []byte, slots ...reflect.Value) (r *gobReader, n int, err error) {
	r = new(gobReader)
	switch {
	case len(data) == 0:
		return nil, 0, errShort
	case data[0] != gobVersion:
		return nil, 0, fmt.Errorf("ramet: gob data of version %d, want %d", data[0], gobVersion)
	case len(data) < 2+len(slots):
		return nil, 0, errShort
	case int(data[1]) != len(slots):
		return nil, 0, errors.New("ramet: gob data of a map where a sequence or set is expected, or the reverse")
	}
	for i, slot := range slots {
		form := gobFormOf(slot.Type())
		if got := gobForm(data[2+i]); got != form {
			return nil, 0, fmt.Errorf("ramet: gob data holds %v where %v (%v) is expected", got, form, slot.Type())
		}
		r.forms = append(r.forms, form)
	}
	r.data = data[2+len(slots):]
	rows, err := r.uvarint()
	if err != nil {
		return nil, 0, err
	}
	if rows > uint64(len(r.data)/len(slots)) {
		return nil, 0, errShort
	}
	return r, int(rows), nil
}

// value reads a value into v, of which nothing is kept unless r says so.
func (r *gobReader) value(form gobForm, v reflect.Value) error {
	if !r.keep {
		v.SetZero()
	}
	if form != formGob {
		return form.read(r, v)
	}
	if r.dec == nil && deeper(maxGobFrames) {
		return errDeepGob
	}
	size, err := r.uvarint()
	if err != nil {
		return err
	}
	item, err := r.take(size)
	if err != nil {
		return err
	}
	if !framed(item) {
		return errBroken
	}
	if r.dec == nil {
		r.dec = gob.NewDecoder(&r.messages)
	}
	r.messages.Reset(item)
	p, err := lastPointer(v, true)
	if err != nil {
		return err
	}
	if err := decodeGob(r.dec, p); err != nil {
		return err
	}
	if r.messages.Len() > 0 {
		return errBroken
	}
	return nil
}

// end reports an error if anything is left.
func (r *gobReader) end() error {
	if len(r.data) > 0 {
		return fmt.Errorf("ramet: %d bytes after the end of gob data", len(r.data))
	}
	return nil
}

func (r *gobReader) uvarint() (uint64, error) {
	n, size := binary.Uvarint(r.data)
	switch {
	case size == 0:
		return 0, errShort
	case size < 0:
		return 0, errBroken
	}
	r.data = r.data[size:]
	return n, nil
}

// take returns the next n bytes.
func (r *gobReader) take(n uint64) ([]byte, error) {
	if n > uint64(len(r.data)) {
		return nil, errShort
	}
	b := r.data[:n:n]
	r.data = r.data[n:]
	return b, nil
}

// lastPointer returns a pointer to v, or if v is a pointer itself, the last one on the way
// to what is none. gob does not send pointers, but given a pointer to a pointer to
// a type with a GobEncode method, it panics. Where a pointer is nil, lastPointer makes what it
// points to, or fails.
func lastPointer(v reflect.Value, fill bool) (reflect.Value, error) {
	p := v.Addr()
	for range 100 {
		switch v = p.Elem(); {
		case v.Kind() != reflect.Pointer:
			return p, nil
		case v.IsNil() && fill:
			v.Set(reflect.New(v.Type().Elem()))
		case v.IsNil():
			return p, fmt.Errorf("ramet: gob cannot encode a nil %v", v.Type())
		}
		p = v
	}
	return p, fmt.Errorf("ramet: gob cannot encode a recursive pointer type %v", v.Type())
}

var (
	errShort  = errors.New("ramet: gob data ends too early")
	errBroken = errors.New("ramet: gob data is malformed")
)

// decodeGob is dec.DecodeValue, except that a panic becomes an error: there are inputs that make
// encoding/gob panic.
func decodeGob(dec *gob.Decoder, v reflect.Value) (err error) {
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("ramet: gob: %v", x)
		}
	}()
	return dec.DecodeValue(v)
}

// framed reports whether item is a row of whole gob messages. A Decoder would first take
// the memory that the length of a message asks for, and then find it missing.
func framed(item []byte) bool {
	for len(item) > 0 {
		n, size := gobUint(item)
		if size == 0 || n > uint64(len(item)-size) {
			return false
		}
		item = item[size:][n:]
	}
	return true
}

// gobUint reads an unsigned integer as gob writes it: one below 128 is a byte; another is
// the negated number of its bytes, and the bytes, big end first. size is 0 if there
// is none.
func gobUint(b []byte) (n uint64, size int) {
	if b[0] < 0x80 {
		return uint64(b[0]), 1
	}
	size = 1 - int(int8(b[0]))
	if size > 1+8 || size > len(b) {
		return 0, 0
	}
	for _, c := range b[1:size] {
		n = n<<8 | uint64(c)
	}
	return n, size
}
