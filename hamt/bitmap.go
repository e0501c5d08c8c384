//ramet:layer rep

package hamt

import "math/bits"

const (
	slots    = 1 << slotBits                        // slots of an inner node
	levels   = (hashBits + slotBits - 1) / slotBits // levels until the hash runs out
	hashBits = 64
)

// slotAt returns the slot that hash selects in an inner node of the given level. The
// topmost level is 0. Bits below the hash's last one read as zero.
func slotAt(hash uint64, level int) uint {
	return uint(hash << (uint(level) * slotBits) >> (hashBits - slotBits))
}

// A bitmap says how the slots of an inner node are divided among its children: bit s
// is set if a child's range begins at slot s. Every slot is covered, so bit 0 is always
// set; a range reaches to the next set bit, has a power of two for its width, and
// begins at a multiple of that. The bitmap of a leaf is 0.
type bitmap uint32

// index returns the position, among the children, of the one that covers slot.
func (b bitmap) index(slot uint) int {
	return bits.OnesCount32(uint32(b)<<((31-slot)&31)) - 1
}

// len returns the number of children.
func (b bitmap) len() int { return bits.OnesCount32(uint32(b)) }

// rangeOf returns the range of slots that the child covering slot covers.
func (b bitmap) rangeOf(slot uint) span {
	from := uint8(bits.Len32(uint32(b)<<((31-slot)&31)) + int(slot) - 32)
	return span{from, b.width(from)}
}

// width returns the width of the range that begins at slot from.
func (b bitmap) width(from uint8) uint8 {
	later := uint64(b)>>(from+1) | 1<<(slots-1-from)
	return uint8(bits.TrailingZeros64(later)) + 1
}

// joined returns b with s as a single range.
func (b bitmap) joined(s span) bitmap {
	return b&^((1<<s.width-1)<<s.from) | 1<<s.from
}

// A span is an aligned range of slots of one inner node: the first, and how many. The
// width is a power of two that divides from.
type span struct{ from, width uint8 }

// whole is the span of a node that stands for a whole inner node.
var whole = span{0, slots}

// buddy returns the other half of the span twice as wide that s is a half of.
func (s span) buddy() span { return span{s.from ^ s.width, s.width} }

// double returns the span twice as wide that s is a half of.
func (s span) double() span { return span{s.from &^ s.width, s.width * 2} }

// halves returns the two halves of s.
func (s span) halves() (low, high span) {
	half := s.width / 2
	return span{s.from, half}, span{s.from + half, half}
}

// clamp returns the slot of s that agrees with slot in the bits below s's width. For
// a slot in s that is slot itself; a hasher that contradicts itself cannot lead out
// of s.
func (s span) clamp(slot uint) uint8 { return s.from | uint8(slot)&(s.width-1) }

// Tags are the low 8 bits of the hashes of a leaf's entries, eight to a word. A search
// compares all of them at once.
const (
	tagLanes = 8
	lowBits  = 0x0101010101010101
	highBits = 0x8080808080808080
)

// tags holds the tag of entry i in byte i, wherever i is below the leaf's count.
type tags [2]uint64

// A tagMatches is the set of positions at which a tag may be: those where it is, and
// rarely one above such a one. It is used by
//
//	for c := t.match(tag); c != 0; c = c.rest() { … c.first() … }
type tagMatches uint64

// match returns the positions where tag may be. Both words fold into one, so that a
// search has a single loop: bit 8j stands for position j and bit 8j+1 for j+8.
func (t *tags) match(tag uint8) tagMatches {
	want := uint64(tag) * lowBits
	a, b := t[0]^want, t[1]^want
	a = (a - lowBits) &^ a & highBits
	b = (b - lowBits) &^ b & highBits
	return tagMatches(a>>7 | b>>6)
}

func (c tagMatches) first() int {
	bit := bits.TrailingZeros64(uint64(c))
	return bit>>3 | bit&1<<3
}

func (c tagMatches) rest() tagMatches { return c & (c - 1) }

func (t *tags) at(i int) uint8 { return uint8(t[i/tagLanes] >> (i % tagLanes * 8)) }

func (t *tags) set(i int, tag uint8) {
	shift := i % tagLanes * 8
	t[i/tagLanes] = t[i/tagLanes]&^(0xff<<shift) | uint64(tag)<<shift
}
