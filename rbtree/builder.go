//ramet:layer api

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

// Lookup returns the value of k and true, or the zero value and false if k is absent.
func (b *MapBuilder[K, V]) Lookup(k K) (v V, ok bool) {
	if p := b.find(k); p != nil {
		return *p, true
	}
	return v, false
}

// Contains reports whether k is present.
func (b *MapBuilder[K, V]) Contains(k K) bool { return b.find(k) != nil }

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

// alone calls f, in which nothing of the caller's runs but the comparator, if there is one. If the comparator changed
// or built the builder meanwhile, it would pull the nodes from under the operation that asked.
func (b *MapBuilder[K, V]) alone(f func()) {
	if b.by.kind == caller {
		b.watch.ask()
	} else {
		b.watch.begin()
	}
	defer b.watch.end()
	f()
}

// look begins a read of the builder, and returns what it holds, which is valid until the next change. looked ends it.
// Meanwhile, a comparator must not use the builder.
func (b *MapBuilder[K, V]) look() Map[K, V] {
	if b.by.kind == caller {
		b.watch.ask()
	} else {
		b.watch.check()
	}
	return b.view()
}

func (b *MapBuilder[K, V]) looked() {
	if b.by.kind == caller {
		b.watch.end()
	}
}

// find returns where the value of k is, or nil.
func (b *MapBuilder[K, V]) find(k K) *V {
	if b.by.kind != caller {
		b.watch.check()
		return b.bareBuilder.find(k)
	}
	b.watch.ask()
	defer b.watch.end()
	return b.bareBuilder.find(k)
}

// Set sets the value of k to v and reports whether k was absent. A key that is present keeps its instance.
func (b *MapBuilder[K, V]) Set(k K, v V) (added bool) {
	if b.watch.idle() && b.append(k, v) {
		return true
	}
	if b.mayPanic() {
		return b.setCarefully(k, v)
	}
	b.watch.begin()
	added = b.set(k, v)
	b.watch.end()
	return added
}

// setCarefully is Set where something may panic.
func (b *MapBuilder[K, V]) setCarefully(k K, v V) (added bool) {
	b.alone(func() { added = b.set(k, v) })
	return added
}

// mayPanic reports whether adding a key may panic: in the comparator, for want of an order, or because there are too
// many.
func (b *MapBuilder[K, V]) mayPanic() bool {
	return b.by.kind == caller || b.by.kind == orderless || b.by.kind == unresolved || uint64(b.len) >= maxLen
}

// Delete removes k and reports whether it was present.
func (b *MapBuilder[K, V]) Delete(k K) (deleted bool) {
	if b.by.kind == caller {
		b.alone(func() { deleted = b.delete(k) })
		return deleted
	}
	b.watch.begin()
	deleted = b.delete(k)
	b.watch.end()
	return deleted
}

// Swap sets the value of k to v, and returns the value that k had and true, or the zero value and false if k was
// absent. A key that is present keeps its instance.
func (b *MapBuilder[K, V]) Swap(k K, v V) (old V, ok bool) {
	b.alone(func() {
		var f finger[K, V]
		b.seek(&f, k)
		old, ok = f.value()
		b.put(&f, k, v)
	})
	return old, ok
}

// Take removes k, and returns the value that it had and true, or the zero value and false if k was absent.
func (b *MapBuilder[K, V]) Take(k K) (old V, ok bool) {
	b.alone(func() {
		var f finger[K, V]
		b.seek(&f, k)
		if old, ok = f.value(); ok {
			b.remove(&f)
		}
	})
	return old, ok
}

// during calls f, a step of an operation in which a caller's function runs, and reports whether the builder is as it
// was. If f panics, the builder is put back to what it was at the operation's beginning: the id that owned its nodes
// then is on loan, so f cannot touch them.
func (b *MapBuilder[K, V]) during(beginning Map[K, V], f func()) (undisturbed bool) {
	b.leaveEdge() // which lies in what is lent
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

// Update calls f with the value of k, or with the zero value and false if k is absent, and sets k to the new value, or
// removes it if keep is false.
func (b *MapBuilder[K, V]) Update(k K, f func(old V, ok bool) (new V, keep bool)) {
	notNil(f != nil, "Update")
	var (
		pos    finger[K, V]
		v      V
		keep   bool
		before Map[K, V]
	)
	b.alone(func() {
		before = b.view()
		b.seek(&pos, k)
	})
	if b.during(before, func() { v, keep = f(pos.value()) }) {
		b.alone(func() { b.settle(&pos, k, v, keep) })
		return
	}
	b.during(before, func() {
		b.alone(func() {
			b.seek(&pos, k) // f changed or built the builder: pos may point to what is gone
			b.settle(&pos, k, v, keep)
		})
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
