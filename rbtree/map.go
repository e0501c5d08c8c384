//ramet:layer api

package rbtree

import (
	"fmt"

	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/internal/ownership"
)

// A Map is a persistent map from K to V, sorted by key. The zero Map is empty and ready to use: it has the natural
// order of K, if K is of an integer, float or string kind. For any other K the first write to it panics; use
// [NewMapFunc].
//
// Maps are values: copy them, keep them, and share them between goroutines freely; a Map never changes. a == b means
// that a and b are the same version; use [Equal] or the method [Map.Equal] to compare contents.
//
// maps.Collect(m.All()) returns the entries as a built-in map, [Map.AppendKeys] and [Map.AppendValues] return them as
// slices, and [Map.KeySet] returns the set of the keys.
//
// The natural order ignores the methods of K. A K with a method Compare, such as time.Time, still has no natural order,
// and a K of a string or integer kind is sorted as strings or integers are. NewMapFunc accepts the method as it is:
// NewMapFunc[time.Time, V](time.Time.Compare).
type Map[K, V any] struct {
	_ [0]*struct { // keeps maps of other types from converting
		k K
		v V
	}
	top ref // of the root; none if there are no entries
	len int
	by  ordering[K]
}

// wrap returns the map of the entries of t.
func wrap[K, V any](by ordering[K], t tree) Map[K, V] {
	if t.root == nil {
		return none[K, V](by)
	}
	m := Map[K, V]{top: refTo(t.root), len: t.len, by: by}
	if invariants.Enabled {
		verify[K, V](t, by)
	}
	return m
}

// none returns the map without entries: of the natural order, the zero map.
func none[K, V any](by ordering[K]) Map[K, V] {
	if by.caller == nil {
		return Map[K, V]{}
	}
	return Map[K, V]{by: by}
}

// tree returns the tree of m's entries.
func (m Map[K, V]) tree() tree { return tree{m.root(), m.len} }

// root returns the root of m's tree, or nil if there are no entries.
func (m Map[K, V]) root() *node { return m.top.node() }

// edit returns an edit that owns nothing, for one persistent operation. It panics if m has no order.
func (m Map[K, V]) edit() edit[K, V] {
	return edit[K, V]{by: m.by.must(forMap), id: ownership.None}
}

// NewMapFunc returns an empty map that is sorted by compare, which returns a negative number if a comes before b, a
// positive one if it comes after b, and 0 if they are the same key. All maps derived from it are sorted by compare as
// well.
//
// compare must be a strict weak ordering and always give the same answers; the package documentation says what happens
// otherwise. It must be safe for concurrent use, because maps may be used from several goroutines, and an operation on
// two large maps uses several itself.
//
// Two maps are known to share an order if both have the natural one, or if both derive from the same call of
// NewMapFunc. Two calls make two orders, even with the same function: an operation on two such maps sorts all entries
// of one of them again. Use an [Order] to give several maps the same order.
func NewMapFunc[K, V any](compare func(a, b K) int) Map[K, V] {
	notNil(compare != nil, "NewMapFunc")
	return none[K, V](ordering[K]{&comparator[K]{compare}, caller})
}

// Len returns the number of entries, in O(1).
func (m Map[K, V]) Len() int { return m.len }

// IsZero reports whether m has no entries. The option omitzero of encoding/json calls it, and so leaves out every map
// without entries, even one with a comparator, which is not the zero Map.
func (m Map[K, V]) IsZero() bool { return m.len == 0 }

// Lookup returns the value of k and true, or the zero value and false if k is absent. It takes O(log n) time and
// allocates nothing.
func (m Map[K, V]) Lookup(k K) (v V, ok bool) {
	if p := m.find(k); p != nil {
		return *p, true
	}
	return v, false
}

// Get returns the value of k, or the zero value if k is absent. It costs what Lookup does.
func (m Map[K, V]) Get(k K) V {
	v, _ := m.Lookup(k)
	return v
}

// Contains reports whether k is present. It costs what Lookup does.
func (m Map[K, V]) Contains(k K) bool { return m.find(k) != nil }

// put returns m with the value of k, where f points, set to v.
func (m Map[K, V]) put(f *finger[K, V], ed *edit[K, V], k K, v V) Map[K, V] {
	if f.found {
		return wrap[K, V](ed.by, tree{f.set(ed, v), m.len})
	}
	checkLen(m.len, 1)
	return wrap[K, V](ed.by, tree{f.insert(ed, k, v), m.len + 1})
}

// without returns m without the key that f was to find.
func (m Map[K, V]) without(f *finger[K, V]) Map[K, V] {
	if !f.found {
		return m
	}
	ed := m.edit()
	return wrap[K, V](m.by, tree{f.remove(&ed), m.len - 1})
}

// MapValues returns a map with the keys of m, each with the value that f returns for its entry, in key order. It takes
// O(n) time.
func MapValues[K, V, W any](m Map[K, V], f func(K, V) W) Map[K, W] {
	notNil(f != nil, "MapValues")
	ap := newAppender[K, W](m.by)
	for k, v := range m.All() {
		ap.push(k, f(k, v))
	}
	return wrap[K, W](m.by, ap.finish())
}

// Min returns the entry with the least key, and false if there is none. It takes O(log n) time.
func (m Map[K, V]) Min() (k K, v V, ok bool) {
	n := m.root()
	if n == nil {
		return k, v, false
	}
	for n.level > 0 {
		n = n.kid(0)
	}
	return *keyAt[K](n, 0), *valAt[V](n, 0), true
}

// Max returns the entry with the greatest key, and false if there is none. It takes O(log n) time.
func (m Map[K, V]) Max() (k K, v V, ok bool) {
	n := m.root()
	if n == nil {
		return k, v, false
	}
	n = n.lastLeaf()
	i := int(n.len) - 1
	return *keyAt[K](n, i), *valAt[V](n, i), true
}

// tryEntry returns entry i, and false if there is none.
func (m Map[K, V]) tryEntry(i int) (k K, v V, ok bool) {
	if i < 0 || i >= m.len {
		return k, v, false
	}
	k, v = m.entry(i)
	return k, v, true
}

// Floor returns the entry with the greatest key that is not above k, and false if there is none. It takes O(log n)
// time.
func (m Map[K, V]) Floor(k K) (K, V, bool) { return m.near(k, -1) }

// Ceiling returns the entry with the least key that is not below k, and false if there is none. It takes O(log n) time.
func (m Map[K, V]) Ceiling(k K) (K, V, bool) { return m.near(k, 0) }

// near returns the entry of k, if k is present, else the one d places behind where k belongs.
func (m Map[K, V]) near(k K, d int) (key K, v V, ok bool) {
	if m.root() == nil {
		return key, v, false
	}
	leaf, at, found := m.by.locate(m.root(), k, nil)
	if !found {
		at += d
	}
	if at < 0 || at >= int(leaf.len) {
		// It is in another leaf, which is rare: the least key of each is a router.
		i, _ := m.rank(k)
		return m.tryEntry(i + d)
	}
	return *keyAt[K](leaf, at), *valAt[V](leaf, at), true
}

// At returns the i-th entry in order, counted from 0. It takes O(log n) time, and panics if there is none.
func (m Map[K, V]) At(i int) (K, V) {
	checkIndex(i, m.len)
	return m.entry(i)
}

// Rank returns how many keys are below k, and whether k is present. It takes O(log n) time.
func (m Map[K, V]) Rank(k K) (i int, found bool) { return m.rank(k) }

// Split returns the entries with keys below k and those with keys above k, and the value of k, if it is present. It
// takes O(log n) time, and the parts share their nodes with m.
func (m Map[K, V]) Split(k K) (below Map[K, V], v V, ok bool, above Map[K, V]) {
	s, ok := m.by.spotOf(m.root(), k)
	i, j := s.index, s.index
	if ok {
		v = *valAt[V](s.leaf, s.at)
		j++
	}
	return m.slice(0, i), v, ok, m.slice(j, m.len)
}

// slice returns the entries [i, j), which must be there.
func (m Map[K, V]) slice(i, j int) Map[K, V] {
	if j-i == m.len {
		return m
	}
	ed := edit[K, V]{by: m.by, id: ownership.NewID()}
	return wrap[K, V](m.by, ed.slice(m.tree(), i, j))
}

// Join returns a map with the entries of m and of o, where every key of o must be above every key of m; otherwise it
// panics. It takes O(log n) time and shares the nodes of m and of o. If o is not known to have m's order, it takes O(n
// log n) time, where n is the length of o.
func (m Map[K, V]) Join(o Map[K, V]) Map[K, V] {
	if o.len == 0 {
		return m
	}
	o = o.rekeyed(m.by)
	if m.len == 0 {
		return o
	}
	greatest, least := lastKey[K](m.root()), firstKey[K](o.root())
	if m.by.compare(greatest, least) >= 0 {
		panic(fmt.Sprintf("rbtree: Join of a map with key %v and one with key %v, which is not above it", greatest, least))
	}
	ed := edit[K, V]{by: m.by, id: ownership.NewID()}
	return wrap[K, V](m.by, ed.join(m.tree(), least, o.tree()))
}

// find returns where the value of k is, or nil. It is what every read of a single key goes through.
func (m Map[K, V]) find(k K) *V {
	if m.root() == nil {
		return nil
	}
	if leaf, at, found := m.by.locate(m.root(), k, nil); found {
		return valAt[V](leaf, at)
	}
	return nil
}

// rank returns how many keys are below k, and whether k is there.
func (m Map[K, V]) rank(k K) (i int, found bool) {
	s, found := m.by.spotOf(m.root(), k)
	return s.index, found
}

// entry returns entry i, which must be there.
func (m Map[K, V]) entry(i int) (K, V) {
	leaf, at := m.root().leafWith(i)
	return *keyAt[K](leaf, at), *valAt[V](leaf, at)
}

// notNil panics if the function that was passed to the named operation is nil.
func notNil(ok bool, operation string) {
	if !ok {
		panic("rbtree: " + operation + " of a nil function")
	}
}

// checkIndex panics if there is no entry i among n.
func checkIndex(i, n int) {
	if i < 0 || i >= n {
		outOfRange(i, n)
	}
}

func outOfRange(i, n int) { panic(fmt.Sprintf("rbtree: index %d out of range [0:%d]", i, n)) }
