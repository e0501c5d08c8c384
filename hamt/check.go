//ramet:layer node

package hamt

import (
	"fmt"
	"math/rand/v2"

	"github.com/ramet-go/ramet/internal/ownership"
)

// check verifies the invariants that doc.go numbers, and returns an error that names the
// first one broken. It visits every node. Keys that are not equal to themselves, and those of
// a hasher that contradicts itself, are held to no position.
func (m Map[K, V]) check() error {
	if m.root() == nil {
		if m.len != 0 {
			return fmt.Errorf("hamt: invariant 6: no root, but length %d", m.len)
		}
		return nil
	}
	c := checker[K, V]{by: m.by}
	n, err := c.node(m.root(), 0, 0, whole)
	switch {
	case err != nil:
		return err
	case n != m.len || n == 0:
		return fmt.Errorf("hamt: invariant 6: %d entries, but length %d", n, m.len)
	}
	return nil
}

// verify panics if an invariant is broken. It is called for every new version, but looks into
// large ones only as often as it takes to visit, on average, as many entries for each. A
// caller's Hasher is not disturbed with it.
func (m Map[K, V]) verify() {
	const visit = 64
	if m.by.hasher != nil || m.len > visit && rand.IntN(m.len) >= visit {
		return
	}
	if err := m.check(); err != nil {
		panic(err.Error() + " (a data race, or a builder that was copied?)")
	}
}

// checkOwned verifies that the inner nodes above a node that id owns are owned as well.
func checkOwned(n *node, id ownership.ID, above bool) error {
	owned := id.Owns(n.id)
	if owned && !above {
		return fmt.Errorf("hamt: invariant 7: a node owned by %d is under one that is not", id)
	}
	if n.isInner() {
		for _, c := range n.children() {
			if err := checkOwned(c, id, owned); err != nil {
				return err
			}
		}
	}
	return nil
}

type checker[K comparable, V any] struct {
	by keying[K]
}

// node verifies n, which covers span s of a node of the given level, or is the root if s is
// whole; prefix is the hash bits on the way to it. It returns the number of entries under n.
func (c *checker[K, V]) node(n *node, prefix uint64, level int, s span) (count int, err error) {
	if !n.isInner() {
		return c.leaf(n, prefix, level, s)
	}
	b := n.bitmap
	if b&1 == 0 || uint64(b)>>slots != 0 {
		return 0, fmt.Errorf("hamt: invariant 1: bitmap %b", b)
	}
	if int(n.room) < b.len() {
		return 0, fmt.Errorf("hamt: invariant 1: %d children in room for %d", b.len(), n.room)
	}
	i, low := 0, -1
	for from := uint8(0); from < slots; i++ {
		t := span{from, b.width(from)}
		if t.width&(t.width-1) != 0 || from%t.width != 0 {
			return 0, fmt.Errorf("hamt: invariant 1: range [%d, +%d) of bitmap %b", from, t.width, b)
		}
		child := n.child(i)
		sub, nextLevel := prefix|uint64(from)<<(hashBits-slotBits)>>(uint(level)*slotBits), level
		if child.isInner() {
			if t.width != 1 || level == levels-1 {
				return 0, fmt.Errorf("hamt: invariant 2: an inner node for %d slots of level %d", t.width, level)
			}
			nextLevel, t = level+1, whole
		}
		k, err := c.node(child, sub, nextLevel, t)
		if err != nil {
			return 0, err
		}
		if t.width < slots && t.from&t.width != 0 && low >= 0 && fits[K, V](n.child(low), child) && b.width(t.buddy().from) == t.width {
			return 0, fmt.Errorf("hamt: invariant 3: two leaves of %d and %d entries that fit into one", n.child(low).count, child.count)
		}
		low = i
		count += k
		from += b.width(from)
	}
	if count <= leafCap[K, V]() {
		return 0, fmt.Errorf("hamt: invariant 3: an inner node with %d entries", count)
	}
	return count, nil
}

func (c *checker[K, V]) leaf(n *node, prefix uint64, level int, s span) (int, error) {
	entries := entriesOf[K, V](n)
	switch {
	case n.collides && (level != levels-1 || s.width != 1):
		return 0, fmt.Errorf("hamt: invariant 5: a collision for %d slots of level %d", s.width, level)
	case n.collides && (len(entries) <= leafCap[K, V]() || n.count != 0):
		return 0, fmt.Errorf("hamt: invariant 5: a collision of %d entries and count %d", len(entries), n.count)
	case !n.collides && (n.count > n.room || int(n.count) > leafCap[K, V]()):
		return 0, fmt.Errorf("hamt: invariant 3: a leaf of %d entries in room for %d", n.count, n.room)
	}
	for i, e := range entries {
		if !c.by.equal(e.key, e.key) {
			continue
		}
		hash := c.by.hash(e.key)
		if c.by.hash(e.key) != hash {
			continue
		}
		if !n.collides && n.asLeaf().tags.at(i) != uint8(hash) {
			return 0, fmt.Errorf("hamt: invariant 4: tag %x of an entry with hash %x", n.asLeaf().tags.at(i), hash)
		}
		if p := uint(level) * slotBits; hash>>(hashBits-p)<<(hashBits-p) != prefix>>(hashBits-p)<<(hashBits-p) && p > 0 ||
			slotAt(hash, level) < uint(s.from) || slotAt(hash, level) >= uint(s.from)+uint(s.width) {
			return 0, fmt.Errorf("hamt: invariant 4: an entry with hash %x at %x, level %d, slots [%d, +%d)", hash, prefix, level, s.from, s.width)
		}
		for _, f := range entries[:i] {
			if c.by.equal(f.key, e.key) {
				return 0, fmt.Errorf("hamt: invariant 4: two entries with key %v", e.key)
			}
		}
	}
	return len(entries), nil
}
