package ordered

import (
	"fmt"
	"iter"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/change"
)

// TryApply is [Apply] for changes from elsewhere, which may not be meant for m: it returns m with the changes made only
// if they fit. An Added key must be absent. A Removed or Updated one must be present, with the value Old: values that
// are collections of this module are compared by contents, all others by ==, and what == cannot compare is unequal. Each
// change is compared with what the ones before it left.
//
// Otherwise it returns m itself, with nothing applied, and an error in which [errors.As] finds a [*diff.Mismatch].
// So it does at a change of an unknown kind and, without a hasher, at a key that is not comparable.
// It takes O(k log n) time for k changes.
func TryApply[K comparable, V comparable](m Map[K, V], changes iter.Seq[diff.Change[K, V]]) (Map[K, V], error) {
	notNil(changes != nil, "TryApply")
	return tryApply(m, changes, nil)
}

// TryApplyFunc is like [TryApply], but compares values with eq.
func TryApplyFunc[K comparable, V any](m Map[K, V], changes iter.Seq[diff.Change[K, V]], eq func(a, b V) bool) (Map[K, V], error) {
	notNil(changes != nil && eq != nil, "TryApplyFunc")
	return tryApply(m, changes, eq)
}

func tryApply[K comparable, V any](m Map[K, V], changes iter.Seq[diff.Change[K, V]], eq func(a, b V) bool) (Map[K, V], error) {
	b, begun, wrong := change.TryApply(m, changes, eq, m.by == nil)
	switch {
	case wrong != nil:
		return m, fmt.Errorf("ordered: %w", wrong)
	case !begun:
		return m, nil
	}
	return b.Build(), nil
}
