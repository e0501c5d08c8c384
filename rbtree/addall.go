//ramet:layer api

package rbtree

import (
	"iter"

	"github.com/ramet-go/ramet/internal/loop"
)

// AddAll returns s with the elements of seq in it, one after the other: s itself, if they all are already. An element
// that is present keeps its instance. It takes O(n) time if s is empty and seq is sorted, else O(log n) for each
// element, and copies each node of s at most once. To collect a sequence under a comparator, use
// NewSetFunc(compare).AddAll(seq).
func (s Set[T]) AddAll(seq iter.Seq[T]) Set[T] {
	notNil(seq != nil, "AddAll")
	if s.m.len == 0 {
		return collectSet(s.m.by, seq)
	}
	a := loop.Each(seq, adding[T]{s.m.bare()})
	return Set[T]{a.b.build()}
}

// An adding is a loop that adds elements.
type adding[T any] struct{ b bareBuilder[T, struct{}] }

func (a *adding[T]) Take(v T) bool {
	if !a.b.append(v, struct{}{}) {
		a.b.add(v, struct{}{})
	}
	return true
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
	if by := ours.m.by.resolve(); by.kind != orderless {
		base, theirs = base.rekeyed(by), theirs.rekeyed(by)
	}
	return ours.Difference(base.Difference(theirs)).Union(theirs.Difference(base))
}
