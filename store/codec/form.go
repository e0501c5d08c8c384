package codec

import (
	"encoding/binary"
	"math"
	"reflect"
)

// A form is how keys or values of a kind are stored, for types that are known only at run time.
type form struct {
	name   string
	append func(b []byte, v reflect.Value) ([]byte, error)
	decode func(b []byte, v reflect.Value) error // sets v
}

// formKey is the codec for keys of a defined type.
type formKey[K any] struct{ *form }

func (c formKey[K]) Name() string  { return c.name }
func (c formKey[K]) Ordered() bool { return true }

func (c formKey[K]) Append(b []byte, k K) ([]byte, error) {
	return c.append(b, reflect.ValueOf(&k).Elem())
}

func (c formKey[K]) Decode(b []byte) (k K, err error) {
	err = c.decode(b, reflect.ValueOf(&k).Elem())
	return k, err
}

// formOf returns the form of keys of type t, or nil if there is none for its kind. All forms keep the order.
func formOf(t reflect.Type) *form {
	switch t.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return &intForm
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return &uintForm
	case reflect.Float32, reflect.Float64:
		return &floatForm
	case reflect.Bool:
		return &boolForm
	case reflect.String:
		return &stringForm
	case reflect.Slice, reflect.Array:
		if t.Elem().Kind() == reflect.Uint8 {
			return &bytesForm
		}
	}
	return nil
}

var (
	intForm = form{
		"int",
		func(b []byte, v reflect.Value) ([]byte, error) { return appendInt(b, v.Int()), nil },
		func(b []byte, v reflect.Value) error {
			x, err := decodeInt(b)
			return setInt("int", v, x, err)
		},
	}
	uintForm = form{
		"uint",
		func(b []byte, v reflect.Value) ([]byte, error) { return appendUint(b, v.Uint()), nil },
		func(b []byte, v reflect.Value) error {
			x, err := decodeUint(b)
			return setUint("uint", v, x, err)
		},
	}
	floatForm = form{
		"float",
		func(b []byte, v reflect.Value) ([]byte, error) { return appendFloat(b, v.Float()) },
		func(b []byte, v reflect.Value) error {
			x, err := decodeFloat(b)
			return setFloat("float", v, x, err)
		},
	}
	boolForm = form{
		"bool",
		func(b []byte, v reflect.Value) ([]byte, error) { return appendBool(b, v.Bool()), nil },
		func(b []byte, v reflect.Value) error {
			x, err := decodeBool(b)
			v.SetBool(x)
			return err
		},
	}
	stringForm = form{
		"string",
		func(b []byte, v reflect.Value) ([]byte, error) { return append(b, v.String()...), nil },
		func(b []byte, v reflect.Value) error { v.SetString(string(b)); return nil },
	}
	bytesForm = form{
		"bytes",
		func(b []byte, v reflect.Value) ([]byte, error) { return append(b, v.Bytes()...), nil },
		func(b []byte, v reflect.Value) error {
			if v.Kind() == reflect.Slice {
				v.Set(reflect.MakeSlice(v.Type(), len(b), len(b)))
			} else if len(b) != v.Len() {
				return fail("bytes", "%d bytes for %v", len(b), v.Type())
			}
			copy(v.Bytes(), b)
			return nil
		},
	}
)

// setInt sets v to x, unless there is an error or it is too large.
func setInt(name string, v reflect.Value, x int64, err error) error {
	if err == nil && v.OverflowInt(x) {
		err = fail(name, "%v is too large for %v", x, v.Type())
	}
	if err == nil {
		v.SetInt(x)
	}
	return err
}

// setUint sets v to x, unless there is an error or it is too large.
func setUint(name string, v reflect.Value, x uint64, err error) error {
	if err == nil && v.OverflowUint(x) {
		err = fail(name, "%v is too large for %v", x, v.Type())
	}
	if err == nil {
		v.SetUint(x)
	}
	return err
}

// setFloat sets v to x, unless there is an error or it is not a number that v can have.
func setFloat(name string, v reflect.Value, x float64, err error) error {
	if err == nil && v.Kind() == reflect.Float32 && float64(float32(x)) != x && !math.IsNaN(x) {
		err = fail(name, "%v is no %v", x, v.Type())
	}
	if err == nil {
		v.SetFloat(x)
	}
	return err
}

// formValue is the codec for values of a defined type.
type formValue[V any] struct{ *form }

func (c formValue[V]) Name() string { return c.name }

func (c formValue[V]) Append(b []byte, v V) ([]byte, error) {
	return c.append(b, reflect.ValueOf(&v).Elem())
}

func (c formValue[V]) Decode(b []byte) (v V, err error) {
	err = c.decode(b, reflect.ValueOf(&v).Elem())
	return v, err
}

// valueFormOf returns the form of values of type t, or nil if there is none for its kind.
func valueFormOf(t reflect.Type) *form {
	switch f := formOf(t); f {
	case nil:
		if t.Kind() == reflect.Struct && t.NumField() == 0 {
			return &emptyForm
		}
		return nil
	case &intForm:
		return &varintForm
	case &uintForm:
		return &uvarintForm
	case &floatForm:
		return &floatValueForm
	default:
		return f
	}
}

var (
	varintForm = form{
		"varint",
		func(b []byte, v reflect.Value) ([]byte, error) { return binary.AppendVarint(b, v.Int()), nil },
		func(b []byte, v reflect.Value) error {
			x, err := decodeVarint(b)
			return setInt("varint", v, x, err)
		},
	}
	uvarintForm = form{
		"uvarint",
		func(b []byte, v reflect.Value) ([]byte, error) { return binary.AppendUvarint(b, v.Uint()), nil },
		func(b []byte, v reflect.Value) error {
			x, err := readUvarint("uvarint", b)
			return setUint("uvarint", v, x, err)
		},
	}
	floatValueForm = form{
		"float",
		func(b []byte, v reflect.Value) ([]byte, error) { return appendFloatValue(b, v.Float()), nil },
		func(b []byte, v reflect.Value) error {
			x, err := decodeFloatValue(b)
			return setFloat("float", v, x, err)
		},
	}
	emptyForm = form{
		"empty",
		func(b []byte, v reflect.Value) ([]byte, error) { return b, nil },
		func(b []byte, v reflect.Value) error { return checkLen("empty", b, 0) },
	}
)
