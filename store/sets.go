package store

import (
	"context"
	"iter"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/store/codec"
)

// A SetSchema is the schema of a hamt.Set.
type SetSchema[T comparable] struct {
	part keyed[hamt.Set[T], T, struct{}]
}

// HashSet is the schema of a [hamt.Set]. For the codec see [HashMap]. A set has no conflicts: what one side added or
// deleted is added or deleted.
func HashSet[T comparable](c codec.Key[T]) *SetSchema[T] {
	return &SetSchema[T]{keyed[hamt.Set[T], T, struct{}]{
		of: hashSet, key: keyOr(c), value: codec.Empty(), eq: equality[struct{}](),
		ops: ops[hamt.Set[T], T, struct{}]{
			len: hamt.Set[T].Len,
			all: func(s hamt.Set[T]) iter.Seq2[T, struct{}] { return elements(s.All()) },
			diff: func(from, to hamt.Set[T], _ func(a, b struct{}) bool) iter.Seq[diff.Change[T, struct{}]] {
				return hamt.DiffSets(from, to)
			},
			fill:  func(s hamt.Set[T], es iter.Seq2[T, struct{}]) hamt.Set[T] { return s.AddAll(withoutValues(es)) },
			build: func(s hamt.Set[T]) builder[hamt.Set[T], T, struct{}] { return hashSetBuilder[T]{s.Builder()} },
			order: func(hamt.Set[T]) func(a, b T) int { return nil },
		},
	}}
}

type hashSetBuilder[T comparable] struct{ *hamt.SetBuilder[T] }

func (b hashSetBuilder[T]) Set(v T, _ struct{}) bool { return b.Add(v) }

// Empty returns a schema whose sets are loaded into s, an empty set: they have its hasher. It panics if s is not empty.
func (s *SetSchema[T]) Empty(set hamt.Set[T]) *SetSchema[T] {
	mustBeEmpty(set.Len())
	c := *s
	c.part.empty = set
	return &c
}

// View returns the set that is stored at a place, to be read without loading it.
func (s *SetSchema[T]) View(at Place) SetView[T] {
	return SetView[T]{view[T, struct{}]{at, &s.part, s.part.key, s.part.value}}
}

// Diff yields how two stored sets differ, in the order of the encoded elements. It reads what differs only. An error is
// the last.
func (s *SetSchema[T]) Diff(ctx context.Context, from, to Place) iter.Seq2[diff.Change[T, struct{}], error] {
	return s.part.storedDiff(ctx, from, to, end[T]{}, end[T]{})
}

// DiffBetween yields how two stored sets differ, for the elements that are low or above, and below high. It needs a codec that
// keeps the order of elements: else ErrCodec. An error is the last.
func (s *SetSchema[T]) DiffBetween(ctx context.Context, from, to Place, low, high T) iter.Seq2[diff.Change[T, struct{}], error] {
	return s.part.storedDiff(ctx, from, to, end[T]{key: &low}, end[T]{key: &high})
}

func (s *SetSchema[T]) bind(prefix string) []bound[hamt.Set[T]] {
	return whole[hamt.Set[T]](prefix, &s.part)
}

// A SortedSetSchema is the schema of an rbtree.Set.
type SortedSetSchema[T any] struct {
	part keyed[rbtree.Set[T], T, struct{}]
}

// SortedSet is the schema of an [rbtree.Set]. For the codec see [SortedMap]. A set has no conflicts: what one side
// added or deleted is added or deleted.
func SortedSet[T any](c codec.Key[T]) *SortedSetSchema[T] {
	return &SortedSetSchema[T]{keyed[rbtree.Set[T], T, struct{}]{
		of: sortedSet, key: keyOr(c), value: codec.Empty(), eq: equality[struct{}](),
		ops: ops[rbtree.Set[T], T, struct{}]{
			len: rbtree.Set[T].Len,
			all: func(s rbtree.Set[T]) iter.Seq2[T, struct{}] { return elements(s.All()) },
			diff: func(from, to rbtree.Set[T], _ func(a, b struct{}) bool) iter.Seq[diff.Change[T, struct{}]] {
				return rbtree.DiffSets(from, to)
			},
			fill: func(s rbtree.Set[T], es iter.Seq2[T, struct{}]) rbtree.Set[T] {
				b := s.Builder()
				for v := range es {
					b.Add(v)
				}
				return b.Build()
			},
			build: func(s rbtree.Set[T]) builder[rbtree.Set[T], T, struct{}] { return sortedSetBuilder[T]{s.Builder()} },
			order: func(s rbtree.Set[T]) func(a, b T) int { return s.Order().Compare },
		},
	}}
}

type sortedSetBuilder[T any] struct{ *rbtree.SetBuilder[T] }

func (b sortedSetBuilder[T]) Set(v T, _ struct{}) bool { return b.Add(v) }

// Empty returns a schema whose sets are loaded into s, an empty set: they have its comparator. It panics if s is not
// empty.
func (s *SortedSetSchema[T]) Empty(set rbtree.Set[T]) *SortedSetSchema[T] {
	mustBeEmpty(set.Len())
	c := *s
	c.part.empty = set
	return &c
}

// View returns the set that is stored at a place, to be read without loading it.
func (s *SortedSetSchema[T]) View(at Place) SetView[T] {
	return SetView[T]{view[T, struct{}]{at, &s.part, s.part.key, s.part.value}}
}

// Diff yields how two stored sets differ, in the order of the encoded elements. It reads what differs only. An error is
// the last.
func (s *SortedSetSchema[T]) Diff(ctx context.Context, from, to Place) iter.Seq2[diff.Change[T, struct{}], error] {
	return s.part.storedDiff(ctx, from, to, end[T]{}, end[T]{})
}

// DiffBetween yields how two stored sets differ, for the elements that are low or above, and below high. It needs a codec that
// keeps the order of elements: else ErrCodec. An error is the last.
func (s *SortedSetSchema[T]) DiffBetween(ctx context.Context, from, to Place, low, high T) iter.Seq2[diff.Change[T, struct{}], error] {
	return s.part.storedDiff(ctx, from, to, end[T]{key: &low}, end[T]{key: &high})
}

func (s *SortedSetSchema[T]) bind(prefix string) []bound[rbtree.Set[T]] {
	return whole[rbtree.Set[T]](prefix, &s.part)
}

// elements makes entries without values of elements.
func elements[T any](seq iter.Seq[T]) iter.Seq2[T, struct{}] {
	return func(yield func(T, struct{}) bool) {
		for v := range seq {
			if !yield(v, struct{}{}) {
				return
			}
		}
	}
}

// withoutValues makes elements of entries.
func withoutValues[T any](seq iter.Seq2[T, struct{}]) iter.Seq[T] {
	return func(yield func(T) bool) {
		for v := range seq {
			if !yield(v) {
				return
			}
		}
	}
}
