package ordered

import (
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/rbtree"
)

// A large map is two trees: an index that leads from a key to its place, and the entries sorted by place. A place is a
// number that says nothing but what comes before what: a new entry gets one more than the last, one that is moved to the
// front one less than the first. Two versions may use the same place for different keys.
type large[K comparable, V any] struct {
	index hamt.Map[K, int64]
	order rbtree.Map[int64, entry[K, V]]
}

// end returns the place behind the last entry.
func (l *large[K, V]) end() int64 {
	last, _, _ := l.order.Max()
	return last + 1
}

// front returns the place before the first entry.
func (l *large[K, V]) front() int64 {
	first, _, _ := l.order.Min()
	return first - 1
}

// valued returns order with the value of k, whose place is given, set to v. The key stays the one that is there.
func valued[K comparable, V any](order rbtree.Map[int64, entry[K, V]], at int64, k K, v V) rbtree.Map[int64, entry[K, V]] {
	return order.Update(at, func(e entry[K, V], ok bool) (entry[K, V], bool) {
		if !ok {
			e.key = k // a Hasher contradicts itself
		}
		e.val = v
		return e, true
	})
}

// unindexed returns index without k, whose place is given.
func unindexed[K comparable](index hamt.Map[K, int64], k K, at int64) hamt.Map[K, int64] {
	less := index.Update(k, func(old int64, ok bool) (int64, bool) { return old, ok && old != at })
	if less.Len() < index.Len() {
		return less
	}
	// k is not found: it is unequal to itself, or a Hasher contradicts itself.
	return index.Filter(func(_ K, a int64) bool { return a != at })
}

// plant returns trees of es.
func plant[K comparable, V any](by *keying[K], es []entry[K, V]) (hamt.Map[K, int64], rbtree.Map[int64, entry[K, V]]) {
	index := by.index().SetAll(func(yield func(K, int64) bool) {
		for i := range es {
			if !yield(es[i].key, int64(i)) {
				return
			}
		}
	})
	return index, rbtree.CollectMap(func(yield func(int64, entry[K, V]) bool) {
		for i := range es {
			if !yield(int64(i), es[i]) {
				return
			}
		}
	})
}

// trees returns the map of the entries in order, whose places index has: a flat one, if they are few.
func trees[K comparable, V any](by *keying[K], index hamt.Map[K, int64], order rbtree.Map[int64, entry[K, V]]) Map[K, V] {
	n := order.Len()
	if n <= flatCap[K, V]() {
		es := make([]entry[K, V], 0, n)
		for _, e := range order.All() {
			es = append(es, e)
		}
		return flat(by, es)
	}
	return wrap(Map[K, V]{top: refToLarge(&large[K, V]{index, order}), len: n, by: by})
}
