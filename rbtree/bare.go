//ramet:layer api

package rbtree

import (
	"github.com/ramet-go/ramet/internal/ownership"
	"github.com/ramet-go/ramet/internal/reuse"
)

// A bareBuilder is a builder without a guard. Operations that need a builder for themselves take one, which may live on
// the stack.
//
// It has a finger at its edge, behind the last entry, while keys come in order: the next one needs no search from the
// root, and no count on the path changes until the edge is left. That halves the time, to 15 to 19 ns an entry
// (docs/decisions/0008).
type bareBuilder[K, V any] struct {
	root  *node
	len   int
	by    ordering[K]
	owner ownership.Owner
	edge  finger[K, V] // behind the last entry, while its nodes are the builder's alone; else zero
	extra uint32       // entries added at the edge that the counts above it do not include yet: invariant 4 waits for count
	pool  *reuse.Pool[node]
}

// bare returns a builder that begins with the entries of m.
func (m Map[K, V]) bare() bareBuilder[K, V] {
	return bareBuilder[K, V]{root: m.root(), len: m.len, by: m.by}
}

// build returns the entries as a map.
func (b *bareBuilder[K, V]) build() Map[K, V] {
	b.owner.Release()
	b.leaveEdge()
	return wrap[K, V](b.by, tree{b.root, b.len})
}

// view returns the entries as a map that is valid until the next change.
func (b *bareBuilder[K, V]) view() Map[K, V] {
	b.count()
	return Map[K, V]{top: refTo(b.root), len: b.len, by: b.by}
}

// asks reports whether a comparator is asked about keys.
func (b *bareBuilder[K, V]) asks() bool { return b.by.kind == caller }

// find returns where the value of k is, or nil.
func (b *bareBuilder[K, V]) find(k K) *V {
	return Map[K, V]{top: refTo(b.root), by: b.by}.find(k) // which needs no counts
}

// seek points f to k.
func (b *bareBuilder[K, V]) seek(f *finger[K, V], k K) { f.seek(b.by, b.root, k) }

// edit returns an edit that owns what the builder owns.
func (b *bareBuilder[K, V]) edit() edit[K, V] {
	return edit[K, V]{by: b.by, id: b.owner.ID(), growing: true, pool: &b.pool}
}

// put sets the value of k, where f points, and reports whether it was absent.
func (b *bareBuilder[K, V]) put(f *finger[K, V], k K, v V) (added bool) {
	b.by = b.by.must(forMap)
	ed := b.edit()
	// Case 1: another value for a key. The leaf may be that of the edge, and become another one.
	if f.found {
		b.leaveEdge()
		b.root = f.set(&ed, v)
		return false
	}
	// Case 2: another key. If the leaf takes it in place and it is the last one, then the leaf is the edge from now on.
	checkLen(b.len, 1)
	b.len++
	if !f.insertInPlace(&ed, k, v) {
		b.leaveEdge()
		b.root = f.insert(&ed, k, v)
	} else if f.at == int(f.leaf.len)-1 && f.atEnd(0) {
		b.edge = *f
	}
	return true
}

// append adds k at the edge, without looking for it from the root, and reports whether it did: whether it is above all
// keys. A caller's comparator is not asked.
func (b *bareBuilder[K, V]) append(k K, v V) bool {
	n := b.edge.leaf
	if n == nil {
		return false
	}
	last := keyAt[K](n, int(n.len)-1)
	switch b.by.kind {
	case int64s: // the most frequent one, without a call
		if as[int64](last) >= as[int64](&k) {
			return false
		}
	case caller:
		return false
	default:
		if b.by.compare(*last, k) >= 0 {
			return false
		}
	}
	checkLen(b.len, 1)
	b.len++
	if n.len == n.room {
		b.extend(k, v)
		return true
	}
	i := int(n.len) // the leaf is owned, as all of the edge is
	n.len++
	*keyAt[K](n, i), *valAt[V](n, i) = k, v
	b.extra++
	return true
}

// count adds the entries at the edge to the counts above it.
func (b *bareBuilder[K, V]) count() {
	if b.extra == 0 {
		return
	}
	for l := 1; l <= b.edge.top; l++ {
		b.edge.nodes[l].counts()[b.edge.path.at[l]] += b.extra // keeps 4; owned, because the leaf is (invariant 8)
	}
	b.extra = 0
}

// extend is append where the leaf at the edge is full.
func (b *bareBuilder[K, V]) extend(k K, v V) {
	b.count()
	ed := b.edit()
	f := &b.edge
	f.at = int(f.leaf.len)
	if !f.insertInPlace(&ed, k, v) {
		b.root = f.insert(&ed, k, v)
		f.seekEnd(b.root)
	}
}

// leaveEdge forgets the edge: a node of it is to be replaced, or is not the builder's alone any more.
func (b *bareBuilder[K, V]) leaveEdge() {
	if b.edge.leaf != nil {
		b.count()
		b.edge = finger[K, V]{}
	}
}

// remove removes the key that f points to.
func (b *bareBuilder[K, V]) remove(f *finger[K, V]) {
	b.count()
	ed := b.edit()
	b.change(Map[K, V]{top: refTo(f.remove(&ed)), len: b.len - 1, by: b.by})
}

// change makes m the contents. It takes an id for that, by which an operation that has lent the id sees that there was
// a change.
func (b *bareBuilder[K, V]) change(m Map[K, V]) {
	b.owner.ID()
	b.leaveEdge()
	b.root, b.len, b.by = m.root(), m.len, m.by
}

// set sets the value of k and reports whether it was absent.
func (b *bareBuilder[K, V]) set(k K, v V) (added bool) {
	var f finger[K, V]
	b.seek(&f, k)
	return b.put(&f, k, v)
}

// add sets the value of k if it is absent, and reports whether it was.
func (b *bareBuilder[K, V]) add(k K, v V) (added bool) {
	var f finger[K, V]
	b.seek(&f, k)
	return !f.found && b.put(&f, k, v)
}

// delete removes k and reports whether it was present.
func (b *bareBuilder[K, V]) delete(k K) (deleted bool) {
	var f finger[K, V]
	b.seek(&f, k)
	if !f.found {
		return false
	}
	b.remove(&f)
	return true
}

// during calls f, a step of an operation in which a caller's function runs, and reports whether the builder is as it
// was. If f panics, the builder is put back to what it was at the operation's beginning: the id that owned its nodes
// then is on loan, so f cannot touch them.
func (b *bareBuilder[K, V]) during(beginning Map[K, V], f func()) (undisturbed bool) {
	b.leaveEdge() // which lies in what is lent
	return b.owner.During(f, func() { b.change(beginning) })
}
