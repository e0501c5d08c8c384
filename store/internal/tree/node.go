package tree

import (
	"bytes"
	"encoding/binary"
	"math/bits"

	"github.com/ramet-go/ramet/store/chunk"
)

// The bytes of a node, format 1. Integers are little-endian.
//
//	 0  u8   1, the format
//	 1  u8   kind: 1 map or set, 2 sequence, 3 blob
//	 2  u8   level, 0 is a leaf
//	 3  u8   flags: bit 0, values begin with a tag byte
//	 4  u16  count of items
//	 6  u16  length of the prefix that all keys share
//	 8  u64  total: entries below; of a blob: bytes
//	16  ends, for each item: u16 end of the key's rest (not in sequences), u16 end of the value, both counted in data
//	    prefix
//	    data: rest, value, rest, value, …
//
// A blob has its bytes right after the header, and zeros in the fields from 2 to 7.
const (
	format   = 1
	header   = 16
	maxLevel = 63
	kindBlob = 3
)

// A Node is a view of the bytes of one chunk, which it shares and never changes. All of them have been looked at by Open, so
// that nothing read from a Node can be out of bounds.
type Node struct {
	data   []byte
	total  uint64
	count  int
	prefix int // length
	body   int // where data begins: after the prefix
	kind   uint8
	level  uint8
	tagged bool
}

// Open returns the node or blob with these bytes, which must not change any more. It checks what can be seen in them alone
// (invariants 2 and 3). Any bytes are welcome: what is no such chunk is a chunk.ErrDamaged, and what is of another
// format, kind or flag a chunk.ErrFormat. It takes O(count) time and allocates nothing.
func Open(data []byte) (Node, error) {
	n := Node{data: data}
	switch {
	case len(data) < header:
		return Node{}, violated(2, "%d bytes", len(data))
	case len(data) > chunk.MaxSize:
		return Node{}, violated(2, "%d bytes, more than %d", len(data), chunk.MaxSize)
	case data[0] != format:
		return Node{}, unknown("format %d", data[0])
	case data[1] < uint8(Map) || data[1] > kindBlob:
		return Node{}, unknown("kind %d", data[1])
	case data[3]&^1 != 0:
		return Node{}, unknown("flags %08b", data[3])
	}
	n.kind, n.level, n.tagged = data[1], data[2], data[3] != 0
	n.count, n.prefix = int(n.u16(4)), int(n.u16(6))
	n.total = binary.LittleEndian.Uint64(data[8:])
	if n.kind == kindBlob {
		size := len(data) - header
		if n.level != 0 || n.tagged || n.count != 0 || n.prefix != 0 || n.total != uint64(size) || size <= MaxInline || size > piece {
			return Node{}, violated(2, "a blob of %d bytes whose header says something else", size)
		}
		return n, nil
	}
	n.body = header + n.stride()*n.count + n.prefix
	switch {
	case n.level > maxLevel:
		return Node{}, violated(2, "level %d", n.level)
	case n.level > 0 && (n.count == 0 || n.tagged):
		return Node{}, violated(2, "an inner node that is empty or has tags")
	case n.body > len(data):
		return Node{}, violated(2, "%d bytes for %d items", len(data), n.count)
	case n.prefix > 0 && (n.count < 2 || n.kind == uint8(Seq)):
		return Node{}, violated(2, "a prefix of %d items", n.count)
	}
	if err := n.checkItems(); err != nil {
		return Node{}, err
	}
	return n, nil
}

// checkItems checks ends, tags, lengths, totals, and the order of keys.
func (n *Node) checkItems() error {
	body := n.data[n.body:]
	var last []byte
	var total uint64
	tags, end := false, 0
	for i := range n.count {
		start := end
		if n.kind == uint8(Map) {
			rest := int(n.u16(header + 4*i))
			if rest < start || rest > len(body) {
				return violated(2, "the key of item %d ends at %d", i, rest)
			}
			key := body[start:rest]
			if n.prefix+len(key) > MaxKey {
				return violated(2, "a key of %d bytes", n.prefix+len(key))
			}
			if i > 0 && bytes.Compare(last, key) >= 0 {
				return violated(3, "the key of item %d is not above that before it", i)
			}
			last, start = key, rest
			end = int(n.u16(header + 4*i + 2))
		} else {
			end = int(n.u16(header + 2*i))
		}
		if end < start || end > len(body) {
			return violated(2, "the value of item %d ends at %d", i, end)
		}
		value := body[start:end]
		switch {
		case n.level > 0:
			_, below, ok := parseRef(value)
			if !ok || below == 0 || total+below < total {
				return violated(2, "item %d is no reference to a child", i)
			}
			total += below
		case n.tagged:
			if len(value) == 0 {
				return violated(2, "no tag in item %d", i)
			}
			if err := (Value{value[0], value[1:]}).check(); err != nil {
				return err
			}
			tags = tags || value[0] != inline
			total++
		default:
			if len(value) > MaxInline {
				return violated(2, "a value of %d bytes in a leaf", len(value))
			}
			total++
		}
	}
	switch {
	case end != len(body):
		return violated(2, "%d bytes after the last item", len(body)-end)
	case total != n.total:
		return violated(2, "a total of %d where there are %d", n.total, total)
	case tags != n.tagged:
		return violated(2, "tags, and none that is needed")
	case n.count > 1 && n.kind == uint8(Map) && common(n.rest(0), last) > 0:
		return violated(2, "a prefix that is too short")
	}
	return nil
}

func (n *Node) u16(i int) uint16 { return binary.LittleEndian.Uint16(n.data[i:]) }

// stride is the number of bytes that the ends of one item take.
func (n *Node) stride() int { return stride(n.kind) }

func stride(kind uint8) int {
	if kind == uint8(Map) {
		return 4
	}
	return 2
}

// Kind is the byte that says what the chunk is: Map, Seq, or 3 for a blob.
func (n *Node) Kind() uint8 { return n.kind }

// Level is 0 for leaves and blobs.
func (n *Node) Level() int { return int(n.level) }

// Count is the number of items.
func (n *Node) Count() int { return n.count }

// Total is the number of entries in and below the node, or of the bytes of a blob.
func (n *Node) Total() uint64 { return n.total }

func (n *Node) keyPrefix() []byte { return n.data[n.body-n.prefix : n.body : n.body] }

// start is where the rest of the key of item i begins in the chunk; in a sequence, its value.
func (n *Node) start(i int) int {
	if i == 0 {
		return n.body
	}
	return n.body + int(n.u16(header+n.stride()*i-2))
}

// rest is the key of item i without the prefix.
func (n *Node) rest(i int) []byte {
	if n.kind != uint8(Map) {
		return nil
	}
	e := n.body + int(n.u16(header+4*i))
	return n.data[n.start(i):e:e]
}

// raw is the value of item i, with its tag if it has one.
func (n *Node) raw(i int) []byte {
	s, e := n.start(i), n.body+int(n.u16(header+n.stride()*(i+1)-2))
	if n.kind == uint8(Map) {
		s = n.body + int(n.u16(header+4*i))
	}
	return n.data[s:e:e]
}

// alike is how many items from i on are equal, one after the other, to those of m from j on. They must be nodes of maps with equal
// prefixes, of one level, and with tags both or neither. It may be fewer than there are, as it looks at a limited number of bytes; then it
// can be asked again.
func (n *Node) alike(i int, m *Node, j int) (k int) {
	const most = 1 << 10
	a, b := n.start(i), m.start(j)
	c := common(n.data[a:min(len(n.data), a+most)], m.data[b:min(len(m.data), b+most)])
	a, b = a-n.body, b-m.body
	for ; i+k < n.count && j+k < m.count; k++ {
		e, f := n.data[header+4*(i+k):], m.data[header+4*(j+k):]
		end := int(binary.LittleEndian.Uint16(e[2:])) - a
		if end > c || end != int(binary.LittleEndian.Uint16(f[2:]))-b ||
			int(binary.LittleEndian.Uint16(e))-a != int(binary.LittleEndian.Uint16(f))-b {
			break
		}
	}
	return k
}

// value is the value of item i of a leaf, a view.
func (n *Node) value(i int) Value {
	b := n.raw(i)
	if n.tagged {
		return Value{b[0], b[1:]}
	}
	return Value{inline, b}
}

// child is what item i of an inner node refers to.
func (n *Node) child(i int) Root {
	a, total, _ := parseRef(n.raw(i))
	return Root{a, total}
}

// below is the number of entries of item i.
func (n *Node) below(i int) uint64 {
	if n.level == 0 {
		return 1
	}
	total, _ := binary.Uvarint(n.raw(i)[len(chunk.Addr{}):])
	return total
}

// appendKey appends the key of item i.
func (n *Node) appendKey(b []byte, i int) []byte {
	return append(append(b, n.keyPrefix()...), n.rest(i)...)
}

// key is the key of item i: a view if there is no prefix, else a copy. It is nil in a sequence.
func (n *Node) key(i int) []byte {
	if n.kind != uint8(Map) {
		return nil
	}
	if n.prefix == 0 {
		return n.rest(i)
	}
	return n.appendKey(make([]byte, 0, n.prefix+len(n.rest(i))), i)
}

// search returns the first item whose key is not below key, n.count if there is none, and whether its key is key.
func (n *Node) search(key []byte) (int, bool) {
	p := n.keyPrefix()
	k := min(len(p), len(key))
	switch c := bytes.Compare(key[:k], p[:k]); {
	case c < 0 || (c == 0 && len(key) < len(p)):
		return 0, false
	case c > 0:
		return n.count, false
	}
	key = key[k:]
	i, j := 0, n.count
	for i < j {
		h := int(uint(i+j) >> 1)
		switch c := bytes.Compare(n.rest(h), key); {
		case c == 0:
			return h, true
		case c < 0:
			i = h + 1
		default:
			j = h
		}
	}
	return i, false
}

// locate returns the item with the entry at position p, counted from the first one below the node, and the number of
// entries before the item. A p behind all entries is in the last child, and behind the last item of a leaf.
func (n *Node) locate(p uint64) (i int, before uint64) {
	if n.level == 0 {
		p = min(p, n.total)
		return int(p), p
	}
	for ; i < n.count-1; i++ {
		t := n.below(i)
		if p < t {
			break
		}
		p -= t
		before += t
	}
	return i, before
}

// place returns the item that begins with the entry at position p, counted as in locate, or n.count if p is behind all of them.
// It is not ok if p is within an item.
func (n *Node) place(p uint64) (i int, ok bool) {
	if p >= n.total {
		return n.count, p == n.total
	}
	i, before := n.locate(p)
	return i, before == p
}

// compareKeys compares the key of item i of a with that of item j of b. It allocates nothing.
func compareKeys(a *Node, i int, b *Node, j int) int {
	p, q := a.keyPrefix(), b.keyPrefix()
	if len(p) > len(q) {
		return -compareKeys(b, j, a, i)
	}
	if c := bytes.Compare(p, q[:len(p)]); c != 0 {
		return c
	}
	q = q[len(p):]
	r, s := a.rest(i), b.rest(j)
	k := min(len(r), len(q))
	if c := bytes.Compare(r[:k], q[:k]); c != 0 {
		return c
	}
	if k < len(q) {
		return -1
	}
	return bytes.Compare(r[k:], s)
}

// common is the number of bytes that a and b both begin with.
func common(a, b []byte) int {
	n, i := min(len(a), len(b)), 0
	for ; i+8 <= n; i += 8 {
		if d := binary.LittleEndian.Uint64(a[i:]) ^ binary.LittleEndian.Uint64(b[i:]); d != 0 {
			return i + bits.TrailingZeros64(d)/8
		}
	}
	for ; i < n && a[i] == b[i]; i++ {
	}
	return i
}
