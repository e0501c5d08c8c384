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

// Repeated returns a map with m's first entry twice, which breaks an invariant.
func (m Map[K, V]) Repeated() Map[K, V] {
	es := append(exact(m.entries()), m.entries()[0])
	return Map[K, V]{top: refToEntries(es), len: len(es)}
}

// Misplaced returns m with an index that is not that of its order, and Unindexed one with an index that lacks a key.
func (m Map[K, V]) Misplaced() Map[K, V] {
	first, _, _ := m.First()
	last, _, _ := m.Last()
	l := *m.trees()
	l.index = l.index.Set(first, l.index.Get(last))
	m.top = refToLarge(&l)
	return m
}

func (m Map[K, V]) Unindexed() Map[K, V] {
	first, _, _ := m.First()
	l := *m.trees()
	l.index = l.index.Delete(first)
	m.top = refToLarge(&l)
	return m
}

// Verify is what every new version is asked under the tag invariants.
func (m Map[K, V]) Verify() { m.verify() }
