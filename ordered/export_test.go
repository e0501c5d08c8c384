package ordered

// Check verifies m's invariants.
func (m Map[K, V]) Check() error { return m.check() }

// FlatCap returns up to how many entries a map is flat.
func FlatCap[K comparable, V any]() int { return flatCap[K, V]() }

// Trees returns how many entries the index and the order of m have, or zeros.
func (m Map[K, V]) Trees() (index, order int) {
	if m.flat() {
		return 0, 0
	}
	return m.trees().index.Len(), m.trees().order.Len()
}

// WithLength returns m with another length, which breaks invariants.
func (m Map[K, V]) WithLength(n int) Map[K, V] {
	m.len = n
	return m
}
