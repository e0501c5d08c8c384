//ramet:layer path

package hamt

// find returns the entry of k, or nil. It is what every read of a single key goes through.
//
// Keys of 64-bit integer kinds are looked for right here, without a call: a call would make
// the compiler keep the arguments in memory, which costs a tenth of a lookup in a small map.
func (m Map[K, V]) find(k K) *entry[K, V] {
	switch m.by.kind {
	case word64:
	case text:
		return m.findHash(k, hashText(asString(&k)))
	default:
		return m.findHash(k, m.by.hash(k)) // on an empty map as well: k may not be hashable
	}
	n := m.root()
	if n == nil {
		return nil
	}
	hash := mix(asUint64(&k))
	for rest := hash; n.isInner(); rest <<= slotBits {
		n = n.child(n.bitmap.index(uint(rest >> (hashBits - slotBits))))
	}
	for c := n.asLeaf().tags.match(uint8(hash)); c != 0; c = c.rest() {
		if i := c.first(); i < int(n.count) {
			if e := entryAt[K, V](n, i); e.key == k {
				return e
			}
		}
	}
	if n.collides {
		entries := asCollision[K, V](n).entries
		for i := range entries {
			if e := &entries[i]; e.key == k {
				return e
			}
		}
	}
	return nil
}

// findHash is find for a key of any kind whose hash is known.
func (m Map[K, V]) findHash(k K, hash uint64) *entry[K, V] {
	n := m.root()
	if n == nil {
		return nil
	}
	for rest := hash; n.isInner(); rest <<= slotBits {
		n = n.child(n.bitmap.index(uint(rest >> (hashBits - slotBits))))
	}
	if m.by.hasher == nil && !n.collides {
		for c := n.asLeaf().tags.match(uint8(hash)); c != 0; c = c.rest() {
			if i := c.first(); i < int(n.count) {
				if e := entryAt[K, V](n, i); e.key == k {
					return e
				}
			}
		}
		return nil
	}
	if i := search[K, V](m.by, n, hash, k); i >= 0 {
		return &entriesOf[K, V](n)[i]
	}
	return nil
}
