// Package change applies and merges changes of versions, for hash maps and sorted maps alike.
package change

import (
	"iter"

	"github.com/ramet-go/ramet/diff"
)

// A Builder is what changes are made to.
type Builder[K, V any] interface {
	Set(k K, v V) (added bool)
	Delete(k K) (deleted bool)
}

// Apply makes the changes to b, without a look at what they replace. A change of an unknown kind is a
// panic in the name of the caller's package.
func Apply[K, V any](b Builder[K, V], changes iter.Seq[diff.Change[K, V]], pkg string) {
	for c := range changes {
		switch c.Kind {
		case diff.Added, diff.Updated:
			b.Set(c.Key, c.New)
		case diff.Removed:
			b.Delete(c.Key)
		default:
			panic(pkg + ": Apply of a change of unknown kind " + c.Kind.String())
		}
	}
}

// Versions find the value of a key in the three versions of a merge. They return where it is, or nil.
type Versions[K, V any] struct{ Base, Ours, Theirs func(K) *V }

// Merge makes the changes that lead from base to theirs to b, a builder of ours. Of a key that both
// sides changed, and not in the same way, b keeps ours, and conflict is called.
func Merge[K, V any](b Builder[K, V], changes iter.Seq[diff.Change[K, V]], find Versions[K, V],
	eq func(a, b V) bool, conflict func(diff.Conflict[K, V])) {
	// agree reports whether two versions have done the same to a key: it is absent, or
	// shared, or has equal values.
	agree := func(a, b *V) bool {
		return a == b || a != nil && b != nil && eq(*a, *b)
	}
	for c := range changes {
		base, ours, theirs := find.Base(c.Key), find.Ours(c.Key), find.Theirs(c.Key)
		switch {
		case agree(ours, theirs):
		case !agree(ours, base):
			conflict(conflictOf(c, ours))
		case c.Kind == diff.Removed:
			b.Delete(c.Key)
		default:
			b.Set(c.Key, c.New)
		}
	}
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

// Resolve returns a function that puts into b what resolve says of a conflict, for [Merge]. A nil resolve
// keeps ours.
func Resolve[K, V any](b Builder[K, V], resolve func(diff.Conflict[K, V]) (v V, keep bool)) func(diff.Conflict[K, V]) {
	return func(c diff.Conflict[K, V]) {
		if resolve == nil {
			return
		}
		if v, keep := resolve(c); keep {
			b.Set(c.Key, v)
		} else {
			b.Delete(c.Key)
		}
	}
}
