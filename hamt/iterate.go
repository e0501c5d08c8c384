package hamt

import "iter"

// All returns an iterator over the entries of m, in an order that is unspecified, but the
// same whenever m is iterated.
func (m Map[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) { each(m.root, yield) }
}

// Keys returns an iterator over the keys of m, in the order of All.
func (m Map[K, V]) Keys() iter.Seq[K] {
	return func(yield func(K) bool) {
		each(m.root, func(k K, _ V) bool { return yield(k) })
	}
}

// Values returns an iterator over the values of m, in the order of All.
func (m Map[K, V]) Values() iter.Seq[V] {
	return func(yield func(V) bool) {
		each(m.root, func(_ K, v V) bool { return yield(v) })
	}
}

// each calls yield for the entries under n, which may be nil, until it returns false; then
// it returns false.
func each[K comparable, V any](n *node, yield func(K, V) bool) bool {
	if n == nil {
		return true
	}
	if n.isInner() {
		for _, c := range n.children() {
			if !each(c, yield) {
				return false
			}
		}
		return true
	}
	entries := entriesOf[K, V](n)
	for i := range entries {
		if e := &entries[i]; !yield(e.key, e.val) {
			return false
		}
	}
	return true
}
