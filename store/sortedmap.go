package store

import (
	"context"
	"iter"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/store/codec"
)

// A SortedMapSchema is the schema of an rbtree.Map.
type SortedMapSchema[K, V any] struct {
	part keyed[rbtree.Map[K, V], K, V]
}

// SortedMap is the schema of an [rbtree.Map]. A nil codec stands for the default of the type, [codec.KeyOf] and
// [codec.ValueOf]; SortedMap panics if the type of keys has none. Keys of types that are not ordered by themselves need
// [SortedMapSchema.Empty], which says how.
//
// What is stored is in the order of the encoded keys. If the codec claims that this is the order of the keys, Load
// looks whether the comparator agrees, and fails with ErrCodec if it does not; [codec.Descending] and [codec.Unordered]
// are for such comparators.
func SortedMap[K, V any](k codec.Key[K], v codec.Value[V]) *SortedMapSchema[K, V] {
	return &SortedMapSchema[K, V]{keyed[rbtree.Map[K, V], K, V]{
		of: sortedMap, key: keyOr(k), value: valueOr(v), eq: equality[V](),
		ops: ops[rbtree.Map[K, V], K, V]{
			len:   rbtree.Map[K, V].Len,
			all:   rbtree.Map[K, V].All,
			diff:  rbtree.DiffFunc[K, V],
			fill:  rbtree.Map[K, V].SetAll,
			build: func(m rbtree.Map[K, V]) builder[rbtree.Map[K, V], K, V] { return m.Builder() },
			order: func(m rbtree.Map[K, V]) func(a, b K) int { return m.Order().Compare },
		},
	}}
}

// Empty returns a schema whose maps are loaded into m, an empty map: they have its comparator. It panics if m is not
// empty.
func (s *SortedMapSchema[K, V]) Empty(m rbtree.Map[K, V]) *SortedMapSchema[K, V] {
	mustBeEmpty(m.Len())
	c := *s
	c.part.empty = m
	return &c
}

// Resolve returns a schema with which a merge asks f about each conflict: for the value of the key, and whether it is
// there at all.
func (s *SortedMapSchema[K, V]) Resolve(f func(diff.Conflict[K, V]) (v V, keep bool)) *SortedMapSchema[K, V] {
	c := *s
	c.part.resolve = f
	return &c
}

// View returns the map that is stored at a place, to be read without loading it.
func (s *SortedMapSchema[K, V]) View(at Place) MapView[K, V] {
	return MapView[K, V]{view[K, V]{at, &s.part, s.part.key, s.part.value}}
}

// Diff yields how two stored maps differ, in the order of the encoded keys. It reads what differs only. An error is the
// last.
func (s *SortedMapSchema[K, V]) Diff(ctx context.Context, from, to Place) iter.Seq2[diff.Change[K, V], error] {
	return s.part.storedDiff(ctx, from, to, end[K]{}, end[K]{})
}

// DiffBetween yields how two stored maps differ, for the keys that are low or above, and below high. It needs a codec that
// keeps the order of keys: else ErrCodec. An error is the last.
func (s *SortedMapSchema[K, V]) DiffBetween(ctx context.Context, from, to Place, low, high K) iter.Seq2[diff.Change[K, V], error] {
	return s.part.storedDiff(ctx, from, to, end[K]{key: &low}, end[K]{key: &high})
}

func (s *SortedMapSchema[K, V]) bind(prefix string) []bound[rbtree.Map[K, V]] {
	return whole[rbtree.Map[K, V]](prefix, &s.part)
}
