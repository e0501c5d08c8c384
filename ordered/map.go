package ordered

import (
	"iter"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/internal/loop"
)

// A Map is a persistent map from K to V whose entries are in the order in which their keys were first set. The zero Map is
// empty and ready to use.
//
// Maps are values: copy them, keep them, and share them between goroutines freely; a
// Map never changes. a == b means that a and b are the same version; use [Equal] or the method
// [Map.Equal] to compare contents.
type Map[K comparable, V any] struct {
	_   [0]*entry[K, V] // keeps maps of other types from converting
	top ref             // to the entries or the trees; none if there are no entries
	len int
	by  *keying[K]
}

// flat reports whether m is flat: it has few entries.
func (m Map[K, V]) flat() bool { return m.len <= flatCap[K, V]() }

// entries returns the entries of m, which is flat.
func (m Map[K, V]) entries() []entry[K, V] { return entriesAt[K, V](m.top, m.len) }

// trees returns the trees of m, which is not flat.
func (m Map[K, V]) trees() *large[K, V] { return largeAt[K, V](m.top) }

// flat returns the map of es, which are as few as that.
func flat[K comparable, V any](by *keying[K], es []entry[K, V]) Map[K, V] {
	if len(es) == 0 {
		return Map[K, V]{by: by}
	}
	return wrap(Map[K, V]{top: refToEntries(es), len: len(es), by: by})
}

// wrap returns m.
func wrap[K comparable, V any](m Map[K, V]) Map[K, V] {
	if invariants.Enabled {
		m.verify()
	}
	return m
}

// NewMap returns an empty map that uses h to hash and to compare keys, or the default,
// if h is nil: a seeded hash, and ==. All maps derived from it use h as well. Hashers are described in package hamt, which
// also makes them of functions ([hamt.HasherOf]) and for keys that are collections ([hamt.ContentHasher]).
//
// Maps are known to use the same hasher if they stem from the same call of NewMap, or if
// their hashers are equal by ==.
func NewMap[K comparable, V any](h hamt.Hasher[K]) Map[K, V] {
	if h == nil {
		return Map[K, V]{}
	}
	return Map[K, V]{by: newKeying(h)}
}

// CollectMap returns a map with the entries of seq, in its order. If a key occurs more than once, the
// map has its first instance and place, and its last value. It takes O(n log n) time, for n keys. To collect under a
// [hamt.Hasher], use [Map.SetAll] of an empty map that has it.
func CollectMap[K comparable, V any](seq iter.Seq2[K, V]) Map[K, V] {
	notNil(seq != nil, "CollectMap")
	var b bare[K, V]
	for k, v := range seq {
		b.set(k, v)
	}
	return b.build()
}

// Len returns the number of entries, in O(1).
func (m Map[K, V]) Len() int { return m.len }

// IsZero reports whether m has no entries, even if it has a hasher. It is the method that the option omitzero of
// encoding/json asks, and so leaves out a field with an empty map.
func (m Map[K, V]) IsZero() bool { return m.len == 0 }

// Lookup returns the value of k and true, or the zero value and false if k is absent. It
// takes O(log n) time and allocates nothing. In a map of up to 16 entries it compares k with one key after the other; in a
// larger one it hashes k and goes down two trees.
func (m Map[K, V]) Lookup(k K) (v V, ok bool) {
	if m.flat() {
		es := m.entries()
		if i := search(m.by, es, k); i >= 0 {
			return es[i].val, true
		}
		return v, false
	}
	l := m.trees()
	at, ok := l.index.Lookup(k)
	if !ok {
		return v, false
	}
	e, ok := l.order.Lookup(at)
	return e.val, ok
}

// Get returns the value of k, or the zero value if k is absent. It costs what Lookup does.
func (m Map[K, V]) Get(k K) V {
	v, _ := m.Lookup(k)
	return v
}

// Contains reports whether k is present. It costs at most what Lookup does.
func (m Map[K, V]) Contains(k K) bool {
	if m.flat() {
		return search(m.by, m.entries(), k) >= 0
	}
	return m.trees().index.Contains(k)
}

// find returns where k is: its position in a flat map, otherwise its place.
func (m Map[K, V]) find(k K) (at int64, ok bool) {
	if m.flat() {
		i := search(m.by, m.entries(), k)
		return int64(i), i >= 0
	}
	return m.trees().index.Lookup(k)
}

// at returns the entry where find has found a key.
func (m Map[K, V]) at(at int64) entry[K, V] {
	if m.flat() {
		return m.entries()[at]
	}
	return m.trees().order.Get(at)
}

// Set returns m with the value of k set to v. A key that is present keeps its place and its instance; another goes to
// the end. Set is a change even if v is the value k has; see [SetIfChanged].
//
// It takes O(log n) time. Of a map of up to 16 entries it copies them, in one allocation. Of a larger one it copies the nodes
// on the way to the entry and, for a new key, those on the way to the key in the index.
func (m Map[K, V]) Set(k K, v V) Map[K, V] {
	at, ok := m.find(k)
	return m.put(at, ok, k, v)
}

// put returns m with the value of k set to v, where find returned at and ok.
func (m Map[K, V]) put(at int64, ok bool, k K, v V) Map[K, V] {
	switch {
	case ok:
		return m.replace(at, k, v)
	case m.flat():
		return m.extend(k, v)
	}
	l := m.trees()
	end := l.end()
	return trees(m.by, l.index.Set(k, end), l.order.Set(end, entry[K, V]{k, v}))
}

// replace returns m with the value of k, which is there, set to v.
func (m Map[K, V]) replace(at int64, k K, v V) Map[K, V] {
	if m.flat() {
		return flat(m.by, with(m.entries(), int(at), v))
	}
	l := m.trees()
	return trees(m.by, l.index, valued(l.order, at, k, v))
}

// extend returns m, which is flat, with a new key.
func (m Map[K, V]) extend(k K, v V) Map[K, V] {
	es := make([]entry[K, V], m.len+1)
	copy(es, m.entries())
	es[m.len] = entry[K, V]{k, v}
	if m.len < flatCap[K, V]() {
		return flat(m.by, es)
	}
	index, order := plant(m.by, es)
	return trees(m.by, index, order)
}

// Delete returns m without k: m itself, if k is absent. It costs what Set of a new key does. Nothing of k or its value is
// left in the result, and no gap: after any number of deletes a map takes as much memory as one that was made of its entries.
func (m Map[K, V]) Delete(k K) Map[K, V] {
	at, ok := m.find(k)
	if !ok {
		return m
	}
	return m.remove(at, k)
}

// remove returns m without k, which is at at.
func (m Map[K, V]) remove(at int64, k K) Map[K, V] {
	if m.flat() {
		return flat(m.by, without(m.entries(), int(at)))
	}
	l := m.trees()
	return trees(m.by, unindexed(l.index, k, at), l.order.Delete(at))
}

// DeleteAll returns m without ks: m itself, if none of them is in it. Each costs what [Map.Set] does; nodes that several
// of them touch are copied once.
func (m Map[K, V]) DeleteAll(ks ...K) Map[K, V] {
	if len(ks) == 1 {
		return m.Delete(ks[0])
	}
	b := m.bare()
	for _, k := range ks {
		b.delete(k)
	}
	return b.build()
}

// Update calls f with the value of k, or with the zero value and false if k is absent, and
// returns m with k set to the new value, or without k if keep is false. A key that is present keeps its place, another goes to
// the end. It returns m itself if k was absent and is not kept. It costs what Set does.
func (m Map[K, V]) Update(k K, f func(old V, ok bool) (new V, keep bool)) Map[K, V] {
	notNil(f != nil, "Update")
	at, ok := m.find(k)
	var old V
	if ok {
		old = m.at(at).val
	}
	v, keep := f(old, ok)
	switch {
	case keep:
		return m.put(at, ok, k, v)
	case ok:
		return m.remove(at, k)
	}
	return m
}

// SetAll returns m with the entries of seq set, one after the other: of equal keys the last
// value wins, and the first has the place. It returns m itself if seq is empty. It copies each node of m at most once.
func (m Map[K, V]) SetAll(seq iter.Seq2[K, V]) Map[K, V] {
	notNil(seq != nil, "SetAll")
	s := loop.Each2(seq, setting[K, V]{m: m})
	if s.b == nil {
		return m
	}
	return s.b.build()
}

// A setting is a loop of SetAll. It begins with the first entry.
type setting[K comparable, V any] struct {
	m Map[K, V]
	b *bare[K, V]
}

func (s *setting[K, V]) Take(k K, v V) bool {
	if s.b == nil {
		b := s.m.bare()
		s.b = &b
	}
	s.b.set(k, v)
	return true
}

// notNil panics if the function that was passed to the named operation is nil.
func notNil(ok bool, operation string) {
	if !ok {
		panic("ordered: " + operation + " of a nil function")
	}
}
