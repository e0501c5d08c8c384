// Package change applies and merges changes of versions, for hash maps and sorted maps alike.
package change

import (
	"iter"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/loop"
)

// A Builder is what changes are made to.
type Builder[K, V any] interface {
	Set(k K, v V) (added bool)
	Delete(k K) (deleted bool)
}

// A Source is a collection that has a builder of type B.
type Source[B any] interface{ Builder() B }

// Apply makes the changes, without a look at what they replace, to a builder of c, and returns it with true; or false, if
// there are none. A change of an unknown kind is a panic in the name of operation.
func Apply[C Source[B], B Builder[K, V], K, V any](c C, changes iter.Seq[diff.Change[K, V]], operation string) (B, bool) {
	a := loop.Each(changes, applying[C, B, K, V]{from: c, operation: operation})
	return a.b, a.begun
}

// An applying is a loop of Apply.
type applying[C Source[B], B Builder[K, V], K, V any] struct {
	from      C
	b         B
	begun     bool
	operation string
}

func (a *applying[C, B, K, V]) Take(c diff.Change[K, V]) bool {
	if !a.begun {
		a.b, a.begun = a.from.Builder(), true
	}
	switch c.Kind {
	case diff.Added, diff.Updated:
		a.b.Set(c.Key, c.New)
	case diff.Removed:
		a.b.Delete(c.Key)
	default:
		panic(a.operation + " of a change of unknown kind " + c.Kind.String())
	}
	return true
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
