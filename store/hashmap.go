package store

import (
	"context"
	"iter"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/store/codec"
)

// A MapSchema is the schema of a hamt.Map.
type MapSchema[K comparable, V any] struct {
	part keyed[hamt.Map[K, V], K, V]
}

// HashMap is the schema of a [hamt.Map]. A nil codec stands for the default of the type, [codec.KeyOf] and
// [codec.ValueOf]; HashMap panics if the type of keys has none.
//
// Equal keys must have equal encodings, and unequal keys unequal ones; if the map has a hasher, equal is what that
// says. A Load that finds it otherwise fails with ErrCodec.
func HashMap[K comparable, V any](k codec.Key[K], v codec.Value[V]) *MapSchema[K, V] {
	return &MapSchema[K, V]{keyed[hamt.Map[K, V], K, V]{
		of: hashMap, key: keyOr(k), value: valueOr(v), eq: equality[V](),
		ops: ops[hamt.Map[K, V], K, V]{
			len:   hamt.Map[K, V].Len,
			all:   hamt.Map[K, V].All,
			diff:  hamt.DiffFunc[K, V],
			fill:  hamt.Map[K, V].SetAll,
			build: func(m hamt.Map[K, V]) builder[hamt.Map[K, V], K, V] { return m.Builder() },
			order: func(hamt.Map[K, V]) func(a, b K) int { return nil },
		},
	}}
}

// keyOr returns a codec, or the default.
func keyOr[K any](c codec.Key[K]) codec.Key[K] {
	if c != nil {
		return c
	}
	c, err := codec.KeyOf[K]()
	if err != nil {
		panic("store: " + err.Error())
	}
	return c
}

func valueOr[V any](c codec.Value[V]) codec.Value[V] {
	if c != nil {
		return c
	}
	return codec.ValueOf[V]()
}

// Empty returns a schema whose maps are loaded into m, an empty map: they have its hasher. It panics if m is not empty.
func (s *MapSchema[K, V]) Empty(m hamt.Map[K, V]) *MapSchema[K, V] {
	mustBeEmpty(m.Len())
	c := *s
	c.part.empty = m
	return &c
}

func mustBeEmpty(n int) {
	if n != 0 {
		panic("store: Empty of a collection that is not empty")
	}
}

// Resolve returns a schema with which a merge asks f about each conflict: for the value of the key, and whether it is
// there at all.
func (s *MapSchema[K, V]) Resolve(f func(diff.Conflict[K, V]) (v V, keep bool)) *MapSchema[K, V] {
	c := *s
	c.part.resolve = f
	return &c
}

// View returns the map that is stored at a place, to be read without loading it.
func (s *MapSchema[K, V]) View(at Place) MapView[K, V] {
	return MapView[K, V]{view[K, V]{at, &s.part, s.part.key, s.part.value}}
}

// Diff yields how two stored maps differ, in the order of the encoded keys. It reads what differs only. An error is the
// last.
func (s *MapSchema[K, V]) Diff(ctx context.Context, from, to Place) iter.Seq2[diff.Change[K, V], error] {
	return s.part.storedDiff(ctx, from, to, end[K]{}, end[K]{})
}

// DiffBetween yields how two stored maps differ, for the keys that are low or above, and below high. It needs a codec that
// keeps the order of keys: else ErrCodec. An error is the last.
func (s *MapSchema[K, V]) DiffBetween(ctx context.Context, from, to Place, low, high K) iter.Seq2[diff.Change[K, V], error] {
	return s.part.storedDiff(ctx, from, to, end[K]{key: &low}, end[K]{key: &high})
}

func (s *MapSchema[K, V]) bind(prefix string) []bound[hamt.Map[K, V]] {
	return whole[hamt.Map[K, V]](prefix, &s.part)
}
