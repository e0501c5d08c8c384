//ramet:layer path

package hamt

import (
	"github.com/ramet-go/ramet/internal/ownership"
	"github.com/ramet-go/ramet/internal/reuse"
)

// A bareBuilder is a builder without a guard. Operations that need a builder for themselves take one, which may
// live on the stack.
type bareBuilder[K comparable, V any] struct {
	root  *node
	len   int
	by    keying[K]
	owner ownership.Owner
	pool  *reuse.Pool[leaf]
}

// bare returns a builder that begins with the entries of m.
func (m Map[K, V]) bare() bareBuilder[K, V] {
	return bareBuilder[K, V]{root: m.root(), len: m.len, by: m.by}
}

// build returns the entries as a map.
func (b *bareBuilder[K, V]) build() Map[K, V] {
	b.owner.Release()
	return wrap[K, V](b.by, b.root, b.len)
}

// view returns the entries as a map that is valid until the next change.
func (b *bareBuilder[K, V]) view() Map[K, V] {
	return Map[K, V]{top: refTo(b.root), len: b.len, by: b.by}
}

// seek points c to k, whose hash is given.
func (b *bareBuilder[K, V]) seek(c *finger[K, V], hash uint64, k K) { c.seek(b.by, b.root, 0, hash, k) }

// edit returns an edit that owns what the builder owns.
func (b *bareBuilder[K, V]) edit() edit[K, V] {
	return edit[K, V]{by: b.by, id: b.owner.ID(), step: builderStep, pool: &b.pool}
}

// put sets the value of k, where c points, and reports whether it was absent.
func (b *bareBuilder[K, V]) put(c *finger[K, V], k K, v V) (added bool) {
	b.by = b.by.resolve()
	ed := b.edit()
	if c.found() {
		b.root = c.set(&ed, v)
		return false
	}
	b.root = c.insert(&ed, entry[K, V]{key: k, val: v})
	b.len++
	return true
}

// remove removes the key that c points to.
func (b *bareBuilder[K, V]) remove(c *finger[K, V]) {
	ed := b.edit()
	b.change(wrap[K, V](b.by, c.remove(&ed), b.len-1))
}

// change makes m the contents. It takes an id for that, by which an operation that has lent the id sees that
// there was a change.
func (b *bareBuilder[K, V]) change(m Map[K, V]) {
	b.owner.ID()
	b.root, b.len, b.by = m.root(), m.len, m.by
}

// set sets the value of k, whose hash is given, and reports whether it was absent.
func (b *bareBuilder[K, V]) set(hash uint64, k K, v V) (added bool) {
	var c finger[K, V]
	b.seek(&c, hash, k)
	return b.put(&c, k, v)
}

// add sets the value of k, whose hash is given, if it is absent, and reports whether it was.
func (b *bareBuilder[K, V]) add(hash uint64, k K, v V) (added bool) {
	var c finger[K, V]
	b.seek(&c, hash, k)
	return !c.found() && b.put(&c, k, v)
}

// delete removes k, whose hash is given, and reports whether it was present.
func (b *bareBuilder[K, V]) delete(hash uint64, k K) (deleted bool) {
	var c finger[K, V]
	b.seek(&c, hash, k)
	if !c.found() {
		return false
	}
	b.remove(&c)
	return true
}

// settle sets the value of k, where c points, or removes k.
func (b *bareBuilder[K, V]) settle(c *finger[K, V], k K, v V, keep bool) {
	switch {
	case keep:
		b.put(c, k, v)
	case c.found():
		b.remove(c)
	}
}
