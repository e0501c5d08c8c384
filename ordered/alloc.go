package ordered

import "unsafe"

// This file is the only one of the package that imports unsafe.
//
// The rules that it relies on:
//
//  1. A ref of a flat map is made of a slice's first element, and so keeps the whole array alive. The length that goes
//     with it is that of the slice.
//  2. A ref of a large map is made of a *large. Which of the two a ref is, the length says; see Map.flat.

// A ref leads to the contents of a version. Reflection does not see through it: reflect.DeepEqual would follow a pointer to
// the first entry and look no further. It compares refs as == does.
type ref struct{ p unsafe.Pointer }

// refToEntries returns a ref to es, which has an element.
func refToEntries[K comparable, V any](es []entry[K, V]) ref {
	return ref{unsafe.Pointer(unsafe.SliceData(es))}
}

// entriesAt returns the n entries that r leads to.
func entriesAt[K comparable, V any](r ref, n int) []entry[K, V] {
	return unsafe.Slice((*entry[K, V])(r.p), n)
}

// refToLarge returns a ref to l.
func refToLarge[K comparable, V any](l *large[K, V]) ref { return ref{unsafe.Pointer(l)} }

// largeAt returns what r leads to.
func largeAt[K comparable, V any](r ref) *large[K, V] { return (*large[K, V])(r.p) }

// here reports whether the builder was used, and was not copied since.
func (w *watch) here() bool { return w.Self == unsafe.Pointer(w) }

// entrySize returns the size of an entry.
func entrySize[K comparable, V any]() int { return int(unsafe.Sizeof(entry[K, V]{})) }
