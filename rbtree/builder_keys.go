//ramet:layer api

package rbtree

// What a builder does for one key, most often of all. It looks at the edge first, and defers nothing where nothing can
// panic.

// Lookup returns the value of k and true, or the zero value and false if k is absent.
func (b *MapBuilder[K, V]) Lookup(k K) (v V, ok bool) {
	if p := b.find(k); p != nil {
		return *p, true
	}
	return v, false
}

// Contains reports whether k is present.
func (b *MapBuilder[K, V]) Contains(k K) bool { return b.find(k) != nil }

// find returns where the value of k is, or nil.
func (b *MapBuilder[K, V]) find(k K) *V {
	if !b.asks() {
		b.watch.check()
		return b.bareBuilder.find(k)
	}
	b.begin()
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
	b.begin()
	defer b.watch.end()
	return b.set(k, v)
}

// mayPanic reports whether adding a key may panic: in the comparator, for want of an order, or because there are too
// many.
func (b *MapBuilder[K, V]) mayPanic() bool {
	return b.by.kind == caller || b.by.kind == orderless || b.by.kind == unresolved || uint64(b.len) >= maxLen
}

// Delete removes k and reports whether it was present.
func (b *MapBuilder[K, V]) Delete(k K) (deleted bool) {
	if b.asks() {
		return b.deleteCarefully(k)
	}
	b.watch.begin()
	deleted = b.delete(k)
	b.watch.end()
	return deleted
}

// deleteCarefully is Delete where there is a comparator.
func (b *MapBuilder[K, V]) deleteCarefully(k K) (deleted bool) {
	b.begin()
	defer b.watch.end()
	return b.delete(k)
}

// Add adds v and reports whether it was absent. An element that is present keeps its instance.
func (b *SetBuilder[T]) Add(v T) (added bool) {
	if b.b.watch.idle() && b.b.append(v, struct{}{}) {
		return true
	}
	if b.b.mayPanic() {
		return b.addCarefully(v)
	}
	b.b.watch.begin()
	added = b.b.add(v, struct{}{})
	b.b.watch.end()
	return added
}

// addCarefully is Add where something may panic.
func (b *SetBuilder[T]) addCarefully(v T) (added bool) {
	b.b.begin()
	defer b.b.watch.end()
	b.b.by = b.b.by.must(forSet)
	return b.b.add(v, struct{}{})
}
