//ramet:layer api

package vector

// From so many full leaves on, elements are not added to an end one array after the other. They are appended by a
// builder, which adds leaves to the tree by the node; they are prepended as a vector that is concatenated, which takes
// O(log n) time besides making it. The numbers were estimated, not measured.
const (
	appendByBuilder = 2
	prependByConcat = 8
)

// Append returns v with the elements xs after its own. Appending one takes O(1) amortised time: it writes to free room
// that v shares with the versions it comes from, unless another version has claimed that room already; then at most a
// leaf is copied.
func (v Vector[T]) Append(xs ...T) Vector[T] {
	if len(xs) == 1 && v.base() != nil && v.base().kind != kindPacked {
		d := v.base().ending()
		if c, t := d.claimed, uint32(v.t); c != nil && t < d.room && c.CompareAndSwap(t, t+1) { // keeps 3
			*elemAt(d.array, t) = xs[0]
			return Vector[T]{v.top, v.h, v.t + 1}
		}
	}
	return v.appendAll(xs)
}

// appendAll is Append where there is more to do than to claim an element.
func (v Vector[T]) appendAll(xs []T) Vector[T] {
	checkLength(v.Len(), len(xs))
	switch {
	case len(xs) == 0:
		return v
	case len(xs) > appendByBuilder<<leafBits[T]():
		var b bareBuilder[T]
		b.reset(v)
		b.append(xs...)
		return b.build()
	}
	p := v.parts()
	p.append(xs)
	return p.vector().checked()
}

// Prepend returns v with the elements xs, in their order, before its own. It costs as much as Append.
func (v Vector[T]) Prepend(xs ...T) Vector[T] {
	if len(xs) == 1 && v.base() != nil && !v.base().small() {
		d := v.base().core()
		if c, h := d.headClaimed, uint32(v.h); c != nil && h < d.headRoom && c.CompareAndSwap(h, h+1) { // keeps 3
			*elemAt(d.head, d.headRoom-h-1) = xs[0]
			return Vector[T]{v.top, v.h + 1, v.t}
		}
	}
	return v.prependAll(xs)
}

// prependAll is Prepend where there is more to do than to claim an element.
func (v Vector[T]) prependAll(xs []T) Vector[T] {
	checkLength(v.Len(), len(xs))
	switch {
	case len(xs) == 0:
		return v
	case v.base() == nil:
		return v.appendAll(xs)
	case len(xs) > prependByConcat<<leafBits[T]():
		return Of(xs...).Concat(v)
	}
	p := v.parts()
	p.prepend(xs)
	return p.vector().checked()
}
