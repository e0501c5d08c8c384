package rbtree

import (
	"iter"

	"github.com/ramet-go/ramet/internal/reuse"
	"github.com/ramet-go/ramet/transient"
)

// A MapBuilder accumulates changes to a map. It changes in place the nodes that it alone
// owns, and copies a shared one the first time; see package transient for how. The zero
// MapBuilder is empty and ready to use, with the natural order of K, as the zero [Map] is.
//
// A MapBuilder must not be copied, nor used from two goroutines at once. A function passed
// to one of its methods may use the builder: the method's own change comes on top of what
// the function did. If the function panics, the builder is as it was before the call. A
// comparator must not use the builder whose keys it is asked about; trying to panics.
type MapBuilder[K, V any] struct {
	unbuilt

	root   *node
	len    int
	by     ordering[K]
	owner  transient.Owner
	edge   cursor[K, V] // behind the last entry, while that can be added to in place; else zero
	extra  uint32       // entries added at the edge that the counts above it do not include yet
	pool   *reuse.Pool[node]
	asking bool // the caller's comparator is being asked
}

// Builder returns a builder that begins with the entries of m, in O(1). It never changes m.
func (m Map[K, V]) Builder() *MapBuilder[K, V] {
	return &MapBuilder[K, V]{root: m.root, len: m.len, by: m.by}
}

// Build returns the builder's entries as a map, in O(1). The builder stays usable, and
// changing it does not change what it built. Without a change since it came from a map, or
// since the last Build, it returns that same version.
func (b *MapBuilder[K, V]) Build() Map[K, V] {
	b.notAsking()
	b.owner.Release()
	b.leaveEdge()
	return wrap[K, V](b.by, tree{b.root, b.len})
}

// view returns the builder's entries as a map that is valid until the next change.
func (b *MapBuilder[K, V]) view() Map[K, V] {
	b.count()
	return Map[K, V]{root: b.root, len: b.len, by: b.by}
}

// Len returns the number of entries, in O(1).
func (b *MapBuilder[K, V]) Len() int { return b.len }

// Get returns the value of k, or the zero value if k is absent.
func (b *MapBuilder[K, V]) Get(k K) V {
	v, _ := b.Lookup(k)
	return v
}

// Lookup returns the value of k and true, or the zero value and false if k is absent.
func (b *MapBuilder[K, V]) Lookup(k K) (v V, ok bool) {
	if p := b.find(k); p != nil {
		return *p, true
	}
	return v, false
}

// Contains reports whether k is present.
func (b *MapBuilder[K, V]) Contains(k K) bool { return b.find(k) != nil }

// All returns an iterator over the entries, in key order. It sees the builder as it is when a
// range over it begins, whatever the range's body does to the builder. Beginning a range costs
// O(1), and that the nodes which exist by then are copied when they are next changed.
func (b *MapBuilder[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) { b.Build().All()(yield) }
}

// Keys returns an iterator over the keys, which sees what that of All sees.
func (b *MapBuilder[K, V]) Keys() iter.Seq[K] {
	return func(yield func(K) bool) { b.Build().Keys()(yield) }
}

// Values returns an iterator over the values, which sees what that of All sees.
func (b *MapBuilder[K, V]) Values() iter.Seq[V] {
	return func(yield func(V) bool) { b.Build().Values()(yield) }
}

// ask begins a stretch in which the caller's comparator, if there is one, may be called, and
// answer ends it. If the comparator changed or built the builder meanwhile, it would pull the
// nodes from under the operation that asked.
func (b *MapBuilder[K, V]) ask() {
	b.notAsking()
	b.asking = true
}

func (b *MapBuilder[K, V]) answer() { b.asking = false }

func (b *MapBuilder[K, V]) notAsking() {
	if b.asking {
		panic("rbtree: a comparator uses the builder that is asking it")
	}
}

// find returns where the value of k is, or nil.
func (b *MapBuilder[K, V]) find(k K) *V {
	if b.by.caller != nil {
		b.ask()
		defer b.answer()
	}
	return Map[K, V]{root: b.root, by: b.by}.find(k) // which needs no counts
}

// seek points c to k.
func (b *MapBuilder[K, V]) seek(c *cursor[K, V], k K) {
	if b.by.caller != nil {
		b.ask()
		defer b.answer()
	}
	c.seek(b.by, b.root, k)
}

// edit returns an edit that owns what the builder owns.
func (b *MapBuilder[K, V]) edit() edit[K, V] {
	return edit[K, V]{by: b.by, id: b.owner.ID(), growing: true, pool: &b.pool}
}

// put sets the value of k, where c points, and reports whether it was absent.
func (b *MapBuilder[K, V]) put(c *cursor[K, V], k K, v V, hint string) (added bool) {
	b.by = b.by.must(hint)
	ed := b.edit()
	if c.found {
		b.leaveEdge()
		b.root = c.set(&ed, v)
		return false
	}
	checkLen(b.len, 1)
	b.len++
	if !c.insertInPlace(&ed, k, v) {
		b.leaveEdge()
		b.root = c.insert(&ed, k, v)
	} else if c.at == int(c.leaf.n)-1 && c.atEnd(0) {
		b.edge = *c
	}
	return true
}

// append adds k at the edge, without looking for it from the root, and reports whether it did:
// whether it is above all keys. A caller's comparator is not asked.
func (b *MapBuilder[K, V]) append(k K, v V) bool {
	n := b.edge.leaf
	if n == nil || !b.owner.Owns(n.id) {
		return false
	}
	last := keyAt[K](n, int(n.n)-1)
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
	if n.n == n.room {
		b.extend(k, v)
		return true
	}
	i := int(n.n)
	n.n++
	*keyAt[K](n, i), *valAt[V](n, i) = k, v
	b.extra++
	return true
}

// count adds the entries at the edge to the counts above it.
func (b *MapBuilder[K, V]) count() {
	if b.extra == 0 {
		return
	}
	for l := 1; l <= b.edge.top; l++ {
		b.edge.nodes[l].counts()[b.edge.path.at[l]] += b.extra
	}
	b.extra = 0
}

// extend is append where the leaf at the edge is full.
func (b *MapBuilder[K, V]) extend(k K, v V) {
	b.count()
	ed := b.edit()
	c := &b.edge
	c.at = int(c.leaf.n)
	if !c.insertInPlace(&ed, k, v) {
		b.root = c.insert(&ed, k, v)
		c.seekEnd(b.root)
	}
}

// leaveEdge forgets the edge: a node of it is to be replaced, or is not the builder's alone any
// more.
func (b *MapBuilder[K, V]) leaveEdge() {
	if b.edge.leaf != nil {
		b.count()
		b.edge = cursor[K, V]{}
	}
}

// remove removes the key that c points to.
func (b *MapBuilder[K, V]) remove(c *cursor[K, V]) {
	b.count()
	ed := b.edit()
	b.change(Map[K, V]{root: c.remove(&ed), len: b.len - 1, by: b.by})
}

// change makes m the builder's contents. It takes an id for that, by which an operation that has
// lent the id sees that there was a change.
func (b *MapBuilder[K, V]) change(m Map[K, V]) {
	b.owner.ID()
	b.leaveEdge()
	b.root, b.len, b.by = m.root, m.len, m.by
}

// Set sets the value of k to v and reports whether k was absent. A key that is present
// keeps its instance.
func (b *MapBuilder[K, V]) Set(k K, v V) (added bool) {
	if b.append(k, v) {
		return true
	}
	var c cursor[K, V]
	b.seek(&c, k)
	return b.put(&c, k, v, forMap)
}

// Delete removes k and reports whether it was present.
func (b *MapBuilder[K, V]) Delete(k K) (deleted bool) {
	var c cursor[K, V]
	b.seek(&c, k)
	if !c.found {
		return false
	}
	b.remove(&c)
	return true
}

// during calls f, a step of an operation in which a caller's function runs, and reports whether
// the builder is as it was. If f panics, the builder is put back to what it was at the
// operation's beginning: the id that owned its nodes then is on loan, so f cannot touch them.
func (b *MapBuilder[K, V]) during(beginning Map[K, V], f func()) (undisturbed bool) {
	loan, done := b.owner.Lend(), false
	defer func() {
		if !done {
			b.change(beginning)
			b.owner.Release()
		}
	}()
	f()
	done = true
	return b.owner.Resume(loan)
}

// Update calls f with the value of k, or with the zero value and false if k is absent, and
// sets k to the new value, or removes it if keep is false.
func (b *MapBuilder[K, V]) Update(k K, f func(old V, ok bool) (new V, keep bool)) {
	notNil(f != nil, "Update")
	var (
		c      cursor[K, V]
		v      V
		keep   bool
		before = b.view()
	)
	b.seek(&c, k)
	if b.during(before, func() { v, keep = f(c.value()) }) {
		b.settle(&c, k, v, keep)
		return
	}
	b.during(before, func() {
		b.seek(&c, k) // f changed or built the builder: c may point to what is gone
		b.settle(&c, k, v, keep)
	})
}

// settle sets the value of k, where c points, or removes k.
func (b *MapBuilder[K, V]) settle(c *cursor[K, V], k K, v V, keep bool) {
	switch {
	case keep:
		b.put(c, k, v, forMap)
	case c.found:
		b.remove(c)
	}
}

// SetAll sets the entries of seq, one after the other.
func (b *MapBuilder[K, V]) SetAll(seq iter.Seq2[K, V]) {
	notNil(seq != nil, "SetAll")
	b.during(b.view(), func() {
		for k, v := range seq {
			b.Set(k, v)
		}
	})
}

// DeleteFunc removes the entries for which del returns true. It calls del once for each entry
// that is there when the call begins, in key order.
func (b *MapBuilder[K, V]) DeleteFunc(del func(K, V) bool) {
	notNil(del != nil, "DeleteFunc")
	before := b.view()
	b.during(before, func() {
		var after Map[K, V]
		undisturbed := b.during(before, func() {
			after = before.Filter(func(k K, v V) bool { return !del(k, v) })
		})
		switch {
		case after == before:
		case undisturbed:
			b.change(after)
			b.owner.Release() // after's new nodes belong to nobody, and may stand above the builder's
		default:
			for k := range before.Difference(after).All() {
				b.Delete(k) // del changed the builder: after lacks what it did
			}
		}
	})
}

// Clear removes all entries, in O(1). The builder keeps its order.
func (b *MapBuilder[K, V]) Clear() {
	b.notAsking()
	b.change(none[K, V](b.by))
}
