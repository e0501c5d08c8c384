package rbtree

import "iter"

// All returns an iterator over the entries of m, in key order.
func (m Map[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) { m.each(yield) }
}

// Keys returns an iterator over the keys of m, in order.
func (m Map[K, V]) Keys() iter.Seq[K] {
	return func(yield func(K) bool) {
		m.each(func(k K, _ V) bool { return yield(k) })
	}
}

// Values returns an iterator over the values of m, in key order.
func (m Map[K, V]) Values() iter.Seq[V] {
	return func(yield func(V) bool) {
		m.each(func(_ K, v V) bool { return yield(v) })
	}
}

// Backward returns an iterator over the entries of m, from the greatest key to the least.
func (m Map[K, V]) Backward() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		if m.root != nil {
			descend(m.root, 0, m.len, yield)
		}
	}
}

// each calls yield for the entries of m until it returns false; then it returns false.
func (m Map[K, V]) each(yield func(K, V) bool) bool {
	return m.root == nil || ascend(m.root, 0, m.len, yield)
}

// ascend calls yield for the entries [i, j) under n, i < j, until it returns false; then it
// returns false.
func ascend[K, V any](n *node, i, j int, yield func(K, V) bool) bool {
	if n.level == 0 {
		ks, vs := keys[K](n)[i:j], vals[K, V](n)[i:j]
		for x, k := range ks {
			if !yield(k, vs[x]) {
				return false
			}
		}
		return true
	}
	for kid, c := range n.counts() {
		if size := int(c); i < size {
			if !ascend(n.kid(kid), max(i, 0), min(j, size), yield) {
				return false
			}
		}
		i -= int(c)
		j -= int(c)
		if j <= 0 {
			break
		}
	}
	return true
}

// descend is ascend in the other direction.
func descend[K, V any](n *node, i, j int, yield func(K, V) bool) bool {
	if n.level == 0 {
		ks, vs := keys[K](n)[i:j], vals[K, V](n)[i:j]
		for x := len(ks) - 1; x >= 0; x-- {
			if !yield(ks[x], vs[x]) {
				return false
			}
		}
		return true
	}
	counts := n.counts()
	from := 0 // of the child, among the entries under n
	for _, c := range counts {
		from += int(c)
	}
	for kid := len(counts) - 1; kid >= 0; kid-- {
		to := from
		from -= int(counts[kid])
		if i >= to {
			break
		}
		if from < j && !descend(n.kid(kid), max(i-from, 0), min(j, to)-from, yield) {
			return false
		}
	}
	return true
}
