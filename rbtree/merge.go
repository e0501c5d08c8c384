//ramet:layer api

// make generate copies this file to hamt.

package rbtree

import (
	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/change"
	"github.com/ramet-go/ramet/internal/equal"
)

// Merge returns ours with the changes made that lead from base to theirs, as version control merges two branches. A key
// that both sides changed, and not in the same way, keeps ours and is reported as a conflict; nothing that either side
// did is lost otherwise.
//
// Values are compared as [Equal] does: those that are collections of this module by their contents. Merge panics where
// comparing does: use [MergeFunc] where an interface may hold what is not comparable. If both sides changed the same
// nested collection, each in its own way, that is a conflict about the whole collection. To merge nested collections,
// pass [MergeFunc] a resolve that merges the two, as its example does.
//
// The conflicts are in key order. It takes O(d log n) time, where d is the number of entries in which base and theirs
// differ. It returns ours itself if theirs has nothing to add. The order of ours decides which keys are equal. If base
// or theirs has another order, it takes O(n log n) time.
func Merge[K any, V comparable](base, ours, theirs Map[K, V]) (Map[K, V], []diff.Conflict[K, V]) {
	if ours == theirs || base == theirs {
		return ours, nil
	}
	var conflicts []diff.Conflict[K, V]
	b := ours.Builder()
	eq := func(a, b V) bool { return a == b }
	if !equal.Plain[V]() {
		eq = equal.Of[V]()
	}
	mergeInto(b, base, ours, theirs, eq,
		func(c diff.Conflict[K, V]) { conflicts = append(conflicts, c) })
	return b.Build(), conflicts
}

// MergeFunc is like [Merge], but compares values with eq and asks resolve about each conflict: the key gets the value
// v, or is absent if keep is false. A nil resolve keeps ours. eq is assumed to hold for a value and itself: it is not
// called for what two versions share.
func MergeFunc[K, V any](base, ours, theirs Map[K, V], eq func(a, b V) bool,
	resolve func(diff.Conflict[K, V]) (v V, keep bool)) Map[K, V] {
	notNil(eq != nil, "MergeFunc")
	if ours == theirs || base == theirs {
		return ours
	}
	b := ours.Builder()
	mergeInto(b, base, ours, theirs, eq, change.Resolve(b, resolve))
	return b.Build()
}

// mergeInto merges into b, a builder of ours.
func mergeInto[K, V any](b *MapBuilder[K, V], base, ours, theirs Map[K, V], eq func(a, b V) bool,
	conflict func(diff.Conflict[K, V])) {
	base, theirs = ours.versions(base, theirs)
	find := change.Versions[K, V]{Base: base.find, Ours: ours.find, Theirs: theirs.find}
	change.Merge(b, DiffFunc(base, theirs, eq), find, eq, conflict)
}
