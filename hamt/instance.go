//ramet:layer api

package hamt

// Elements that are equal and not the same, such as records with an id that a Hasher compares: the instance that a set
// has.

// Lookup returns the element of s that is equal to v and true, or the zero T and false if there is none. It takes O(log
// n) time and allocates nothing.
func (s Set[T]) Lookup(v T) (stored T, ok bool) {
	if e := s.m.find(v); e != nil {
		return e.key, true
	}
	return stored, false
}

// Replace returns s with v in it, in the place of an element that is equal to it, if there is one: where [Set.Add]
// keeps the old instance, Replace takes the new one. It returns s itself if that makes no difference, because v is in s
// and equal elements cannot be told apart: integers, strings, booleans and pointers, under the default hasher. It costs
// what [Map.Set] does.
func (s Set[T]) Replace(v T) Set[T] {
	ed := s.m.edit()
	var f finger[T, struct{}]
	f.seek(ed.by, s.m.root(), 0, ed.by.hash(v), v)
	switch {
	case !f.found():
		return Set[T]{s.m.put(&f, &ed, v, struct{}{})}
	case ed.by.indistinct():
		return s
	}
	return Set[T]{wrap[T, struct{}](ed.by, f.setEntry(&ed, entry[T, struct{}]{key: v}), s.m.len)}
}

// Lookup returns the element that is equal to v and true, or the zero T and false if there is none.
func (b *SetBuilder[T]) Lookup(v T) (stored T, ok bool) {
	if e := b.b.find(v); e != nil {
		return e.key, true
	}
	return stored, false
}

// Replace adds v, in the place of an element that is equal to it, if there is one, and reports whether there was none.
// See [Set.Replace].
func (b *SetBuilder[T]) Replace(v T) (added bool) {
	b.b.begin()
	defer b.b.watch.end()
	return b.b.replace(v, struct{}{})
}

// replace sets the value of k, and puts k in the place of the key that is equal to it, if there is one. It reports
// whether there was none.
func (b *bareBuilder[K, V]) replace(k K, v V) (added bool) {
	var f finger[K, V]
	b.seek(&f, k)
	switch {
	case !f.found():
		return b.put(&f, k, v)
	case b.by.indistinct():
		return false
	}
	ed := b.edit()
	b.root = f.setEntry(&ed, entry[K, V]{key: k, val: v})
	return false
}
