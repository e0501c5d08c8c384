//ramet:layer api

package rbtree

// Elements that are equal and not the same, such as records with an id that a comparator compares: the instance that a
// set has.

// stored returns the key of m that is equal to k, and false if there is none.
func (m Map[K, V]) stored(k K) (key K, ok bool) {
	if m.root() == nil {
		return key, false
	}
	leaf, at, found := m.by.locate(m.root(), k, nil)
	if !found {
		return key, false
	}
	return *keyAt[K](leaf, at), true
}

// Lookup returns the element of s that is equal to v and true, or the zero T and false if there is none. It takes O(log
// n) time and allocates nothing.
func (s Set[T]) Lookup(v T) (stored T, ok bool) { return s.m.stored(v) }

// Replace returns s with v in it, in the place of an element that is equal to it, if there is one: where [Set.Add]
// keeps the old instance, Replace takes the new one. It returns s itself if that makes no difference, because v is in s
// and T has the natural order of integers or strings. It costs what [Map.Set] does.
func (s Set[T]) Replace(v T) Set[T] {
	s.m.by = s.m.by.must(forSet)
	ed := s.m.edit()
	var f finger[T, struct{}]
	f.seek(ed.by, s.m.root(), v)
	switch {
	case !f.found:
		return Set[T]{s.m.put(&f, &ed, v, struct{}{})}
	case ed.by.indistinct():
		return s
	}
	return Set[T]{wrap[T, struct{}](ed.by, tree{f.setKey(&ed, v, struct{}{}), s.m.len})}
}

// Lookup returns the element that is equal to v and true, or the zero T and false if there is none.
func (b *SetBuilder[T]) Lookup(v T) (stored T, ok bool) {
	m := b.b.look()
	defer b.b.looked()
	return m.stored(v)
}

// Replace adds v, in the place of an element that is equal to it, if there is one, and reports whether there was none.
// See [Set.Replace].
func (b *SetBuilder[T]) Replace(v T) (added bool) {
	b.b.begin()
	defer b.b.watch.end()
	b.b.by = b.b.by.must(forSet)
	return b.b.replace(v, struct{}{})
}

// replace sets the value of k, and puts k in the place of the key that is equal to it, if there is one. It reports
// whether there was none.
func (b *bareBuilder[K, V]) replace(k K, v V) (added bool) {
	var f finger[K, V]
	b.seek(&f, k)
	switch {
	case !f.found:
		return b.put(&f, k, v)
	case b.by.indistinct():
		return false
	}
	ed := b.edit()
	b.leaveEdge()
	b.root = f.setKey(&ed, k, v)
	return false
}
