package hamt

// Equal reports whether a and b have the same keys with equal values. It compares values with
// == and panics where == does. It skips the subtrees that a and b share: two versions of one
// history are compared in O(d log n) time, where d is the number of entries in which they
// differ. Maps with different hashers are compared under a's.
func Equal[K, V comparable](a, b Map[K, V]) bool {
	return EqualFunc(a, b, func(x, y V) bool { return x == y })
}

// EqualFunc is like [Equal], but compares values with eq, which is assumed to hold for a
// value and itself: it is not called for what a and b share.
func EqualFunc[K comparable, V, W any](a Map[K, V], b Map[K, W], eq func(V, W) bool) bool {
	notNil(eq != nil, "EqualFunc")
	if a.len == 0 || b.len == 0 {
		return a.len == b.len
	}
	if b.len < a.len || b.len > a.len && b.by.same(a.by) { // coarser equality of keys can make b smaller
		return false
	}
	b = b.under(a.by)
	switch {
	case a.len != b.len:
		return false
	case leafCap[K, V]() != leafCap[K, W]():
		return a.each(func(k K, v V) bool {
			e := b.find(k)
			return e != nil && eq(v, e.val)
		})
	}
	return equal(a.by, a.root(), b.root(), eq)
}

// equal reports whether two nodes for the same span have equal contents. As the shape follows
// from the contents, nodes of different shapes do not.
func equal[K comparable, V, W any](by keying[K], a, b *node, eq func(V, W) bool) bool {
	if a == b {
		return true
	}
	if a.bitmap != b.bitmap {
		return false
	}
	if a.isInner() {
		bs := b.children()
		for i, c := range a.children() {
			if c != bs[i] && !equal(by, c, bs[i], eq) {
				return false
			}
		}
		return true
	}
	return equalLeaves(by, a, b, eq)
}

func equalLeaves[K comparable, V, W any](by keying[K], a, b *node, eq func(V, W) bool) bool {
	as, bs := entriesOf[K, V](a), entriesOf[K, W](b)
	if len(as) != len(bs) {
		return false
	}
	for i := range as {
		// Leaves with the same history mostly have the same order.
		j := i
		if !by.equal(as[i].key, bs[i].key) {
			j = search[K, W](by, b, uint64(a.tag(i)), as[i].key)
		}
		if j < 0 || !eq(as[i].val, bs[j].val) {
			return false
		}
	}
	return true
}
