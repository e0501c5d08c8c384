//ramet:layer tree

package hamt

// Relations between two maps' keys, which the sets answer with.

// subset reports whether all keys under a are under b, two nodes for the same span: the roots,
// or those in one slot. The level is theirs, if they are inner nodes.
func (ed *edit[K, V]) subset(a, b *node, level int) bool {
	switch {
	case a == b:
		return true
	case a.isInner() && b.isInner():
		return ed.zip(a, b, level, false, func(a, b *node, _ span, level int) bool { return ed.subset(a, b, level) })
	case a.isInner():
		return false // it has more entries than a leaf
	}
	var c finger[K, V]
	for i := range entriesOf[K, V](a) {
		if c.seekFrom(ed.by, a, i, b, level); !c.found() {
			return false
		}
	}
	return true
}

// disjoint reports whether no key is under both a and b, as subset does.
func (ed *edit[K, V]) disjoint(a, b *node, level int) bool {
	switch {
	case a == b:
		return a == &empty.node
	case a.isInner() && b.isInner():
		return ed.zip(a, b, level, false, func(a, b *node, _ span, level int) bool { return ed.disjoint(a, b, level) })
	case a.isInner():
		a, b = b, a
	}
	var c finger[K, V]
	for i := range entriesOf[K, V](a) {
		if c.seekFrom(ed.by, a, i, b, level); c.found() {
			return false
		}
	}
	return true
}
