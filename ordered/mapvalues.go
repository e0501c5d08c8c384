package ordered

import (
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/rbtree"
)

// MapValues returns a map with the keys of m, in m's order, each with the value that f returns for its
// entry. It takes O(n) time, and hashes no key again unless entries with values of type W are so much larger or smaller that
// they are kept in another way.
func MapValues[K comparable, V, W any](m Map[K, V], f func(K, V) W) Map[K, W] {
	notNil(f != nil, "MapValues")
	if !m.flat() && m.len > flatCap[K, W]() {
		l := m.trees()
		return trees(m.by, l.index, rbtree.MapValues(l.order, func(_ int64, e entry[K, V]) entry[K, W] {
			return entry[K, W]{e.key, f(e.key, e.val)}
		}))
	}
	b := Map[K, W]{by: m.by}.bare()
	b.flat = make([]entry[K, W], 0, min(m.len, flatCap[K, W]()))
	for k, v := range m.All() {
		b.append(k, f(k, v))
	}
	return b.build()
}

// KeySet returns the keys of m as a set, which has m's hasher. A set has no order: that is left behind. It takes O(n) time.
func (m Map[K, V]) KeySet() hamt.Set[K] { return m.index().KeySet() }

// index returns the index of m, or if m is flat one of positions.
func (m Map[K, V]) index() hamt.Map[K, int64] {
	if !m.flat() {
		return m.trees().index
	}
	index := m.by.index()
	if m.len == 0 {
		return index
	}
	b := index.Builder()
	for i, e := range m.entries() {
		b.Set(e.key, int64(i))
	}
	return b.Build()
}
