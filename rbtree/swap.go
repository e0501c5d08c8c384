//ramet:layer api

package rbtree

// Changes that also return what was there before.

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
	if m.root() == nil {
		return m, old, false
	}
	var f finger[K, V]
	f.seek(m.by, m.root(), k)
	old, ok = f.value()
	return m.without(&f), old, ok
}
