// Package codec turns keys and values into bytes and back, for package store.
//
// [KeyOf] and [ValueOf] choose the codec for a type, and most programs need nothing else. The other functions say what is wanted:
// another order ([Descending], [Unordered]), keys of several fields ([Tuple2], [Tuple3]), or bytes of one's own
// ([KeyFunc], [ValueFunc]).
//
// # Names
//
// The name of a codec determines its bytes, and is stored beside them. What was stored under another name is refused. A name stands for
// all types whose bytes are the same: int32 and int64 are both "int", so a key can become wider later without a change of what is stored.
// What is too large for a narrower type is an error, never cut off. The bytes of the codecs here do not change.
//
// # Keys
//
// A key has one encoding, and an encoding has one key: equal keys have equal bytes and unequal keys unequal ones, and Decode refuses bytes
// that Append does not make. A store keeps entries in the order of these bytes. Where Ordered is true it is the natural order of the keys too.
//
//	"int"              8 bytes, the most significant first, with the sign flipped
//	"uint"             8 bytes, the most significant first
//	"float"            8 bytes that order as the numbers do; -0 becomes 0, NaN is an error
//	"bool"             1 byte, 0 or 1
//	"time"             12 bytes: seconds since year 1 as an int, then nanoseconds in 4 bytes
//	"string", "bytes"  the bytes
//	"text"             what MarshalText returns
//	"tuple(a,b)"       the keys one after the other. One that is not the last, and not of a codec of fixed length (the first five of this
//	                   list, descending or not), has 00 FF for each 00 and 00 01 at its end.
//	"descending(k)"    the bytes of k inverted, after 00 FF was put for each 00 and 00 01 at the end, unless k has a fixed length
//
// # Values
//
// Equal values have equal bytes. A value is found to have changed by its bytes, if not before that by ==.
//
//	"json"             JSON without spaces, with object keys sorted and strings in their shortest form
//	"varint"           a signed integer, in as few bytes as [encoding/binary.AppendVarint] takes for it
//	"uvarint"          an unsigned integer, as [encoding/binary.AppendUvarint] writes it
//	"float"            8 bytes, the most significant first: the bits of the float64; one NaN for all
//	"bool"             1 byte, 0 or 1
//	"string", "bytes"  the bytes
//	"binary"           what MarshalBinary returns
//	"empty"            nothing
//
// # Errors and panics
//
// Every error is an [Err]. Decode returns one for any bytes that it cannot make a key or value of; bytes from strangers
// never make a codec of this package panic, and memory is taken in proportion to them. A panic in a method or function of the program's own
// (MarshalJSON, UnmarshalText, what KeyFunc was given) is not recovered.
//
// All codecs may be used by several goroutines, if the functions that they were made of may.
package codec

import (
	"errors"
	"fmt"
)

// Err is what every error of this package wraps. Package store has it as ErrCodec.
var Err = errors.New("codec")

// fail returns an Err about the codec of that name.
func fail(name, format string, args ...any) error {
	return fmt.Errorf("%w: %s: %w", Err, name, fmt.Errorf(format, args...))
}

// wrap returns err as an Err about the codec of that name.
func wrap(name string, err error) error {
	return fmt.Errorf("%w: %s: %w", Err, name, err)
}

// tooLarge says that a K cannot be x.
func tooLarge[K any](name string, x any) error {
	return fail(name, "%v is too large for %T", x, *new(K))
}
