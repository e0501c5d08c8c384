package ordered

import (
	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/equal"
	"github.com/ramet-go/ramet/rbtree"
)

// Equal reports whether a and b have the same keys, in the same order, with equal values. Values that are collections of this
// module are compared by their contents, at any depth, all others by ==; Equal panics where == does, on interfaces that hold
// what is not comparable. Where the order does not matter, there is [EqualAnyOrder].
//
// What a and b share is equal without looking. For two versions of one history Equal takes O(d log n) time, where d is
// the number of entries in which they differ, unless one of them has moved: then, as otherwise, it takes at worst O(n).
func Equal[K, V comparable](a, b Map[K, V]) bool {
	if equal.Plain[V]() {
		return EqualFunc(a, b, func(x, y V) bool { return x == y })
	}
	return EqualFunc(a, b, equal.Of[V]())
}

// Equal reports whether m and o have the same keys, in the same order, with equal values, for values of any type. Values that
// are collections of this module are compared by their contents, all others by ==; those that cannot be compared are unequal
// unless they are shared. It never panics. It is the method that go-cmp looks for.
func (m Map[K, V]) Equal(o Map[K, V]) bool {
	return m == o || EqualFunc(m, o, equal.Safe[V]())
}

// EqualFunc is like [Equal], but compares values with eq, which is assumed to hold for a value and itself: it is not called
// for what a and b share.
func EqualFunc[K comparable, V, W any](a Map[K, V], b Map[K, W], eq func(V, W) bool) bool {
	notNil(eq != nil, "EqualFunc")
	if a.len != b.len {
		return false
	}
	from := 0
	if b, ok := any(b).(Map[K, V]); ok {
		eq := any(eq).(func(V, V) bool)
		switch {
		case a.top == b.top:
			return true
		case !a.flat():
			var differ bool
			if from, differ = agreement(a, b, eq); differ || from == a.len {
				return !differ
			}
		}
	}
	x, y := a.Cursor(), b.Cursor()
	x.Seek(from)
	y.Seek(from)
	for {
		k, v, ok := x.Next()
		if !ok {
			return true
		}
		if l, w, _ := y.Next(); !a.by.equal(k, l) || !eq(v, w) {
			return false
		}
	}
}

// agreement returns how many entries two maps with trees, of the same length, have in common at the beginning as their
// places tell, or true if they differ behind that.
func agreement[K comparable, V any](a, b Map[K, V], eq func(V, V) bool) (n int, differ bool) {
	x, y := a.trees().order, b.trees().order
	for c := range rbtree.DiffFunc(x, y, func(x, y entry[K, V]) bool { return a.by.equal(x.key, y.key) && eq(x.val, y.val) }) {
		n, _ = x.Rank(c.Key)
		return n, c.Kind == diff.Updated // the same place, and as many entries before it
	}
	return a.len, false
}

// EqualAnyOrder reports whether a and b have the same keys with equal values, in whatever order, and compares values as
// [Equal] does. For two versions of one history it takes O(d log n) time, where d is the number of entries in which they
// differ, otherwise at worst O(n log n).
func EqualAnyOrder[K, V comparable](a, b Map[K, V]) bool {
	if equal.Plain[V]() {
		return EqualAnyOrderFunc(a, b, func(x, y V) bool { return x == y })
	}
	return EqualAnyOrderFunc(a, b, equal.Of[V]())
}

// EqualAnyOrderFunc is like [EqualAnyOrder], but compares values with eq, which is assumed to hold for a value and itself: it is
// not called for what a and b share.
func EqualAnyOrderFunc[K comparable, V any](a, b Map[K, V], eq func(a, b V) bool) bool {
	notNil(eq != nil, "EqualAnyOrderFunc")
	if a.len != b.len && a.by.same(b.by) {
		return false
	}
	if b = b.under(a.by); a.len != b.len {
		return false
	}
	for k, v := range unshared(b, a) {
		if w, ok := b.Lookup(k); !ok || !eq(v, w) {
			return false
		}
	}
	return true
}
