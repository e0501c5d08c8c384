//ramet:layer api

package hamt

import (
	"iter"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/change"
)

// Apply returns m with the changes made: Added and Updated keys are set to New, Removed ones
// deleted. Old is not looked at. Applied to from, the changes of Diff(from, to) give
// to; their inverses lead back, in any order. Apply panics if a change is of another
// kind.
func Apply[K comparable, V any](m Map[K, V], changes iter.Seq[diff.Change[K, V]]) Map[K, V] {
	notNil(changes != nil, "Apply")
	if b, begun := change.Apply(m, changes, "hamt: Apply"); begun {
		return b.Build()
	}
	return m
}
