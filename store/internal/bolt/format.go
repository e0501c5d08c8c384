package bolt

import (
	"encoding/binary"
	"fmt"
	"time"

	"github.com/ramet-go/ramet/store/chunk"
)

// The buckets, and the keys of meta.
const (
	chunks = "chunk"
	refs   = "ref"
	logs   = "log"
	meta   = "meta"

	formatKey = "format"
	idKey     = "id"
	cutKey    = "cut"
	doubtKey  = "doubt"
)

// format is the format of the files that this package writes, and the only one that it reads.
const format = "1"

// plain is the form of a chunk whose bytes are stored as they are. There is no other yet.
const plain = 0

func damaged(message string, args ...any) error {
	return fmt.Errorf("%w: "+message, append([]any{chunk.ErrDamaged}, args...)...)
}

// encodeChunk returns the value of a chunk.
func encodeChunk(data []byte) []byte {
	return append(append(make([]byte, 0, 1+len(data)), plain), data...)
}

// chunkIn returns the bytes of a chunk within a value, which are not copied.
func chunkIn(a chunk.Addr, value []byte) ([]byte, error) {
	switch {
	case len(value) == 0:
		return nil, damaged("chunk %v has no form", a)
	case value[0] != plain:
		return nil, fmt.Errorf("%w: chunk %v has form %d", chunk.ErrFormat, a, value[0])
	case len(value) > 1+chunk.MaxSize:
		return nil, damaged("chunk %v has %d bytes", a, len(value)-1)
	}
	return value[1:], nil
}

func encodeRef(r chunk.Ref) []byte {
	return binary.LittleEndian.AppendUint64(append([]byte{}, r.Target[:]...), r.Revision)
}

func decodeRef(name string, value []byte) (r chunk.Ref, err error) {
	if len(value) != len(r.Target)+8 {
		return r, damaged("the name %q has a value of %d bytes", name, len(value))
	}
	n := copy(r.Target[:], value)
	r.Revision = binary.LittleEndian.Uint64(value[n:])
	return r, nil
}

// An entry is: a byte 0 · old 32 · new 32 · time 12 · uvarint length and bytes of name and why.
func encodeEntry(e chunk.Entry) []byte {
	b := make([]byte, 0, 1+64+12+4+len(e.Name)+len(e.Why))
	b = append(b, 0)
	b = append(b, e.Old[:]...)
	b = append(b, e.New[:]...)
	b = appendTime(b, e.Time)
	b = appendString(b, e.Name)
	return appendString(b, e.Why)
}

func decodeEntry(value []byte) (e chunk.Entry, err error) {
	if len(value) < 1+64+12 {
		return e, damaged("an entry of the log has %d bytes", len(value))
	}
	if value[0] != 0 {
		return e, fmt.Errorf("%w: an entry of the log has form %d", chunk.ErrFormat, value[0])
	}
	rest := value[1:]
	rest = rest[copy(e.Old[:], rest):]
	rest = rest[copy(e.New[:], rest):]
	if e.Time, err = timeIn(rest[:12]); err != nil {
		return e, err
	}
	name, rest, ok1 := cutString(rest[12:])
	why, rest, ok2 := cutString(rest)
	if !ok1 || !ok2 || len(rest) > 0 {
		return e, damaged("an entry of the log has other lengths than it says")
	}
	e.Name, e.Why = name, why
	return e, nil
}

// A time is the seconds since 1970, i64, and nanoseconds, u32. All times that Go has can be told.
func appendTime(b []byte, t time.Time) []byte {
	b = binary.LittleEndian.AppendUint64(b, uint64(t.Unix()))
	return binary.LittleEndian.AppendUint32(b, uint32(t.Nanosecond()))
}

func timeIn(b []byte) (time.Time, error) {
	if len(b) != 12 || binary.LittleEndian.Uint32(b[8:]) >= 1e9 {
		return time.Time{}, damaged("a time is %x", b)
	}
	return time.Unix(int64(binary.LittleEndian.Uint64(b)), int64(binary.LittleEndian.Uint32(b[8:]))).UTC(), nil
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func cutString(b []byte) (s string, rest []byte, ok bool) {
	length, n := binary.Uvarint(b)
	if n <= 0 || length > uint64(len(b)-n) {
		return "", nil, false
	}
	end := n + int(length)
	return string(b[n:end]), b[end:], true
}
