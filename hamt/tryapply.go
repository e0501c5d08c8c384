package hamt

import (
	"fmt"
	"iter"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/change"
	values "github.com/ramet-go/ramet/internal/equal" // hamt has an equal of its own
)

// TryApply is [Apply] for changes from elsewhere, which may not be meant for m: it returns m with the changes made only
// if they fit. An Added key must be absent. A Removed or Updated one must be present, with the value Old: values that
// are collections of this module are compared by contents, all others by ==, and what == cannot compare is unequal. Each
// change is compared with what the ones before it left.
//
// Otherwise it returns m itself, with nothing applied, and an error in which [errors.As] finds a [*diff.Mismatch].
// So it does at a change of an unknown kind, or of a key with a dynamic type that is not comparable.
// It takes O(k log n) time for k changes.
func TryApply[K comparable, V comparable](m Map[K, V], changes iter.Seq[diff.Change[K, V]]) (Map[K, V], error) {
	notNil(changes != nil, "TryApply")
	return tryApply(m, changes, values.Safe[V]())
}

// TryApplyFunc is like [TryApply], but compares values with eq.
func TryApplyFunc[K comparable, V any](m Map[K, V], changes iter.Seq[diff.Change[K, V]], eq func(a, b V) bool) (Map[K, V], error) {
	notNil(changes != nil && eq != nil, "TryApplyFunc")
	return tryApply(m, changes, eq)
}

func tryApply[K comparable, V any](m Map[K, V], changes iter.Seq[diff.Change[K, V]], eq func(a, b V) bool) (Map[K, V], error) {
	b, wrong := change.TryApply(m.Builder, changes, eq, usable(m.by))
	switch {
	case wrong != nil:
		return m, fmt.Errorf("hamt: %w", wrong)
	case b == nil:
		return m, nil
	}
	return b.Build(), nil
}

// TryApplySet is [ApplySet] for changes from elsewhere: an Added element must be absent, a Removed or Updated one present.
// Otherwise it returns s itself and an error; see [TryApply].
func TryApplySet[T comparable](s Set[T], changes iter.Seq[diff.Change[T, struct{}]]) (Set[T], error) {
	notNil(changes != nil, "TryApplySet")
	begin := func() setChecked[T] { return setChecked[T]{s.Builder()} }
	b, wrong := change.TryApply(begin, changes, func(_, _ struct{}) bool { return true }, usable(s.m.by))
	switch {
	case wrong != nil:
		return s, fmt.Errorf("hamt: %w", wrong)
	case b.SetBuilder == nil:
		return s, nil
	}
	return b.Build(), nil
}

// A setChecked is a builder of a set as one of a map.
type setChecked[T comparable] struct{ *SetBuilder[T] }

func (b setChecked[T]) Set(v T, _ struct{}) (added bool) { return b.Add(v) }
func (b setChecked[T]) Lookup(v T) (_ struct{}, ok bool) { return struct{}{}, b.Contains(v) }

// usable returns a function that reports whether a key can be asked about without a panic; nil: any can, or it is for
// the caller's Hasher to say.
func usable[K comparable](by keying[K]) func(K) bool {
	if by.hasher != nil {
		return nil
	}
	return change.Comparable[K]()
}
