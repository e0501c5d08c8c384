//ramet:layer tree

package hamt

// MapValues returns a map with the keys of m, each with the value that f returns for its
// entry. It takes O(n) time. It hashes the keys again only if entries with values of type W
// are so much larger or smaller that they need another shape of trie.
func MapValues[K comparable, V, W any](m Map[K, V], f func(K, V) W) Map[K, W] {
	notNil(f != nil, "MapValues")
	switch {
	case m.len == 0:
		return none[K, W](m.by)
	case leafCap[K, V]() != leafCap[K, W]():
		c := newCollector[K, W](m.by, m.len)
		for k, v := range m.All() {
			c.add(k, f(k, v))
		}
		return c.mapOf(false)
	}
	return wrap[K, W](m.by, mapValues(m.root(), f), m.len)
}

// KeySet returns the keys of m as a set, which has m's hasher. It takes O(n) time and makes new nodes, for those of m
// have its values in them, but it hashes no keys again as long as entries of m take up to 30 bytes. If values take no
// memory, the set shares all that m has, in O(1).
func (m Map[K, V]) KeySet() Set[K] {
	if sameLayout[K, V, struct{}]() {
		return Set[K]{Map[K, struct{}]{top: m.top, len: m.len, by: m.by}}
	}
	return Set[K]{MapValues(m, func(K, V) struct{} { return struct{}{} })}
}
