package tree

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"

	"github.com/ramet-go/ramet/store/chunk"
)

// window is the number of bytes at the end of a sequence's node that decide about its end.
const window = 64

// A rule says where nodes of one level end.
//
// It is the hazard rate of a Weibull distribution of shape 4, in integers. All products fit 64 bits: an item is shorter than
// 2^12 bytes, and m < 2^(b+2) + 2^11. For b = 13 that is m < 2^16, (m³ >> 18) < 2^30, and the product < 2^42; for b = 9 it is 2^46, and
// for b = 7, where m³ is shifted to the left by 6, 2^51.
type rule struct {
	k0, k1   uint64
	min, max uint64
	right    uint // shift
	left     uint
	inner    bool
}

func (s Shape) rule(level int) rule {
	r := rule{
		k0:    binary.LittleEndian.Uint64(s.Salt[:8]) ^ uint64(level)*0x9e3779b97f4a7c15,
		k1:    binary.LittleEndian.Uint64(s.Salt[8:]),
		min:   1 << (s.Bits - 3),
		max:   1 << (s.Bits + 2),
		inner: level > 0,
	}
	if shift := 4*int(s.Bits) - 34; shift >= 0 {
		r.right = uint(shift)
	} else {
		r.left = uint(-shift)
	}
	return r
}

// ends tells whether a node ends after its item number count, an item of the given size that made the node as long as size.
// What hashes is the key; in a sequence, the end of the node.
func (r *rule) ends(count int, item, size uint64, hashes []byte) bool {
	if r.inner && count == 1 || size < r.min {
		return false
	}
	if size >= r.max {
		return true
	}
	m := (size - item + size) / 2
	return sip(r.k0, r.k1, hashes)>>32 < item*(m*m*m>>r.right<<r.left)
}

// A made is a node that a splitter made: what its parent says of it.
type made struct {
	chunk chunk.Chunk
	key   []byte // the last key, an own copy
	total uint64
	count int
}

// A splitter makes nodes of the items of one level, which are fed in order. It is the only code that knows where nodes end and how they
// are written; building and editing, all levels and kinds feed it. Its buffers are its own and are used again for each node;
// the bytes that it hands out are not.
type splitter struct {
	rule
	kind  Kind
	level uint8
	out   func(made) error

	// The items since the node began. buf has key and value of each; in a sequence uvarint length and value, so that its end
	// is what decides. ends has, for each, the end of the key (or length) and the end of the value.
	buf    []byte
	ends   []uint32
	tags   []byte
	tagged bool
	size   uint64 // as the rule counts
	total  uint64

	last []byte // the last key of the last node
	any  bool   // there is a last key
}

func newSplitter(s Shape, level int, out func(made) error) *splitter {
	return &splitter{rule: s.rule(level), kind: s.Kind, level: uint8(level), out: out}
}

// empty tells whether a node ended right here.
func (s *splitter) empty() bool { return len(s.ends) == 0 }

// add feeds an item with so many entries. It keeps nothing of key and data.
func (s *splitter) add(key []byte, tag byte, data []byte, entries uint64) error {
	if s.kind == Map {
		if last, ok := s.lastKey(); ok && bytes.Compare(last, key) >= 0 {
			return fmt.Errorf("tree: key %x after key %x", key, last)
		}
	}
	if s.put(key, tag, data, entries) {
		return s.flush()
	}
	return nil
}

// put adds an item to the node, and tells whether the node ends after it.
func (s *splitter) put(key []byte, tag byte, data []byte, entries uint64) bool {
	item := s.append(key, tag, data, entries)
	hashes := key
	if s.kind == Seq {
		hashes = s.buf[max(0, len(s.buf)-window):]
	}
	return s.rule.ends(len(s.ends)/2, item, s.size, hashes)
}

func (s *splitter) lastKey() ([]byte, bool) {
	n := len(s.ends)
	if n == 0 {
		return s.last, s.any
	}
	start := uint32(0)
	if n > 2 {
		start = s.ends[n-3]
	}
	return s.buf[start:s.ends[n-2]], true
}

// append adds an item to the node, and returns its size.
func (s *splitter) append(key []byte, tag byte, data []byte, entries uint64) uint64 {
	item := uint64(len(key) + len(data) + 4)
	if s.kind == Map {
		s.buf = append(s.buf, key...)
	} else {
		item = uint64(len(data) + 2)
		s.buf = binary.AppendUvarint(s.buf, uint64(len(data)))
	}
	s.ends = append(s.ends, uint32(len(s.buf)))
	s.buf = append(s.buf, data...)
	s.ends = append(s.ends, uint32(len(s.buf)))
	s.tags = append(s.tags, tag)
	s.tagged = s.tagged || tag != inline
	s.size += item
	s.total += entries
	return item
}

// flush ends the node, if there are items, and hands it out.
func (s *splitter) flush() error {
	if s.empty() {
		return nil
	}
	m := made{chunk: chunk.Of(s.encode()), total: s.total, count: len(s.ends) / 2}
	if s.kind == Map {
		last, _ := s.lastKey()
		s.last, s.any = append(s.last[:0], last...), true
		m.key = bytes.Clone(last)
	}
	s.reset()
	return s.out(m)
}

func (s *splitter) reset() {
	s.buf, s.ends, s.tags = s.buf[:0], s.ends[:0], s.tags[:0]
	s.tagged, s.size, s.total = false, 0, 0
}

// encode returns the bytes of the node, newly allocated.
func (s *splitter) encode() []byte {
	count := len(s.ends) / 2
	kind := uint8(s.kind)
	head, keys, prefix := stride(kind), 0, 0
	if s.kind == Map && count > 1 {
		last, _ := s.lastKey()
		prefix = common(s.buf[:s.ends[0]], last)
	}
	if s.kind == Seq {
		start := uint32(0)
		for i := range count { // the lengths are not written
			keys += int(s.ends[2*i] - start)
			start = s.ends[2*i+1]
		}
	} else {
		keys = count * prefix
	}
	size := header + head*count + prefix + len(s.buf) - keys
	if s.tagged {
		size += count
	}
	b := make([]byte, header+head*count, size)
	b[0], b[1], b[2] = format, kind, s.level
	if s.tagged {
		b[3] = 1
	}
	binary.LittleEndian.PutUint16(b[4:], uint16(count))
	binary.LittleEndian.PutUint16(b[6:], uint16(prefix))
	binary.LittleEndian.PutUint64(b[8:], s.total)
	if prefix > 0 {
		b = append(b, s.buf[:prefix]...)
	}
	body, start, e := len(b), uint32(0), header
	for i := range count {
		key, end := s.ends[2*i], s.ends[2*i+1]
		if s.kind == Map {
			b = append(b, s.buf[int(start)+prefix:key]...)
			binary.LittleEndian.PutUint16(b[e:], uint16(len(b)-body))
			e += 2
		}
		if s.tagged {
			b = append(b, s.tags[i])
		}
		b = append(b, s.buf[key:end]...)
		binary.LittleEndian.PutUint16(b[e:], uint16(len(b)-body))
		e += 2
		start = end
	}
	return b
}

// put hands a chunk to the sink.
func put(ctx context.Context, to Sink, c chunk.Chunk) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return to.Put(ctx, c)
}
