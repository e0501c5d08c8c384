//ramet:layer tree

package hamt

import "iter"

// All returns an iterator over the entries of m, in an order that is unspecified, but the
// same whenever m is iterated. It is another one in each process, also for a map of two entries.
func (m Map[K, V]) All() iter.Seq2[K, V] {
	// This is small enough to be inlined where it is ranged over, and the body of the loop into it, which saves the
	// call for each entry.
	return func(yield func(K, V) bool) {
		w := m.walk()
		for w.next() {
			for i := range w.entries {
				if e := &w.entries[i]; !yield(e.key, e.val) {
					return
				}
			}
		}
	}
}

// Keys returns an iterator over the keys of m, in the order of All.
func (m Map[K, V]) Keys() iter.Seq[K] {
	return func(yield func(K) bool) {
		w := m.walk()
		for w.next() {
			for i := range w.entries {
				if !yield(w.entries[i].key) {
					return
				}
			}
		}
	}
}

// Values returns an iterator over the values of m, in the order of All.
func (m Map[K, V]) Values() iter.Seq[V] {
	return func(yield func(V) bool) {
		w := m.walk()
		for w.next() {
			for i := range w.entries {
				if !yield(w.entries[i].val) {
					return
				}
			}
		}
	}
}

// fewEntries is the length up to which a map is likely to be in the cache already: warming
// costs a fifth of iterating then.
const fewEntries = 4096

// A walk visits the leaves of a map, which it borrows.
type walk[K comparable, V any] struct {
	entries []entry[K, V] // of the leaf, which are not to be changed

	// The inner nodes above that leaf, from the root, or the first of them that has another child after the leaf; and
	// the position of that child. They are refs, because a Cursor has them: reflection does not follow them.
	nodes [levels]ref
	after [levels]uint8
	depth int

	first ref  // the root, until it is entered
	far   bool // the map is so large that its leaves are not likely to be in the cache
}

// walk returns a walk before the first leaf of m.
func (m Map[K, V]) walk() walk[K, V] { return walk[K, V]{first: m.top, far: m.len > fewEntries} }

// next moves to the next leaf that has entries, and reports whether there is one. It is inlined, so that a map of one
// leaf is read with one call.
func (w *walk[K, V]) next() bool { return (w.depth > 0 || w.first != ref{}) && w.forward() }

// forward is next where there may be one.
func (w *walk[K, V]) forward() bool {
	if n := w.first.node(); n != nil {
		w.first = ref{}
		if w.enter(n) {
			return true
		}
	}
	for w.depth > 0 {
		n, at := w.nodes[w.depth-1].node(), int(w.after[w.depth-1])
		if at++; at == n.bitmap.len() {
			w.depth--
		} else {
			w.after[w.depth-1] = uint8(at)
		}
		if w.enter(n.child(at - 1)) {
			return true
		}
	}
	return false
}

// enter moves to the leaf n, or to the first leaf under n, and reports whether it has entries.
func (w *walk[K, V]) enter(n *node) bool {
	for n.isInner() {
		if w.far {
			warm[K, V](n)
		}
		w.nodes[w.depth], w.after[w.depth] = refTo(n), 1 // it has at least two children
		w.depth++
		n = n.child(0)
	}
	w.entries = entriesOf[K, V](n)
	return len(w.entries) > 0
}

// warm reads from the memory of the leaves that are children of n, so that it is in the cache when they are visited. The
// leaves of a map that grew key by key are all over the heap: visited one by one, each would cost some cache misses one
// after the other; in this loop the misses overlap, which makes iterating a million entries two to three times as fast.
func warm[K comparable, V any](n *node) {
	var sum byte
	for _, l := range n.children() {
		if !l.isInner() {
			sum |= touch[K, V](l)
		}
	}
	discard(sum)
}

// discard makes the compiler believe that sum is needed.
//
//go:noinline
func discard(sum byte) {}
