package store

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	"github.com/ramet-go/ramet/store/internal/tree"
)

// A Schema says how a type is stored: as which kinds of collections, and with which codecs of keys and values. It is
// made once, by [HashMap], [SortedMap], [HashSet], [SortedSet], [Vector], [Value] or [Struct]; it does no input or
// output and serves any number of stores and goroutines.
//
// What it says is stored with the data. A version that was stored with another kind or another codec is refused with
// ErrSchema.
type Schema[T any] interface {
	// bind returns the parts that a T has, whose names begin with the prefix.
	bind(prefix string) []bound[T]
}

// A bound part is one kind of collection in a T.
type bound[T any] struct {
	name string
	at   func(*T) any // a pointer to the part, which the part's methods take
	part part
}

// A part is what is done with one kind of collection. The collections, of a type that the part alone knows, come as
// pointers.
type part interface {
	kind() kind
	codecs() [2]string

	// save stores a value. base is what it was made from and was its value before, if there are any: then it costs the
	// difference.
	save(ctx context.Context, w *batch, base *descriptor, before, value any) (descriptor, error)

	// load stores into a pointer what is stored. If base is a descriptor with a value, it costs the difference.
	load(ctx context.Context, from tree.Source, d descriptor, base *descriptor, before, into any) error

	// clear stores the empty collection into a pointer.
	clear(into any)

	// resolver returns what decides conflicts; nil: nothing does.
	resolver() func(c encodedConflict) (v []byte, keep bool, err error)

	// conflict decodes a conflict, for who is to look at it.
	conflict(name string, c encodedConflict) (Conflict, error)
}

// check fails if d is not what the part is made for.
func check(name string, p part, d descriptor) error {
	if d.kind != p.kind() {
		return fmt.Errorf("store: part %q is stored as a %v, the schema says a %v: %w", name, d.kind, p.kind(), ErrSchema)
	}
	if d.codec != p.codecs() {
		return fmt.Errorf("store: part %q is stored with the codecs %q, the schema says %q: %w", name, d.codec, p.codecs(), ErrSchema)
	}
	return nil
}

// A Field is one part of a Struct, as [Part] makes it.
type Field[T any] struct {
	name string
	bind func(prefix string) []bound[T]
}

// Part is a field of a struct: its name in the store, where it is, and its schema. The name is what is stored: a field
// of Go may be renamed, moved or reordered. Names are not empty and have no slash, and each is there once; else Part,
// or Struct, panics.
func Part[T, F any](name string, at func(*T) *F, s Schema[F]) Field[T] {
	if name == "" || strings.Contains(name, "/") {
		panic(fmt.Sprintf("store: %q cannot be the name of a part", name))
	}
	if at == nil || s == nil {
		panic(fmt.Sprintf("store: part %q has no field or no schema", name))
	}
	return Field[T]{name, func(prefix string) []bound[T] {
		var all []bound[T]
		for _, b := range s.bind(prefix + name) {
			all = append(all, bound[T]{b.name, func(t *T) any { return b.at(at(t)) }, b.part})
		}
		return all
	}}
}

// Struct is a struct of several parts, each stored as a collection of its own: a commit writes those that differ. A
// part that a stored version does not have is loaded empty. Parts that the schema does not have are kept as they are by
// commits, so programs of different ages share a store.
//
// A part may be a Struct itself.
func Struct[T any](fields ...Field[T]) Schema[T] {
	seen := map[string]bool{}
	for _, f := range fields {
		if seen[f.name] {
			panic(fmt.Sprintf("store: two parts with the name %q", f.name))
		}
		seen[f.name] = true
	}
	return structSchema[T](fields)
}

type structSchema[T any] []Field[T]

func (s structSchema[T]) bind(prefix string) []bound[T] {
	if prefix != "" {
		prefix += "/"
	}
	var all []bound[T]
	for _, f := range s {
		all = append(all, f.bind(prefix)...)
	}
	return all
}

// whole is the only part of a schema that is no Struct.
func whole[T any](prefix string, p part) []bound[T] {
	return []bound[T]{{prefix, func(t *T) any { return t }, p}}
}

// plain tells whether values of a type that are == are encoded alike.
func plain(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Interface, reflect.Pointer, reflect.Chan, reflect.UnsafePointer:
		return false // it may point to the same, which has changed
	case reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128:
		return false // 0 and -0
	case reflect.Array:
		return plain(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if !plain(t.Field(i).Type) {
				return false
			}
		}
	}
	return t.Comparable()
}

// The schemas are what they say. Checkers that do not see through type parameters take their methods for unused ones
// if nothing names them.
var (
	_ = (*MapSchema[int, int]).bind
	_ = (*SortedMapSchema[int, int]).bind
	_ = (*SetSchema[int]).bind
	_ = (*SortedSetSchema[int]).bind
	_ = (*VectorSchema[int]).bind
	_ = (*ValueSchema[int]).bind
	_ = structSchema[int].bind
)
