//ramet:layer tree

package rbtree

import "github.com/ramet-go/ramet/internal/ownership"

// An appender builds a tree from the least entry to the greatest: out of single entries, which fill leaf after leaf,
// and of runs of entries of other trees, of which it takes over whole subtrees. It is what all bulk operations write
// with.
//
// It owns what it makes, and edits the right edge of the tree in place. A run that goes on is only counted, so a result
// that is a whole other tree is that tree, and costs nothing.
//
//	done               leaf                 run
//	a finished tree  | entries that fill  | entries of another tree,
//	                 | a leaf of its own  | of which nothing was copied yet
type appender[K, V any] struct {
	edit[K, V]
	done tree  // what is finished
	leaf *node // what comes behind it, or nil; it has full room
	run  run   // what comes behind that
}

// A run is len entries of a tree, from a place on.
type run struct {
	src   tree
	start place
	len   int
}

func newAppender[K, V any](by ordering[K]) appender[K, V] {
	return appender[K, V]{edit: edit[K, V]{by: by, id: ownership.NewID()}}
}

// push appends an entry.
func (ap *appender[K, V]) push(k K, v V) {
	ap.flush()
	n := ap.room()
	i := int(n.len)
	n.len++
	*keyAt[K](n, i), *valAt[V](n, i) = k, v
}

// room returns the leaf, with room for an entry.
func (ap *appender[K, V]) room() *node {
	if ap.leaf != nil && int(ap.leaf.len) == leafCap[K, V]() {
		ap.spill()
	}
	if ap.leaf == nil {
		ap.leaf = ap.newLeaf(leafCap[K, V]())
	}
	return ap.leaf
}

// spill finishes the leaf: it becomes the last one of what is finished. If it is short, join fuses it (invariant 3).
func (ap *appender[K, V]) spill() {
	if n := ap.leaf; n != nil {
		ap.leaf = nil
		if int(n.room) != leafSize(int(n.len)) {
			n = ap.gatherLeaf(n, 0, int(n.len), nil, 0, 0, 0) // without the room that it does not need any more
		}
		ap.done = ap.join(ap.done, *keyAt[K](n, 0), tree{n, int(n.len)})
	}
}

// appendRun appends n entries of the borrowed tree src, from the place p on.
func (ap *appender[K, V]) appendRun(src tree, p place, n int) {
	r := &ap.run
	if r.len > 0 {
		if p.index == r.start.index+r.len && r.src == src {
			r.len += n // the run goes on
			return
		}
		ap.flush()
	}
	r.src, r.start, r.len = src, p, n
}

// flush appends the entries of the run to the rest.
func (ap *appender[K, V]) flush() {
	r := &ap.run
	n := r.len
	r.len = 0
	if n == 0 {
		return
	}
	// Case 1: a long run. Its subtrees are taken over: only nodes on the two paths to its ends are made anew.
	if n > 2*leafCap[K, V]() {
		ap.spill()
		ap.done = ap.joinTrees(ap.done, ap.slice(r.src, r.start.index, r.start.index+n))
		return
	}
	// Case 2: a short one, whose entries are copied.
	for n > 0 {
		from, i, j := r.start.chunk(r.src, n)
		n -= j - i
		ap.copyEntries(from, i, j)
	}
}

// copyEntries appends the entries [i, j) of the borrowed leaf from, of which there is one at least.
func (ap *appender[K, V]) copyEntries(from *node, i, j int) {
	for {
		to := ap.leaf
		if to == nil || int(to.len) == leafCap[K, V]() {
			to = ap.room()
		}
		at := int(to.len)
		m := min(j-i, leafCap[K, V]()-at)
		if m <= few {
			for k := range m {
				*keyAt[K](to, at+k), *valAt[V](to, at+k) = *keyAt[K](from, i+k), *valAt[V](from, i+k)
			}
			to.len += uint8(m)
		} else {
			appendEntries[K, V](to, from, i, i+m)
		}
		if i += m; i == j {
			return
		}
	}
}

// few is how many entries are copied faster one by one than by the runtime, whose copying begins with a call.
const few = 3

// finish returns the tree of what was appended. The appender is of no use afterwards.
func (ap *appender[K, V]) finish() tree {
	if ap.done.root == nil && ap.leaf == nil {
		// There is nothing but a run, however short: it stays a part of the tree that it is from, or that tree itself.
		return ap.slice(ap.run.src, ap.run.start.index, ap.run.start.index+ap.run.len)
	}
	ap.flush()
	ap.spill()
	return ap.done
}
