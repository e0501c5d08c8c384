//ramet:layer api

package hamt

import "iter"

// A MapBuilder accumulates changes to a map. It changes in place the nodes that it alone
// owns, and copies a shared one the first time; see package transient for how. The zero
// MapBuilder is empty and ready to use, with the default hasher.
//
// A MapBuilder must not be copied after its first use: a copy panics when it is used, and the
// original goes on. It must not be used from two goroutines at once, which panics if it is
// noticed. A function passed to one of its methods may use the builder: the method's own change
// comes on top of what the function did. If the function panics, the builder is as it was before
// the call. A [Hasher] must not use the builder whose keys it is asked about; trying to panics.
type MapBuilder[K comparable, V any] struct {
	unbuilt

	bareBuilder[K, V]
	watch watch
}

// Builder returns a builder that begins with the entries of m, in O(1). It never changes m.
func (m Map[K, V]) Builder() *MapBuilder[K, V] {
	b := &MapBuilder[K, V]{bareBuilder: m.bare()}
	b.watch.claim()
	return b
}

// Build returns the builder's entries as a map, in O(1). The builder stays usable, and
// changing it does not change what it built. Without a change since it came from a map, or
// since the last Build, it returns that same version.
//
// Build counts as a write, so it must not run while another goroutine uses the builder, not even one that reads. It gives
// up the builder's nodes to the map: the next change of each node copies it again. All, Keys, Values and printing begin
// with a Build.
func (b *MapBuilder[K, V]) Build() Map[K, V] {
	b.watch.check()
	return b.build()
}

// Len returns the number of entries, in O(1).
func (b *MapBuilder[K, V]) Len() int {
	b.watch.check()
	return b.len
}

// Get returns the value of k, or the zero value if k is absent.
func (b *MapBuilder[K, V]) Get(k K) V {
	v, _ := b.Lookup(k)
	return v
}

// Lookup returns the value of k and true, or the zero value and false if k is absent.
func (b *MapBuilder[K, V]) Lookup(k K) (v V, ok bool) {
	if e := b.find(k); e != nil {
		return e.val, true
	}
	return v, false
}

// Contains reports whether k is present.
func (b *MapBuilder[K, V]) Contains(k K) bool { return b.find(k) != nil }

// All returns an iterator over the entries. A range over it sees the entries that are there when the range begins, whatever
// its body does to the builder. Beginning a range takes O(1) time, and the next change of each node copies it.
func (b *MapBuilder[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) { b.Build().All()(yield) }
}

// Keys returns an iterator over the keys; see [MapBuilder.All].
func (b *MapBuilder[K, V]) Keys() iter.Seq[K] {
	return func(yield func(K) bool) { b.Build().Keys()(yield) }
}

// Values returns an iterator over the values; see [MapBuilder.All].
func (b *MapBuilder[K, V]) Values() iter.Seq[V] {
	return func(yield func(V) bool) { b.Build().Values()(yield) }
}

// find returns the entry of k, or nil. If the Hasher changed or built the builder meanwhile, it would pull the
// nodes from under the operation that asked.
func (b *MapBuilder[K, V]) find(k K) *entry[K, V] {
	if b.by.hasher == nil {
		b.watch.check()
		return b.view().find(k)
	}
	b.watch.ask()
	defer b.watch.end()
	return b.view().find(k)
}

// seekAlone points c to k.
func (b *MapBuilder[K, V]) seekAlone(c *finger[K, V], k K) {
	if b.by.hasher != nil {
		b.watch.ask()
		defer b.watch.end()
		b.seek(c, b.by.hash(k), k)
		return
	}
	hash := b.by.hash(k) // panics if k is not comparable, and so before begin
	b.watch.begin()
	b.seek(c, hash, k)
	b.watch.end()
}

// settleAlone sets the value of k, where c points, or removes k.
func (b *MapBuilder[K, V]) settleAlone(c *finger[K, V], k K, v V, keep bool) {
	if b.by.hasher != nil {
		b.watch.ask() // a leaf that is divided asks for hashes
		defer b.watch.end()
		b.settle(c, k, v, keep)
		return
	}
	b.watch.begin()
	b.settle(c, k, v, keep)
	b.watch.end()
}

// Set sets the value of k to v and reports whether k was absent. A key that is present
// keeps its instance.
func (b *MapBuilder[K, V]) Set(k K, v V) (added bool) {
	if b.by.hasher != nil {
		return b.setAsking(k, v)
	}
	hash := b.by.hash(k) // panics if k is not comparable, and so before Begin
	b.watch.begin()
	added = b.set(hash, k, v)
	b.watch.end()
	return added
}

// setAsking is Set where there is a Hasher.
func (b *MapBuilder[K, V]) setAsking(k K, v V) (added bool) {
	b.watch.ask()
	defer b.watch.end()
	return b.set(b.by.hash(k), k, v)
}

// addAsking is SetBuilder.Add where there is a Hasher.
func (b *MapBuilder[K, V]) addAsking(k K) (added bool) {
	b.watch.ask()
	defer b.watch.end()
	return b.add(b.by.hash(k), k, *new(V))
}

// Delete removes k and reports whether it was present.
func (b *MapBuilder[K, V]) Delete(k K) (deleted bool) {
	if b.by.hasher != nil {
		return b.deleteAsking(k)
	}
	hash := b.by.hash(k)
	b.watch.begin()
	deleted = b.delete(hash, k)
	b.watch.end()
	return deleted
}

// deleteAsking is Delete where there is a Hasher.
func (b *MapBuilder[K, V]) deleteAsking(k K) (deleted bool) {
	b.watch.ask()
	defer b.watch.end()
	return b.delete(b.by.hash(k), k)
}

// Swap sets the value of k to v, and returns the value that k had and true, or the zero value and false if k was absent. A
// key that is present keeps its instance.
func (b *MapBuilder[K, V]) Swap(k K, v V) (old V, ok bool) {
	var c finger[K, V]
	b.seekAlone(&c, k)
	old, ok = c.value()
	b.settleAlone(&c, k, v, true)
	return old, ok
}

// Take removes k, and returns the value that it had and true, or the zero value and false if k was absent.
func (b *MapBuilder[K, V]) Take(k K) (old V, ok bool) {
	var c finger[K, V]
	b.seekAlone(&c, k)
	old, ok = c.value()
	b.settleAlone(&c, k, old, false)
	return old, ok
}

// replace is SetBuilder.Replace.
func (b *MapBuilder[K, V]) replace(k K) (added bool) {
	var c finger[K, V]
	b.seekAlone(&c, k)
	switch {
	case !c.found():
		b.settleAlone(&c, k, *new(V), true)
		return true
	case b.by.indistinct():
		return false
	}
	b.watch.begin()
	ed := b.edit()
	b.root = c.setEntry(&ed, entry[K, V]{key: k})
	b.watch.end()
	return false
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
		c      finger[K, V]
		v      V
		keep   bool
		before = b.view()
	)
	b.seekAlone(&c, k)
	if b.during(before, func() { v, keep = f(c.value()) }) {
		b.settleAlone(&c, k, v, keep)
		return
	}
	b.during(before, func() {
		b.seekAlone(&c, k) // f changed or built the builder: c may point to what is gone
		b.settleAlone(&c, k, v, keep)
	})
}

// SetAll sets the entries of seq, one after the other.
func (b *MapBuilder[K, V]) SetAll(seq iter.Seq2[K, V]) {
	notNil(seq != nil, "SetAll")
	b.watch.check()
	b.during(b.view(), func() {
		for k, v := range seq {
			b.Set(k, v)
		}
	})
}

// DeleteFunc removes the entries for which del returns true. It calls del once for each entry
// that is there when the call begins.
func (b *MapBuilder[K, V]) DeleteFunc(del func(K, V) bool) {
	notNil(del != nil, "DeleteFunc")
	b.watch.check()
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

// Clear removes all entries, in O(1). The builder keeps its hasher.
func (b *MapBuilder[K, V]) Clear() {
	b.watch.begin()
	b.change(none[K, V](b.by))
	b.watch.end()
}
