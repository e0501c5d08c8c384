//ramet:layer tree

package hamt

import (
	"sync/atomic"

	"github.com/ramet-go/ramet/internal/ownership"
)

// Intersection returns the entries of m whose keys are in o, with m's values: m itself, if
// all are. It shares m's nodes, and looks into no subtree that m and o share, unless o has
// less than an eighth of m's entries: then it looks each of o's keys up. See [Map.Union] for
// the costs.
func (m Map[K, V]) Intersection(o Map[K, V]) Map[K, V] { return pick(m, o, true) }

// Difference returns the entries of m whose keys are not in o: m itself, if none is. It
// shares m's nodes, and looks into no subtree that m and o share; see [Map.Union] for
// the costs.
func (m Map[K, V]) Difference(o Map[K, V]) Map[K, V] { return pick(m, o, false) }

// Restrict returns the entries of m whose keys are in s: m itself, if all are. It shares m's nodes, unless s is small. It takes
// O(s log m) time if s is small, and at worst O(m + s). If m and s use different hashers it takes O(s) time more, and m's is
// used.
func (m Map[K, V]) Restrict(s Set[K]) Map[K, V] { return pick(m, s.m, true) }

// Without returns the entries of m whose keys are not in s: m itself, if none is. It shares m's nodes, and costs what
// [Map.Restrict] does.
func (m Map[K, V]) Without(s Set[K]) Map[K, V] { return pick(m, s.m, false) }

// IntersectionFunc returns a map of the keys that are in both m and o, each with the result of combine for m's
// instance of the key, m's value a and o's value b. As combine is called for every key that is in both, shared entries
// included, it takes O(m + o) time, and less if one of them is small. It shares nothing with m, but returns m itself if m is
// empty. If m and o use different hashers it takes O(o) time more, and m's is used.
func (m Map[K, V]) IntersectionFunc(o Map[K, V], combine func(k K, a, b V) V) Map[K, V] {
	notNil(combine != nil, "IntersectionFunc")
	s := selection[K, V, V]{present: true, combine: combine}
	s.shared = func(a *node) *node {
		return mapValues(a, func(k K, v V) V { return combine(k, v, v) })
	}
	return s.run(m, o)
}

// pick returns the entries of m whose keys are in o, or those whose keys are not.
func pick[K comparable, V, W any](m Map[K, V], o Map[K, W], present bool) Map[K, V] {
	s := selection[K, V, W]{present: present}
	return s.run(m, o)
}

// A selection is one run of Intersection, Difference or what is like them: it picks entries of a by whether
// their keys are in b. The two may have values of different types, and then leaves of different capacity: where
// a has an inner node, b may have a leaf with the same entries.
type selection[K comparable, V, W any] struct {
	edit[K, V]            // owns what the run makes
	other      edit[K, W] // divides leaves of b
	present    bool       // keep the entries whose keys are in b; else the others

	// combine, which may be nil, gives the entries that are kept their values; shared does so for a
	// node that a and b share.
	combine func(k K, a V, b W) V
	shared  func(a *node) *node

	// count is how many entries of a are kept, or else dropped. Either gives the size of the
	// result; one of them is cheap. An intersection keeps shared subtrees whole, and a
	// difference drops them, so counting the opposite visits what differs only. But when b
	// is much smaller than a, nearly all of a is in the opposite, and it is cheaper to
	// count what is in both.
	countKept bool
	count     int

	records []record[K, V] // of a leaf, for the next one
}

// run returns what is picked of m.
func (s *selection[K, V, W]) run(m Map[K, V], o Map[K, W]) Map[K, V] {
	switch {
	case m.len == 0 || o.len == 0 && !s.present:
		return m
	case o.len == 0:
		return none[K, V](m.by)
	}
	o = o.rekeyed(m.by)
	s.edit, s.other = m.edit(), o.edit()
	s.id = ownership.NewID()
	s.countKept = s.present == (o.len < m.len/2)
	var root *node
	if s.present && o.len < m.len/scarce {
		root = s.picked(m.root(), o)
	} else {
		root = s.roots(m.root(), o.root(), m.len, o.len)
	}
	if root == m.root() {
		return m
	}
	if s.countKept {
		return wrap[K, V](m.by, root, s.count)
	}
	return wrap[K, V](m.by, root, m.len-s.count)
}

// all returns what becomes of a when all of its keys are in b, or none of them.
func (s *selection[K, V, W]) all(a *node, inB bool) *node {
	kept := inB == s.present
	if kept == s.countKept {
		s.count += countOf[K, V](a)
	}
	switch {
	case !kept:
		return &empty.node
	case s.combine != nil:
		return s.shared(a)
	}
	return a
}

// picks counts the entry that was found in b, or not, and reports whether it is kept.
func (s *selection[K, V, W]) picks(found bool) (kept bool) {
	kept = found == s.present
	if kept == s.countKept {
		s.count++
	}
	return kept
}

// scarce is the ratio of lengths from which on it is faster to look up the keys of the smaller map than to walk both: an
// intersection takes .41 of the time at this ratio, and 1.14 at half of it (docs/decisions/0012).
const scarce = 8

// picked returns the entries under the root a whose keys are in o, which is much smaller.
func (s *selection[K, V, W]) picked(a *node, o Map[K, W]) *node {
	var c finger[K, V]
	var records []record[K, V]
	for w := o.walk(); w.next(); {
		for i := range w.entries {
			e := &w.entries[i]
			if c.seek(s.by, a, 0, s.by.hash(e.key), e.key); !s.picks(c.found()) {
				continue
			}
			r := record[K, V]{c.hash, *c.entry()}
			if s.combine != nil {
				r.val = s.combine(r.key, r.val, e.val)
			}
			records = append(records, r)
		}
	}
	if len(records) <= leafCap[K, V]() {
		return s.leafOf(records)
	}
	return s.subtree(records, make([]record[K, V], len(records)), 0)
}

// roots is nodes for the roots of maps of the given lengths.
func (s *selection[K, V, W]) roots(a, b *node, lenA, lenB int) (root *node) {
	if s.combine != nil || s.by.hasher != nil || !worthParts(a, b, lenA, lenB) {
		return s.nodes(a, b, 0)
	}
	root, s.count = s.inParts(a, b)
	return root
}

// inParts is nodes for two roots, by several goroutines, and returns the count as well; see union.inParts.
func (s selection[K, V, W]) inParts(a, b *node) (root *node, count int) {
	var ps pairs
	s.other.zip(a, b, 0, false, ps.add)
	var parts atomic.Int64 // what all parts count
	ps.inParts(func(next func() *pair) {
		part := s
		part.id, part.count = ownership.NewID(), 0
		for p := next(); p != nil; p = next() {
			p.done = part.nodes(p.a, p.b, p.level)
		}
		parts.Add(int64(part.count))
	})
	var out assembler[K, V]
	for _, p := range ps {
		if p.done == nil {
			p.done = s.nodes(p.a, p.b, p.level)
		}
		out.push(&s.edit, p.span, p.done)
	}
	return out.node(&s.edit, a, nil), int(parts.Load()) + s.count
}

// nodes returns what is kept of a, given the node b for the same span: the roots, or those
// in one slot. The level is theirs, if they are inner nodes.
func (s *selection[K, V, W]) nodes(a, b *node, level int) *node {
	switch {
	case a == &empty.node:
		return a
	// Shared: all keys of a are in b.
	case a == b:
		return s.all(a, true)
	case b == &empty.node:
		return s.all(a, false)
	// A leaf on one side: few keys, each of which is looked for on the other.
	case !a.isInner():
		return s.leaf(a, b, level)
	case !b.isInner() && s.present:
		return s.found(a, b, level)
	case !b.isInner():
		return s.remainder(a, b, level)
	}
	var out assembler[K, V]
	s.other.zip(a, b, level, false, func(a, b *node, sp span, level int) bool {
		out.push(&s.edit, sp, s.nodes(a, b, level))
		return true
	})
	return out.node(&s.edit, a, nil)
}

// leaf is nodes for a leaf a.
func (s *selection[K, V, W]) leaf(a, b *node, level int) *node {
	var c finger[K, W]
	entries := entriesOf[K, V](a)
	if s.combine == nil {
		return s.filterLeaf(a, func(i int, e *entry[K, V]) bool {
			c.seekKey(s.by, a, i, e.key, b, level)
			return s.picks(c.found())
		})
	}
	records := s.records[:0]
	for i := range entries {
		e := &entries[i]
		c.seekKey(s.by, a, i, e.key, b, level)
		if s.picks(c.found()) {
			records = append(records, record[K, V]{c.hash, entry[K, V]{s.combine(e.key, e.val, c.entry().val), e.key}})
		}
	}
	s.records = records
	return s.leafOf(records)
}

// found returns the entries of the borrowed inner node a, of the given level, whose keys are in the leaf b.
func (s *selection[K, V, W]) found(a, b *node, level int) *node {
	var c finger[K, V]
	records := s.records[:0]
	entries := entriesOf[K, W](b)
	for i := range entries {
		c.seekKey(s.by, b, i, entries[i].key, a, level)
		if c.found() {
			records = append(records, record[K, V]{c.hash, *c.entry()})
			if s.combine != nil {
				last := &records[len(records)-1]
				last.val = s.combine(last.key, last.val, entries[i].val)
			}
		}
	}
	s.records = records
	if s.countKept {
		s.count += len(records)
	} else {
		s.count += countOf[K, V](a) - len(records)
	}
	switch {
	case len(records) <= leafCap[K, V]():
		return s.leafOf(records)
	// They are all that a has: the result is a itself, so that nothing is seen to have changed.
	case s.combine == nil && left[K, V](a, len(records)) == 0:
		return a
	}
	return s.subtree(records, make([]record[K, V], len(records)), level)
}

// left returns n less the number of entries under a, or some negative number if there are more than n. It visits no
// more than it must for that.
func left[K comparable, V any](a *node, n int) int {
	if !a.isInner() {
		return n - size[K, V](a)
	}
	for _, c := range a.children() {
		if n = left[K, V](c, n); n < 0 {
			break
		}
	}
	return n
}

// remainder returns the entries of the inner node a whose keys are not in the leaf b.
func (s *selection[K, V, W]) remainder(a, b *node, level int) *node {
	var c finger[K, V]
	dropped, root := 0, a
	entries := entriesOf[K, W](b)
	for i := range entries {
		c.seekKey(s.by, b, i, entries[i].key, root, level)
		if c.found() {
			root = c.remove(&s.edit)
			dropped++
		}
	}
	if s.countKept {
		s.count += countOf[K, V](a) - dropped
	} else {
		s.count += dropped
	}
	return root
}
