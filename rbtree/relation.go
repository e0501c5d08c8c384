package rbtree

// Equality, and the relations between two maps' keys that the sets answer with.

// Equal reports whether a and b have the same keys with equal values. It compares values with
// == and panics where == does. It skips the subtrees that a and b share: two versions of one
// history are compared in O(d log n) time, where d is the number of entries in which they
// differ. Maps that are not known to share an order are compared under a's.
func Equal[K any, V comparable](a, b Map[K, V]) bool {
	return EqualFunc(a, b, func(x, y V) bool { return x == y })
}

// EqualFunc is like [Equal], but compares values with eq, which is assumed to hold for a
// value and itself: it is not called for what a and b share.
func EqualFunc[K, V, W any](a Map[K, V], b Map[K, W], eq func(V, W) bool) bool {
	notNil(eq != nil, "EqualFunc")
	if a.len == 0 || b.len == 0 {
		return a.len == b.len
	}
	if b.len < a.len || b.len > a.len && b.by.same(a.by) { // a coarser order can make b smaller
		return false
	}
	if b = b.under(a.by, forMap); a.len != b.len {
		return false
	}
	z := zip[K]{by: a.by, a: walk[K](a.tree(), 0, a.len), b: walk[K](b.tree(), 0, b.len)}
	for {
		switch r, _ := z.next(); r {
		case end:
			return true
		case onlyA, onlyB:
			return false
		case inBoth:
			if !eq(*valAt[V](z.inA.leaf, z.inA.at), *valAt[W](z.inB.leaf, z.inB.at)) {
				return false
			}
		}
	}
}

// never reports whether no key is in the relation r to m and o. If r is inBoth, no entry may be
// shared either.
func (m Map[K, V]) never(o Map[K, V], r relation) bool {
	z := zip[K]{by: m.by, a: walk[K](m.tree(), 0, m.len), b: walk[K](o.tree(), 0, o.len)}
	for {
		switch got, _ := z.next(); got {
		case end:
			return true
		case r:
			return false
		case shared:
			if r == inBoth {
				return false
			}
		}
	}
}
