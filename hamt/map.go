//ramet:layer api

package hamt

import (
	"iter"

	"github.com/ramet-go/ramet/internal/loop"
)

// NewMap returns an empty map that uses h to hash and to compare keys, or the default, if h is nil: a seeded hash, and
// ==, whatever methods K has. All maps derived from it use h as well. For keys with methods Equal and Hash, and so for
// collections, which by default are keys by their identity, there is [ContentHasher].
//
// Maps are known to use the same hasher if they stem from the same call of NewMap, or if their hashers are equal by ==.
// So one Hasher value, kept in a variable, serves all maps and sets that are to be combined. Operations on two maps
// whose hashers are not known to be the same hash all keys of one of them again.
func NewMap[K comparable, V any](h Hasher[K]) Map[K, V] {
	if h == nil {
		return Map[K, V]{}
	}
	return none[K, V](keying[K]{newHasher(h), caller})
}

// MapOf returns a map with the entries of the built-in map m, which it copies. It takes O(n) time, about half as long
// as building m took.
func MapOf[K comparable, V any](m map[K]V) Map[K, V] {
	c := newCollector[K, V](keying[K]{}, len(m))
	for k, v := range m {
		c.add(k, v)
	}
	return c.mapOf(false)
}

// CollectMap returns a map with the entries of seq. If a key occurs more than once, the map has its first instance and
// its last value. It takes O(n) time and, while it runs, memory in proportion to the length of seq. To collect under a
// [Hasher], use [Map.SetAll] of an empty map that has it: NewMap[K, V](h).SetAll(seq).
func CollectMap[K comparable, V any](seq iter.Seq2[K, V]) Map[K, V] {
	notNil(seq != nil, "CollectMap")
	return collect(keying[K]{}, seq)
}

// Len returns the number of entries, in O(1).
func (m Map[K, V]) Len() int { return m.len }

// IsZero reports whether m has no entries, even if it has a hasher. It is the method that the option omitzero of
// encoding/json asks, and so leaves out a field with an empty map.
func (m Map[K, V]) IsZero() bool { return m.len == 0 }

// Lookup returns the value of k and true, or the zero value and false if k is absent. It takes O(log n) time, where the
// base of the logarithm is about 32, and allocates nothing.
func (m Map[K, V]) Lookup(k K) (v V, ok bool) {
	if e := m.find(k); e != nil {
		return e.val, true
	}
	return v, false
}

// Get returns the value of k, or the zero value if k is absent. It costs as much as Lookup.
func (m Map[K, V]) Get(k K) V {
	v, _ := m.Lookup(k)
	return v
}

// Contains reports whether k is present. It costs as much as Lookup.
func (m Map[K, V]) Contains(k K) bool { return m.find(k) != nil }

// put returns m with the value of k, where f points, set to v.
func (m Map[K, V]) put(f *finger[K, V], ed *edit[K, V], k K, v V) Map[K, V] {
	if f.found() {
		return wrap[K, V](ed.by, f.set(ed, v), m.len)
	}
	return wrap[K, V](ed.by, f.insert(ed, entry[K, V]{key: k, val: v}), m.len+1)
}

// without returns m without the key that f was to find.
func (m Map[K, V]) without(f *finger[K, V]) Map[K, V] {
	if !f.found() {
		return m
	}
	ed := m.edit()
	return wrap[K, V](ed.by, f.remove(&ed), m.len-1)
}

// DeleteAll returns m without ks, or m itself if none of them is present. Each costs as much as [Map.Set], but a node
// that several of them touch is copied once.
func (m Map[K, V]) DeleteAll(ks ...K) Map[K, V] {
	if len(ks) == 1 {
		return m.Delete(ks[0])
	}
	b := m.bare()
	for _, k := range ks {
		b.delete(b.by.hash(k), k)
	}
	return b.build()
}

// SetAll returns m with the entries of seq set, one after the other: of equal keys the last value wins. It returns m
// itself if seq is empty. It copies each node of m at most once.
func (m Map[K, V]) SetAll(seq iter.Seq2[K, V]) Map[K, V] {
	notNil(seq != nil, "SetAll")
	s := loop.Each2(seq, setting[K, V]{m: m})
	switch {
	case s.c != nil:
		return s.c.mapOf(true)
	case s.b != nil:
		return s.b.Build()
	}
	return m
}

// A setting is a loop of SetAll. It begins with the first entry.
type setting[K comparable, V any] struct {
	m Map[K, V]
	b *MapBuilder[K, V] // of m; or
	c *collector[K, V]  // if m is empty
}

func (s *setting[K, V]) Take(k K, v V) bool {
	switch {
	case s.b != nil:
		s.b.Set(k, v)
	case s.c != nil:
		s.c.add(k, v)
	case s.m.len > 0:
		s.b = s.m.Builder()
		s.b.Set(k, v)
	default:
		s.c = newCollector[K, V](s.m.by, 0)
		s.c.add(k, v)
	}
	return true
}
