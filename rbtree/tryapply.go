//ramet:layer api

// make generate copies this file to hamt and ordered.

package rbtree

import (
	"fmt"
	"iter"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/change"
)

// TryApply is like [Apply], but checks that the changes fit m, because changes from elsewhere may be meant for another
// version. It returns m with the changes made only if all of them fit. An Added key must be absent. A Removed or
// Updated one must be present, with the value Old: values that are collections of this module are compared by contents,
// all others by ==, and what == cannot compare is unequal. Each change is compared with what the ones before it left.
//
// Otherwise it returns m itself, with nothing applied, and an error in which [errors.As] finds a [*diff.Mismatch]. A
// change of an unknown kind is such an error, too. TryApply panics, as Apply does, if K has no order. It takes O(k log
// n) time for k changes.
func TryApply[K any, V comparable](m Map[K, V], changes iter.Seq[diff.Change[K, V]]) (Map[K, V], error) {
	notNil(changes != nil, "TryApply")
	return tryApply(m, changes, nil)
}

// TryApplyFunc is like [TryApply], but compares values with eq.
func TryApplyFunc[K, V any](m Map[K, V], changes iter.Seq[diff.Change[K, V]], eq func(a, b V) bool) (Map[K, V], error) {
	notNil(changes != nil && eq != nil, "TryApplyFunc")
	return tryApply(m, changes, eq)
}

func tryApply[K, V any](m Map[K, V], changes iter.Seq[diff.Change[K, V]], eq func(a, b V) bool) (Map[K, V], error) {
	b, begun, wrong := change.TryApply(m, changes, eq, false)
	switch {
	case wrong != nil:
		return m, fmt.Errorf("rbtree: %w", wrong)
	case !begun:
		return m, nil
	}
	return b.Build(), nil
}

// TryApplySet is like [ApplySet], but checks that the changes fit s: an Added element must be absent, a Removed or
// Updated one present. Otherwise it returns s itself and an error; see [TryApply].
func TryApplySet[T any](s Set[T], changes iter.Seq[diff.Change[T, struct{}]]) (Set[T], error) {
	notNil(changes != nil, "TryApplySet")
	b, begun, wrong := change.TryApply(changed[T]{s}, changes, nil, false)
	switch {
	case wrong != nil:
		return s, fmt.Errorf("rbtree: %w", wrong)
	case !begun:
		return s, nil
	}
	return b.Build(), nil
}
