//ramet:layer api

package rbtree

import (
	"cmp"
	"iter"

	"github.com/ramet-go/ramet/internal/loop"
)

// Maps of many entries at once.

// MapOf returns a map with the entries of the built-in map m, which it copies, in O(n log n) time.
func MapOf[K cmp.Ordered, V any](m map[K]V) Map[K, V] {
	b := Map[K, V]{}.bare()
	for k, v := range m {
		if !b.append(k, v) {
			b.set(k, v)
		}
	}
	return b.build()
}

// CollectMap returns a map with the entries of seq. If a key occurs more than once, the map has its first instance and
// its last value. It takes O(n) time if seq is sorted by key, else O(n log n). To collect under a comparator, use
// NewMapFunc(compare).SetAll(seq).
func CollectMap[K cmp.Ordered, V any](seq iter.Seq2[K, V]) Map[K, V] {
	notNil(seq != nil, "CollectMap")
	return collect(ordering[K]{}, seq)
}

// SetAll returns m with the entries of seq set, one after the other: of equal keys the last value wins. It returns m
// itself if seq is empty. It copies each node of m at most once.
func (m Map[K, V]) SetAll(seq iter.Seq2[K, V]) Map[K, V] {
	notNil(seq != nil, "SetAll")
	s := loop.Each2(seq, setting[K, V]{m: m})
	if s.begun {
		return s.result()
	}
	return m
}

// collect returns the map of seq's entries.
func collect[K, V any](by ordering[K], seq iter.Seq2[K, V]) Map[K, V] {
	s := loop.Each2(seq, setting[K, V]{m: none[K, V](by)})
	if s.begun {
		return s.result()
	}
	return s.m
}

// A setting is a loop that sets entries in a map. As long as the map is empty, and their keys ascend, they are
// appended.
type setting[K, V any] struct {
	m     Map[K, V]
	begun bool // with m, which is not asked any more
	ap    appender[K, V]
	last  K
	b     *MapBuilder[K, V] // if there is more to do than to append
}

func (s *setting[K, V]) Take(k K, v V) bool {
	switch {
	case s.b != nil: // more to do than to append
	case s.begun && s.m.by.compare(s.last, k) < 0:
		s.ap.push(k, v)
		s.last = k
		return true
	case s.begun: // the first key that is not above the last
		s.b = wrap[K, V](s.m.by, s.ap.finish()).Builder()
	case s.m.len > 0: // the first key, for a map that has some
		s.b, s.begun = s.m.Builder(), true
	default: // the first key of all
		s.m.by = s.m.by.must(forMap)
		s.ap = newAppender[K, V](s.m.by)
		s.ap.push(k, v)
		s.last, s.begun = k, true
		return true
	}
	s.b.Set(k, v)
	return true
}

// result returns the map of a setting that has begun.
func (s *setting[K, V]) result() Map[K, V] {
	if s.b != nil {
		return s.b.Build()
	}
	return wrap[K, V](s.m.by, s.ap.finish())
}

// rekeyed returns o if it is known to have the order by, else a map with its entries that has.
func (o Map[K, V]) rekeyed(by ordering[K]) Map[K, V] {
	if o.by.same(by) {
		return o
	}
	return collect(by, o.All())
}
