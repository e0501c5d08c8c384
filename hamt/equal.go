//ramet:layer tree

package hamt

import (
	"reflect"

	"github.com/ramet-go/ramet/internal/equal"
)

// Equal reports whether a and b have the same keys with equal values. Values that are
// collections of this module are compared by their contents, at any depth, also where V is an
// interface type; all others are compared with ==.
//
// It skips the subtrees that a and b share: two versions of one history are compared in O(d log n)
// time, where d is the number of entries in which they differ. Maps with different hashers are
// compared under a's.
//
// Equal panics where == does: if it compares two interfaces that hold values of one type that is not
// comparable, such as slices. As it stops at the first difference, in an order that is another one in
// each process, maps with such values that differ elsewhere panic in some processes only. Where there may be
// such values, use [EqualFunc] or the method [Map.Equal].
func Equal[K, V comparable](a, b Map[K, V]) bool {
	if equal.Plain[V]() {
		return EqualFunc(a, b, func(x, y V) bool { return x == y })
	}
	return EqualFunc(a, b, equal.Of[V]())
}

// Equal reports whether m and o have the same keys with equal values. It is [Equal] for values of any
// type, and the method that packages such as go-cmp look for. It does not panic: values that are not
// comparable (slices, maps, functions, also in interfaces, structs and arrays) are equal only where m and o
// share the node that has them: of the same version all, of versions of one history most.
func (m Map[K, V]) Equal(o Map[K, V]) bool {
	return m == o || m.findable(o) && EqualFunc(m, o, equal.Safe[V]())
}

// findable reports whether all keys of o can be looked for in m. The default hasher panics if a key is not
// comparable, which with a Hasher of o's it may be.
func (m Map[K, V]) findable(o Map[K, V]) bool {
	if m.by.hasher != nil || o.by.hasher == nil || m.len == 0 {
		return true
	}
	for k := range o.Keys() {
		if !reflect.ValueOf(&k).Elem().Comparable() {
			return false
		}
	}
	return true
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
	b = b.rekeyed(a.by)
	switch {
	case a.len != b.len:
		return false
	case leafCap[K, V]() != leafCap[K, W]():
		for k, v := range a.All() {
			if e := b.find(k); e == nil || !eq(v, e.val) {
				return false
			}
		}
		return true
	}
	return equalNodes(a.by, a.root(), b.root(), eq)
}

// equalNodes reports whether two nodes for the same span have equal contents. As the shape follows
// from the contents, nodes of different shapes do not.
func equalNodes[K comparable, V, W any](by keying[K], a, b *node, eq func(V, W) bool) bool {
	if a == b {
		return true
	}
	if a.bitmap != b.bitmap {
		return false
	}
	if a.isInner() {
		bs := b.children()
		for i, c := range a.children() {
			if c != bs[i] && !equalNodes(by, c, bs[i], eq) {
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
