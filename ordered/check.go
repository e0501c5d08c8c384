package ordered

import (
	"fmt"
	"math/rand/v2"
)

// check verifies the invariants that doc.go numbers, and returns an error that names the first one broken. It visits every
// entry. Under a Hasher, which may contradict itself, it does not ask for keys.
func (m Map[K, V]) check() error {
	switch {
	case m.len == 0 && m.top != ref{}:
		return fmt.Errorf("ordered: invariant 1: an empty map has entries")
	case m.len == 0:
		return nil
	case m.flat() && m.top == ref{}:
		return fmt.Errorf("ordered: invariant 1: no entries, but length %d", m.len)
	case m.flat():
		return m.checkFlat()
	}
	l := m.trees()
	if l.order.Len() != m.len {
		return fmt.Errorf("ordered: invariant 1: %d entries, but length %d", l.order.Len(), m.len)
	}
	if m.by != nil {
		return nil
	}
	if l.index.Len() != m.len {
		return fmt.Errorf("ordered: invariant 3: %d entries, but %d in the index", m.len, l.index.Len())
	}
	for k, at := range l.index.All() {
		e, ok := l.order.Lookup(at)
		if same := e.key; !ok || k != same && k == k {
			return fmt.Errorf("ordered: invariant 3: %v in the index is at %d, where %v is", k, at, e.key)
		}
	}
	return nil
}

func (m Map[K, V]) checkFlat() error {
	if m.by != nil {
		return nil
	}
	es := m.entries()
	for i := range es {
		for j := range i {
			if es[i].key == es[j].key {
				return fmt.Errorf("ordered: invariant 2: key %v at %d and %d", es[i].key, j, i)
			}
		}
	}
	return nil
}

// verify panics if an invariant is broken. It is called for every new version, but looks into
// large ones only as often as it takes to visit, on average, as many entries for each.
func (m Map[K, V]) verify() {
	const visit = 64
	if m.len > visit && rand.IntN(m.len) >= visit {
		return
	}
	if err := m.check(); err != nil {
		panic(err.Error() + " (a data race, or a builder that was copied?)")
	}
}
