package rbtree

import "github.com/ramet-go/ramet/diff"

// Merge returns ours with the changes made that lead from base to theirs, as version control
// merges two branches. A key that both sides changed, and not in the same way, keeps ours
// and is reported as a conflict; nothing that either side did is lost otherwise. Values are
// compared with ==; Merge panics where == does.
//
// The conflicts are in key order. It takes O(d log n) time, where d is the number of entries in
// which base and theirs differ. It returns ours itself if nothing of theirs is to be added. Which
// keys are equal is for ours to say; if base or theirs has another order, that takes O(n log n) time.
func Merge[K any, V comparable](base, ours, theirs Map[K, V]) (Map[K, V], []diff.Conflict[K, V]) {
	var conflicts []diff.Conflict[K, V]
	merged := mergeWith(base, ours, theirs, func(a, b V) bool { return a == b },
		func(_ *MapBuilder[K, V], c diff.Conflict[K, V]) { conflicts = append(conflicts, c) })
	return merged, conflicts
}

// MergeFunc is like [Merge], but compares values with eq and asks resolve about each conflict:
// the key gets the value v, or is absent if keep is false. A nil resolve keeps ours. eq is
// assumed to hold for a value and itself: it is not called for what two versions share.
func MergeFunc[K, V any](base, ours, theirs Map[K, V], eq func(a, b V) bool,
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
func mergeWith[K, V any](base, ours, theirs Map[K, V], eq func(a, b V) bool,
	conflict func(*MapBuilder[K, V], diff.Conflict[K, V])) Map[K, V] {
	// agree reports whether two versions have done the same to a key: it is absent, or
	// shared, or has equal values.
	agree := func(a, b *V) bool {
		return a == b || a != nil && b != nil && eq(*a, *b)
	}
	if by := ours.by.resolve(); by.kind != orderless { // which keys are equal is for ours to say
		base, theirs = base.under(by, forMap), theirs.under(by, forMap)
	} else { // there are none in ours
		theirs, _ = base.opposite(theirs)
	}
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

// conflictOf returns the conflict between what theirs did and the value that ours has, or nil.
func conflictOf[K, V any](theirs diff.Change[K, V], ours *V) diff.Conflict[K, V] {
	c := diff.Conflict[K, V]{
		Key:      theirs.Key,
		Base:     theirs.Old,
		Theirs:   theirs.New,
		InBase:   theirs.Kind != diff.Added,
		InTheirs: theirs.Kind != diff.Removed,
		InOurs:   ours != nil,
	}
	if ours != nil {
		c.Ours = *ours
	}
	return c
}
