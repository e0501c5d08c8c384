package ordered

import (
	"iter"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/rbtree"
)

// Union returns a map with the entries of m, in m's order, followed by those whose keys only o has, in o's order. Where both
// have a key, it has m's place and instance of the key and o's value. It returns m itself if o is empty, or shares every one
// of its entries with m.
//
// What m and o share is not looked at: for versions of one history, Union takes
// O(d log n) time, where d is the number of entries in which they differ. At worst it
// takes O(o log (m + o)). If m and o use different hashers, m's is used.
func (m Map[K, V]) Union(o Map[K, V]) Map[K, V] { return m.unite(o, nil, true) }

// UnionFunc is like Union, but where both maps have a key its value is what both returns for
// m's instance of the key, m's value a and o's value b. As both is called for every key that is
// in both, shared entries included, it takes O(o log (m + o)) time, also of two versions of one history. Where
// both returns what it was given if a and b are the same, use [JoinFunc], which takes time for the differences only.
func (m Map[K, V]) UnionFunc(o Map[K, V], both func(k K, a, b V) V) Map[K, V] {
	notNil(both != nil, "UnionFunc")
	return m.unite(o, both, false)
}

// JoinFunc returns a map with the entries of a, in a's order, followed by those whose keys only b has, in b's order. It is
// [Map.UnionFunc] for an f that is idempotent: f(k, x, x) = x is assumed, and f is not called for what a and b share.
//
// It calls f with a's instance of the key for each key that is in both, except those in nodes that a and b share. It
// returns a itself if b is empty or the same version, or shares every one of its entries with a. Of two versions of one
// history it takes O(d log n) time, where d is the number of entries in which they differ. Since the order is that of a, it
// is not commutative, even if f is; the entries are the same either way.
func JoinFunc[K comparable, V any](a, b Map[K, V], f func(k K, a, b V) V) Map[K, V] {
	notNil(f != nil, "JoinFunc")
	return a.unite(b, f, true)
}

// unite returns the union of m and o. The value of a key in both is what both returns, or if that is nil o's. With skip, both
// is not asked about what they share.
func (m Map[K, V]) unite(o Map[K, V], both func(k K, a, b V) V, skip bool) Map[K, V] {
	switch {
	case o.len == 0 || skip && m.top == o.top && m.len == o.len:
		return m
	case m.len == 0:
		return o.under(m.by)
	}
	return m.absorb(o, both, skip)
}

// absorb is unite of maps that are not empty, nor the same.
func (m Map[K, V]) absorb(o Map[K, V], both func(k K, a, b V) V, skip bool) Map[K, V] {
	b := m.bare()
	entries := o.All()
	if skip {
		entries = unshared(m, o)
	}
	for k, v := range entries {
		at, ok := b.find(k)
		if ok && both != nil {
			e := b.at(at)
			v = both(e.key, e.val, v)
		}
		b.put(at, ok, k, v)
	}
	return b.build()
}

// under returns o if its keys are by's, else a map with its entries that has by's keys.
func (o Map[K, V]) under(by *keying[K]) Map[K, V] {
	if o.by.same(by) {
		o.by = by
		return o
	}
	return Map[K, V]{by: by}.SetAll(o.All())
}

// unshared returns the entries of b, in order, that are not in nodes that it shares with a.
func unshared[K comparable, V any](a, b Map[K, V]) iter.Seq2[K, V] {
	switch {
	case a.top == b.top && a.len == b.len:
		return func(func(K, V) bool) {}
	case a.flat() || b.flat():
		return b.All()
	}
	return func(yield func(K, V) bool) {
		for c := range differing(a, b) {
			if c.Kind != diff.Removed && !yield(c.New.key, c.New.val) {
				return
			}
		}
	}
}

// differing returns how the trees of two maps differ, place by place, where they are not shared.
func differing[K comparable, V any](a, b Map[K, V]) iter.Seq[diff.Change[int64, entry[K, V]]] {
	return rbtree.DiffFunc(a.trees().order, b.trees().order, func(entry[K, V], entry[K, V]) bool { return false })
}
