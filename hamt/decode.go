//ramet:layer api

package hamt

// A decoder gathers decoded entries, in any order. Those who decode see to it that the keys are comparable.
type decoder[K comparable, V any] struct{ b *MapBuilder[K, V] }

func (d *decoder[K, V]) set(k K, v V) { d.b.Set(k, v) }

// into makes the entries those of m, which had the same hasher.
func (d *decoder[K, V]) into(m *Map[K, V]) error {
	*m = d.b.Build()
	return nil
}

// decoder returns a decoder for another map in the place of m.
func (m *Map[K, V]) decoder() decoder[K, V] { return decoder[K, V]{none[K, V](m.by).Builder()} }

// decoder returns a decoder for another set in the place of s.
func (s *Set[T]) decoder() decoder[T, struct{}] { return s.m.decoder() }
