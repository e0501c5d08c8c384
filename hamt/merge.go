//ramet:layer api

package hamt

import (
	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/change"
	"github.com/ramet-go/ramet/internal/equal"
)

// Merge applies to ours the changes that lead from base to theirs, as version control merges two branches, and returns the
// result. If both sides changed a key, and not in the same way, ours' value stays, and the key is reported as a conflict.
// All other changes of both sides are kept.
//
// Values are compared as by [Equal], and Merge panics if that does: use [MergeFunc] if an interface may hold values that
// are not comparable. If both sides changed the same nested collection in different ways, that is one conflict about the
// whole collection. MergeFunc can merge the two; its examples show how.
//
// It takes O(d log n) time, where d is the number of entries in which base and theirs differ. It returns ours itself if
// theirs has nothing to add.
func Merge[K, V comparable](base, ours, theirs Map[K, V]) (Map[K, V], []diff.Conflict[K, V]) {
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

// MergeFunc is like [Merge], but compares values with eq and calls resolve for each conflict: the key gets the value v, or is
// absent if keep is false. If resolve is nil, ours stays. MergeFunc assumes that eq holds for a value and itself, and does not
// call it for entries that two versions share.
func MergeFunc[K comparable, V any](base, ours, theirs Map[K, V], eq func(a, b V) bool,
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
func mergeInto[K comparable, V any](b *MapBuilder[K, V], base, ours, theirs Map[K, V], eq func(a, b V) bool,
	conflict func(diff.Conflict[K, V])) {
	base, theirs = base.rekeyed(ours.by), theirs.rekeyed(ours.by) // which keys are equal is for ours to say
	find := change.Versions[K, V]{Base: base.findValue, Ours: ours.findValue, Theirs: theirs.findValue}
	change.Merge(b, DiffFunc(base, theirs, eq), find, eq, conflict)
}

// findValue returns where the value of k is, or nil.
func (m Map[K, V]) findValue(k K) *V {
	if e := m.find(k); e != nil {
		return &e.val
	}
	return nil
}
