package hamt

import "iter"

// A collector gathers entries and builds a map of them all at once. Sorting the records by
// hash, level by level, touches every node once, where inserting them one by one descends
// and copies again and again.
type collector[K comparable, V any] struct {
	ed      edit[K, V]
	records []record[K, V]
}

func newCollector[K comparable, V any](by keying[K], n int) *collector[K, V] {
	return &collector[K, V]{
		ed:      edit[K, V]{by: by.resolve(), step: 1},
		records: make([]record[K, V], 0, n),
	}
}

func (c *collector[K, V]) add(k K, v V) {
	c.records = append(c.records, record[K, V]{c.ed.by.hash(k), entry[K, V]{key: k, val: v}})
}

// mapOf returns the map of the records, which may repeat a key only if repeats says so.
func (c *collector[K, V]) mapOf(repeats bool) Map[K, V] {
	if len(c.records) == 0 {
		return none[K, V](c.ed.by)
	}
	c.ed.repeats = repeats
	n := len(c.records)
	root := c.ed.subtree(c.records, make([]record[K, V], n), 0)
	if repeats {
		n = countOf[K, V](root)
	}
	return wrap[K, V](c.ed.by, root, n)
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
