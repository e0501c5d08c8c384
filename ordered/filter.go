package ordered

import "github.com/ramet-go/ramet/rbtree"

// Filter returns m with those entries only for which keep returns true, in m's order: m itself, if it
// does so for all of them. It shares the nodes of which all entries are kept. It takes O(n log n)
// time.
func (m Map[K, V]) Filter(keep func(K, V) bool) Map[K, V] {
	notNil(keep != nil, "Filter")
	if m.flat() {
		return m.pick(func(i int) bool {
			e := &m.entries()[i]
			return keep(e.key, e.val)
		})
	}
	return m.among(m.trees().order.Filter(func(_ int64, e entry[K, V]) bool { return keep(e.key, e.val) }))
}

// pick returns those entries of m, which is flat, for whose positions keep returns true.
func (m Map[K, V]) pick(keep func(i int) bool) Map[K, V] {
	kept, all := pick(m.entries(), keep)
	if all {
		return m
	}
	return flat(m.by, kept)
}

// among returns the entries of m, which is not flat, that are in order, a part of m's.
func (m Map[K, V]) among(order rbtree.Map[int64, entry[K, V]]) Map[K, V] {
	l := m.trees()
	switch n := order.Len(); {
	case n == m.len:
		return m
	case n <= flatCap[K, V]():
		return trees(m.by, l.index, order)
	}
	return trees(m.by, l.index.Filter(func(_ K, at int64) bool { return order.Contains(at) }), order)
}

// DeleteFunc returns m without the entries for which del returns true: m itself, if it does so for none of them. It is
// the opposite of [Map.Filter], and shares and costs what that does.
func (m Map[K, V]) DeleteFunc(del func(K, V) bool) Map[K, V] {
	notNil(del != nil, "DeleteFunc")
	return m.Filter(func(k K, v V) bool { return !del(k, v) })
}

// Partition returns the entries of m for which keep returns true, and the others, both in m's order. It calls keep once for
// each entry. If all go to one side, that is m itself; both sides share the nodes of m whose entries all go to them. It takes
// O(n log n) time.
func (m Map[K, V]) Partition(keep func(K, V) bool) (yes, no Map[K, V]) {
	notNil(keep != nil, "Partition")
	if m.flat() {
		var said [flatMax]bool
		for i, e := range m.entries() {
			said[i] = keep(e.key, e.val)
		}
		return m.pick(func(i int) bool { return said[i] }), m.pick(func(i int) bool { return !said[i] })
	}
	in, out := m.trees().order.Partition(func(_ int64, e entry[K, V]) bool { return keep(e.key, e.val) })
	return m.among(in), m.among(out)
}
