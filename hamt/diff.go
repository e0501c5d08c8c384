//ramet:layer tree

package hamt

import (
	"iter"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/equal"
)

// Diff returns an iterator over the changes that lead from one version to another, in an order that is unspecified, but
// the same for the same two versions. A key that is in one version only is Removed or Added. A key whose values differ
// is Updated, and the change has from's instance of it. Values are compared as by [Equal], and ranging panics if that
// does: use [DiffFunc] if an interface may hold values that are not comparable.
//
// Subtrees that from and to share are skipped, so ranging takes O(d log n) time, where d is the number of changes. If
// the two use different hashers, from's is used, and it takes O(n) time.
func Diff[K, V comparable](from, to Map[K, V]) iter.Seq[diff.Change[K, V]] {
	if equal.Plain[V]() {
		return DiffFunc(from, to, func(a, b V) bool { return a == b })
	}
	return DiffFunc(from, to, equal.Of[V]())
}

// DiffFunc is like [Diff], but compares values with eq. It assumes that eq holds for a value and itself, and does not
// call it for entries that the two versions share.
func DiffFunc[K comparable, V any](from, to Map[K, V], eq func(a, b V) bool) iter.Seq[diff.Change[K, V]] {
	notNil(eq != nil, "DiffFunc")
	return func(yield func(diff.Change[K, V]) bool) {
		to := to.rekeyed(from.by)
		d := differ[K, V]{from.edit(), eq, yield}
		d.nodes(orEmpty(from.root()), orEmpty(to.root()), 0)
	}
}

// orEmpty returns root, or the empty leaf in the place of nil.
func orEmpty(root *node) *node {
	if root == nil {
		return &empty.node
	}
	return root
}

// A differ is one range over Diff. Its methods return false when the range was broken off.
type differ[K comparable, V any] struct {
	edit[K, V]
	eq    func(a, b V) bool
	yield func(diff.Change[K, V]) bool
}

// nodes yields the changes from a to b, two nodes for the same span: the roots, or those in one slot. The level is
// theirs, if they are inner nodes.
func (d *differ[K, V]) nodes(a, b *node, level int) bool {
	switch {
	// Shared: nothing under it has changed.
	case a == b:
		return true
	// At least one leaf, so few entries on one side: each is looked for on the other.
	case !a.isInner() || !b.isInner():
		return d.leaving(a, b, level) && d.arriving(a, b, level)
	// The same spans, as in most versions that have one history.
	case a.bitmap == b.bitmap:
		bs := b.children()
		for i, c := range a.children() {
			if c != bs[i] && !d.nodes(c, bs[i], level+1) {
				return false
			}
		}
		return true
	}
	// Other spans: leaves are divided until they are the same.
	return d.zip(a, b, level, true, func(a, b *node, _ span, level int) bool {
		return d.nodes(a, b, level)
	})
}

// leaving yields the entries of a whose keys are not in b, or not with an equal value. At least one of the two is a
// leaf.
func (d *differ[K, V]) leaving(a, b *node, level int) bool {
	var c finger[K, V]
	return eachLeaf(a, func(l *node) bool {
		for i, e := range entriesOf[K, V](l) {
			c.seekFrom(d.by, l, i, b, level)
			switch {
			case !c.found():
				if !d.yield(diff.Change[K, V]{Kind: diff.Removed, Key: e.key, Old: e.val}) {
					return false
				}
			case !d.eq(e.val, c.entry().val):
				if !d.yield(diff.Change[K, V]{Kind: diff.Updated, Key: e.key, Old: e.val, New: c.entry().val}) {
					return false
				}
			}
		}
		return true
	})
}

// arriving yields the entries of b whose keys are not in a.
func (d *differ[K, V]) arriving(a, b *node, level int) bool {
	var c finger[K, V]
	return eachLeaf(b, func(l *node) bool {
		for i, e := range entriesOf[K, V](l) {
			c.seekFrom(d.by, l, i, a, level)
			if !c.found() && !d.yield(diff.Change[K, V]{Kind: diff.Added, Key: e.key, New: e.val}) {
				return false
			}
		}
		return true
	})
}

// versions returns base and theirs, which are to be merged into ours, as ours sees them: it says which keys are equal.
func (ours Map[K, V]) versions(base, theirs Map[K, V]) (Map[K, V], Map[K, V]) {
	return base.rekeyed(ours.by), theirs.rekeyed(ours.by)
}

// findValue returns where the value of k is, or nil.
func (m Map[K, V]) findValue(k K) *V {
	if e := m.find(k); e != nil {
		return &e.val
	}
	return nil
}
