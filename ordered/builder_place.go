package ordered

// Entries of a builder by where they are.

// First returns the first entry and true, or zero values and false if there is none.
func (b *MapBuilder[K, V]) First() (k K, v V, ok bool) {
	b.watch.check()
	if b.b.len() == 0 {
		return k, v, false
	}
	k, v = b.b.atIndex(0)
	return k, v, true
}

// Last returns the last entry and true, or zero values and false if there is none.
func (b *MapBuilder[K, V]) Last() (k K, v V, ok bool) {
	b.watch.check()
	if b.b.len() == 0 {
		return k, v, false
	}
	k, v = b.b.atIndex(b.b.len() - 1)
	return k, v, true
}

// At returns the entry at position i of the order. It panics if i is not in [0, Len).
func (b *MapBuilder[K, V]) At(i int) (K, V) {
	b.watch.check()
	checkIndex(i, b.b.len())
	return b.b.atIndex(i)
}

// Index returns the position of k in the order and true, or 0 and false if k is absent.
func (b *MapBuilder[K, V]) Index(k K) (i int, ok bool) {
	b.begin()
	defer b.watch.end()
	return b.b.indexOf(k)
}

// MoveToEnd makes k the last key and reports whether that changed anything: whether k is there and was not the last.
func (b *MapBuilder[K, V]) MoveToEnd(k K) (moved bool) {
	b.begin()
	defer b.watch.end()
	b.write()
	return b.b.moveToEnd(k)
}

// MoveToFront makes k the first key and reports whether that changed anything: whether k is there and was not the
// first.
func (b *MapBuilder[K, V]) MoveToFront(k K) (moved bool) {
	b.begin()
	defer b.watch.end()
	b.write()
	return b.b.moveToFront(k)
}

// atIndex returns the entry at position i, which there is.
func (b *bare[K, V]) atIndex(i int) (K, V) {
	switch {
	case !b.changed:
		return b.now.At(i)
	case b.index == nil:
		return b.flat[i].key, b.flat[i].val
	}
	_, e := b.order.At(i)
	return e.key, e.val
}

// indexOf returns the position of k.
func (b *bare[K, V]) indexOf(k K) (i int, ok bool) {
	if !b.changed {
		return b.now.Index(k)
	}
	at, ok := b.find(k)
	switch {
	case !ok:
		return 0, false
	case b.index == nil:
		return int(at), true
	}
	return b.order.Rank(at)
}
