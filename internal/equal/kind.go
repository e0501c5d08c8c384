package equal

import (
	"reflect"
	"sync"
)

// A kind is how values of a type are compared, and hashed.
type kind struct {
	method   any           // of a collection its method Equal, a func(a, b T) bool, which never panics
	call     reflect.Value // the same
	compares answer        // whether == may be used
	floats   bool          // it may have a NaN in it, which no == finds equal to itself
}

// An answer says whether a property holds of all values of a type.
type answer uint8

const (
	always answer = iota
	perhaps
	never
)

// The kinds of types that need no look at what they are made of. That of the nil interface is simple.
var (
	simple       = &kind{}
	number       = &kind{floats: true}
	uncomparable = &kind{compares: never}
	dynamic      = &kind{compares: perhaps, floats: true}
)

// kinds has the kinds of structs and arrays that were asked about.
var kinds sync.Map

// kindOf returns the kind of t, which may be nil.
func kindOf(t reflect.Type) *kind {
	if t == nil {
		return simple
	}
	switch t.Kind() {
	case reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128:
		return number
	case reflect.Slice, reflect.Map, reflect.Func:
		return uncomparable
	case reflect.Interface:
		return dynamic
	case reflect.Struct, reflect.Array:
	default:
		return simple
	}
	if k, ok := kinds.Load(t); ok {
		return k.(*kind)
	}
	k := &kind{}
	switch {
	case t.Kind() == reflect.Array && t.Comparable():
		elem := kindOf(t.Elem())
		k.compares, k.floats = elem.compares, elem.floats
	case t.Comparable():
		for i := range t.NumField() {
			field := kindOf(t.Field(i).Type)
			k.compares = max(k.compares, field.compares)
			k.floats = k.floats || field.floats
		}
	default:
		k.compares = never
	}
	if m, ok := t.MethodByName("Equal"); ok && ours(t) && m.Type.NumIn() == 2 && m.Type.In(1) == t {
		k.method, k.call = m.Func.Interface(), m.Func
	}
	kinds.Store(t, k)
	return k
}

// equal reports whether a, which is of kind k, and b are equal. It never panics.
func (k *kind) equal(a, b any) bool {
	t := reflect.TypeOf(a)
	switch {
	case t != reflect.TypeOf(b):
		return false
	case k.method != nil:
		return a == b || k.call.Call([]reflect.Value{reflect.ValueOf(a), reflect.ValueOf(b)})[0].Bool()
	case k.compares == never:
		return false
	case k.compares == perhaps:
		return canCompare(a) && canCompare(b) && a == b
	}
	return a == b
}

// canCompare reports whether == of x and another value does not panic.
func canCompare[T any](x T) bool { return reflect.ValueOf(&x).Elem().Comparable() }
