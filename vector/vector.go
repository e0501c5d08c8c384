package vector

import (
	"fmt"
	"iter"
	"slices"

	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/transient"
)

// A Vector is a persistent sequence of elements. The zero Vector is empty and ready to use.
//
// Vectors are values: copy them, keep them, and share them between goroutines freely; a
// Vector never changes. a == b means that a and b are the same version; use [Equal] to compare
// contents.
type Vector[T any] struct {
	d *base[T] // nil if there are no elements

	// The lengths of the head and the tail. Without a tree, one of them may be negative: as many
	// elements of the other one, from where the two meet, are not the vector's.
	h, t int32
}

// Of returns a vector of the given elements, which it copies. It takes O(n) time.
func Of[T any](vs ...T) Vector[T] {
	if len(vs) <= 1<<leafBits[T]() {
		return small(vs, nil)
	}
	var b Builder[T]
	b.Append(vs...)
	return b.Build()
}

// Collect returns a vector of the elements of seq, in O(n) time.
func Collect[T any](seq iter.Seq[T]) Vector[T] {
	notNil(seq != nil, "Collect")
	var b Builder[T]
	for x := range seq {
		b.Append(x)
	}
	return b.Build()
}

// small returns a vector of the elements of two slices, which fit into a leaf.
func small[T any](a, b []T) Vector[T] {
	n := uint32(len(a) + len(b))
	if n == 0 {
		return Vector[T]{}
	}
	d := newSmall[T](n)
	to := slice(d.tail, n)
	copy(to, a)
	copy(to[len(a):], b)
	return Vector[T]{d: d, t: int32(n)}
}

// checked returns v. Where invariants are checked it panics if v breaks one.
func (v Vector[T]) checked() Vector[T] {
	if invariants.Enabled {
		v.verify()
	}
	return v
}

// Len returns the number of elements, in O(1).
func (v Vector[T]) Len() int {
	if v.d == nil {
		return 0
	}
	return int(v.h) + int(v.d.count) + int(v.t)
}

// At returns the element at position i. It panics if i is out of range. It takes O(log n) time, where the
// base of the logarithm is 16: constant time, for any n that there is memory for. It allocates nothing.
func (v Vector[T]) At(i int) T {
	if d := v.d; d != nil {
		j := uint(i - int(v.h)) // behind the head, if it is; else beyond any tree
		if j < uint(d.count) {
			t, bits := &d.full().tree, leafBits[T]()
			if !t.strict {
				o, j := t.find(uint32(j))
				return *at(leaf[T](o), j)
			}
			n, p := t.root, t.off+uint64(j) // as leafAt, without the call
			for s := shift(t.level, bits); s > bits; s -= fanBits {
				n = n.kids[p>>(s&63)&fanMask].asNode()
			}
			return *at(leaf[T](n.kids[p>>bits&fanMask]), uint32(p)&(1<<bits-1))
		}
		if k := int(j) - int(d.count); 0 <= k && k < int(v.t) && i >= 0 {
			return *at(d.tail, uint32(k))
		}
	}
	if n := v.Len(); uint(i) >= uint(n) {
		panicIndex(i, n)
	}
	return *v.at(i)
}

// at returns the address of the element at position i.
func (v Vector[T]) at(i int) *T {
	d := v.d
	if i < int(v.h) {
		c := d.full()
		return at(c.head, c.headRoom-uint32(v.h)+uint32(i))
	}
	j := uint32(i - int(v.h))
	if j >= d.count {
		return at(d.tail, j-d.count)
	}
	o, j := d.full().tree.leafAt(j, leafBits[T]())
	return at(leaf[T](o), j)
}

// First returns the first element and true, or the zero value and false if there is none.
func (v Vector[T]) First() (first T, ok bool) {
	if v.d == nil {
		return first, false
	}
	return *v.at(0), true
}

// Last returns the last element and true, or the zero value and false if there is none.
func (v Vector[T]) Last() (last T, ok bool) {
	if v.d == nil {
		return last, false
	}
	return *v.at(v.Len() - 1), true
}

// Set returns v with the element at position i replaced by x. It panics if i is out of range. It takes O(log n)
// time and copies a leaf of 512 bytes and the nodes above it.
func (v Vector[T]) Set(i int, x T) Vector[T] {
	n := v.Len()
	if uint(i) >= uint(n) {
		panicIndex(i, n)
	}
	if v.d.small {
		w := small(v.tail(), nil)
		*at(w.d.tail, uint32(i)) = x
		return w
	}
	p := v.parts()
	p.set(uint32(i), x, transient.None)
	return p.vector().checked()
}

// set sets the element at position j in the parts of a version: the leaf, the head or the tail is copied.
func (p *parts[T]) set(j uint32, x T, id transient.ID) {
	p.from = nil
	if j < p.head.n {
		p.head = p.head.grownHead(p.head.n)
		*at(p.head.at, j) = x
		return
	}
	j -= p.head.n
	if j >= p.tree.count {
		p.tail = p.tail.grownTail(p.tail.n)
		*at(p.tail.at, j-p.tree.count) = x
		return
	}
	p.tree.root = setLeaf(p.tree.root, p.tree.level, j, x, id)
}

// setLeaf sets the element at position j under n, and returns n or its copy.
func setLeaf[T any](n *node, level uint8, j uint32, x T, id transient.ID) *node {
	slot, rest := n.find(j)
	if level > 1 {
		kid := setLeaf(n.kids[slot&fanMask].asNode(), level-1, rest, x, id)
		if n = n.edit(id); n.kids[slot&fanMask] != kid.opaque() {
			n.kids[slot&fanMask] = kid.opaque()
		}
		return n
	}
	n = n.edit(id)
	if n.mine>>slot&1 == 0 {
		size := n.size(slot)
		n.kids[slot&fanMask] = leafChild(data(slices.Clone(slice(leaf[T](n.kids[slot&fanMask]), size))))
		n.own(slot, id != transient.None)
	}
	*at(leaf[T](n.kids[slot&fanMask]), rest) = x
	return n
}

// Append returns v with the elements xs after its own. Appending one takes O(1) amortised time: it writes to free
// room that v shares with the versions it comes from, unless another version has taken that room already; then
// a leaf at most is copied.
func (v Vector[T]) Append(xs ...T) Vector[T] {
	if len(xs) == 1 && v.d != nil {
		if c, t := v.d.claim, uint32(v.t); c != nil && t < v.d.room && c.CompareAndSwap(t, t+1) {
			*at(v.d.tail, t) = xs[0]
			return Vector[T]{v.d, v.h, v.t + 1}
		}
	}
	return v.appendAll(xs)
}

func (v Vector[T]) appendAll(xs []T) Vector[T] {
	checkLength(v.Len(), len(xs))
	switch {
	case len(xs) == 0:
		return v
	case len(xs) > 2<<leafBits[T]():
		b := v.Builder()
		b.Append(xs...)
		return b.Build()
	}
	p := v.parts()
	p.append(xs)
	return p.vector().checked()
}

// Prepend returns v with the elements xs, in their order, before its own. It costs what Append does.
func (v Vector[T]) Prepend(xs ...T) Vector[T] {
	if len(xs) == 1 && v.d != nil && !v.d.small {
		d := v.d.full()
		if c, h := d.headClaim, uint32(v.h); c != nil && h < d.headRoom && c.CompareAndSwap(h, h+1) {
			*at(d.head, d.headRoom-h-1) = xs[0]
			return Vector[T]{v.d, v.h + 1, v.t}
		}
	}
	return v.prependAll(xs)
}

func (v Vector[T]) prependAll(xs []T) Vector[T] {
	checkLength(v.Len(), len(xs))
	switch {
	case len(xs) == 0:
		return v
	case v.d == nil:
		return v.appendAll(xs)
	case len(xs) > 8<<leafBits[T]():
		return Of(xs...).Concat(v)
	}
	p := v.parts()
	p.prepend(xs)
	return p.vector().checked()
}

// Insert returns v with the elements xs before position i, or at the end if i is v.Len(). It panics if i
// is out of range. It takes O(len(xs) + log n) time.
func (v Vector[T]) Insert(i int, xs ...T) Vector[T] {
	n := v.Len()
	if uint(i) > uint(n) {
		panicIndex(i, n)
	}
	checkLength(n, len(xs))
	switch {
	case len(xs) == 0:
		return v
	case i == n:
		return v.Append(xs...)
	case i == 0:
		return v.Prepend(xs...)
	}
	bits := leafBits[T]()
	start := max(int(v.h), 0) // of the tree
	end := start + int(v.d.count)
	switch {
	case n+len(xs) <= 1<<bits && v.d.small:
		w := small(v.tail(), xs)
		to := w.tail()
		copy(to[i+len(xs):], v.tail()[i:])
		copy(to[i:], xs)
		return w
	case i <= start:
		return v.Slice(i, n).Prepend(xs...).Prepend(v.head()[:i]...)
	case i >= end:
		return v.Slice(0, i).Append(xs...).Append(v.tail()[i-end:]...)
	case len(xs) <= 1<<bits:
		p := v.parts()
		insert(&p.tree, uint32(i-start), xs)
		p.from = nil
		return p.vector().checked()
	}
	return v.Slice(0, i).Append(xs...).Concat(v.Slice(i, n))
}

// Delete returns v without the elements in positions [i, j), as [slices.Delete] does. It panics unless
// 0 ≤ i ≤ j ≤ v.Len(). It takes O(log n) time.
func (v Vector[T]) Delete(i, j int) Vector[T] {
	n := v.Len()
	checkRange(i, j, n)
	switch {
	case i == j:
		return v
	case i == 0:
		return v.Slice(j, n)
	case j == n:
		return v.Slice(0, i)
	case v.d.small:
		s := v.tail()
		return small(s[:i], s[j:])
	}
	start := max(int(v.h), 0) // of the tree
	end := start + int(v.d.count)
	switch {
	case j <= start:
		return v.Slice(j, n).Prepend(v.head()[:i]...)
	case i >= end:
		return v.Slice(0, i).Append(v.tail()[j-end:]...)
	case i >= start && j <= end:
		p := v.parts()
		if remove[T](&p.tree, uint32(i-start), uint32(j-i)) {
			p.from = nil
			return p.vector().checked()
		}
	}
	return v.Slice(0, i).Concat(v.Slice(j, n))
}

// Slice returns the elements of v in positions [i, j). It panics unless 0 ≤ i ≤ j ≤ v.Len(). It takes
// O(log n) time and copies no elements: what it returns shares them with v. Where v's first or last leaf is not
// whole in the result, the result keeps the whole leaf alive; no more than that.
func (v Vector[T]) Slice(i, j int) Vector[T] {
	n := v.Len()
	checkRange(i, j, n)
	switch {
	case i == j:
		return Vector[T]{}
	case j-i == n:
		return v
	}
	d, bits := v.d, leafBits[T]()
	start, end := int(v.h), int(v.h)+int(d.count) // of the tree
	switch {
	case d.count == 0 || i <= start && j >= end:
		return Vector[T]{d, v.h - int32(i), v.t - int32(n-j)}
	case i >= end: // within the tail
		return Vector[T]{
			&base[T]{tail: d.tail, claim: d.claim, room: d.room, small: true},
			-int32(i - end), v.t - int32(n-j),
		}
	case j <= start: // within the head
		return view(v.at(i), j-i)
	}
	p := v.parts()
	p.from = nil
	p.head.n -= uint32(min(i, start))
	p.tail.n -= uint32(n - max(j, end))
	if j < end {
		cut := p.tree.take(uint32(j-start), bits)
		first := leaf[T](cut.at)
		if at := j - int(cut.size); i >= at { // within one leaf
			return view(v.at(i), j-i)
		}
		p.tail = viewEnd(first, cut.size)
	}
	if i > start {
		cut, k := p.tree.drop(uint32(i-start), bits)
		p.head = viewEnd(at(leaf[T](cut.at), k), cut.size-k)
	}
	return p.vector().checked()
}

// view returns a vector of the n elements from the one at p on, which it shares.
func view[T any](p *T, n int) Vector[T] {
	return Vector[T]{d: &base[T]{tail: p, room: uint32(n), small: true}, t: int32(n)}
}

// viewEnd is view for an end.
func viewEnd[T any](p *T, n uint32) end[T] { return end[T]{at: p, room: n, n: n} }

// head returns the elements of the head, which are not to be changed.
func (v Vector[T]) head() []T {
	if v.h <= 0 {
		return nil
	}
	c := v.d.full()
	return slice(at(c.head, c.headRoom-uint32(v.h)), uint32(v.h+min(v.t, 0)))
}

// tail returns the elements of the tail, which are not to be changed.
func (v Vector[T]) tail() []T {
	if v.t <= 0 {
		return nil
	}
	return slice(at(v.d.tail, uint32(-min(v.h, 0))), uint32(v.t+min(v.h, 0)))
}

// AppendTo appends the elements of v to dst and returns the result, as append does.
func (v Vector[T]) AppendTo(dst []T) []T {
	dst = slices.Grow(dst, v.Len())
	for c := v.chunks(); c.next(); {
		dst = append(dst, c.chunk...)
	}
	return dst
}

// Map returns a vector of what f returns for each element of v, in O(n) time.
func Map[T, U any](v Vector[T], f func(T) U) Vector[U] {
	notNil(f != nil, "Map")
	var b Builder[U]
	for c := v.chunks(); c.next(); {
		for _, x := range c.chunk {
			b.Append(f(x))
		}
	}
	return b.Build()
}

// Filter returns a vector of those elements of v for which keep returns true: v itself, if it does so for all of
// them. It takes O(n) time.
func (v Vector[T]) Filter(keep func(T) bool) Vector[T] {
	notNil(keep != nil, "Filter")
	var b Builder[T]
	kept := 0 // of a prefix that is kept as it is
	all := true
	for c := v.chunks(); c.next(); {
		for _, x := range c.chunk {
			switch ok := keep(x); {
			case ok && all:
				kept++
			case ok:
				b.Append(x)
			case all:
				all = false
				b.reset(v.Slice(0, kept))
			}
		}
	}
	if all {
		return v
	}
	return b.Build()
}

// SortFunc returns the elements of v in the order of cmp, in which equal elements keep the order that they have in v:
// v itself, if it is sorted. It takes O(n log n) time.
func (v Vector[T]) SortFunc(cmp func(a, b T) int) Vector[T] {
	notNil(cmp != nil, "SortFunc")
	if v.isSorted(cmp) {
		return v
	}
	s := v.AppendTo(nil)
	slices.SortStableFunc(s, cmp)
	return Of(s...)
}

func (v Vector[T]) isSorted(cmp func(a, b T) int) bool {
	var last *T
	for c := v.chunks(); c.next(); {
		for i := range c.chunk {
			x := &c.chunk[i]
			if last != nil && cmp(*x, *last) < 0 {
				return false
			}
			last = x
		}
	}
	return true
}

// Reverse returns the elements of v in the opposite order, in O(n) time.
func (v Vector[T]) Reverse() Vector[T] {
	if v.Len() <= 1 {
		return v
	}
	var b Builder[T]
	for _, x := range v.Backward() {
		b.Append(x)
	}
	return b.Build()
}

// Index returns the position of the first element that equals x by ==, or -1.
func Index[T comparable](v Vector[T], x T) int {
	i := 0
	for c := v.chunks(); c.next(); {
		if j := slices.Index(c.chunk, x); j >= 0 {
			return i + j
		}
		i += len(c.chunk)
	}
	return -1
}

// Contains reports whether an element equals x by ==.
func Contains[T comparable](v Vector[T], x T) bool { return Index(v, x) >= 0 }

// BinarySearchFunc looks for target in v, whose elements must be in the order of cmp, and returns the position of the
// first one that is not less than it, and whether that equals it, as [slices.BinarySearchFunc] does. It takes
// O(log² n) time.
func BinarySearchFunc[T, U any](v Vector[T], target U, cmp func(T, U) int) (int, bool) {
	notNil(cmp != nil, "BinarySearchFunc")
	n := v.Len()
	i, j := 0, n
	for i < j {
		if m := int(uint(i+j) / 2); cmp(*v.at(m), target) < 0 {
			i = m + 1
		} else {
			j = m
		}
	}
	return i, i < n && cmp(*v.at(i), target) == 0
}

//go:noinline
func panicIndex(i, n int) { panic(fmt.Sprintf("vector: index %d out of range [0:%d]", i, n)) }

// checkLength panics if n elements and m more are too many. A vector may have a few more itself, which took room that
// an end had.
func checkLength(n, m int) {
	if m > 0 && uint64(n)+uint64(m) > maxTree {
		panicTooLong()
	}
}

//go:noinline
func panicTooLong() { panic(fmt.Sprintf("vector: more than %d elements", maxTree)) }

// checkRange panics unless 0 ≤ i ≤ j ≤ n.
func checkRange(i, j, n int) {
	switch {
	case uint(i) > uint(n) || i > j && uint(j) <= uint(n):
		panicIndex(i, n)
	case uint(j) > uint(n):
		panicIndex(j, n)
	}
}

// notNil panics if the function that was passed to the named operation is nil.
func notNil(ok bool, operation string) {
	if !ok {
		panic("vector: " + operation + " of a nil function")
	}
}
