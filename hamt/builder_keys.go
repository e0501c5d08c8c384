//ramet:layer api

package hamt

// What a builder does for one key, most often of all. It hashes the key before it begins, because a key may turn out
// not to be comparable, and then defers nothing where nothing can panic.

// Lookup returns the value of k and true, or the zero value and false if k is absent.
func (b *MapBuilder[K, V]) Lookup(k K) (v V, ok bool) {
	if e := b.find(k); e != nil {
		return e.val, true
	}
	return v, false
}

// Contains reports whether k is present.
func (b *MapBuilder[K, V]) Contains(k K) bool { return b.find(k) != nil }

// find returns the entry of k, or nil.
func (b *MapBuilder[K, V]) find(k K) *entry[K, V] {
	if !b.asks() {
		b.watch.check()
		return b.view().find(k)
	}
	b.begin()
	defer b.watch.end()
	return b.view().find(k)
}

// Set sets the value of k to v and reports whether k was absent. A key that is present keeps its instance.
func (b *MapBuilder[K, V]) Set(k K, v V) (added bool) {
	if b.asks() {
		return b.setCarefully(k, v)
	}
	hash := b.by.hash(k)
	b.watch.begin()
	added = b.set(hash, k, v)
	b.watch.end()
	return added
}

// setCarefully is Set where there is a Hasher.
func (b *MapBuilder[K, V]) setCarefully(k K, v V) (added bool) {
	b.begin()
	defer b.watch.end()
	return b.set(b.by.hash(k), k, v)
}

// Delete removes k and reports whether it was present.
func (b *MapBuilder[K, V]) Delete(k K) (deleted bool) {
	if b.asks() {
		return b.deleteCarefully(k)
	}
	hash := b.by.hash(k)
	b.watch.begin()
	deleted = b.delete(hash, k)
	b.watch.end()
	return deleted
}

// deleteCarefully is Delete where there is a Hasher.
func (b *MapBuilder[K, V]) deleteCarefully(k K) (deleted bool) {
	b.begin()
	defer b.watch.end()
	return b.delete(b.by.hash(k), k)
}

// Add adds v and reports whether it was absent. An element that is present keeps its instance.
func (b *SetBuilder[T]) Add(v T) (added bool) {
	if b.b.asks() {
		return b.addCarefully(v)
	}
	hash := b.b.by.hash(v)
	b.b.watch.begin()
	added = b.b.add(hash, v, struct{}{})
	b.b.watch.end()
	return added
}

// addCarefully is Add where there is a Hasher.
func (b *SetBuilder[T]) addCarefully(v T) (added bool) {
	b.b.begin()
	defer b.b.watch.end()
	return b.b.add(b.b.by.hash(v), v, struct{}{})
}
