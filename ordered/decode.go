package ordered

// A decoder gathers decoded entries, in their order.
type decoder[K comparable, V any] struct{ b bare[K, V] }

func (d *decoder[K, V]) set(k K, v V) { d.b.set(k, v) }

// into makes the entries those of m, which had the same hasher.
func (d *decoder[K, V]) into(m *Map[K, V]) error {
	*m = d.b.build()
	return nil
}

// decoder returns a decoder for another map in the place of m. Its hasher decides which keys are equal, and so are
// given twice.
func (m *Map[K, V]) decoder() decoder[K, V] {
	return decoder[K, V]{bare[K, V]{now: Map[K, V]{by: m.by}}}
}
