//ramet:layer rep

package rbtree

import (
	"cmp"
	"reflect"
	"strings"
)

// A keyKind says how keys are compared. It is determined by the key type, except that caller means a function.
type keyKind uint8

const (
	unresolved keyKind = iota // the zero map's: nobody has needed it yet
	int64s                    // integers and floats, by size
	int32s
	int16s
	int8s
	uint64s
	uint32s
	uint16s
	uint8s
	float64s
	float32s
	texts
	caller
	orderless // a type without a natural order
)

// kindOf returns the kind of the key type K.
func kindOf[K any]() keyKind {
	t := reflect.TypeFor[K]()
	bySize := func(bits64 keyKind) keyKind {
		switch t.Size() {
		case 8:
			return bits64
		case 4:
			return bits64 + 1
		case 2:
			return bits64 + 2
		}
		return bits64 + 3
	}
	switch t.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return bySize(int64s)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return bySize(uint64s)
	case reflect.Float32, reflect.Float64:
		return bySize(float64s)
	case reflect.String:
		return texts
	}
	return orderless
}

// An ordering is a map's order. The zero ordering is the natural one, not yet resolved.
type ordering[K any] struct {
	caller *comparator[K] // of kind caller; otherwise nil
	kind   keyKind
}

// A comparator is a caller's function. Maps hold a pointer to it, because functions cannot be compared, and by which
// they know that they share an order.
type comparator[K any] struct{ compare func(a, b K) int }

// resolve returns by with its kind determined.
func (by ordering[K]) resolve() ordering[K] {
	if by.kind == unresolved {
		by.kind = kindOf[K]()
	}
	return by
}

// The constructors that take an order.
const (
	forMap = "NewMapFunc"
	forSet = "NewSetFunc"
)

// must returns by resolved. It panics if that is no order, and names the constructor that takes one. A set's operations
// call it before they use those of maps, which would name the constructor of maps.
func (by ordering[K]) must(constructor string) ordering[K] {
	if by.kind == unresolved {
		by.kind = kindOf[K]()
	}
	if by.kind == orderless {
		panic(by.complaint(constructor))
	}
	return by
}

func (by ordering[K]) complaint(constructor string) string {
	return "rbtree: key type " + reflect.TypeFor[K]().String() + " has no natural order; use " + constructor
}

// same reports whether two maps are known to share an order.
func (by ordering[K]) same(other ordering[K]) bool { return by.caller == other.caller }

// indistinct reports whether equal keys cannot be told apart, so that it does not matter which of two a map keeps.
// Those of other kinds have the natural order only if they are floats, and there +0 and -0 are equal.
func (by ordering[K]) indistinct() bool {
	return by.kind != caller && by.kind != orderless && by.kind != float64s && by.kind != float32s
}

// compare compares two keys. by must be resolved, and an order.
func (by ordering[K]) compare(a, b K) int {
	switch by.kind {
	case int64s:
		return cmp.Compare(as[int64](&a), as[int64](&b))
	case texts:
		return strings.Compare(as[string](&a), as[string](&b))
	case caller:
		return by.caller.compare(a, b)
	case int32s:
		return cmp.Compare(as[int32](&a), as[int32](&b))
	case int16s:
		return cmp.Compare(as[int16](&a), as[int16](&b))
	case int8s:
		return cmp.Compare(as[int8](&a), as[int8](&b))
	case uint64s:
		return cmp.Compare(as[uint64](&a), as[uint64](&b))
	case uint32s:
		return cmp.Compare(as[uint32](&a), as[uint32](&b))
	case uint16s:
		return cmp.Compare(as[uint16](&a), as[uint16](&b))
	case uint8s:
		return cmp.Compare(as[uint8](&a), as[uint8](&b))
	case float64s:
		return cmp.Compare(as[float64](&a), as[float64](&b))
	case float32s:
		return cmp.Compare(as[float32](&a), as[float32](&b))
	}
	panic("rbtree: an impossible kind of key")
}

// notAbove returns how many of the ascending keys ks are not above k. by must be resolved, and an order.
func (by ordering[K]) notAbove(ks []K, k K) int {
	if by.kind == int64s { // the most frequent one, without calls
		n, k := 0, as[int64](&k)
		for _, x := range asKeys[int64](ks) {
			if x > k {
				break
			}
			n++
		}
		return n
	}
	low, high := 0, len(ks)
	for low < high {
		if mid := int(uint(low+high) >> 1); by.compare(ks[mid], k) <= 0 {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}
