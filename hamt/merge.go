package hamt

import "github.com/ramet-go/ramet/diff"

// Merge returns ours with the changes made that lead from base to theirs, as version control
// merges two branches. A key that both sides changed, and not in the same way, keeps ours
// and is reported as a conflict; nothing that either side did is lost otherwise. Values are
// compared with ==; Merge panics where == does.
//
// It takes O(d log n) time, where d is the number of entries in which base and theirs differ.
// It returns ours itself if nothing of theirs is to be added.
func Merge[K, V comparable](base, ours, theirs Map[K, V]) (Map[K, V], []diff.Conflict[K, V]) {
	var conflicts []diff.Conflict[K, V]
	merged := mergeWith(base, ours, theirs, func(a, b V) bool { return a == b },
		func(_ *MapBuilder[K, V], c diff.Conflict[K, V]) { conflicts = append(conflicts, c) })
	return merged, conflicts
}

// MergeFunc is like [Merge], but compares values with eq and asks resolve about each conflict:
// the key gets the value v, or is absent if keep is false. A nil resolve keeps ours. eq is
// assumed to hold for a value and itself: it is not called for what two versions share.
func MergeFunc[K comparable, V any](base, ours, theirs Map[K, V], eq func(a, b V) bool,
	resolve func(diff.Conflict[K, V]) (v V, keep bool)) Map[K, V] {
	notNil(eq != nil, "MergeFunc")
	return mergeWith(base, ours, theirs, eq, func(b *MapBuilder[K, V], c diff.Conflict[K, V]) {
		if resolve == nil {
			return
		}
		if v, keep := resolve(c); keep {
			b.Set(c.Key, v)
		} else {
			b.Delete(c.Key)
		}
	})
}

// mergeWith calls conflict with a builder of the result, which has ours for the key.
func mergeWith[K comparable, V any](base, ours, theirs Map[K, V], eq func(a, b V) bool,
	conflict func(*MapBuilder[K, V], diff.Conflict[K, V])) Map[K, V] {
	// agree reports whether two versions have done the same to a key: it is absent, or
	// shared, or has equal values.
	agree := func(a, b *entry[K, V]) bool {
		return a == b || a != nil && b != nil && eq(a.val, b.val)
	}
	base, theirs = base.under(ours.by), theirs.under(ours.by) // which keys are equal is for ours to say
	b := ours.Builder()
	for c := range DiffFunc(base, theirs, eq) {
		inBase, inOurs, inTheirs := base.find(c.Key), ours.find(c.Key), theirs.find(c.Key)
		switch {
		case agree(inOurs, inTheirs):
		case !agree(inOurs, inBase):
			conflict(b, conflictOf(c, inOurs))
		case c.Kind == diff.Removed:
			b.Delete(c.Key)
		default:
			b.Set(c.Key, c.New)
		}
	}
	return b.Build()
}

// conflictOf returns the conflict between what theirs did and the entry that ours has, or nil.
func conflictOf[K comparable, V any](theirs diff.Change[K, V], ours *entry[K, V]) diff.Conflict[K, V] {
	c := diff.Conflict[K, V]{
		Key:      theirs.Key,
		Base:     theirs.Old,
		Theirs:   theirs.New,
		InBase:   theirs.Kind != diff.Added,
		InTheirs: theirs.Kind != diff.Removed,
		InOurs:   ours != nil,
	}
	if ours != nil {
		c.Ours = ours.val
	}
	return c
}
