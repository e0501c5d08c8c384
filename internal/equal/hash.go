package equal

import (
	"hash/maphash"
	"reflect"
)

// Writer returns a function that writes an x to h, so that all that are equal by [Safe] are written alike:
// collections by their method Hash, and everything else as [maphash.WriteComparable] does, except that NaNs are
// alike too: they are shared by versions that are equal. It panics where WriteComparable does, if x cannot
// be compared.
func Writer[T any]() func(h *maphash.Hash, x T) {
	if f := commonWriter[T](); f != nil {
		return f
	}
	t := reflect.TypeFor[T]()
	if t.Kind() == reflect.Interface {
		return func(h *maphash.Hash, x T) {
			t := reflect.TypeOf(x)
			k := kindOf(t)
			if k.method != nil { // what is no collection is written with its type anyway
				maphash.WriteComparable(h, t)
			}
			k.write(h, x)
		}
	}
	k := kindOf(t)
	return func(h *maphash.Hash, x T) { k.write(h, x) }
}

// write writes x, which is of kind k, to h.
func (k *kind) write(h *maphash.Hash, x any) {
	switch {
	case k.method != nil:
		if c, ok := x.(interface{ Hash(*maphash.Hash) }); ok { // else all are written alike
			c.Hash(h)
		}
		return
	case k.floats && (k.compares == always || canCompare(x)) && !same(x, x):
		x = nan
	}
	maphash.WriteComparable(h, x)
}

// nan is written in the place of what is not equal to itself.
const nan = "NaN"

// commonWriter returns a function that writes what most elements are, without putting it into an interface
// first, which allocates; for other types it returns nil.
func commonWriter[T any]() func(h *maphash.Hash, x T) {
	var f any
	switch any((*T)(nil)).(type) {
	case *int:
		f = maphash.WriteComparable[int]
	case *int64:
		f = maphash.WriteComparable[int64]
	case *uint64:
		f = maphash.WriteComparable[uint64]
	case *int32:
		f = maphash.WriteComparable[int32]
	case *byte:
		f = maphash.WriteComparable[byte]
	case *bool:
		f = maphash.WriteComparable[bool]
	case *string:
		f = maphash.WriteComparable[string]
	case *float64:
		f = writeFloat
	case *struct{}:
		f = func(*maphash.Hash, struct{}) {}
	default:
		return nil
	}
	return f.(func(*maphash.Hash, T))
}

func writeFloat(h *maphash.Hash, x float64) {
	if x != x {
		maphash.WriteComparable(h, nan)
		return
	}
	maphash.WriteComparable(h, x)
}
