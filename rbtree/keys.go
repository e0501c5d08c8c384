//ramet:layer api

package rbtree

// Maps and the sets of their keys.

// KeySet returns the keys of m as a set with m's order.
//
// If a leaf of m holds as many entries as a leaf of a set, as it does where a key and a value together have at most 32
// bytes, the set is made of the nodes of m. Then KeySet takes O(1) time and allocates nothing, the sets of two versions
// share what the versions share, and a change of the set copies nodes without their values. The set keeps the values in
// its leaves alive; CollectSet(m.Keys()) makes a set that does not. Otherwise KeySet copies the keys, in O(n) time.
func (m Map[K, V]) KeySet() Set[K] {
	if leafCap[K, V]() == leafCap[K, struct{}]() {
		return Set[K]{Map[K, struct{}]{top: m.top, len: m.len, by: m.by}}
	}
	ap := newAppender[K, struct{}](m.by)
	for k := range m.Keys() {
		ap.push(k, struct{}{})
	}
	return Set[K]{wrap[K, struct{}](m.by, ap.finish())}
}

// Restrict returns the entries of m whose keys are in s: m itself, if all are. It shares m's nodes, and costs what
// [Map.Intersection] does: see [Map.KeySet] for what m and a set of keys may share.
func (m Map[K, V]) Restrict(s Set[K]) Map[K, V] {
	switch {
	case m.len == 0:
		return m
	case s.m.len == 0:
		return none[K, V](m.by)
	}
	return m.intersect(s.rekeyed(m.by).m.tree())
}

// Without returns the entries of m whose keys are not in s: m itself, if none is. It shares m's nodes, and costs what
// [Map.Difference] does.
func (m Map[K, V]) Without(s Set[K]) Map[K, V] {
	if m.len == 0 || s.m.len == 0 {
		return m
	}
	return m.subtract(s.rekeyed(m.by).m.tree())
}
