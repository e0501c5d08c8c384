package ordered

// Changes that also return what was there before.

// Swap returns m with the value of k set to v, and the value that k had and true, or the zero value and false if k was
// absent. A key that is present keeps its place and its instance; another goes to the end. It looks for k once, and costs what
// [Map.Set] does.
func (m Map[K, V]) Swap(k K, v V) (with Map[K, V], old V, ok bool) {
	at, ok := m.find(k)
	if ok {
		old = m.at(at).val
	}
	return m.put(at, ok, k, v), old, ok
}

// Take returns m without k, and the value that k had and true; or m itself, the zero value and false, if k is absent. It
// costs what [Map.Delete] does.
func (m Map[K, V]) Take(k K) (without Map[K, V], old V, ok bool) {
	at, ok := m.find(k)
	if !ok {
		return m, old, false
	}
	old = m.at(at).val
	return m.remove(at, k), old, true
}
