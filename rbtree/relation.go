//ramet:layer api

package rbtree

import "github.com/ramet-go/ramet/internal/equal"

// Equality, and the relations between two maps' keys that the sets answer with.

// Equal reports whether a and b have the same keys with equal values. Values that are collections of this module are
// compared by their contents, at any depth, also where V is an interface type; all others are compared with ==.
//
// It skips the subtrees that a and b share: two versions of one history are compared in O(d log n) time, where d is the
// number of entries in which they differ. Maps that are not known to share an order are compared under a's.
//
// Equal panics where == does: if it compares two interfaces that hold values of one type that is not comparable, such
// as slices. It stops at the first difference and does not compare what follows. Where there may be such values, use
// [EqualFunc] or the method [Map.Equal].
func Equal[K any, V comparable](a, b Map[K, V]) bool {
	if equal.Plain[V]() {
		return EqualFunc(a, b, func(x, y V) bool { return x == y })
	}
	return EqualFunc(a, b, equal.Of[V]())
}

// Equal reports whether m and o have the same keys with equal values. It is like [Equal], but for values of any type,
// and packages such as go-cmp call it. It does not panic, unless a comparator does. Values that are not comparable
// (slices, maps, functions, also in interfaces, structs and arrays) are equal only where m and o share the node that
// has them: of the same version all, of versions of one history most.
func (m Map[K, V]) Equal(o Map[K, V]) bool { return m == o || EqualFunc(m, o, equal.Safe[V]()) }

// EqualFunc is like [Equal], but compares values with eq, which is assumed to hold for a value and itself: it is not
// called for what a and b share.
func EqualFunc[K, V, W any](a Map[K, V], b Map[K, W], eq func(V, W) bool) bool {
	notNil(eq != nil, "EqualFunc")
	return equalSpans(a.span(), b.span(), eq)
}

// equalSpans reports whether two spans have the same keys with values that are equal by eq.
func equalSpans[K, V, W any](a Span[K, V], b Span[K, W], eq func(V, W) bool) bool {
	by, m, n := a.m.by, a.Len(), b.Len()
	switch {
	case m == 0 || n == 0:
		return m == n
	case n < m || n > m && b.m.by.same(by): // a coarser order can make b smaller
		return false
	case !b.m.by.same(by):
		if b = b.Map().rekeyed(by).span(); b.Len() != m {
			return false
		}
	}
	z := zip[K]{by: by, a: walk[K](a.m.tree(), a.from, a.to), b: walk[K](b.m.tree(), b.from, b.to)}
	for {
		switch r, _ := z.next(); r {
		case end:
			return true
		case onlyA, onlyB:
			return false
		case matched:
			if z.inA.leaf == z.inB.leaf && z.inA.at == z.inB.at {
				continue // shared, in a leaf that a span has a part of
			}
			if !eq(*valAt[V](z.inA.leaf, z.inA.at), *valAt[W](z.inB.leaf, z.inB.at)) {
				return false
			}
		}
	}
}

// never reports whether no key is in the relation r to m and o. If r is matched, no entry may be shared either.
func (m Map[K, V]) never(o Map[K, V], r relation) bool {
	z := zip[K]{by: m.by, a: walk[K](m.tree(), 0, m.len), b: walk[K](o.tree(), 0, o.len)}
	for {
		switch got, _ := z.next(); got {
		case end:
			return true
		case r:
			return false
		case shared:
			if r == matched {
				return false
			}
		}
	}
}
