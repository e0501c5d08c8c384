package ordered

import (
	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/change"
	"github.com/ramet-go/ramet/internal/equal"
)

// Merge returns ours with the changes made that lead from base to theirs, as version control
// merges two branches. A key that both sides changed, and not in the same way, keeps ours
// and is reported as a conflict; nothing that either side did to an entry is lost otherwise.
//
// The order is ours', followed by what only theirs has added, in theirs' order. There is one exception: if theirs has moved
// keys that are in base and ours has moved none, the keys are in theirs' order; each that theirs does not have
// follows the one that it would follow otherwise, and what would be behind all of theirs stays at the end. If both have moved keys, ours' order stays; that is no conflict. A key has
// moved if those that two versions have in common are in another order.
//
// Values are compared as [Equal] does: those that are collections of this module by their contents. Merge
// panics where comparing does: use [MergeFunc] where an interface may hold what is not comparable. If
// both sides changed the same nested collection, each in its own way, that is a conflict about the
// whole of it; a resolve of MergeFunc that merges the two goes deeper.
//
// Of versions of one history it takes O(d log n) time, where d is the number of entries in which they differ, and
// O(n log n) if any has moved. It returns ours itself if nothing of theirs is to be added or moved.
func Merge[K, V comparable](base, ours, theirs Map[K, V]) (Map[K, V], []diff.Conflict[K, V]) {
	if ours == theirs || base == theirs {
		return ours, nil
	}
	var conflicts []diff.Conflict[K, V]
	eq := func(a, b V) bool { return a == b }
	if !equal.Plain[V]() {
		eq = equal.Of[V]()
	}
	merged := merge(base, ours, theirs, eq, func(*MapBuilder[K, V]) func(diff.Conflict[K, V]) {
		return func(c diff.Conflict[K, V]) { conflicts = append(conflicts, c) }
	})
	return merged, conflicts
}

// MergeFunc is like [Merge], but compares values with eq and asks resolve about each conflict:
// the key gets the value v, or is absent if keep is false. A nil resolve keeps ours. eq is
// assumed to hold for a value and itself: it is not called for what two versions share.
func MergeFunc[K comparable, V any](base, ours, theirs Map[K, V], eq func(a, b V) bool,
	resolve func(diff.Conflict[K, V]) (v V, keep bool)) Map[K, V] {
	notNil(eq != nil, "MergeFunc")
	if ours == theirs || base == theirs {
		return ours
	}
	return merge(base, ours, theirs, eq, func(b *MapBuilder[K, V]) func(diff.Conflict[K, V]) {
		return change.Resolve(b, resolve)
	})
}

// merge merges, and calls what conflictsOf returns for a builder with each conflict.
func merge[K comparable, V any](base, ours, theirs Map[K, V], eq func(a, b V) bool,
	conflictsOf func(*MapBuilder[K, V]) func(diff.Conflict[K, V])) Map[K, V] {
	base, theirs = base.under(ours.by), theirs.under(ours.by) // which keys are equal is for ours to say
	b := ours.Builder()
	change.Merge(b, DiffFunc(base, theirs, eq), versions(base, ours, theirs), eq, conflictsOf(b))
	merged := b.Build()
	if !hasMoved(base, theirs) || hasMoved(base, ours) {
		return merged
	}
	return merged.ordered(ours, theirs)
}

// versions returns what finds values in three versions. Of a key that ours has not touched it finds in ours what it has
// found in base: a value that is unequal to itself is not changed by that.
func versions[K comparable, V any](base, ours, theirs Map[K, V]) change.Versions[K, V] {
	b := ours.by.index().KeySet().Builder()
	for k := range unshared(base, ours) {
		b.Add(k)
	}
	for k := range unshared(ours, base) {
		b.Add(k)
	}
	touched := b.Build()
	var inBase *V
	return change.Versions[K, V]{
		Base: func(k K) *V {
			inBase = base.findValue(k)
			return inBase
		},
		Ours: func(k K) *V {
			if !touched.Contains(k) {
				return inBase
			}
			return ours.findValue(k)
		},
		Theirs: theirs.findValue,
	}
}

// findValue returns a pointer to the value of k, or nil.
func (m Map[K, V]) findValue(k K) *V {
	if v, ok := m.Lookup(k); ok {
		return &v
	}
	return nil
}

// hasMoved reports whether the keys that both maps have are in another order in to than in from. If what differs has new
// keys only, which is so if nothing has moved in a version, that is known without a look at the rest.
func hasMoved[K comparable, V any](from, to Map[K, V]) bool {
	if !from.flat() && !to.flat() {
		places := false
		for k := range unshared(from, to) {
			a, ok := from.find(k)
			if b, _ := to.find(k); ok && a != b {
				places = true
				break
			}
		}
		if !places {
			return false
		}
	}
	last := -1
	for k := range to.All() {
		if i, ok := from.Index(k); ok {
			if i < last {
				return true
			}
			last = i
		}
	}
	return false
}

// ordered returns m, a merge of ours and o, in the order of o. A key that o does not have follows the one that it follows in
// ours, but what is behind all keys that both have stays at the end.
func (m Map[K, V]) ordered(ours, o Map[K, V]) Map[K, V] {
	followers, after := map[int][]entry[K, V]{}, -1 // by the position in o of what they follow
	for k, v := range m.All() {
		if i, ok := o.Index(k); ok {
			if ours.Contains(k) {
				after = i
			}
		} else {
			followers[after] = append(followers[after], entry[K, V]{k, v})
		}
	}
	atEnd := followers[after]
	if after >= 0 {
		delete(followers, after)
	}
	b := Map[K, V]{by: m.by}.bare()
	now, same := m.Cursor(), true // whether m is in that order already
	add := func(e entry[K, V]) {
		k, _, _ := now.Next()
		same = same && m.by.equal(k, e.key)
		b.append(e.key, e.val)
	}
	for _, e := range followers[-1] {
		add(e)
	}
	i := 0
	for k := range o.All() {
		if at, ok := m.find(k); ok {
			add(m.at(at))
		}
		for _, e := range followers[i] {
			add(e)
		}
		i++
	}
	if after >= 0 {
		for _, e := range atEnd {
			add(e)
		}
	}
	if same {
		return m
	}
	return b.build()
}
