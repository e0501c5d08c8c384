package hamt

// find returns the entry of k, or nil. It is what every read of a single key goes
// through.
//
// The integer mix is written out here because a call of keying.hash, which does not
// inline, would cost a third of a lookup in a small map.
func (m Map[K, V]) find(k K) *entry[K, V] {
	var hash uint64
	if m.by.kind == word64 {
		hash = mix(asUint64(&k))
	} else {
		hash = m.by.hash(k) // on an empty map as well: k may not be hashable
	}
	n := m.root
	if n == nil {
		return nil
	}
	for rest := hash; n.isInner(); rest <<= slotBits {
		n = n.child(n.bitmap.index(uint(rest >> (hashBits - slotBits))))
	}
	if m.by.hasher != nil {
		if i := search[K, V](m.by, n, hash, k); i >= 0 {
			return &entriesOf[K, V](n)[i]
		}
		return nil
	}
	for c := n.asLeaf().tags.match(uint8(hash)); c != 0; c = c.rest() {
		if i := c.first(); i < int(n.count) {
			if e := entryAt[K, V](n, i); e.key == k {
				return e
			}
		}
	}
	if n.collides {
		if i := search[K, V](m.by, n, hash, k); i >= 0 {
			return &entriesOf[K, V](n)[i]
		}
	}
	return nil
}
