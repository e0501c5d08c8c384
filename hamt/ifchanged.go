//ramet:layer api

package hamt

import "github.com/ramet-go/ramet/internal/equal"

// SetIfChanged returns m with the value of k set to v: m itself, with nothing allocated, if the value that k has
// already is equal to v, as [Equal] compares values. It panics if == does, which it does if an interface holds a value that is
// not comparable: then use [SetIfChangedFunc]. A NaN equals nothing, so it is a change. It costs as much as [Map.Set].
func SetIfChanged[K, V comparable](m Map[K, V], k K, v V) Map[K, V] {
	ed := m.edit()
	var c finger[K, V]
	c.seek(ed.by, m.root(), 0, ed.by.hash(k), k)
	if c.found() && equal.Values(c.entry().val, v) {
		return m
	}
	return m.put(&c, &ed, k, v)
}

// SetIfChangedFunc is [SetIfChanged] for values of any type, which are compared by eq: it returns m itself if k is
// there and eq returns true for its value and v.
func SetIfChangedFunc[K comparable, V any](m Map[K, V], k K, v V, eq func(a, b V) bool) Map[K, V] {
	notNil(eq != nil, "SetIfChangedFunc")
	ed := m.edit()
	var c finger[K, V]
	c.seek(ed.by, m.root(), 0, ed.by.hash(k), k)
	if c.found() && eq(c.entry().val, v) {
		return m
	}
	return m.put(&c, &ed, k, v)
}

// UpdateIfChanged returns m with the value of k replaced by what f returns for it. It returns m itself if k is absent,
// in which case it does not call f, or if what f returns is equal to what it was given, as [SetIfChanged] compares. So a
// change deep inside nested collections that turns out to be none leaves no trace in those around it. It looks for k
// once, costs what [Map.Set] does, and allocates nothing if nothing changes. It panics where SetIfChanged does.
func UpdateIfChanged[K, V comparable](m Map[K, V], k K, f func(V) V) Map[K, V] {
	notNil(f != nil, "UpdateIfChanged")
	ed := m.edit()
	var c finger[K, V]
	c.seek(ed.by, m.root(), 0, ed.by.hash(k), k)
	if !c.found() {
		return m
	}
	v := f(c.entry().val)
	if equal.Values(c.entry().val, v) {
		return m
	}
	return m.put(&c, &ed, k, v)
}
