package ordered

import (
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/rbtree"
)

// A bare builder is a builder without a guard. Operations that need a builder for themselves take one.
type bare[K comparable, V any] struct {
	now     Map[K, V] // what it holds, unless that has changed since
	changed bool

	// What it holds if it has changed: some entries, or two trees if index is not nil. Before a change the trees may be those
	// of now, and the slice is room to spare.
	flat  []entry[K, V]
	index *hamt.MapBuilder[K, int64]
	order *rbtree.MapBuilder[int64, entry[K, V]]
}

// bare returns a builder that begins with the entries of m.
func (m Map[K, V]) bare() bare[K, V] { return bare[K, V]{now: m} }

// become makes m the contents.
func (b *bare[K, V]) become(m Map[K, V]) {
	clear(b.flat)
	b.now, b.changed, b.index, b.order = m, false, nil, nil
	b.flat = b.flat[:0]
}

// build returns the entries as a map. The trees stay the builder's, which copies their nodes again when they are changed.
func (b *bare[K, V]) build() Map[K, V] {
	switch {
	case !b.changed:
	case b.index == nil:
		b.now = flat(b.now.by, exact(b.flat))
		clear(b.flat)
		b.flat = b.flat[:0]
	default:
		b.now = trees(b.now.by, b.index.Build(), b.order.Build())
		if b.now.flat() {
			b.index, b.order = nil, nil
		}
	}
	b.changed = false
	return b.now
}

func (b *bare[K, V]) len() int {
	switch {
	case !b.changed:
		return b.now.len
	case b.index == nil:
		return len(b.flat)
	}
	return b.order.Len()
}

// find returns where k is: the position in flat entries, otherwise its place.
func (b *bare[K, V]) find(k K) (at int64, ok bool) {
	switch {
	case !b.changed:
		return b.now.find(k)
	case b.index == nil:
		i := search(b.now.by, b.flat, k)
		return int64(i), i >= 0
	}
	return b.index.Lookup(k)
}

// at returns the entry where find has found a key.
func (b *bare[K, V]) at(at int64) entry[K, V] {
	switch {
	case !b.changed:
		return b.now.at(at)
	case b.index == nil:
		return b.flat[at]
	}
	return b.order.Get(at)
}

// lookup returns the value of k and where it is.
func (b *bare[K, V]) lookup(k K) (at int64, v V, ok bool) {
	if at, ok = b.find(k); ok {
		v = b.at(at).val
	}
	return at, v, ok
}

// touch is called before a change. Where things are stays the same.
func (b *bare[K, V]) touch() {
	switch {
	case b.changed:
		return
	case b.now.flat():
		b.flat = append(b.flat, b.now.entries()...)
	case b.index == nil:
		l := b.now.trees()
		b.index, b.order = l.index.Builder(), l.order.Builder()
	}
	b.changed = true
}

// put sets the value of k, where find returned at and ok.
func (b *bare[K, V]) put(at int64, ok bool, k K, v V) {
	if !ok {
		b.append(k, v)
		return
	}
	b.touch()
	if b.index == nil {
		b.flat[at].val = v
		return
	}
	b.order.Update(at, func(e entry[K, V], ok bool) (entry[K, V], bool) {
		if !ok {
			e.key = k // a Hasher contradicts itself
		}
		e.val = v
		return e, true
	})
}

// set sets the value of k and reports whether it was absent.
func (b *bare[K, V]) set(k K, v V) (added bool) {
	at, ok := b.find(k)
	b.put(at, ok, k, v)
	return !ok
}

// append adds k, which is absent, at the end.
func (b *bare[K, V]) append(k K, v V) {
	b.touch()
	if b.index == nil && len(b.flat) < flatCap[K, V]() {
		b.flat = append(b.flat, entry[K, V]{k, v})
		return
	}
	b.grow()
	last, _, _ := b.order.Max()
	b.index.Set(k, last+1) // first, because a Hasher may panic
	b.order.Set(last+1, entry[K, V]{k, v})
}

// grow makes the entries trees.
func (b *bare[K, V]) grow() {
	if b.index != nil {
		return
	}
	index, order := plant(b.now.by, b.flat)
	b.index, b.order, b.flat = index.Builder(), order.Builder(), nil
}

// remove removes k, which is at at.
func (b *bare[K, V]) remove(at int64, k K) {
	b.touch()
	if b.index == nil {
		copy(b.flat[at:], b.flat[at+1:])
		last := len(b.flat) - 1
		b.flat[last] = entry[K, V]{}
		b.flat = b.flat[:last]
		return
	}
	if old, ok := b.index.Lookup(k); !ok || old != at || !b.index.Delete(k) {
		b.index = unindexed(b.index.Build(), k, at).Builder()
	}
	b.order.Delete(at)
}

// delete removes k and reports whether it was present.
func (b *bare[K, V]) delete(k K) (deleted bool) {
	at, ok := b.find(k)
	if ok {
		b.remove(at, k)
	}
	return ok
}

// moveToEnd moves k to the end and reports whether it was somewhere else.
func (b *bare[K, V]) moveToEnd(k K) (moved bool) {
	at, ok := b.find(k)
	if !ok || at == b.last() {
		return false
	}
	b.touch()
	if b.index == nil {
		move(b.flat, int(at), len(b.flat)-1)
		return true
	}
	b.relocate(at, b.last()+1, k)
	return true
}

// moveToFront moves k to the front and reports whether it was somewhere else.
func (b *bare[K, V]) moveToFront(k K) (moved bool) {
	at, ok := b.find(k)
	if !ok || at == b.first() {
		return false
	}
	b.touch()
	if b.index == nil {
		move(b.flat, int(at), 0)
		return true
	}
	b.relocate(at, b.first()-1, k)
	return true
}

func (b *bare[K, V]) relocate(from, to int64, k K) {
	b.index.Set(k, to) // first, because a Hasher may panic
	e := b.order.Get(from)
	b.order.Delete(from)
	b.order.Set(to, e)
}

// last returns where the last entry is, of at least one.
func (b *bare[K, V]) last() int64 {
	switch {
	case b.index != nil && b.changed:
		last, _, _ := b.order.Max()
		return last
	case b.changed || b.now.flat():
		return int64(b.len() - 1)
	}
	return b.now.trees().end() - 1
}

// first returns where the first entry is, of at least one.
func (b *bare[K, V]) first() int64 {
	switch {
	case b.index != nil && b.changed:
		first, _, _ := b.order.Min()
		return first
	case b.changed || b.now.flat():
		return 0
	}
	return b.now.trees().front() + 1
}
