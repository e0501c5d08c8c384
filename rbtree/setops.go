//ramet:layer api

// make generate copies this file to hamt.

package rbtree

import (
	"iter"

	"github.com/ramet-go/ramet/diff"
)

// Operations of a set that are those of a map without values.

// Len returns the number of elements, in O(1).
func (s Set[T]) Len() int { return s.m.len }

// IsZero reports whether s has no elements, even if it has a comparator; see [Map.IsZero].
func (s Set[T]) IsZero() bool { return s.m.len == 0 }

// Contains reports whether v is in s. It takes O(log n) time and allocates nothing.
func (s Set[T]) Contains(v T) bool { return s.m.find(v) != nil }

// All returns an iterator over the elements of s, in order.
func (s Set[T]) All() iter.Seq[T] { return s.m.Keys() }

// Delete returns s without vs: s itself, if none of them is in it. Each costs what [Map.Set] does; nodes that several
// of them touch are copied once.
func (s Set[T]) Delete(vs ...T) Set[T] { return Set[T]{s.m.DeleteAll(vs...)} }

// Filter returns the elements of s for which keep returns true; see [Map.Filter].
func (s Set[T]) Filter(keep func(T) bool) Set[T] {
	notNil(keep != nil, "Filter")
	return Set[T]{s.m.Filter(func(v T, _ struct{}) bool { return keep(v) })}
}

// DeleteFunc returns s without the elements for which del returns true; see [Map.DeleteFunc].
func (s Set[T]) DeleteFunc(del func(T) bool) Set[T] {
	notNil(del != nil, "DeleteFunc")
	return Set[T]{s.m.Filter(func(v T, _ struct{}) bool { return !del(v) })}
}

// Partition returns the elements of s for which keep returns true, and the others; see [Map.Partition].
func (s Set[T]) Partition(keep func(T) bool) (yes, no Set[T]) {
	notNil(keep != nil, "Partition")
	a, b := s.m.Partition(func(v T, _ struct{}) bool { return keep(v) })
	return Set[T]{a}, Set[T]{b}
}

// Intersection returns the elements of s that are in o: s itself, if all are. See [Map.Union] for the costs.
func (s Set[T]) Intersection(o Set[T]) Set[T] { return Set[T]{s.m.Intersection(o.m)} }

// Difference returns the elements of s that are not in o: s itself, if none is. See [Map.Union] for the costs.
func (s Set[T]) Difference(o Set[T]) Set[T] { return Set[T]{s.m.Difference(o.m)} }

// Equal reports whether s and o have the same elements. It skips what they share, and does not panic unless a
// comparator does; see [Map.Equal].
func (s Set[T]) Equal(o Set[T]) bool { return s.m.Equal(o.m) }

// DiffSets returns an iterator over the changes that lead from one version of a set to another, in order: each element
// that is in one only is Removed or Added. See [Diff].
func DiffSets[T any](from, to Set[T]) iter.Seq[diff.Change[T, struct{}]] {
	return Diff(from.m, to.m)
}

// MergeSets returns ours with the changes made that lead from base to theirs, as version control merges two branches.
// An element is either there or not, so two sides that both changed it did the same: there are no conflicts, and what
// only one side changed is as that side has it.
//
//	base  ours  theirs   merged
//	 –     –      –        –
//	 –     –      ✓        ✓     theirs added it
//	 –     ✓      –        ✓     ours added it
//	 –     ✓      ✓        ✓     both added it; it is ours' instance
//	 ✓     –      –        –     both removed it
//	 ✓     –      ✓        –     ours removed it
//	 ✓     ✓      –        –     theirs removed it
//	 ✓     ✓      ✓        ✓
//
// It takes O(d log n) time, where d is the number of elements in which base and theirs differ. It returns ours itself
// if nothing of theirs is to be added or removed. The order of ours decides which elements are equal. If base or theirs
// has another order, it takes O(n log n) time.
func MergeSets[T any](base, ours, theirs Set[T]) Set[T] {
	if ours == theirs || base == theirs {
		return ours
	}
	return mergeSets(base, ours, theirs)
}
