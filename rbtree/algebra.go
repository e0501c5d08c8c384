//ramet:layer api

package rbtree

// Set operations. They choose a combination of the two maps, and how to compute it; see combine.go.

// Union returns a map with the entries of m and of o. Where both have a key, it has m's instance of the key and o's
// value. It returns m itself if o is empty, or shares every one of its entries with m.
//
// Of two maps that share nothing it makes O(m log(n/m+1)) comparisons, where m is the length of the smaller one and n
// of the larger; for versions of one history it takes O(d log n) time, where d is the number of entries in which they
// differ. It takes over ranges of keys that only one of them has without looking into them. Several processors work on
// large maps. If o is not known to have m's order, it takes O(o log o) time more.
func (m Map[K, V]) Union(o Map[K, V]) Map[K, V] {
	return m.union(o, valueOfB, nil)
}

// UnionFunc is like Union, but where both maps have a key, the value is what f returns for m's instance of the key, m's
// value a and o's value b. It calls f in key order, in the caller's goroutine, for every key that is in both maps,
// shared entries included: so of two versions of one history it takes O(n) time. If f(k, x, x) is always x, use
// [JoinFunc], which takes time for the differences only.
func (m Map[K, V]) UnionFunc(o Map[K, V], f func(k K, a, b V) V) Map[K, V] {
	notNil(f != nil, "UnionFunc")
	return m.union(o, computed, f)
}

// JoinFunc returns a map with the entries of a and of b. It is [Map.UnionFunc] for an idempotent f: it assumes that
// f(k, x, x) = x, and skips the nodes that a and b share. It computes the least upper bound of two states, such as the
// facts of an analysis, replicated counters or vector clocks.
//
//	merged := rbtree.JoinFunc(a, b, func(_ string, x, y int) int { return max(x, y) })
//
// It calls f with a's instance of the key, a's value and b's value, in key order and in the caller's goroutine, for
// each key that a and b both have, except in the nodes that they share. It may call f for a few of the keys in shared
// nodes. It returns a itself if b is empty or the same version, or shares every one of its entries with a. Of two
// versions of one history it takes O(d log n) time, where d is the number of entries in which they differ; see
// [Map.Union] for the costs otherwise. To join maps end to end, use [Map.Join].
func JoinFunc[K, V any](a, b Map[K, V], f func(k K, a, b V) V) Map[K, V] {
	notNil(f != nil, "JoinFunc")
	if a == b {
		return a
	}
	return a.union(b, joined, f)
}

// Intersection returns the entries of m whose keys are in o, with m's values: m itself, if all are. It shares m's
// nodes, unless o is much smaller and shares none with it; see [Map.Union] for the costs.
func (m Map[K, V]) Intersection(o Map[K, V]) Map[K, V] {
	switch {
	case m.len == 0:
		return m
	case o.len == 0:
		return none[K, V](m.by)
	}
	return m.intersect(o.rekeyed(m.by).tree())
}

// intersect is Intersection with the keys of a tree, which may be that of a set.
func (m Map[K, V]) intersect(o tree) Map[K, V] {
	switch {
	case o.len < m.len/scarce:
		if t, ok := picked[K, V](m.by, m.tree(), o); ok {
			return m.with(t)
		}
	case m.len < o.len/scarce:
		if t, ok := among[K, V](m.by, m.tree(), o, true); ok {
			return m.with(t)
		}
	}
	return m.with(combination[K, V]{matched: fromA}.of(m.by, m.tree(), o))
}

// IntersectionFunc returns a map of the keys that are in m and in o, with m's instances of them. The value of each is
// what f returns for the key, m's value a and o's value b. It calls f in key order, in the caller's goroutine, once for
// each key, shared entries included. So it takes O(n) time where the two share much; otherwise it costs what
// [Map.Intersection] does. It returns m itself only if m is empty.
func (m Map[K, V]) IntersectionFunc(o Map[K, V], f func(k K, a, b V) V) Map[K, V] {
	notNil(f != nil, "IntersectionFunc")
	switch {
	case m.len == 0:
		return m
	case o.len == 0:
		return none[K, V](m.by)
	}
	return m.with(combination[K, V]{matched: computed, f: f}.of(m.by, m.tree(), o.rekeyed(m.by).tree()))
}

// Difference returns the entries of m whose keys are not in o: m itself, if none is. It shares m's nodes; see
// [Map.Union] for the costs.
func (m Map[K, V]) Difference(o Map[K, V]) Map[K, V] {
	if m.len == 0 || o.len == 0 {
		return m
	}
	return m.subtract(o.rekeyed(m.by).tree())
}

// subtract is Difference with the keys of a tree, which may be that of a set.
func (m Map[K, V]) subtract(o tree) Map[K, V] {
	if o.len < m.len/scarce {
		return m.with(withoutAll[K, V](m.by, m.tree(), o))
	}
	if m.len < o.len/scarce {
		if t, ok := among[K, V](m.by, m.tree(), o, false); ok {
			return m.with(t)
		}
	}
	return m.with(combination[K, V]{onlyA: true}.of(m.by, m.tree(), o))
}

// Filter returns a map of the entries of m for which keep returns true: m itself, if it returns true for all of them.
// It calls keep once for each entry, in key order, and takes O(n) time. It shares the nodes of long runs of entries
// that are kept.
func (m Map[K, V]) Filter(keep func(K, V) bool) Map[K, V] {
	notNil(keep != nil, "Filter")
	ap := newAppender[K, V](m.by)
	t := m.tree()
	w := walk[K](t, 0, m.len)
	for ; !w.done(); w.step() {
		if keep(w.key(), *valAt[V](w.leaf, w.place.at)) {
			ap.appendRun(t, w.place, 1)
		}
	}
	return m.with(ap.finish())
}

// DeleteFunc returns m without the entries for which del returns true: m itself, if it returns true for none of them.
// It costs what [Map.Filter] does.
func (m Map[K, V]) DeleteFunc(del func(K, V) bool) Map[K, V] {
	notNil(del != nil, "DeleteFunc")
	return m.Filter(func(k K, v V) bool { return !del(k, v) })
}

// Partition returns the entries of m for which keep returns true, and the others; one of the two is m itself, if it has
// all of them. It calls keep once for each entry, in key order, and takes O(n) time. Both share the nodes of long runs
// of entries.
func (m Map[K, V]) Partition(keep func(K, V) bool) (yes, no Map[K, V]) {
	notNil(keep != nil, "Partition")
	kept, rest := newAppender[K, V](m.by), newAppender[K, V](m.by)
	t := m.tree()
	w := walk[K](t, 0, m.len)
	for ; !w.done(); w.step() {
		ap := &rest
		if keep(w.key(), *valAt[V](w.leaf, w.place.at)) {
			ap = &kept
		}
		ap.appendRun(t, w.place, 1)
	}
	return m.with(kept.finish()), m.with(rest.finish())
}

// DeleteAll returns m without the keys ks: m itself, if none of them is present. Each costs what [Map.Delete] does;
// nodes that several of them touch are copied once. To remove a set of keys, use [Map.Without].
func (m Map[K, V]) DeleteAll(ks ...K) Map[K, V] {
	if len(ks) == 1 {
		return m.Delete(ks[0])
	}
	b := m.bare()
	for _, k := range ks {
		b.delete(k)
	}
	return b.build()
}

// with returns the map of t, which has m's order: m itself, if it is m's tree.
func (m Map[K, V]) with(t tree) Map[K, V] {
	if t == m.tree() {
		return m
	}
	return wrap[K, V](m.by, t)
}

func (m Map[K, V]) union(o Map[K, V], matched choice, f func(k K, a, b V) V) Map[K, V] {
	if o.len == 0 {
		return m
	}
	o = o.rekeyed(m.by)
	if m.len == 0 {
		return o
	}
	c := combination[K, V]{true, true, matched, f}
	switch {
	case o.len < m.len/scarce:
		return m.with(c.intoA(m.by, m.tree(), o.tree()))
	case m.len < o.len/scarce:
		return m.with(c.intoB(m.by, m.tree(), o.tree()))
	}
	return m.with(c.of(m.by, m.tree(), o.tree()))
}
