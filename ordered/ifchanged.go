package ordered

import "github.com/ramet-go/ramet/internal/equal"

// Updates that leave no trace if nothing changes.

// SetIfChanged returns m with the value of k set to v: m itself if the value that k has already is equal
// to v, as [Equal] compares values. It panics where == does, if an interface holds what is not comparable:
// where that may be, use [SetIfChangedFunc] or [Map.Update]. It costs what Set does, and allocates nothing if nothing changes.
func SetIfChanged[K, V comparable](m Map[K, V], k K, v V) Map[K, V] {
	at, ok := m.find(k)
	if ok && equal.Values(m.at(at).val, v) {
		return m
	}
	return m.put(at, ok, k, v)
}

// SetIfChangedFunc is [SetIfChanged] for values of any type, which are compared by eq: it returns m itself if k is
// present and eq returns true for its value and v.
func SetIfChangedFunc[K comparable, V any](m Map[K, V], k K, v V, eq func(a, b V) bool) Map[K, V] {
	notNil(eq != nil, "SetIfChangedFunc")
	at, ok := m.find(k)
	if ok && eq(m.at(at).val, v) {
		return m
	}
	return m.put(at, ok, k, v)
}

// UpdateIfChanged returns m with the value of k replaced by what f returns for it. It returns m itself if k is absent,
// in which case it does not call f, or if what f returns is equal to what it was given, as [SetIfChanged] compares. So a
// change deep inside nested collections that turns out to be none leaves no trace in those around it. It costs what
// [Map.Set] does, and allocates nothing if nothing changes. It panics where SetIfChanged does.
func UpdateIfChanged[K, V comparable](m Map[K, V], k K, f func(V) V) Map[K, V] {
	notNil(f != nil, "UpdateIfChanged")
	at, ok := m.find(k)
	if !ok {
		return m
	}
	old := m.at(at).val
	v := f(old)
	if equal.Values(old, v) {
		return m
	}
	return m.replace(at, k, v)
}
