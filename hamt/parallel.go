//ramet:layer tree

package hamt

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// Large maps are combined in parts, by several goroutines: the pairs of nodes below their roots. No function of the
// caller's is called from there, and no Hasher.

// Fewer entries than parallelLen are combined faster by one processor, and more than maxParts processors wait for memory.
const (
	parallelLen = 1 << 15
	maxParts    = 8
)

// worthParts reports whether two maps with the roots a and b are large, and have little in common: their combination
// visits most of either.
func worthParts(a, b *node, lenA, lenB int) bool {
	return min(lenA, lenB) >= parallelLen && runtime.GOMAXPROCS(0) > 1 && a != b && a.isInner() && b.isInner() && !related(a, b, 2)
}

// related reports whether two nodes of one level have a node in common below them, down to the given depth: another than
// the empty leaf.
func related(a, b *node, depth int) bool {
	if depth == 0 || !a.isInner() || !b.isInner() {
		return false
	}
	bs := b.children()
	for i, c := range a.children() {
		if c != &empty.node && slices.Contains(bs, c) || i < len(bs) && related(c, bs[i], depth-1) {
			return true
		}
	}
	return false
}

// A pair is two nodes for the same span below two roots.
type pair struct {
	a, b  *node
	span  span
	level int   // that of a and b, if they are inner nodes
	done  *node // what they were combined to, or nil
}

// Pairs are all pairs below two roots.
type pairs []pair

// add adds a pair; it is for zip.
func (ps *pairs) add(a, b *node, s span, level int) bool {
	*ps = append(*ps, pair{a: a, b: b, span: s, level: level})
	return true
}

// inParts calls work in several goroutines, of which the caller's is one. Each gets pairs, to set done in them, until
// next returns nil. The pairs of which one is a leaf are left out: there is little to do for them.
func (ps pairs) inParts(work func(next func() *pair)) {
	var taken atomic.Int32
	next := func() *pair {
		for i := int(taken.Add(1)) - 1; i < len(ps); i = int(taken.Add(1)) - 1 {
			if p := &ps[i]; p.a.isInner() && p.b.isInner() {
				return p
			}
		}
		return nil
	}
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), maxParts) - 1 {
		wg.Go(func() { work(next) })
	}
	work(next)
	wg.Wait()
}
