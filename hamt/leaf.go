//ramet:layer node

package hamt

import (
	"github.com/ramet-go/ramet/internal/ownership"
	"github.com/ramet-go/ramet/internal/reuse"
)

// Functions that make one leaf from another. A function
// that takes an edit changes its leaf in place if the edit owns it and it has the room,
// and returns a new leaf otherwise; the leaf passed in is then untouched. Callers use the
// result only.

// An edit is what an operation carries down the tree: the notion of keys, the right to
// change nodes in place, and how new nodes are made.
type edit[K comparable, V any] struct {
	by keying[K]
	id ownership.ID

	// step is what the room of a leaf is a multiple of: 1 where the leaf is not
	// expected to change, so that it has exactly the memory it needs.
	step int

	// repeats says that the records given to spread may repeat a key.
	repeats bool

	pool **reuse.Pool[leaf] // where replaced leaves go, or nil
}

// builderStep is the step of builders. Growing by 4 costs two copies on the way to an
// average leaf; growing by 1 costs ten, growing to leafCap at once a third of the memory.
const builderStep = 4

func (ed *edit[K, V]) roomFor(n int) int {
	return min((n+ed.step-1)&^(ed.step-1), leafCap[K, V]())
}

// newLeaf returns a leaf without entries and with room for n ≥ 1 at least.
func (ed *edit[K, V]) newLeaf(n int) *leaf {
	room := ed.roomFor(n)
	l := ed.reused(room)
	if l == nil {
		l = allocLeaf[K, V](room)
	}
	l.id = ed.id
	return l
}

// push adds an entry to a leaf that the caller owns and that has room.
func push[K comparable, V any](l *leaf, e entry[K, V], tag uint8) {
	*entryAt[K, V](&l.node, int(l.count)) = e
	l.tags.set(int(l.count), tag)
	l.count++
}

// insert is push for an entry that is new to the map. It draws lots for the entry's place, where another may have to
// make room at the end, so that the order of a small map's entries is not that in which they came, on which programs
// would come to rely. The lot is the tag, which is another one in each process, and drawn again from orderSalt for
// hashers that know nothing of the seed.
func insert[K comparable, V any](l *leaf, e entry[K, V], tag uint8) {
	last := int(l.count)
	at := int(tag^orderSalt) * (last + 1) >> 8
	moved := entryAt[K, V](&l.node, at)
	*entryAt[K, V](&l.node, last) = *moved
	*moved = e
	l.tags.set(last, l.tags.at(at))
	l.tags.set(at, tag)
	l.count++
}

// search returns the position of the entry of the leaf n whose key is k, with the given
// hash, of which the low 8 bits are enough, or -1.
func search[K comparable, V any](by keying[K], n *node, hash uint64, k K) int {
	for c := n.asLeaf().tags.match(uint8(hash)); c != 0; c = c.rest() {
		i := c.first()
		if i < int(n.count) && by.equal(entryAt[K, V](n, i).key, k) {
			return i
		}
	}
	if n.collides {
		for i, e := range asCollision[K, V](n).entries {
			if by.equal(e.key, k) {
				return i
			}
		}
	}
	return -1
}

// tag returns the tag of the leaf n's entry at position i. A collision has none, but nor do its
// entries need any to be found in another: 0.
func (n *node) tag(i int) uint8 {
	if n.collides {
		return 0
	}
	return n.asLeaf().tags.at(i)
}

// size returns the number of entries of the leaf n.
func size[K comparable, V any](n *node) int {
	if n.collides {
		return len(asCollision[K, V](n).entries)
	}
	return int(n.count)
}

// copyOf returns a leaf with n's entries, owned by ed, with room for n entries, which is
// at least as many as it has.
func (ed *edit[K, V]) copyOf(n *node, room int) *leaf {
	l := ed.newLeaf(room)
	l.tags, l.count = n.asLeaf().tags, n.count
	copy(entriesOf[K, V](&l.node), entriesOf[K, V](n))
	return l
}

// own returns n, a leaf or a collision, if ed owns it, else a copy that ed owns. Its entries may be changed in place, but there is
// no room for more.
func (ed *edit[K, V]) own(n *node) *node {
	switch {
	case ed.id.Owns(n.id):
		return n
	case n.collides:
		return ed.newCollision(asCollision[K, V](n).entries, 0)
	}
	return &ed.copyOf(n, int(n.count)).node
}

// withEntry returns n with one more entry, whose key is not there yet (keeps 4). n, which may be owned, must be a collision or have
// fewer than leafCap entries (keeps 3).
func (ed *edit[K, V]) withEntry(n *node, e entry[K, V], tag uint8) *node {
	if n.collides {
		if !ed.id.Owns(n.id) {
			// A copy of its own: append must not write behind entries that versions share.
			n = ed.newCollision(asCollision[K, V](n).entries, 1)
		}
		c := asCollision[K, V](n)
		c.entries = append(c.entries, e)
		return n
	}
	l := n.asLeaf()
	if !ed.id.Owns(n.id) || n.count == n.room {
		// Borrowed, or owned and without room. The caller recycles an owned one.
		l = ed.copyOf(n, int(n.count)+1)
	}
	insert(l, e, tag)
	return &l.node
}

// without returns n, which may be owned, without the entry at position i, whose tag is tag and whose place the last one takes. The
// leaf without entries is empty. The result may fit into one leaf with its buddy: the caller keeps 3.
func (ed *edit[K, V]) without(n *node, i int, tag uint8) *node {
	last := size[K, V](n) - 1
	switch {
	case last == 0:
		return &empty.node
	// It is a leaf again (keeps 5).
	case n.collides && last == leafCap[K, V]():
		return ed.fromCollision(asCollision[K, V](n).entries, i, tag)
	case n.collides:
		n = ed.own(n)
		c := asCollision[K, V](n)
		c.entries[i] = c.entries[last]
		c.entries[last] = entry[K, V]{} // it must not keep alive what was removed
		c.entries = c.entries[:last]
		return n
	case ed.id.Owns(n.id):
		entries := entriesOf[K, V](n)
		entries[i] = entries[last]
		entries[last] = entry[K, V]{}
		n.asLeaf().tags.set(i, n.asLeaf().tags.at(last))
		n.count--
		return n
	}
	l := ed.newLeaf(last)
	l.tags, l.count = n.asLeaf().tags, uint8(last)
	entries, old := entriesOf[K, V](&l.node), entriesOf[K, V](n)
	copy(entries, old)
	if i < last {
		entries[i] = old[last]
		l.tags.set(i, l.tags.at(last))
	}
	return &l.node
}

// fits reports whether two neighbours are leaves that together are one.
func fits[K comparable, V any](a, b *node) bool {
	return !a.isInner() && !b.isInner() && !a.collides && !b.collides && int(a.count+b.count) <= leafCap[K, V]()
}

// fuse returns the leaf with the entries of two leaves, each of which may be owned, that fit and have no key in common. It may
// return one of them, if the other is empty.
func (ed *edit[K, V]) fuse(a, b *node) *node {
	if a.count < b.count {
		a, b = b, a // fewer entries to move
	}
	if b.count == 0 {
		return a // nothing to add: it may stay shared
	}
	l, sum := a.asLeaf(), int(a.count+b.count)
	if !ed.id.Owns(a.id) || int(a.room) < sum {
		l = ed.copyOf(a, sum)
	}
	tags := &b.asLeaf().tags
	for i, e := range entriesOf[K, V](b) {
		push(l, e, tags.at(i))
	}
	return &l.node
}

// newCollision returns a collision of the entries, which it copies, with room for more.
func (ed *edit[K, V]) newCollision(entries []entry[K, V], more int) *node {
	c := &collision[K, V]{entries: make([]entry[K, V], len(entries), len(entries)+more)}
	c.head.collides, c.head.id = true, ed.id
	copy(c.entries, entries)
	return &c.head.node
}

// fromCollision returns the leaf that is left of a collision of leafCap + 1 entries when
// the one at position i is removed. All of them have the same hash, hence the same tag.
func (ed *edit[K, V]) fromCollision(entries []entry[K, V], i int, tag uint8) *node {
	l := ed.newLeaf(leafCap[K, V]())
	for j, e := range entries {
		if j != i {
			push(l, e, tag)
		}
	}
	return &l.node
}
