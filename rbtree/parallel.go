//ramet:layer tree

package rbtree

import (
	"runtime"
	"slices"
	"sync"
)

// Large trees are combined in parts, each by a goroutine of its own.

// Fewer entries than parallelLen are combined faster by one processor, and more than maxParts processors wait for
// memory. Two take 0.54 of the time of one at a million entries (docs/decisions/0008).
const (
	parallelLen = 1 << 15
	maxParts    = 8
)

// apart reports whether two trees are large, and have little in common: their combination visits most of either.
func apart(a, b tree) bool { return min(a.len, b.len) >= parallelLen && !related(a.root, b.root) }

// worthParts reports whether two trees, which are apart, overlap, and are to be combined without a function that must
// run in the caller's goroutine.
func (c combination[K, V]) worthParts(by ordering[K], a, b tree) bool {
	return c.f == nil && runtime.GOMAXPROCS(0) > 1 &&
		by.compare(firstKey[K](a.root), lastKey[K](b.root)) <= 0 &&
		by.compare(firstKey[K](b.root), lastKey[K](a.root)) <= 0
}

// inParts is of with several goroutines, each of which walks over a range of keys.
func (c combination[K, V]) inParts(by ordering[K], a, b tree) tree {
	type part struct {
		ap       appender[K, V]
		z        zip[K]
		panicked any
		finished bool
	}
	// Each part begins at an entry of a, of which all have as many, and where its key belongs in b.
	parts := make([]part, min(runtime.GOMAXPROCS(0), maxParts))
	i, j := 0, 0
	for p := range parts {
		nextI, nextJ := a.len, b.len
		if p < len(parts)-1 {
			cut := a.placeOf(a.len / len(parts) * (p + 1))
			nextI = cut.index
			other, _ := by.spotOf(b.root, *keyAt[K](cut.leaf, cut.at))
			nextJ = max(other.index, j) // whatever a comparator says that contradicts itself
		}
		parts[p].ap = newAppender[K, V](by)
		parts[p].z = zip[K]{by: by, a: walk[K](a, i, nextI), b: walk[K](b, j, nextJ)}
		c.readAhead(&parts[p].z)
		i, j = nextI, nextJ
	}
	var wg sync.WaitGroup
	for i := range parts {
		p := &parts[i]
		wg.Go(func() {
			defer func() { p.panicked = recover() }() // for the caller's goroutine, which may recover from it
			c.append(&p.ap, &p.z)
			p.finished = true
		})
	}
	wg.Wait()
	all := &parts[0].ap
	for i := range parts {
		switch p := &parts[i]; {
		case p.panicked != nil:
			panic(p.panicked)
		case !p.finished:
			runtime.Goexit() // as the comparator did
		case i > 0:
			all.append(&p.ap)
		}
	}
	return all.finish()
}

// append appends what o has, which comes behind what ap has. o is of no use afterwards.
func (ap *appender[K, V]) append(o *appender[K, V]) {
	if o.done.root == nil && o.leaf == nil {
		if o.run.len > 0 { // it may go on from ap's: where all parts are of one tree, the result is that tree
			ap.appendRun(o.run.src, o.run.start, o.run.len)
		}
		return
	}
	ap.flush()
	ap.spill()
	ap.done = ap.joinTrees(ap.done, o.finish())
}

// related reports whether two trees share one of the nodes near their roots.
func related(a, b *node) bool {
	if a.level > b.level {
		a, b = b, a
	}
	if a.level < b.level {
		return slices.Contains(b.kids(), a)
	}
	return a == b || shareKids(a, b, 2)
}

// shareKids reports whether a and b, of one level, have a node in common up to the given depth below them.
func shareKids(a, b *node, depth int) bool {
	if a.level == 0 || depth == 0 {
		return false
	}
	for i, kid := range a.kids() {
		if slices.Contains(b.kids(), kid) || i < int(b.len) && shareKids(kid, b.kid(i), depth-1) {
			return true
		}
	}
	return false
}
