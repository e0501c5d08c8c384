//ramet:layer api

// make generate copies this file to hamt.

package rbtree

import (
	"iter"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/change"
)

// Apply returns m with the changes made: Added and Updated keys are set to New, Removed ones deleted. Old is not looked
// at. Applied to from, the changes of Diff(from, to) give to; their inverses lead back, in any order. Apply panics if a
// change is of another kind.
func Apply[K, V any](m Map[K, V], changes iter.Seq[diff.Change[K, V]]) Map[K, V] {
	notNil(changes != nil, "Apply")
	if b, begun := change.Apply(m, changes, "rbtree: Apply"); begun {
		return b.Build()
	}
	return m
}

// ApplySet returns s with the changes made; see [Apply]. An Updated element is added.
func ApplySet[T any](s Set[T], changes iter.Seq[diff.Change[T, struct{}]]) Set[T] {
	notNil(changes != nil, "ApplySet")
	if b, begun := change.Apply(changed[T]{s}, changes, "rbtree: ApplySet"); begun {
		return b.Build()
	}
	return s
}

// changed is a set whose builder is like one of a map.
type changed[T any] struct{ s Set[T] }

func (c changed[T]) Builder() changedBuilder[T] { return changedBuilder[T]{c.s.Builder()} }

type changedBuilder[T any] struct{ *SetBuilder[T] }

func (b changedBuilder[T]) Set(v T, _ struct{}) (added bool) { return b.Add(v) }
func (b changedBuilder[T]) Lookup(v T) (_ struct{}, ok bool) { return struct{}{}, b.Contains(v) }
