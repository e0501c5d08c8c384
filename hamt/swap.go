//ramet:layer api

package hamt

// Changes that also return what was there before.

// Swap returns m with the value of k set to v, and the value that k had and true, or the zero value and false if k was
// absent. A key that is present keeps its instance. It hashes and looks for k once, and costs what [Map.Set] does.
func (m Map[K, V]) Swap(k K, v V) (with Map[K, V], old V, ok bool) {
	ed := m.edit()
	var c finger[K, V]
	c.seek(ed.by, m.root(), 0, ed.by.hash(k), k)
	old, ok = c.value()
	return m.put(&c, &ed, k, v), old, ok
}

// Take returns m without k, and the value that k had and true; or m itself, the zero value and false, if k is absent. It
// hashes and looks for k once, and costs what [Map.Delete] does.
func (m Map[K, V]) Take(k K) (without Map[K, V], old V, ok bool) {
	ed := m.edit()
	var c finger[K, V]
	c.seek(ed.by, m.root(), 0, ed.by.hash(k), k)
	if old, ok = c.value(); !ok {
		return m, old, false
	}
	return wrap[K, V](ed.by, c.remove(&ed), m.len-1), old, true
}
