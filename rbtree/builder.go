//ramet:layer api

// make generate copies this file to hamt.

package rbtree

import "iter"

// A MapBuilder accumulates changes to a map. It changes in place the nodes that it alone owns, and copies a shared one
// the first time; see package transient for how. The zero MapBuilder is empty and ready to use, with the natural order
// of K, as the zero [Map] is.
//
// A MapBuilder must not be copied after its first use: a copy panics when it is used, and the original goes on. It must
// not be used from two goroutines at once; it panics if it notices. A function passed to one of its methods may use the
// builder: the method's own change comes on top of what the function did. If the function panics, the builder is as it
// was before the call. A comparator must not use the builder that called it, which panics if it does.
type MapBuilder[K, V any] struct {
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

// Build returns the builder's entries as a map, in O(1). The builder stays usable, and changing it does not change what
// it built. Without a change since it came from a map, or since the last Build, it returns that same version.
//
// Build counts as a write. It gives up the builder's right to change what it has in place, so the next change of each
// node copies it again; and it must not run while another goroutine uses the builder, even one that reads. All, Keys,
// Values, Backward, spans and printing begin with a Build.
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

// All returns an iterator over the entries, in key order. It sees the builder as it is when a range over it begins,
// whatever the range's body does to the builder. Beginning a range costs O(1), and that the nodes which exist by then
// are copied when they are next changed.
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

// begin begins an operation in which nothing of the caller's runs but the comparator, if there is one. If the
// comparator changed or built the builder meanwhile, it would pull the nodes from under the operation that asked. As it
// may panic, the operation's end is to be deferred.
func (b *MapBuilder[K, V]) begin() {
	b.watch.begin()
	if b.asks() {
		b.watch.ask()
	}
}

// Swap sets the value of k to v, and returns the value that k had and true, or the zero value and false if k was
// absent. A key that is present keeps its instance.
func (b *MapBuilder[K, V]) Swap(k K, v V) (old V, ok bool) {
	b.begin()
	defer b.watch.end()
	var f finger[K, V]
	b.seek(&f, k)
	old, ok = f.value()
	b.put(&f, k, v)
	return old, ok
}

// Take removes k, and returns the value that it had and true, or the zero value and false if k was absent.
func (b *MapBuilder[K, V]) Take(k K) (old V, ok bool) {
	b.begin()
	defer b.watch.end()
	var f finger[K, V]
	b.seek(&f, k)
	if old, ok = f.value(); ok {
		b.remove(&f)
	}
	return old, ok
}

// Update calls f with the value of k, or with the zero value and false if k is absent, and sets k to the new value, or
// removes it if keep is false.
func (b *MapBuilder[K, V]) Update(k K, f func(old V, ok bool) (new V, keep bool)) {
	notNil(f != nil, "Update")
	var (
		pos  finger[K, V]
		v    V
		keep bool
	)
	b.watch.check()
	before := b.view()
	b.point(&pos, k)
	if b.during(before, func() { v, keep = f(pos.value()) }) {
		b.settle(&pos, k, v, keep)
		return
	}
	b.during(before, func() {
		b.point(&pos, k) // f changed or built the builder: pos may point to what is gone
		b.settle(&pos, k, v, keep)
	})
}

// point points f to k.
func (b *MapBuilder[K, V]) point(f *finger[K, V], k K) {
	b.begin()
	defer b.watch.end()
	b.seek(f, k)
}

// settle sets the value of k, where f points, or removes k.
func (b *MapBuilder[K, V]) settle(f *finger[K, V], k K, v V, keep bool) {
	b.begin()
	defer b.watch.end()
	switch {
	case keep:
		b.put(f, k, v)
	case f.found:
		b.remove(f)
	}
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

// DeleteFunc removes the entries for which del returns true. It calls del once for each entry that is there when the
// call begins, in key order.
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

// Clear removes all entries, in O(1). The builder keeps its order.
func (b *MapBuilder[K, V]) Clear() {
	b.watch.begin()
	b.change(none[K, V](b.by))
	b.watch.end()
}
