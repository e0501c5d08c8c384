//ramet:layer api

package rbtree

import "github.com/ramet-go/ramet/internal/equal"

// Updates that leave no trace if nothing changes.

// SetIfChanged returns m with the value of k set to v: m itself if the value that k has already is equal to v, as
// [Equal] compares values. It panics where == does, if an interface holds what is not comparable: where that may be,
// use [SetIfChangedFunc] or [Map.Update]. It costs what Set does.
func SetIfChanged[K any, V comparable](m Map[K, V], k K, v V) Map[K, V] {
	ed := m.edit()
	var f finger[K, V]
	f.seek(ed.by, m.root(), k)
	if old, ok := f.value(); ok && equal.Values(old, v) {
		return m
	}
	return m.put(&f, &ed, k, v)
}

// SetIfChangedFunc is [SetIfChanged] for values of any type, which are compared by eq: it returns m itself if k is
// present and eq returns true for its value and v.
func SetIfChangedFunc[K, V any](m Map[K, V], k K, v V, eq func(a, b V) bool) Map[K, V] {
	notNil(eq != nil, "SetIfChangedFunc")
	ed := m.edit()
	var f finger[K, V]
	f.seek(ed.by, m.root(), k)
	if old, ok := f.value(); ok && eq(old, v) {
		return m
	}
	return m.put(&f, &ed, k, v)
}

// UpdateIfChanged returns m with the value of k replaced by what f returns for it. It returns m itself if k is absent,
// in which case it does not call f, or if what f returns is equal to what it was given, as [SetIfChanged] compares. So
// if a change deep inside nested collections turns out to be none, the collections around it stay the same versions. It
// looks for k once, costs what [Map.Set] does, and allocates nothing if nothing changes. It panics where SetIfChanged
// does.
func UpdateIfChanged[K any, V comparable](m Map[K, V], k K, f func(V) V) Map[K, V] {
	notNil(f != nil, "UpdateIfChanged")
	var pos finger[K, V]
	pos.seek(m.by, m.root(), k)
	old, ok := pos.value()
	if !ok {
		return m
	}
	v := f(old)
	if equal.Values(old, v) {
		return m
	}
	ed := m.edit()
	return m.put(&pos, &ed, k, v)
}

// IsZero reports whether m has no entries. The option omitzero of encoding/json calls it, and so leaves out every map
// without entries, even one with a comparator, which is not the zero Map.
func (m Map[K, V]) IsZero() bool { return m.len == 0 }

// IsZero reports whether s has no elements, even if it has a comparator; see [Map.IsZero].
func (s Set[T]) IsZero() bool { return s.m.len == 0 }
