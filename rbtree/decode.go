//ramet:layer api

package rbtree

import "errors"

// A decoder gathers decoded entries, in any order. Input for a key type that has no order is an error, unless it is
// empty.
type decoder[K, V any] struct {
	b           *MapBuilder[K, V]
	by          ordering[K]
	constructor string // that takes an order
}

func (d *decoder[K, V]) set(k K, v V) {
	if d.b == nil {
		d.by = d.by.resolve()
		d.b = none[K, V](d.by).Builder()
	}
	if d.by.kind != orderless {
		d.b.Set(k, v)
	}
}

// into makes the entries those of m, which had the same order.
func (d *decoder[K, V]) into(m *Map[K, V]) error {
	switch {
	case d.b == nil:
		*m = none[K, V](m.by)
	case d.by.kind == orderless:
		return errors.New(d.by.complaint(d.constructor))
	default:
		*m = d.b.Build()
	}
	return nil
}

// decoder returns a decoder for another map in the place of m.
func (m *Map[K, V]) decoder() decoder[K, V] { return decoder[K, V]{by: m.by, constructor: forMap} }

// decoder returns a decoder for another set in the place of s.
func (s *Set[T]) decoder() decoder[T, struct{}] {
	return decoder[T, struct{}]{by: s.m.by, constructor: forSet}
}
