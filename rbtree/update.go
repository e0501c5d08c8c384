//ramet:layer api

// make generate copies this file to hamt.

package rbtree

import "github.com/ramet-go/ramet/internal/equal"

// Changes of one key of a map.

// Set returns m with the value of k set to v. A key that is present keeps its instance. The result is a new version
// even if k has the value v already; see [SetIfChanged].
//
// It takes O(log n) time and copies the nodes on the way to k: one of up to 31 entries, and one of up to 16 children
// for each factor of 4 to 16 by which m is larger.
func (m Map[K, V]) Set(k K, v V) Map[K, V] {
	ed := m.edit()
	var f finger[K, V]
	f.seek(ed.by, m.root(), k)
	return m.put(&f, &ed, k, v)
}

// Delete returns m without k: m itself, if k is absent. It costs what Set does.
func (m Map[K, V]) Delete(k K) Map[K, V] {
	var f finger[K, V]
	f.seek(m.by, m.root(), k)
	return m.without(&f)
}

// Update calls f with the value of k, or with the zero value and false if k is absent, and returns m with k set to the
// new value, or without k if keep is false. It returns m itself if k was absent and is not kept. It looks for k once,
// and costs what Set does.
func (m Map[K, V]) Update(k K, f func(old V, ok bool) (new V, keep bool)) Map[K, V] {
	notNil(f != nil, "Update")
	var pos finger[K, V]
	pos.seek(m.by, m.root(), k)
	if v, keep := f(pos.value()); keep {
		ed := m.edit()
		return m.put(&pos, &ed, k, v)
	}
	return m.without(&pos)
}

// Swap returns m with the value of k set to v, and the value that k had and true, or the zero value and false if k was
// absent. A key that is present keeps its instance. It looks for k once, and costs what [Map.Set] does.
func (m Map[K, V]) Swap(k K, v V) (with Map[K, V], old V, ok bool) {
	ed := m.edit()
	var f finger[K, V]
	f.seek(ed.by, m.root(), k)
	old, ok = f.value()
	return m.put(&f, &ed, k, v), old, ok
}

// Take returns m without k, and the value that k had and true; or m itself, the zero value and false, if k is absent.
// It looks for k once, and costs what [Map.Delete] does.
func (m Map[K, V]) Take(k K) (without Map[K, V], old V, ok bool) {
	var f finger[K, V]
	f.seek(m.by, m.root(), k)
	old, ok = f.value()
	return m.without(&f), old, ok
}

// SetIfChanged returns m with the value of k set to v: m itself if the value that k has already is equal to v, as
// [Equal] compares values. It panics where == does, if an interface holds what is not comparable: where that may be,
// use [SetIfChangedFunc] or [Map.Update]. A NaN equals nothing, so it is a change. It costs what Set does, and
// allocates nothing if nothing changes.
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
