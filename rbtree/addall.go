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
