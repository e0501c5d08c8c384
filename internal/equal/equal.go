// Package equal decides when two values, or elements, are equal: collections of this module
// by their contents, at any depth, and everything else by ==. Hashing agrees with that.
//
// A collection is a type of one of the packages below that has a method Equal for its own type. A
// type that users make of one, or around one, is compared by == like any other type of theirs.
//
// Contents are compared by recursion. A type without interfaces says how deep that goes. Interfaces can hold
// more, and each level takes some 2 kB of stack: a hundred thousand levels are no problem, a million end
// the process, as they do for others that follow nested values.
package equal

import (
	"reflect"
	"strings"
)

// packages are those that have collections.
var packages = [...]string{"hamt", "vector", "rbtree", "ordered", "list", "history"}

// module is what the import paths of the packages begin with. It is not a constant: the module may be
// a copy under another path.
var module = strings.TrimSuffix(reflect.TypeFor[marker]().PkgPath(), "internal/equal")

type marker struct{}

// Plain reports whether values of type T are compared by == alone: T is neither a collection nor
// an interface type, which may hold one.
func Plain[T any]() bool {
	t := reflect.TypeFor[T]()
	switch t.Kind() {
	case reflect.Struct:
		return !ours(t) || kindOf(t).method == nil
	case reflect.Interface:
		return false
	}
	return true
}

// Of returns a function that reports whether two values of type T are equal. It panics where ==
// does. Where T is [Plain], == itself is faster.
func Of[T comparable]() func(a, b T) bool {
	switch t := reflect.TypeFor[T](); {
	case t.Kind() == reflect.Interface:
		return func(a, b T) bool {
			if k := kindOf(reflect.TypeOf(a)); k.method != nil {
				return k.equal(a, b)
			}
			return a == b
		}
	case ours(t):
		if k := kindOf(t); k.method != nil {
			return k.method.(func(a, b T) bool)
		}
	}
	return func(a, b T) bool { return a == b }
}

// Values reports whether a and b are equal, as the function that [Of] returns does.
func Values[T comparable](a, b T) bool {
	if Plain[T]() {
		return a == b
	}
	return Of[T]()(a, b)
}

// Safe returns a function like that of [Of] for a T of any kind, which never panics: of values that
// cannot be compared it says that they are not equal.
func Safe[T any]() func(a, b T) bool {
	t := reflect.TypeFor[T]()
	if t.Kind() == reflect.Interface {
		return func(a, b T) bool { return kindOf(reflect.TypeOf(a)).equal(a, b) }
	}
	switch k := kindOf(t); {
	case k.method != nil:
		return k.method.(func(a, b T) bool)
	case k.compares == never:
		return func(T, T) bool { return false }
	case k.compares == perhaps:
		return func(a, b T) bool { return canCompare(a) && canCompare(b) && any(a) == any(b) }
	}
	if f := common[T](); f != nil {
		return f
	}
	return func(a, b T) bool { return any(a) == any(b) }
}

// common returns == for the types that most values have, and else nil. For other types, all that is known
// where Safe is called is that they are comparable, and == is three times as slow.
func common[T any]() func(a, b T) bool {
	var f any
	switch any((*T)(nil)).(type) {
	case *int:
		f = same[int]
	case *int64:
		f = same[int64]
	case *uint64:
		f = same[uint64]
	case *int32:
		f = same[int32]
	case *byte:
		f = same[byte]
	case *float64:
		f = same[float64]
	case *bool:
		f = same[bool]
	case *string:
		f = same[string]
	case *struct{}:
		f = same[struct{}]
	default:
		return nil
	}
	return f.(func(a, b T) bool)
}

func same[T comparable](a, b T) bool { return a == b }

// ours reports whether t is a struct of one of the packages with collections.
func ours(t reflect.Type) bool {
	if t.Kind() != reflect.Struct {
		return false
	}
	name, ok := strings.CutPrefix(t.PkgPath(), module)
	if !ok {
		return false
	}
	for _, p := range packages {
		if p == name {
			return true
		}
	}
	return false
}
