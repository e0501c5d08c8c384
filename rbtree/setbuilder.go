//ramet:layer api

// make generate copies this file to hamt.

package rbtree

import "iter"

// A SetBuilder accumulates changes to a set, as a [MapBuilder] does to a map. The zero SetBuilder is empty and ready to
// use, with the natural order of T.
type SetBuilder[T any] struct {
	unbuilt

	b MapBuilder[T, struct{}]
}

// Builder returns a builder that begins with the elements of s, in O(1). It never changes s.
func (s Set[T]) Builder() *SetBuilder[T] {
	b := &SetBuilder[T]{b: MapBuilder[T, struct{}]{bareBuilder: s.m.bare()}}
	b.b.watch.claim()
	return b
}

// Build returns the builder's elements as a set, in O(1), and counts as a write; see [MapBuilder.Build].
func (b *SetBuilder[T]) Build() Set[T] { return Set[T]{b.b.Build()} }

// Len returns the number of elements, in O(1).
func (b *SetBuilder[T]) Len() int { return b.b.Len() }

// Contains reports whether v is in the set.
func (b *SetBuilder[T]) Contains(v T) bool { return b.b.Contains(v) }

// All returns an iterator over the elements, which sees what that of [MapBuilder.All] sees.
func (b *SetBuilder[T]) All() iter.Seq[T] { return b.b.Keys() }

// AddAll adds the elements of seq, one after the other. An element that is present keeps its instance.
func (b *SetBuilder[T]) AddAll(seq iter.Seq[T]) {
	notNil(seq != nil, "AddAll")
	b.b.watch.check()
	b.b.during(b.b.view(), func() {
		for v := range seq {
			b.Add(v)
		}
	})
}

// Delete removes v and reports whether it was present.
func (b *SetBuilder[T]) Delete(v T) (deleted bool) { return b.b.Delete(v) }

// Clear removes all elements, in O(1). The builder keeps its order.
func (b *SetBuilder[T]) Clear() { b.b.Clear() }
