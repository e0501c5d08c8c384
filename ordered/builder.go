package ordered

import (
	"iter"
	"sync"
)

// A MapBuilder accumulates changes to a map. It changes in place the nodes that it alone owns, and copies a shared one
// the first time; see package transient for how. The zero MapBuilder is empty and ready to use, with the default
// hasher.
//
// A MapBuilder must not be copied after its first use: a copy panics when it is used, and the original goes on. It must
// not be used from two goroutines at once, which panics if it is noticed. A function passed to one of its methods may
// use the builder: the method's own change comes on top of what the function did. If the function panics, the builder
// is as it was before the call. A Hasher must not use the builder whose keys it is asked about; trying to panics.
type MapBuilder[K comparable, V any] struct {
	unbuilt

	_     [0]sync.Mutex // makes go vet report copies
	watch watch
	b     bare[K, V]

	// running is how many operations are underway that have called a caller's function, one in the other. saved has
	// what the builder was when such an operation began, for those during which it has changed since: of running ones,
	// the outermost first.
	running int
	saved   []Map[K, V]
}

// Builder returns a builder that begins with the entries of m, in O(1). It never changes m.
func (m Map[K, V]) Builder() *MapBuilder[K, V] {
	b := &MapBuilder[K, V]{b: m.bare()}
	b.watch.claim()
	return b
}

// begin begins an operation in which a Hasher is asked about keys, if there is one. As keys and Hashers may panic, its
// end is to be deferred.
func (b *MapBuilder[K, V]) begin() {
	b.watch.begin()
	if b.b.now.by != nil {
		b.watch.ask()
	}
}

// write is called before a change, and saves what there is for the operations that are underway.
func (b *MapBuilder[K, V]) write() {
	if len(b.saved) < b.running {
		now := b.b.build()
		for len(b.saved) < b.running {
			b.saved = append(b.saved, now)
		}
	}
}

// during calls f, a step of an operation in which a caller's function runs, and reports whether the builder is as it
// was; if not, before is what it was. If f panics, the builder is put back to that.
func (b *MapBuilder[K, V]) during(f func()) (before Map[K, V], undisturbed bool) {
	b.running++
	done := false
	defer func() {
		if last := len(b.saved) - 1; last == b.running-1 {
			before = b.saved[last]
			if !done {
				b.b.become(before)
			}
			b.saved[last] = Map[K, V]{}
			b.saved = b.saved[:last]
		}
		b.running--
	}()
	f()
	done = true
	return before, len(b.saved) < b.running
}

// Build returns the builder's entries as a map, in O(1). The builder stays usable, and changing it does not change what
// it built. Without a change since it came from a map, or since the last Build, it returns that same version.
//
// Build counts as a write. It gives up the builder's right to change what it has in place, so the next change of each
// node copies it again; and it must not run while another goroutine uses the builder, even one that reads. All, Keys,
// Values, Backward and printing begin with a Build.
func (b *MapBuilder[K, V]) Build() Map[K, V] {
	b.watch.check()
	return b.b.build()
}

// Len returns the number of entries, in O(1).
func (b *MapBuilder[K, V]) Len() int {
	b.watch.check()
	return b.b.len()
}

// Get returns the value of k, or the zero value if k is absent.
func (b *MapBuilder[K, V]) Get(k K) V {
	v, _ := b.Lookup(k)
	return v
}

// Lookup returns the value of k and true, or the zero value and false if k is absent.
func (b *MapBuilder[K, V]) Lookup(k K) (v V, ok bool) {
	b.begin()
	defer b.watch.end()
	_, v, ok = b.b.lookup(k)
	return v, ok
}

// Contains reports whether k is present.
func (b *MapBuilder[K, V]) Contains(k K) bool {
	_, ok := b.Lookup(k)
	return ok
}

// All returns an iterator over the entries, in order. It sees the builder as it is when a range over it begins,
// whatever the range's body does to the builder. Beginning a range costs O(1), and that the nodes which exist by then
// are copied when they are next changed.
func (b *MapBuilder[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) { b.Build().each(yield) }
}

// Keys returns an iterator over the keys, which sees what that of All sees.
func (b *MapBuilder[K, V]) Keys() iter.Seq[K] {
	return func(yield func(K) bool) { b.Build().Keys()(yield) }
}

// Values returns an iterator over the values, which sees what that of All sees.
func (b *MapBuilder[K, V]) Values() iter.Seq[V] {
	return func(yield func(V) bool) { b.Build().Values()(yield) }
}

// Backward returns an iterator over the entries from the last to the first, which sees what that of All sees.
func (b *MapBuilder[K, V]) Backward() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) { b.Build().Backward()(yield) }
}

// Set sets the value of k to v and reports whether k was absent. A key that is present keeps its place and its
// instance; another goes to the end.
func (b *MapBuilder[K, V]) Set(k K, v V) (added bool) {
	b.begin()
	defer b.watch.end()
	b.write()
	return b.b.set(k, v)
}

// Delete removes k and reports whether it was present.
func (b *MapBuilder[K, V]) Delete(k K) (deleted bool) {
	_, deleted = b.Take(k)
	return deleted
}

// Swap sets the value of k to v, and returns the value that k had and true, or the zero value and false if k was
// absent. A key that is present keeps its place and its instance; another goes to the end.
func (b *MapBuilder[K, V]) Swap(k K, v V) (old V, ok bool) {
	b.begin()
	defer b.watch.end()
	b.write()
	at, old, ok := b.b.lookup(k)
	b.b.put(at, ok, k, v)
	return old, ok
}

// Take removes k, and returns the value that it had and true, or the zero value and false if k was absent.
func (b *MapBuilder[K, V]) Take(k K) (old V, ok bool) {
	b.begin()
	defer b.watch.end()
	b.write()
	at, old, ok := b.b.lookup(k)
	if ok {
		b.b.remove(at, k)
	}
	return old, ok
}

// Update calls f with the value of k, or with the zero value and false if k is absent, and sets k to the new value, or
// removes it if keep is false. A key that is present keeps its place, another goes to the end.
func (b *MapBuilder[K, V]) Update(k K, f func(old V, ok bool) (new V, keep bool)) {
	notNil(f != nil, "Update")
	old, ok := b.Lookup(k)
	var v V
	var keep bool
	before, undisturbed := b.during(func() { v, keep = f(old, ok) })
	if undisturbed {
		b.settle(k, v, keep)
		return
	}
	done := false
	defer func() {
		if !done { // a Hasher has panicked: what f did is undone as well
			b.b.become(before)
		}
	}()
	b.settle(k, v, keep)
	done = true
}

// settle sets the value of k, or removes k.
func (b *MapBuilder[K, V]) settle(k K, v V, keep bool) {
	if keep {
		b.Set(k, v)
	} else {
		b.Delete(k)
	}
}

// SetAll sets the entries of seq, one after the other.
func (b *MapBuilder[K, V]) SetAll(seq iter.Seq2[K, V]) {
	notNil(seq != nil, "SetAll")
	b.watch.check()
	b.during(func() {
		for k, v := range seq {
			b.Set(k, v)
		}
	})
}

// DeleteFunc removes the entries for which del returns true. It calls del once for each entry that is there when the
// call begins.
func (b *MapBuilder[K, V]) DeleteFunc(del func(K, V) bool) {
	notNil(del != nil, "DeleteFunc")
	before := b.Build()
	b.during(func() {
		var after Map[K, V]
		_, undisturbed := b.during(func() { after = before.DeleteFunc(del) })
		switch {
		case after == before:
		case undisturbed:
			b.replace(after)
		default:
			for k := range before.Difference(after).All() {
				b.Delete(k) // del changed the builder: after lacks what it did
			}
		}
	})
}

// replace makes m the contents.
func (b *MapBuilder[K, V]) replace(m Map[K, V]) {
	b.watch.begin()
	defer b.watch.end()
	b.write()
	b.b.become(m)
}

// Clear removes all entries, in O(1). The builder keeps its hasher.
func (b *MapBuilder[K, V]) Clear() {
	b.watch.check()
	b.replace(Map[K, V]{by: b.b.now.by})
}
