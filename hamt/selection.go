package hamt

import "github.com/ramet-go/ramet/transient"

// Intersection returns the entries of m whose keys are in o, with m's values: m itself, if
// all are. It shares m's nodes, and looks into no subtree that m and o share; see
// [Map.Union] for the costs.
func (m Map[K, V]) Intersection(o Map[K, V]) Map[K, V] { return m.pick(o, true) }

// Difference returns the entries of m whose keys are not in o: m itself, if none is. It
// shares m's nodes, and looks into no subtree that m and o share; see [Map.Union] for
// the costs.
func (m Map[K, V]) Difference(o Map[K, V]) Map[K, V] { return m.pick(o, false) }

// pick returns the entries of m whose keys are in o, or those whose keys are not.
func (m Map[K, V]) pick(o Map[K, V], present bool) Map[K, V] {
	switch {
	case m.len == 0 || o.len == 0 && !present:
		return m
	case o.len == 0:
		return none[K, V](m.by)
	}
	o = o.under(m.by)
	s := selection[K, V]{edit: m.edit(), present: present}
	s.id = transient.NewID()
	s.countKept = present == (o.len < m.len/2)
	root := s.nodes(m.root(), o.root(), 0)
	if root == m.root() {
		return m
	}
	if s.countKept {
		return wrap[K, V](m.by, root, s.count)
	}
	return wrap[K, V](m.by, root, m.len-s.count)
}

// A selection is one run of Intersection or Difference: it picks entries of a by whether
// their keys are in b.
type selection[K comparable, V any] struct {
	edit[K, V]      // owns what the run makes
	present    bool // keep the entries whose keys are in b; else the others

	// count is how many entries of a are kept, or else dropped. Either gives the size of the
	// result; one of them is cheap. An intersection keeps shared subtrees whole, and a
	// difference drops them, so counting the opposite visits what differs only. But when b
	// is much smaller than a, nearly all of a is in the opposite, and it is cheaper to
	// count what is in both.
	countKept bool
	count     int
}

// all returns what becomes of a when all of its keys are in b, or none of them.
func (s *selection[K, V]) all(a *node, inB bool) *node {
	kept := inB == s.present
	if kept == s.countKept {
		s.count += countOf[K, V](a)
	}
	if kept {
		return a
	}
	return &empty.node
}

// picks counts the entry that was found in b, or not, and reports whether it is kept.
func (s *selection[K, V]) picks(found bool) (kept bool) {
	kept = found == s.present
	if kept == s.countKept {
		s.count++
	}
	return kept
}

// nodes returns what is kept of a, given the node b for the same span: the roots, or those
// in one slot. The level is theirs, if they are inner nodes.
func (s *selection[K, V]) nodes(a, b *node, level int) *node {
	switch {
	case a == b:
		return s.all(a, true)
	case a == &empty.node:
		return a
	case b == &empty.node:
		return s.all(a, false)
	case !a.isInner():
		return s.leaf(a, b, level)
	case !b.isInner() && s.present:
		return s.found(a, b, level)
	case !b.isInner():
		return s.remainder(a, b, level)
	}
	var out assembler[K, V]
	s.zip(a, b, level, false, func(a, b *node, sp span, level int) bool {
		out.push(&s.edit, sp, s.nodes(a, b, level))
		return true
	})
	return out.node(&s.edit, a, nil)
}

// leaf is nodes for a leaf a.
func (s *selection[K, V]) leaf(a, b *node, level int) *node {
	var c cursor[K, V]
	return s.filterLeaf(a, func(i int, _ *entry[K, V]) bool {
		c.seekFrom(s.by, a, i, b, level)
		return s.picks(c.found())
	})
}

// found returns the entries of the inner node a whose keys are in the leaf b.
func (s *selection[K, V]) found(a, b *node, level int) *node {
	var c cursor[K, V]
	var records []record[K, V]
	for i := range entriesOf[K, V](b) {
		c.seekFrom(s.by, b, i, a, level)
		if c.found() {
			records = append(records, record[K, V]{c.hash, *c.entry()})
		}
	}
	if s.countKept {
		s.count += len(records)
	} else {
		s.count += countOf[K, V](a) - len(records)
	}
	return s.leafOf(records)
}

// remainder returns the entries of the inner node a whose keys are not in the leaf b.
func (s *selection[K, V]) remainder(a, b *node, level int) *node {
	var c cursor[K, V]
	dropped, root := 0, a
	for i := range entriesOf[K, V](b) {
		c.seekFrom(s.by, b, i, root, level)
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
