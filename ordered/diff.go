package ordered

import (
	"iter"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/change"
	"github.com/ramet-go/ramet/internal/equal"
)

// Diff returns the changes that lead from one map's entries to the other's: first those of keys that from has, Removed or
// Updated, in from's order, and then those Added, in to's order. A place is no part of an entry: a key that only moved is no
// change.
//
// What the two share is not looked at: for versions of one history Diff takes O(d log n) time, where d is the
// number of entries in which they differ or which have moved. At worst it takes O(n log n). It compares values as [Equal]
// does, and panics where that does. If the two use different hashers, from's is used.
func Diff[K, V comparable](from, to Map[K, V]) iter.Seq[diff.Change[K, V]] {
	if equal.Plain[V]() {
		return DiffFunc(from, to, func(a, b V) bool { return a == b })
	}
	return DiffFunc(from, to, equal.Of[V]())
}

// DiffFunc is like [Diff], but compares values with eq, which is assumed to hold for a value and itself: it is not called
// for what two versions share.
func DiffFunc[K comparable, V any](from, to Map[K, V], eq func(a, b V) bool) iter.Seq[diff.Change[K, V]] {
	notNil(eq != nil, "DiffFunc")
	return func(yield func(diff.Change[K, V]) bool) {
		to := to.under(from.by)
		for k, old := range unshared(to, from) {
			v, ok := to.Lookup(k)
			c := diff.Change[K, V]{Kind: diff.Updated, Key: k, Old: old, New: v}
			if !ok {
				c.Kind = diff.Removed
			} else if eq(old, v) {
				continue
			}
			if !yield(c) {
				return
			}
		}
		for k, v := range unshared(from, to) {
			if !from.Contains(k) && !yield(diff.Change[K, V]{Kind: diff.Added, Key: k, New: v}) {
				return
			}
		}
	}
}

// Apply returns m with the changes made, without a look at what they replace. It makes them one after the other: a
// Removed key is absent afterwards; an Added or Updated one has the value New, at the place that it has or else at the end.
// So Apply of Diff(a, b) to a has the entries of b. They are also in b's order if what a and b have in common is, and
// what only b has stands behind that; and the inverses of the changes bring entries back, but at the end. Apply returns m
// itself if there are no changes. A change of an unknown kind panics. It takes O(k log n) time for k changes.
func Apply[K comparable, V any](m Map[K, V], changes iter.Seq[diff.Change[K, V]]) Map[K, V] {
	notNil(changes != nil, "Apply")
	if b, begun := change.Apply(m, changes, "ordered: Apply"); begun {
		return b.Build()
	}
	return m
}
