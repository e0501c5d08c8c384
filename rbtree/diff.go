//ramet:layer api

package rbtree

import (
	"iter"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/equal"
)

// Diff returns an iterator over the changes that lead from one version to another, in key order. A key that only one of
// them has is Removed or Added. A key whose values differ is Updated, and the change has from's instance of the key.
// Values are compared as [Equal] does, and ranging panics where comparing does: use [DiffFunc] where an interface may
// hold what is not comparable.
//
// Subtrees that from and to share are not looked into: ranging takes O(d log n) time, where d is the number of changes.
// If the two are not known to share an order, it takes O(n log n) time, and from's is used.
func Diff[K any, V comparable](from, to Map[K, V]) iter.Seq[diff.Change[K, V]] {
	if equal.Plain[V]() {
		return DiffFunc(from, to, func(a, b V) bool { return a == b })
	}
	return DiffFunc(from, to, equal.Of[V]())
}

// DiffFunc is like [Diff], but compares values with eq, which is assumed to hold for a value and itself: it is not
// called for what the two versions share.
func DiffFunc[K, V any](from, to Map[K, V], eq func(a, b V) bool) iter.Seq[diff.Change[K, V]] {
	notNil(eq != nil, "DiffFunc")
	return func(yield func(diff.Change[K, V]) bool) {
		to, by := from.opposite(to)
		z := zip[K]{by: by, a: walk[K](from.tree(), 0, from.len), b: walk[K](to.tree(), 0, to.len)}
		for {
			switch r, n := z.next(); r {
			case end:
				return
			case onlyA:
				if !each(z.a.src, z.inA, n, func(k K, v V) bool {
					return yield(diff.Change[K, V]{Kind: diff.Removed, Key: k, Old: v})
				}) {
					return
				}
			case onlyB:
				if !each(z.b.src, z.inB, n, func(k K, v V) bool {
					return yield(diff.Change[K, V]{Kind: diff.Added, Key: k, New: v})
				}) {
					return
				}
			case matched:
				k, a, b := *keyAt[K](z.inA.leaf, z.inA.at), *valAt[V](z.inA.leaf, z.inA.at), *valAt[V](z.inB.leaf, z.inB.at)
				if !eq(a, b) && !yield(diff.Change[K, V]{Kind: diff.Updated, Key: k, Old: a, New: b}) {
					return
				}
			}
		}
	}
}

// opposite returns to in the order under which the two are compared, and that order: from's, unless that is empty and
// has none.
func (from Map[K, V]) opposite(to Map[K, V]) (Map[K, V], ordering[K]) {
	by := from.by.resolve()
	if by.kind == orderless {
		return to, to.by
	}
	return to.rekeyed(by), by
}

// each calls yield for n entries of t, from the place p on, until it returns false; then it returns false.
func each[K, V any](t tree, p place, n int, yield func(K, V) bool) bool {
	for n > 0 {
		leaf, i, j := p.chunk(t, n)
		n -= j - i
		for ; i < j; i++ {
			if !yield(*keyAt[K](leaf, i), *valAt[V](leaf, i)) {
				return false
			}
		}
	}
	return true
}

// versions returns base and theirs, which are to be merged into ours, as ours sees them: it says which keys are equal.
func (ours Map[K, V]) versions(base, theirs Map[K, V]) (Map[K, V], Map[K, V]) {
	if by := ours.by.resolve(); by.kind != orderless {
		return base.rekeyed(by), theirs.rekeyed(by)
	}
	theirs, _ = base.opposite(theirs) // there are no keys in ours
	return base, theirs
}
