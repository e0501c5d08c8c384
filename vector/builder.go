//ramet:layer api

package vector

import "iter"

// A Builder accumulates changes to a vector. It changes the leaves and nodes that it owns in place, and copies a shared
// one the first time; see package transient. The zero Builder is empty and ready to use.
//
// A Builder must not be copied after its first use: a copy panics when it is used, and the original goes on. It must
// not be used from two goroutines at once; if that is noticed, it panics. Set, Update, SortFunc, Append and Prepend
// work in place; Insert, Delete, Concat and Truncate cost as much as those of a [Vector].
type Builder[T any] struct {
	unbuilt

	bareBuilder[T]
	watch     watch
	headLimit uint32 // Prepend sets an element in place while the head has fewer; 0 while an operation runs
	tailLimit uint32 // Append does while the tail has
}

// Builder returns a builder that begins with the elements of v, in O(1). It never changes v.
func (v Vector[T]) Builder() *Builder[T] {
	b := new(Builder[T])
	b.reset(v)
	b.watch.claim()
	return b
}

// begin begins an operation that may replace the ends. Until end ends it, Append and Prepend find no room.
func (b *Builder[T]) begin() {
	b.watch.begin()
	b.headLimit, b.tailLimit = 0, 0
}

// end ends an operation.
func (b *Builder[T]) end() {
	if b.ownsHead {
		b.headLimit = b.p.head.room
	}
	if b.ownsTail {
		b.tailLimit = b.p.tail.room
	}
	b.watch.end()
}

// Build returns the builder's elements as a vector, in O(1). The builder stays usable, and changing it does not change
// the vector. Without a change since the builder came from a vector, or since the last Build, it returns that same
// version.
//
// Build counts as a write. The builder owns nothing afterwards, so the next change of each leaf and node copies it
// again; and Build must not run while another goroutine uses the builder, even one that reads. All, Values, Backward
// and printing begin with a Build.
func (b *Builder[T]) Build() Vector[T] {
	b.begin()
	defer b.end() // there may be too many elements
	return b.build()
}

// Len returns the number of elements, in O(1).
func (b *Builder[T]) Len() int {
	b.watch.check()
	return b.length()
}

// at returns the address of the element at position i. It panics if i is out of range.
func (b *Builder[T]) elemAt(i int) *T {
	b.watch.check()
	if n := b.length(); uint(i) >= uint(n) {
		panicIndex(i, n)
	}
	p, j := &b.p, uint32(i)
	if j < p.head.len {
		return elemAt(p.head.array, p.head.room-p.head.len+j)
	}
	j -= p.head.len
	if j >= p.tree.count {
		return elemAt(p.tail.array, j-p.tree.count)
	}
	o, j := p.tree.leafAt(j, leafBits[T]())
	return elemAt(leaf[T](o), j)
}

// First returns the first element and true, or the zero value and false if there is none.
func (b *Builder[T]) First() (first T, ok bool) {
	if b.Len() == 0 {
		return first, false
	}
	return *b.elemAt(0), true
}

// Last returns the last element and true, or the zero value and false if there is none.
func (b *Builder[T]) Last() (last T, ok bool) {
	n := b.Len()
	if n == 0 {
		return last, false
	}
	return *b.elemAt(n - 1), true
}

// At returns the element at position i. It panics if i is out of range.
func (b *Builder[T]) At(i int) T { return *b.elemAt(i) }

// Set replaces the element at position i by x. It panics if i is out of range.
func (b *Builder[T]) Set(i int, x T) {
	if !b.watch.idle() {
		b.watch.claim()
	}
	n, p := b.length(), &b.p
	if uint(i) >= uint(n) {
		panicIndex(i, n)
	}
	switch {
	case i < int(p.head.len):
		if !b.ownsHead {
			b.begin()
			p.head, b.ownsHead = p.head.grownHead(p.head.room), true
			b.end()
		}
		*elemAt(p.head.array, p.head.room-p.head.len+uint32(i)) = x
	case i >= n-int(p.tail.len):
		if !b.ownsTail {
			b.begin()
			p.tail, b.ownsTail = p.tail.grownTail(p.tail.room), true
			b.end()
		}
		*elemAt(p.tail.array, uint32(i-n)+p.tail.len) = x
	default:
		p.tree.root = setLeaf(p.tree.root, p.tree.level, uint32(i)-p.head.len, x, b.owner.ID())
	}
	b.change()
}

// Update replaces the element at position i by the result of f for it. It panics if i is out of range. It costs as much
// as Set. f may use the builder: its result is set at position i of the elements that there are then.
func (b *Builder[T]) Update(i int, f func(T) T) {
	notNil(f != nil, "Update")
	b.Set(i, f(b.At(i)))
}

// SortFunc puts the elements in the order of cmp, in which equal elements keep the order that they have. It takes O(n
// log n) time. It copies the elements to a slice, sorts that and copies them back, in place where leaves are the
// builder's own. If they are in order already, it is no change, and takes O(n) time.
//
// If cmp panics, the builder is as it was. cmp must not use the builder, which panics.
func (b *Builder[T]) SortFunc(cmp func(a, b T) int) {
	notNil(cmp != nil, "SortFunc")
	b.begin()
	defer b.end()
	b.watch.ask()
	b.sort(cmp)
}

// Append adds the elements xs at the end.
func (b *Builder[T]) Append(xs ...T) {
	if tail := &b.p.tail; len(xs) == 1 && tail.len < b.tailLimit && b.watch.here() {
		*elemAt(tail.array, tail.len) = xs[0]
		tail.len++
		return
	}
	b.appendMore(xs)
}

// appendMore is Append where there is more to do than to set an element.
func (b *Builder[T]) appendMore(xs []T) {
	b.begin()
	defer b.end()
	b.appendAll(xs)
}

// Prepend adds the elements xs, in their order, at the front.
func (b *Builder[T]) Prepend(xs ...T) {
	if head := &b.p.head; len(xs) == 1 && head.len < b.headLimit && b.watch.here() {
		head.len++
		*elemAt(head.array, head.room-head.len) = xs[0]
		return
	}
	b.prependMore(xs)
}

// prependMore is Prepend where there is more to do than to set an element.
func (b *Builder[T]) prependMore(xs []T) {
	b.begin()
	defer b.end()
	b.prependAll(xs)
}

// Insert adds the elements xs before position i, or at the end if i is b.Len(). It panics if i is out of range.
func (b *Builder[T]) Insert(i int, xs ...T) {
	b.begin()
	defer b.end()
	b.insert(i, xs)
}

// Delete removes the elements in positions [i, j). It panics unless 0 ≤ i ≤ j ≤ b.Len().
func (b *Builder[T]) Delete(i, j int) {
	b.begin()
	defer b.end()
	b.delete(i, j)
}

// Concat adds the elements of v at the end.
func (b *Builder[T]) Concat(v Vector[T]) {
	b.begin()
	defer b.end()
	switch {
	case b.length() == 0:
		b.reset(v)
	case v.Len() > 0:
		b.through(func(w Vector[T]) Vector[T] { return w.Concat(v) })
	}
}

// Truncate removes the elements from position n on. It panics unless 0 ≤ n ≤ b.Len().
func (b *Builder[T]) Truncate(n int) {
	b.begin()
	defer b.end()
	if checkRange(0, n, b.length()); n < b.length() {
		b.through(func(v Vector[T]) Vector[T] { return v.Slice(0, n) })
	}
}

// Clear removes all elements, in O(1).
func (b *Builder[T]) Clear() {
	b.begin()
	b.reset(Vector[T]{})
	b.end()
}

// All returns an iterator over positions and elements. It sees the builder as it is when a range over it begins,
// whatever the range's body does to the builder. Beginning a range calls [Builder.Build].
func (b *Builder[T]) All() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) { b.Build().All()(yield) }
}

// Values returns an iterator over the elements, as they are when a range begins: see [Builder.All].
func (b *Builder[T]) Values() iter.Seq[T] {
	return func(yield func(T) bool) { b.Build().Values()(yield) }
}

// Backward returns an iterator over positions and elements, from the last to the first, as they are when a range
// begins: see [Builder.All].
func (b *Builder[T]) Backward() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) { b.Build().Backward()(yield) }
}
