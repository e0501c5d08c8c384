//ramet:layer path

package hamt

import (
	"github.com/ramet-go/ramet/internal/ownership"
	"github.com/ramet-go/ramet/internal/reuse"
)

// A bareBuilder is a builder without a guard. Operations that need a builder for themselves take one, which may live on
// the stack.
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

// asks reports whether a Hasher is asked about keys.
func (b *bareBuilder[K, V]) asks() bool { return b.by.hasher != nil }

// seek points f to k.
func (b *bareBuilder[K, V]) seek(f *finger[K, V], k K) { b.seekHash(f, b.by.hash(k), k) }

// seekHash points f to k, whose hash is given.
func (b *bareBuilder[K, V]) seekHash(f *finger[K, V], hash uint64, k K) {
	f.seek(b.by, b.root, 0, hash, k)
}

// edit returns an edit that owns what the builder owns.
func (b *bareBuilder[K, V]) edit() edit[K, V] {
	return edit[K, V]{by: b.by, id: b.owner.ID(), step: builderStep, pool: &b.pool}
}

// put sets the value of k, where f points, and reports whether it was absent.
func (b *bareBuilder[K, V]) put(f *finger[K, V], k K, v V) (added bool) {
	b.by = b.by.resolve()
	ed := b.edit()
	if f.found() {
		b.root = f.set(&ed, v)
		return false
	}
	b.root = f.insert(&ed, entry[K, V]{key: k, val: v})
	b.len++
	return true
}

// remove removes the key that f points to.
func (b *bareBuilder[K, V]) remove(f *finger[K, V]) {
	ed := b.edit()
	b.change(wrap[K, V](b.by, f.remove(&ed), b.len-1))
}

// change makes m the contents. It takes an id for that, by which an operation that has lent the id sees that there was
// a change.
func (b *bareBuilder[K, V]) change(m Map[K, V]) {
	b.owner.ID()
	b.root, b.len, b.by = m.root(), m.len, m.by
}

// set sets the value of k, whose hash is given, and reports whether it was absent.
func (b *bareBuilder[K, V]) set(hash uint64, k K, v V) (added bool) {
	var f finger[K, V]
	b.seekHash(&f, hash, k)
	return b.put(&f, k, v)
}

// add sets the value of k, whose hash is given, if it is absent, and reports whether it was.
func (b *bareBuilder[K, V]) add(hash uint64, k K, v V) (added bool) {
	var f finger[K, V]
	b.seekHash(&f, hash, k)
	return !f.found() && b.put(&f, k, v)
}

// delete removes k, whose hash is given, and reports whether it was present.
func (b *bareBuilder[K, V]) delete(hash uint64, k K) (deleted bool) {
	var f finger[K, V]
	b.seekHash(&f, hash, k)
	if !f.found() {
		return false
	}
	b.remove(&f)
	return true
}

// during calls f, a step of an operation in which a caller's function runs, and reports whether the builder is as it
// was. If f panics, the builder is put back to what it was at the operation's beginning: the id that owned its nodes
// then is on loan, so f cannot touch them.
func (b *bareBuilder[K, V]) during(beginning Map[K, V], f func()) (undisturbed bool) {
	return b.owner.During(f, func() { b.change(beginning) })
}
