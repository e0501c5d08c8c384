//ramet:layer tree

package hamt

import (
	"iter"
	"slices"
)

// A collector gathers entries and builds a map of them all at once. Sorting the records by
// hash, level by level, touches every node once, where inserting them one by one descends
// and copies again and again.
type collector[K comparable, V any] struct {
	ed     edit[K, V]
	chunks [][]record[K, V] // all full but the last; none is ever moved
	len    int
}

// maxChunk is how many records there are in a chunk, once there are more than a few.
const maxChunk = 1 << 14

// newCollector returns a collector of n entries, or about as many.
func newCollector[K comparable, V any](by keying[K], n int) *collector[K, V] {
	c := &collector[K, V]{ed: edit[K, V]{by: by.resolve(), step: 1}}
	if n > 0 {
		c.grow(min(n, maxChunk))
	}
	return c
}

func (c *collector[K, V]) grow(n int) {
	c.chunks = append(c.chunks, make([]record[K, V], 0, n))
}

func (c *collector[K, V]) add(k K, v V) {
	last := len(c.chunks) - 1
	if last < 0 || len(c.chunks[last]) == cap(c.chunks[last]) {
		c.grow(min(max(c.len, leafMax), maxChunk))
		last++
	}
	c.chunks[last] = append(c.chunks[last], record[K, V]{c.ed.by.hash(k), entry[K, V]{key: k, val: v}})
	c.len++
}

// mapOf returns the map of the records, which may repeat a key only if repeats says so. The
// collector is of no use afterwards.
func (c *collector[K, V]) mapOf(repeats bool) Map[K, V] {
	if c.len == 0 {
		return none[K, V](c.ed.by)
	}
	c.ed.repeats = repeats
	root, n := c.root(), c.len
	if repeats {
		n = countOf[K, V](root)
	}
	return wrap[K, V](c.ed.by, root, n)
}

func (c *collector[K, V]) root() *node {
	var a assembler[K, V]
	if c.len <= leafCap[K, V]() && len(c.chunks) == 1 {
		return c.ed.leafOf(c.chunks[0])
	}
	b := sorter[K, V]{span: whole}
	for _, chunk := range c.chunks {
		b.count(chunk)
	}
	most := slices.Max(b.ends[:])
	b.place()
	sorted := make([]record[K, V], c.len)
	for i, chunk := range c.chunks {
		b.scatter(chunk, sorted)
		c.chunks[i] = nil
	}
	a.divide(&c.ed, sorted, make([]record[K, V], most), &b, whole)
	return a.node(&c.ed, nil, nil)
}

// collect returns the map of seq's entries.
func collect[K comparable, V any](by keying[K], seq iter.Seq2[K, V]) Map[K, V] {
	c := newCollector[K, V](by, 0)
	for k, v := range seq {
		c.add(k, v)
	}
	return c.mapOf(true)
}

// countOf returns the number of entries under n. It visits every node.
func countOf[K comparable, V any](n *node) (sum int) {
	if n.isInner() {
		for _, c := range n.children() {
			sum += countOf[K, V](c)
		}
		return sum
	}
	return size[K, V](n)
}
