//ramet:layer api

package hamt

import (
	"iter"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/loop"
	"github.com/ramet-go/ramet/internal/ownership"
)

// A Set is a persistent hash set of T. The zero Set is empty and ready to use.
//
// Sets are values, as maps are; see [Map]. a == b means that a and b are the same version; use
// [Set.Equal] to compare contents.
//
// For a slice, use [Set.AppendTo] or slices.Sorted(s.All()). The zero Set compares elements with ==, whatever methods T
// has; see [Map].
type Set[T comparable] struct {
	m Map[T, struct{}]
}

// NewSet returns an empty set that uses h to hash and to compare elements, or the default if
// h is nil; see [NewMap].
func NewSet[T comparable](h Hasher[T]) Set[T] { return Set[T]{NewMap[T, struct{}](h)} }

// SetOf returns the set of vs, in O(n) time. Of equal elements it has the first.
func SetOf[T comparable](vs ...T) Set[T] {
	c := newCollector[T, struct{}](keying[T]{}, len(vs))
	for _, v := range vs {
		c.add(v, struct{}{})
	}
	return Set[T]{c.mapOf(true)}
}

// CollectSet returns the set of seq's elements, in O(n) time. Of equal elements it has the
// first. While it runs it takes memory in proportion to the length of seq. To collect under a
// [Hasher], use [Set.AddAll] of an empty set that has it.
func CollectSet[T comparable](seq iter.Seq[T]) Set[T] {
	return Set[T]{CollectMap(withoutValues(seq))}
}

// withoutValues returns seq with nothing for values.
func withoutValues[T any](seq iter.Seq[T]) iter.Seq2[T, struct{}] {
	notNil(seq != nil, "CollectSet")
	return func(yield func(T, struct{}) bool) {
		for v := range seq {
			if !yield(v, struct{}{}) {
				return
			}
		}
	}
}

// Len returns the number of elements, in O(1).
func (s Set[T]) Len() int { return s.m.len }

// IsZero reports whether s has no elements, even if it has a hasher; see [Map.IsZero].
func (s Set[T]) IsZero() bool { return s.m.len == 0 }

// Contains reports whether v is in s. It takes O(log n) time, where the base of the logarithm
// is about 32, and allocates nothing.
func (s Set[T]) Contains(v T) bool { return s.m.find(v) != nil }

// All returns an iterator over the elements of s, in an order that is unspecified, but the same
// whenever s is iterated.
func (s Set[T]) All() iter.Seq[T] { return s.m.Keys() }

// Add returns s with vs in it: s itself, if they all are already. An element that is present
// keeps its instance. Each costs what [Map.Set] does; nodes that several of them touch are
// copied once.
func (s Set[T]) Add(vs ...T) Set[T] {
	if len(vs) == 1 {
		return s.add(vs[0])
	}
	ed := edit[T, struct{}]{by: s.m.by.resolve(), id: ownership.NewID(), step: builderStep}
	root, n := s.m.root(), s.m.len
	for _, v := range vs {
		var c finger[T, struct{}]
		if c.seek(ed.by, root, 0, ed.by.hash(v), v); !c.found() {
			root = c.insert(&ed, entry[T, struct{}]{key: v})
			n++
		}
	}
	if n == s.m.len {
		return s
	}
	return Set[T]{wrap[T, struct{}](ed.by, root, n)}
}

func (s Set[T]) add(v T) Set[T] {
	ed := s.m.edit()
	var c finger[T, struct{}]
	c.seek(ed.by, s.m.root(), 0, ed.by.hash(v), v)
	if c.found() {
		return s
	}
	return Set[T]{s.m.put(&c, &ed, v, struct{}{})}
}

// AddAll returns s with the elements of seq in it, one after the other: s itself, if they all are already. An element
// that is present keeps its instance. It takes O(n) time if s is empty, else O(log n) for each element, and copies each
// node of s at most once. It is how a sequence is collected under a hasher: NewSet(h).AddAll(seq).
func (s Set[T]) AddAll(seq iter.Seq[T]) Set[T] {
	notNil(seq != nil, "AddAll")
	a := loop.Each(seq, adding[T]{s: s})
	switch {
	case a.c != nil:
		return Set[T]{a.c.mapOf(true)}
	case a.b != nil:
		return a.b.Build()
	}
	return s
}

// An adding is a loop of AddAll. It begins with the first element that is new.
type adding[T comparable] struct {
	s Set[T]
	b *SetBuilder[T]          // of s; or
	c *collector[T, struct{}] // if s is empty
}

func (a *adding[T]) Take(v T) bool {
	switch {
	case a.b != nil:
		a.b.Add(v)
	case a.c != nil:
		a.c.add(v, struct{}{})
	case a.s.m.len == 0:
		a.c = newCollector[T, struct{}](a.s.m.by, 0)
		a.c.add(v, struct{}{})
	case !a.s.Contains(v):
		a.b = a.s.Builder()
		a.b.Add(v)
	}
	return true
}

// Delete returns s without vs: s itself, if none of them is in it. Each costs what [Map.Set]
// does; nodes that several of them touch are copied once.
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
	yes.m, no.m = s.m.Partition(func(v T, _ struct{}) bool { return keep(v) })
	return yes, no
}

// Union returns the set of the elements of s and of o: s itself, if it has all of o's. Of
// equal elements it has s's. See [Map.Union] for the costs.
func (s Set[T]) Union(o Set[T]) Set[T] {
	if o.m.len == 0 {
		return s
	}
	o.m = o.m.rekeyed(s.m.by)
	if o.SubsetOf(s) {
		return s // which unite would find out as well, but not without dividing o's leaves
	}
	return Set[T]{s.m.unite(o.m, union[T, struct{}]{first: true})}
}

// Intersection returns the elements of s that are in o: s itself, if all are. See [Map.Union]
// for the costs.
func (s Set[T]) Intersection(o Set[T]) Set[T] { return Set[T]{s.m.Intersection(o.m)} }

// Difference returns the elements of s that are not in o: s itself, if none is. See [Map.Union]
// for the costs.
func (s Set[T]) Difference(o Set[T]) Set[T] { return Set[T]{s.m.Difference(o.m)} }

// SymmetricDifference returns the set of the elements that are in one of s and o only: s
// itself, if o is empty. See [Map.Union] for the costs.
func (s Set[T]) SymmetricDifference(o Set[T]) Set[T] {
	if o.m.len == 0 {
		return s
	}
	o.m = o.m.rekeyed(s.m.by)
	return s.Difference(o).Union(o.Difference(s))
}

// SubsetOf reports whether all elements of s are in o. See [Map.Union] for the costs.
func (s Set[T]) SubsetOf(o Set[T]) bool {
	o.m = o.m.rekeyed(s.m.by)
	ed := s.m.edit()
	return s.m.len <= o.m.len && ed.subset(orEmpty(s.m.root()), orEmpty(o.m.root()), 0)
}

// Disjoint reports whether no element of s is in o. See [Map.Union] for the costs.
func (s Set[T]) Disjoint(o Set[T]) bool {
	o.m = o.m.rekeyed(s.m.by)
	ed := s.m.edit()
	return ed.disjoint(orEmpty(s.m.root()), orEmpty(o.m.root()), 0)
}

// Equal reports whether s and o have the same elements. It skips what they share, and does not panic; see
// [Map.Equal].
func (s Set[T]) Equal(o Set[T]) bool { return s.m.Equal(o.m) }

// DiffSets returns an iterator over the changes that lead from one version of a set to another:
// each element that is in one only is Removed or Added. See [Diff].
func DiffSets[T comparable](from, to Set[T]) iter.Seq[diff.Change[T, struct{}]] {
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
// It takes O(d log n) time, where d is the number of elements in which base and theirs differ. It returns ours itself if
// nothing of theirs is to be added or removed. Which elements are equal is for ours to say; if base or theirs has
// another hasher, that takes O(n) time.
func MergeSets[T comparable](base, ours, theirs Set[T]) Set[T] {
	if ours == theirs || base == theirs {
		return ours
	}
	base.m, theirs.m = base.m.rekeyed(ours.m.by), theirs.m.rekeyed(ours.m.by)
	return ApplySet(ours, DiffSets(base, theirs))
}
