// Package equal decides when two values, or elements, are equal: collections of this module
// by their contents, at any depth, and everything else by ==.
//
// A collection is a type of one of the packages below that has a method Equal for its own type. A
// type that users make of one, or around one, is compared by == like any other type of theirs.
package equal

import (
	"reflect"
	"strings"
	"sync"
)

// packages are those that have collections.
var packages = [...]string{"hamt", "vector", "rbtree", "list", "history"}

// module is what the import paths of the packages begin with.
var module = strings.TrimSuffix(reflect.TypeFor[marker]().PkgPath(), "internal/equal")

type marker struct{}

// An equaler is a collection of type T. Its method never panics.
type equaler[T any] interface{ Equal(T) bool }

// Plain reports whether values of type T are compared by == alone: T is neither a collection nor
// an interface type, which may hold one.
func Plain[T any]() bool {
	t := reflect.TypeFor[T]()
	return t.Kind() != reflect.Interface && !isCollection(t)
}

// Of returns a function that reports whether two values of type T are equal. It panics where ==
// does.
func Of[T comparable]() func(a, b T) bool {
	switch t := reflect.TypeFor[T](); {
	case t.Kind() == reflect.Interface:
		return func(a, b T) bool {
			if c, ok := dynamic(a, b); ok {
				return c
			}
			return a == b
		}
	case isCollection(t):
		return func(a, b T) bool { return a == b || any(a).(equaler[T]).Equal(b) }
	}
	return func(a, b T) bool { return a == b }
}

// Safe returns a function like that of [Of] for a T of any kind, which never panics: of values that
// cannot be compared it says that they are not equal.
func Safe[T any]() func(a, b T) bool {
	switch t := reflect.TypeFor[T](); {
	case t.Kind() == reflect.Interface:
		return func(a, b T) bool {
			if c, ok := dynamic(a, b); ok {
				return c
			}
			return canCompare(a) && canCompare(b) && any(a) == any(b)
		}
	case isCollection(t):
		return func(a, b T) bool { return any(a).(equaler[T]).Equal(b) }
	case !t.Comparable():
		return func(T, T) bool { return false }
	case holdsInterface(t):
		return func(a, b T) bool { return canCompare(a) && canCompare(b) && any(a) == any(b) }
	}
	return func(a, b T) bool { return any(a) == any(b) }
}

// dynamic compares what two interfaces hold, if that is a collection in one of them.
func dynamic(a, b any) (equal, ok bool) {
	s, t := reflect.TypeOf(a), reflect.TypeOf(b)
	if s != t || s == nil || !isCollection(s) {
		return false, false // two collections of different types differ, as == says
	}
	if a == b {
		return true, true
	}
	method := reflect.ValueOf(a).MethodByName("Equal")
	return method.Call([]reflect.Value{reflect.ValueOf(b)})[0].Bool(), true
}

// collections has, of the types of the packages that were asked about, whether they are collections.
var collections sync.Map

// isCollection reports whether t is a collection.
func isCollection(t reflect.Type) bool {
	if t.Kind() != reflect.Struct || !ours(t.PkgPath()) {
		return false
	}
	if known, ok := collections.Load(t); ok {
		return known.(bool)
	}
	m, ok := t.MethodByName("Equal")
	ok = ok && m.Type.NumIn() == 2 && m.Type.In(1) == t
	collections.Store(t, ok)
	return ok
}

// ours reports whether path is that of a package with collections.
func ours(path string) bool {
	name, ok := strings.CutPrefix(path, module)
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

// canCompare reports whether == of x and another value does not panic.
func canCompare[T any](x T) bool { return reflect.ValueOf(&x).Elem().Comparable() }

// holdsInterface reports whether t, which is comparable, has an interface in it, so that == may panic.
func holdsInterface(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Interface:
		return true
	case reflect.Array:
		return holdsInterface(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if holdsInterface(t.Field(i).Type) {
				return true
			}
		}
	}
	return false
}
