//ramet:layer api

package hamt

import (
	"iter"

	"github.com/ramet-go/ramet/internal/loop"
	"github.com/ramet-go/ramet/internal/ownership"
)

// A Set is a persistent hash set of T. The zero Set is empty and ready to use.
//
// Sets are values, as maps are; see [Map]. a == b means that a and b are the same version; use [Set.Equal] to compare
// contents.
//
// For a slice, use [Set.AppendTo] or slices.Sorted(s.All()). The zero Set compares elements with ==, whatever methods T
// has; see [Map].
type Set[T comparable] struct {
	m Map[T, struct{}]
}

// NewSet returns an empty set that uses h to hash and to compare elements, or the default if h is nil; see [NewMap].
func NewSet[T comparable](h Hasher[T]) Set[T] { return Set[T]{NewMap[T, struct{}](h)} }

// SetOf returns the set of vs, in O(n) time. Of equal elements it has the first.
func SetOf[T comparable](vs ...T) Set[T] {
	c := newCollector[T, struct{}](keying[T]{}, len(vs))
	for _, v := range vs {
		c.add(v, struct{}{})
	}
	return Set[T]{c.mapOf(true)}
}

// CollectSet returns the set of seq's elements, in O(n) time. Of equal elements it has the first. While it runs it
// takes memory in proportion to the length of seq. To collect under a [Hasher], use [Set.AddAll] of an empty set that
// has it.
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

// Add returns s with vs in it: s itself, if they all are already. An element that is present keeps its instance. Each
// costs what [Map.Set] does; nodes that several of them touch are copied once.
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

// Union returns the set of the elements of s and of o: s itself, if it has all of o's. Of equal elements it has s's.
// See [Map.Union] for the costs.
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

// SymmetricDifference returns the set of the elements that are in one of s and o only: s itself, if o is empty. See
// [Map.Union] for the costs.
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

// mergeSets is MergeSets of versions of which both sides have changed base.
func mergeSets[T comparable](base, ours, theirs Set[T]) Set[T] {
	base.m, theirs.m = base.m.rekeyed(ours.m.by), theirs.m.rekeyed(ours.m.by)
	return ApplySet(ours, DiffSets(base, theirs))
}
