package encode

import (
	"encoding"
	"encoding/binary"
	"encoding/gob"
	"fmt"
	"math"
	"reflect"
)

// A gobForm is how the values of a type are written by GobEncode. The numbers are part of the
// encoding.
type gobForm byte

const (
	formGob     gobForm = iota // gob messages behind their size
	formEmpty                  // a zero byte, for a type of size zero
	formBool                   // a byte, 0 or 1
	formInt                    // varint
	formUint                   // uvarint
	formFloat                  // 8 bytes, IEEE 754, big end first
	formComplex                // two floats
	formString                 // uvarint length, bytes
)

func (f gobForm) String() string {
	names := [...]string{"gob values", "empty values", "booleans", "signed integers", "unsigned integers",
		"floats", "complex numbers", "strings"}
	if int(f) < len(names) {
		return names[f]
	}
	return fmt.Sprintf("an unknown form (%d)", byte(f))
}

// ownGob are the methods by which a type takes its encoding by gob into its own hands.
var ownGob = []reflect.Type{
	reflect.TypeFor[gob.GobEncoder](),
	reflect.TypeFor[gob.GobDecoder](),
	reflect.TypeFor[encoding.BinaryMarshaler](),
	reflect.TypeFor[encoding.BinaryUnmarshaler](),
}

// gobFormOf returns the form of values of type t.
func gobFormOf(t reflect.Type) gobForm {
	if t.Size() == 0 {
		return formEmpty
	}
	for _, methods := range ownGob {
		if reflect.PointerTo(t).Implements(methods) {
			return formGob
		}
	}
	switch t.Kind() {
	case reflect.Bool:
		return formBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return formInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return formUint
	case reflect.Float32, reflect.Float64:
		return formFloat
	case reflect.Complex64, reflect.Complex128:
		return formComplex
	case reflect.String:
		return formString
	}
	return formGob
}

// append appends v to b. The form is not formGob.
func (f gobForm) append(b []byte, v reflect.Value) []byte {
	switch f {
	case formBool:
		if v.Bool() {
			return append(b, 1)
		}
	case formInt:
		return binary.AppendVarint(b, v.Int())
	case formUint:
		return binary.AppendUvarint(b, v.Uint())
	case formFloat:
		return appendFloat(b, v.Float())
	case formComplex:
		c := v.Complex()
		return appendFloat(appendFloat(b, real(c)), imag(c))
	case formString:
		b = binary.AppendUvarint(b, uint64(v.Len()))
		return append(b, v.String()...)
	}
	return append(b, 0) // formEmpty, and false
}

// read sets v to the next value of r. The form is not formGob.
func (f gobForm) read(r *gobReader, v reflect.Value) error {
	switch f {
	case formEmpty, formBool:
		b, err := r.take(1)
		if err != nil {
			return err
		}
		switch {
		case b[0] == 1 && f == formBool:
			v.SetBool(true)
		case b[0] != 0:
			return errBroken
		}
	case formInt:
		u, err := r.uvarint()
		if err != nil {
			return err
		}
		n := int64(u>>1) ^ -int64(u&1) // as binary.Varint has it
		if v.OverflowInt(n) {
			return fmt.Errorf("ramet: %d does not fit in %v", n, v.Type())
		}
		v.SetInt(n)
	case formUint:
		n, err := r.uvarint()
		if err != nil {
			return err
		}
		if v.OverflowUint(n) {
			return fmt.Errorf("ramet: %d does not fit in %v", n, v.Type())
		}
		v.SetUint(n)
	case formFloat:
		x, err := r.float()
		if err != nil {
			return err
		}
		if v.OverflowFloat(x) {
			return fmt.Errorf("ramet: %g does not fit in %v", x, v.Type())
		}
		v.SetFloat(x)
	case formComplex:
		re, err := r.float()
		if err != nil {
			return err
		}
		im, err := r.float()
		if err != nil {
			return err
		}
		c := complex(re, im)
		if v.OverflowComplex(c) {
			return fmt.Errorf("ramet: %g does not fit in %v", c, v.Type())
		}
		v.SetComplex(c)
	default: // formString
		n, err := r.uvarint()
		if err != nil {
			return err
		}
		b, err := r.take(n)
		if err != nil {
			return err
		}
		v.SetString(string(b))
	}
	return nil
}

func appendFloat(b []byte, x float64) []byte {
	return binary.BigEndian.AppendUint64(b, math.Float64bits(x))
}

func (r *gobReader) float() (float64, error) {
	b, err := r.take(8)
	if err != nil {
		return 0, err
	}
	return math.Float64frombits(binary.BigEndian.Uint64(b)), nil
}
