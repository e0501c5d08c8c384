package vector

import (
	"iter"
	"slices"

	"github.com/ramet-go/ramet/transient"
)

// A Builder accumulates changes to a vector. It changes in place the leaves and nodes that it
// alone owns, and copies a shared one the first time; see package transient for how. The zero
// Builder is empty and ready to use.
//
// A Builder must not be copied, nor used from two goroutines at once. Set, Append and Prepend work in
// place; Insert, Delete, Concat and Truncate cost what those of a [Vector] do.
type Builder[T any] struct {
	unbuilt

	p     parts[T]
	owner transient.Owner
	heads bool      // the head's array is the builder's alone
	tails bool      // the tail's array is
	dirty bool      // there were changes since it had what is in built
	built Vector[T] // no elements, if there were
}

// Builder returns a builder that begins with the elements of v, in O(1). It never changes v.
func (v Vector[T]) Builder() *Builder[T] {
	b := new(Builder[T])
	b.reset(v)
	return b
}

// reset makes v the builder's contents.
func (b *Builder[T]) reset(v Vector[T]) {
	b.owner.Release()
	b.p, b.heads, b.tails = v.parts(), false, false
	b.built, b.dirty = v, false
}

// change notes that there is a change. What was built does not live on because of the builder.
func (b *Builder[T]) change() {
	if !b.dirty {
		b.dirty, b.p.from, b.built = true, nil, Vector[T]{}
	}
}

// Build returns the builder's elements as a vector, in O(1). The builder stays usable, and
// changing it does not change what it built. Without a change since it came from a vector, or
// since the last Build, it returns that same version.
func (b *Builder[T]) Build() Vector[T] {
	if !b.dirty {
		return b.built
	}
	if b.tails {
		b.p.tail.share()
	}
	if b.heads {
		b.p.head.share()
	}
	v := b.p.vector().checked()
	b.reset(v)
	return v
}

// Len returns the number of elements, in O(1).
func (b *Builder[T]) Len() int { return int(b.p.head.n) + int(b.p.tree.count) + int(b.p.tail.n) }

// at returns the address of the element at position i. It panics if i is out of range.
func (b *Builder[T]) at(i int) *T {
	if n := b.Len(); uint(i) >= uint(n) {
		panicIndex(i, n)
	}
	p, j := &b.p, uint32(i)
	if j < p.head.n {
		return at(p.head.at, p.head.room-p.head.n+j)
	}
	j -= p.head.n
	if j >= p.tree.count {
		return at(p.tail.at, j-p.tree.count)
	}
	o, j := p.tree.leafAt(j, leafBits[T]())
	return at(leaf[T](o), j)
}

// At returns the element at position i. It panics if i is out of range.
func (b *Builder[T]) At(i int) T { return *b.at(i) }

// Set replaces the element at position i by x. It panics if i is out of range.
func (b *Builder[T]) Set(i int, x T) {
	n, p := b.Len(), &b.p
	switch {
	case uint(i) >= uint(n):
		panicIndex(i, n)
	case i < int(p.head.n):
		if !b.heads {
			p.head, b.heads = p.head.grownHead(p.head.room), true
		}
		*b.at(i) = x
	case i >= n-int(p.tail.n):
		if !b.tails {
			p.tail, b.tails = p.tail.grownTail(p.tail.room), true
		}
		*b.at(i) = x
	default:
		p.tree.root = setLeaf(p.tree.root, p.tree.level, uint32(i)-p.head.n, x, b.owner.ID())
	}
	b.change()
}

// Append adds the elements xs at the end.
func (b *Builder[T]) Append(xs ...T) {
	if tail := &b.p.tail; len(xs) == 1 && b.tails && tail.n < tail.room {
		*at(tail.at, tail.n) = xs[0]
		tail.n++
		return
	}
	b.appendAll(xs)
}

func (b *Builder[T]) appendAll(xs []T) {
	if len(xs) == 0 {
		return
	}
	bits := leafBits[T]()
	p := &b.p
	checkLength(b.Len(), len(xs))
	b.change()
	for {
		if p.tail.n >= 1<<bits {
			p.pushTail(b.tails, b.owner.ID())
			b.tails = false
		}
		if p.tail.n == 0 {
			xs = p.pushFull(xs, b.owner.ID())
		}
		if !b.tails || p.tail.n == p.tail.room {
			room := roomFor(int(p.tail.n)+len(xs), bits)
			if p.tree.count > 0 {
				room = 1 << bits
			}
			p.tail, b.tails = p.tail.grownTail(max(room, min(p.tail.room, 1<<bits))), true
		}
		k := min(uint32(len(xs)), p.tail.room-p.tail.n)
		copy(slice(p.tail.at, p.tail.n+k)[p.tail.n:], xs)
		p.tail.n += k
		if xs = xs[k:]; len(xs) == 0 {
			return
		}
	}
}

// pushFull adds copies of the elements xs to the tree, as full leaves that id owns, and returns those that are
// left: at least one.
func (p *parts[T]) pushFull(xs []T, id transient.ID) []T {
	full := 1 << leafBits[T]()
	var leaves [fan]child
	for n := 0; len(xs) > full; {
		leaf := slices.Clone(xs[:full])
		leaves[n] = child{at: leafChild(data(leaf)), size: uint32(full), owned: true}
		xs = xs[full:]
		if n++; n == fan || len(xs) <= full {
			if n < fan || !p.tree.pushLeaves(&leaves, id) {
				for _, c := range leaves[:n] {
					p.tree.pushBack(c, id)
				}
			}
			n = 0
		}
	}
	return xs
}

// Prepend adds the elements xs, in their order, at the front.
func (b *Builder[T]) Prepend(xs ...T) {
	if head := &b.p.head; len(xs) == 1 && b.heads && head.n < head.room {
		head.n++
		*at(head.at, head.room-head.n) = xs[0]
		return
	}
	b.prependAll(xs)
}

func (b *Builder[T]) prependAll(xs []T) {
	bits := leafBits[T]()
	p := &b.p
	checkLength(b.Len(), len(xs))
	switch {
	case len(xs) == 0:
		return
	case b.Len() == 0:
		b.Append(xs...)
		return
	case len(xs) > 8<<bits:
		b.through(func(v Vector[T]) Vector[T] { return v.Prepend(xs...) })
		return
	}
	b.change()
	for len(xs) > 0 {
		if p.head.n >= 1<<bits {
			p.pushHead(b.heads, b.owner.ID())
			b.heads = false
		}
		if !b.heads || p.head.n == p.head.room {
			room := roomFor(int(p.head.n)+len(xs), bits)
			if p.tree.count > 0 {
				room = 1 << bits
			}
			p.head, b.heads = p.head.grownHead(room), true
		}
		k := min(uint32(len(xs)), p.head.room-p.head.n)
		p.head.n += k
		copy(p.head.head(), xs[uint32(len(xs))-k:])
		xs = xs[:uint32(len(xs))-k]
	}
}

// through makes what f returns for the builder's elements, as a version, the builder's elements.
// The version is for f alone, so the builder goes on to own the nodes that it owns; an end that f
// keeps is copied when it is next changed.
func (b *Builder[T]) through(f func(Vector[T]) Vector[T]) {
	v := f(b.p.vector())
	b.change()
	b.p, b.heads, b.tails = v.parts(), false, false
	b.p.from = nil
}

// Insert adds the elements xs before position i, or at the end if i is b.Len(). It panics if i
// is out of range.
func (b *Builder[T]) Insert(i int, xs ...T) {
	switch {
	case i == b.Len():
		b.Append(xs...)
	case i == 0:
		b.Prepend(xs...)
	case len(xs) > 0 || i < 0 || i > b.Len():
		b.through(func(v Vector[T]) Vector[T] { return v.Insert(i, xs...) })
	}
}

// Delete removes the elements in positions [i, j). It panics unless 0 ≤ i ≤ j ≤ b.Len().
func (b *Builder[T]) Delete(i, j int) {
	if checkRange(i, j, b.Len()); i < j {
		b.through(func(v Vector[T]) Vector[T] { return v.Delete(i, j) })
	}
}

// Concat adds the elements of v at the end.
func (b *Builder[T]) Concat(v Vector[T]) {
	switch {
	case b.Len() == 0:
		b.reset(v)
	case v.Len() > 0:
		b.through(func(w Vector[T]) Vector[T] { return w.Concat(v) })
	}
}

// Truncate removes the elements from position n on. It panics unless 0 ≤ n ≤ b.Len().
func (b *Builder[T]) Truncate(n int) {
	if checkRange(0, n, b.Len()); n < b.Len() {
		b.through(func(v Vector[T]) Vector[T] { return v.Slice(0, n) })
	}
}

// Clear removes all elements, in O(1).
func (b *Builder[T]) Clear() { b.reset(Vector[T]{}) }

// All returns an iterator over positions and elements. It sees the builder as it is when a
// range over it begins, whatever the range's body does to the builder. Beginning a range costs
// O(1), and that what exists by then is copied when it is next changed.
func (b *Builder[T]) All() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) { b.Build().All()(yield) }
}

// Values returns an iterator over the elements, which sees what that of All sees.
func (b *Builder[T]) Values() iter.Seq[T] {
	return func(yield func(T) bool) { b.Build().Values()(yield) }
}
