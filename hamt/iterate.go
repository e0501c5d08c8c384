//ramet:layer tree

package hamt

import "iter"

// All returns an iterator over the entries of m, in an order that is unspecified, but the
// same whenever m is iterated. It is another one in each process, also for a map of two entries.
func (m Map[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) { m.each(yield) }
}

// Keys returns an iterator over the keys of m, in the order of All.
func (m Map[K, V]) Keys() iter.Seq[K] {
	return func(yield func(K) bool) {
		m.each(func(k K, _ V) bool { return yield(k) })
	}
}

// Values returns an iterator over the values of m, in the order of All.
func (m Map[K, V]) Values() iter.Seq[V] {
	return func(yield func(V) bool) {
		m.each(func(_ K, v V) bool { return yield(v) })
	}
}

// fewEntries is the length up to which a map is likely to be in the cache already: warming
// costs a fifth of iterating then.
const fewEntries = 4096

// each calls yield for the entries of m until it returns false; then it returns false.
func (m Map[K, V]) each(yield func(K, V) bool) bool {
	switch n := m.root(); {
	case n == nil:
		return true
	case m.len > fewEntries:
		return walkWarming(n, yield)
	default:
		return walk(n, yield)
	}
}

// walkWarming is walk for an inner node, except that it warms the leaves before it gets to them.
func walkWarming[K comparable, V any](n *node, yield func(K, V) bool) bool {
	if !n.isInner() {
		return walk(n, yield) // a collision
	}
	for ahead := n.children(); len(ahead) > 0; {
		batch := ahead[:warm[K, V](ahead)]
		ahead = ahead[len(batch):]
		for _, c := range batch {
			if c.isInner() && c.child(0).isInner() {
				if !walkWarming(c, yield) {
					return false
				}
			} else if !walk(c, yield) { // its leaves are warm
				return false
			}
		}
	}
	return true
}

// walk calls yield for the entries under n until it returns false; then it returns false.
func walk[K comparable, V any](n *node, yield func(K, V) bool) bool {
	if !n.isInner() {
		entries := entriesOf[K, V](n)
		for i := range entries {
			if e := &entries[i]; !yield(e.key, e.val) {
				return false
			}
		}
		return true
	}
	for _, c := range n.children() {
		if !walk(c, yield) {
			return false
		}
	}
	return true
}

// warm reads from the memory of the next few leaves among the given nodes and their children, so
// that it is in the cache when they are visited, and returns how many of the nodes, at least
// one, it has looked at. The leaves of a map that grew key by key are all over the heap:
// visited one by one, each would cost some cache misses one after the other; in these loops
// the misses overlap, which makes iterating a million entries two to three times as fast.
func warm[K comparable, V any](nodes []*node) (looked int) {
	var leaves [slots]*node // as many as a node can have; more would not wait any less
	n := 0
	for _, c := range nodes {
		if !c.isInner() {
			if n == len(leaves) {
				break
			}
			leaves[n] = c
			n++
		} else if children := c.children(); n+len(children) <= len(leaves) {
			n += copy(leaves[n:], children)
		} else {
			break
		}
		looked++
	}
	var sum byte
	for _, c := range leaves[:n] {
		sum |= touch[K, V](c)
	}
	discard(sum)
	return looked
}

// discard makes the compiler believe that sum is needed.
//
//go:noinline
func discard(sum byte) {}
