package ordered

import (
	"iter"
	"slices"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/rbtree"
)

// Intersection returns the entries of m whose keys are in o, with m's values and in m's order: m itself, if
// all are. It looks into nothing that m and o share: for versions of one history it takes O(d log n) time, where d is the
// number of entries in which they differ. At worst it takes O(m log m + o).
func (m Map[K, V]) Intersection(o Map[K, V]) Map[K, V] {
	if m.flat() && m.by == o.by {
		return m.pick(func(i int) bool { return o.Contains(m.entries()[i].key) })
	}
	return m.keep(m.index().Intersection(o.index()))
}

// Difference returns the entries of m whose keys are not in o, in m's order: m itself, if none is. It costs what
// [Map.Intersection] does.
func (m Map[K, V]) Difference(o Map[K, V]) Map[K, V] {
	if m.flat() && m.by == o.by {
		return m.pick(func(i int) bool { return !o.Contains(m.entries()[i].key) })
	}
	return m.keep(m.index().Difference(o.index()))
}

// Restrict returns the entries of m whose keys are in s, in m's order: m itself, if all are. It takes
// O(s log m) time if s is small, and at worst O(m log m + s). If m and s use different hashers, m's is
// used. The keys of a map of this package are such a set by [Map.KeySet].
func (m Map[K, V]) Restrict(s hamt.Set[K]) Map[K, V] { return m.keep(m.index().Restrict(s)) }

// Without returns the entries of m whose keys are not in s, in m's order: m itself, if none is. It costs what
// [Map.Restrict] does.
func (m Map[K, V]) Without(s hamt.Set[K]) Map[K, V] { return m.keep(m.index().Without(s)) }

// IntersectionFunc returns a map of the keys that are in both m and o, in m's order, each with the value that both returns for
// m's instance of the key, m's value a and o's value b. As both is called for every key that is in both, shared entries
// included, it takes O(m log n) time. It shares nothing with m, but returns m itself if m is
// empty. If m and o use different hashers, m's is used.
func (m Map[K, V]) IntersectionFunc(o Map[K, V], both func(k K, a, b V) V) Map[K, V] {
	notNil(both != nil, "IntersectionFunc")
	if m.len == 0 {
		return m
	}
	o = o.under(m.by)
	b := Map[K, V]{by: m.by}.bare()
	for k, v := range m.All() {
		if other, ok := o.Lookup(k); ok {
			b.append(k, both(k, v, other))
		}
	}
	return b.build()
}

// keep returns m with those entries only that are in index, a part of m's index.
func (m Map[K, V]) keep(index hamt.Map[K, int64]) Map[K, V] {
	n := index.Len()
	switch {
	case n == m.len:
		return m
	case m.flat():
		var kept [flatMax]bool
		for at := range index.Values() {
			kept[at] = true
		}
		return m.pick(func(i int) bool { return kept[i] })
	}
	l := m.trees()
	if n < m.len/2 {
		return trees(m.by, index, only(l.order, index.Values()))
	}
	b := l.order.Builder()
	for at := range l.index.Difference(index).Values() {
		b.Delete(at)
	}
	return trees(m.by, index, b.Build())
}

// only returns the entries of order that are at the given places.
func only[E any](order rbtree.Map[int64, E], places iter.Seq[int64]) rbtree.Map[int64, E] {
	return rbtree.CollectMap(func(yield func(int64, E) bool) {
		for _, at := range slices.Sorted(places) {
			if e, ok := order.Lookup(at); ok && !yield(at, e) {
				return
			}
		}
	})
}
