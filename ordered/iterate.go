package ordered

import "iter"

// All returns an iterator over the entries, in order. It allocates nothing per entry.
func (m Map[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) { m.each(yield) }
}

// Keys returns an iterator over the keys, in order.
func (m Map[K, V]) Keys() iter.Seq[K] {
	return func(yield func(K) bool) {
		m.each(func(k K, _ V) bool { return yield(k) })
	}
}

// Values returns an iterator over the values, in the order of their keys.
func (m Map[K, V]) Values() iter.Seq[V] {
	return func(yield func(V) bool) {
		m.each(func(_ K, v V) bool { return yield(v) })
	}
}

// Backward returns an iterator over the entries from the last to the first.
func (m Map[K, V]) Backward() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		if m.flat() {
			es := m.entries()
			for i := len(es) - 1; i >= 0; i-- {
				if !yield(es[i].key, es[i].val) {
					return
				}
			}
			return
		}
		for _, e := range m.trees().order.Backward() {
			if !yield(e.key, e.val) {
				return
			}
		}
	}
}

// each calls yield with each entry, in order, until it returns false, and reports whether it never did.
func (m Map[K, V]) each(yield func(K, V) bool) bool {
	if m.flat() {
		es := m.entries()
		for i := range es {
			if !yield(es[i].key, es[i].val) {
				return false
			}
		}
		return true
	}
	for _, e := range m.trees().order.All() {
		if !yield(e.key, e.val) {
			return false
		}
	}
	return true
}
