// Package order puts the elements of an unordered collection into an order that
// depends on the elements alone, so that they print and encode the same way every
// time.
//
// The order is that of fmt for the keys of a built-in map, made total over what fmt
// leaves to chance: false before true, numbers by size with NaN first, complex
// numbers by real then imaginary part, strings by bytes, structs field by field,
// arrays and slices element by element, nil before anything else, interfaces by the
// name of the dynamic type and then by the value. Functions, and maps of one length, are
// equal.
//
// Nothing here panics, whatever the type: unexported fields are read like others, no
// method is called, and values that refer to themselves are followed for a bounded
// number of steps.
package order

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
)

// Pointers says how pointers that are not nil compare.
type Pointers bool

const (
	// ByAddress compares pointers and channels as addresses, as fmt does. The order
	// then differs from run to run, but nothing behind a pointer is read:
	// it may belong to somebody who is writing it.
	ByAddress Pointers = false

	// ByPointee compares what pointers point to. Channels are equal, and so are collections of this module: what is
	// behind them depends on more than their contents. An encoder can compare what it makes of them.
	ByPointee Pointers = true
)

// indirections is how many pointers, interfaces and slices a comparison follows. What
// is not reached does not count, which ends the walk around a cycle and through a
// value that shares its parts exponentially often.
const indirections = 4096

// A Pair is an element, or a key and its value.
type Pair struct{ K, V any }

// Sort puts pairs in order: those with equal keys (NaNs, pointers to equal values) are ordered by their values.
func Sort(pairs []Pair, p Pointers) {
	slices.SortFunc(pairs, func(a, b Pair) int {
		if c := compareAny(a.K, b.K, p); c != 0 {
			return c
		}
		return compareAny(a.V, b.V, p)
	})
}

func compareAny(a, b any, p Pointers) int {
	switch a := a.(type) {
	case int:
		if b, ok := b.(int); ok {
			return cmp.Compare(a, b)
		}
	case string:
		if b, ok := b.(string); ok {
			return strings.Compare(a, b)
		}
	}
	w := walk{pointers: p, left: indirections}
	return w.compareInterfaces(reflect.ValueOf(a), reflect.ValueOf(b))
}

// Permutation returns the indices below n in the order that compare puts them into. For entries
// it stands in for slices.SortFunc, whose code the compiler would repeat for each type of them.
func Permutation(n int, compare func(i, j int) int) []int {
	indices := Indices(n)
	slices.SortFunc(indices, compare)
	return indices
}

// Indices returns the indices below n, in order.
func Indices(n int) []int {
	indices := make([]int, n)
	for i := range indices {
		indices[i] = i
	}
	return indices
}

// Of returns the comparison of two values of type t. For integers and strings, of named types too, it
// costs a few nanoseconds.
func Of(t reflect.Type, p Pointers) func(a, b reflect.Value) int {
	switch t.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(a, b reflect.Value) int { return cmp.Compare(a.Int(), b.Int()) }
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return func(a, b reflect.Value) int { return cmp.Compare(a.Uint(), b.Uint()) }
	case reflect.String:
		return func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) }
	}
	return func(a, b reflect.Value) int {
		w := walk{pointers: p, left: indirections}
		return w.compare(a, b)
	}
}

// A walk compares two values side by side until they differ.
type walk struct {
	pointers Pointers
	left     int // indirections that may still be followed
}

// compare compares two values of one type.
func (w *walk) compare(a, b reflect.Value) int {
	switch a.Kind() {
	case reflect.Bool:
		return compareBool(a.Bool(), b.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return cmp.Compare(a.Int(), b.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return cmp.Compare(a.Uint(), b.Uint())
	case reflect.Float32, reflect.Float64:
		return cmp.Compare(a.Float(), b.Float())
	case reflect.Complex64, reflect.Complex128:
		x, y := a.Complex(), b.Complex()
		return cmp.Or(cmp.Compare(real(x), real(y)), cmp.Compare(imag(x), imag(y)))
	case reflect.String:
		return strings.Compare(a.String(), b.String())
	case reflect.Struct:
		if w.pointers == ByPointee && isCollection(a.Type()) {
			return 0
		}
		for i := range a.NumField() {
			if c := w.compare(a.Field(i), b.Field(i)); c != 0 {
				return c
			}
		}
		return 0
	case reflect.Array:
		return w.elements(a, b, a.Len())
	case reflect.Slice:
		if !w.follow() {
			return 0
		}
		return cmp.Or(w.elements(a, b, min(a.Len(), b.Len())), cmp.Compare(a.Len(), b.Len()))
	case reflect.Map:
		return cmp.Compare(a.Len(), b.Len())
	case reflect.Pointer:
		if w.pointers == ByAddress {
			return cmp.Compare(a.Pointer(), b.Pointer())
		}
		if a.IsNil() || b.IsNil() {
			return compareBool(!a.IsNil(), !b.IsNil())
		}
		if !w.follow() {
			return 0
		}
		return w.compare(a.Elem(), b.Elem())
	case reflect.Chan, reflect.UnsafePointer:
		if w.pointers == ByAddress {
			return cmp.Compare(a.Pointer(), b.Pointer())
		}
		return compareBool(!a.IsNil(), !b.IsNil())
	case reflect.Interface:
		return w.compareInterfaces(a.Elem(), b.Elem())
	}
	return 0 // functions
}

// compareInterfaces compares what two interfaces hold, which is not valid where they are nil.
func (w *walk) compareInterfaces(a, b reflect.Value) int {
	if !a.IsValid() || !b.IsValid() {
		return compareBool(a.IsValid(), b.IsValid())
	}
	if a.Type() != b.Type() {
		return compareTypes(a.Type(), b.Type())
	}
	if !w.follow() {
		return 0
	}
	return w.compare(a, b)
}

// elements compares the first n elements of two arrays or slices.
func (w *walk) elements(a, b reflect.Value, n int) int {
	for i := range n {
		if c := w.compare(a.Index(i), b.Index(i)); c != 0 {
			return c
		}
	}
	return 0
}

// follow reports whether one more indirection may be followed, and counts it.
func (w *walk) follow() bool {
	w.left--
	return w.left >= 0
}

// compareTypes orders types by name. Types of one name out of different packages are told
// apart by the path; types declared in different functions of one package by where a program has their descriptions,
// which is the same in each of its runs, relative to each other.
func compareTypes(a, b reflect.Type) int {
	return cmp.Or(strings.Compare(a.String(), b.String()), strings.Compare(a.PkgPath(), b.PkgPath()),
		cmp.Compare(reflect.ValueOf(a).Pointer(), reflect.ValueOf(b).Pointer()))
}

func isCollection(t reflect.Type) bool {
	return collections[t.PkgPath()] && t.NumField() > 0 && !t.Field(0).IsExported()
}

// collections are the packages whose types are not looked into.
var collections = map[string]bool{}

func init() {
	type here struct{}
	module := strings.TrimSuffix(reflect.TypeFor[here]().PkgPath(), "internal/order")
	for _, name := range []string{"hamt", "vector", "rbtree", "ordered", "list", "history", "cell"} {
		collections[module+name] = true
	}
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
