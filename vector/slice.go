//ramet:layer api

package vector

// Slice returns the elements of v in positions [i, j). It panics unless 0 ≤ i ≤ j ≤ v.Len(). It takes O(log n) time and
// copies no elements: the result shares them with v. If it begins or ends within a leaf of v, it keeps all of that leaf
// alive, and no more than that.
func (v Vector[T]) Slice(i, j int) Vector[T] {
	if d := v.base(); d != nil { // for the most part, the ends alone change
		if d.count == 0 {
			if n := int(v.h + v.t); 0 <= i && i < j && j <= n {
				return Vector[T]{v.top, v.h - int32(i), v.t - int32(n-j)}
			}
		} else if t := j - int(v.h) - int(d.count); uint(i) <= uint(v.h) && uint(t) <= uint(v.t) {
			return Vector[T]{v.top, v.h - int32(i), int32(t)}
		}
	}
	return v.slice(i, j)
}

// slice is Slice for the other cases: i is j, or a leaf or more of the tree is cut off.
func (v Vector[T]) slice(i, j int) Vector[T] {
	n := v.Len()
	checkRange(i, j, n)
	if i == j {
		return Vector[T]{}
	}
	d, bits := v.base(), leafBits[T]()
	start, end := int(v.h), int(v.h)+int(d.count) // of the tree
	switch {
	case i >= end: // within the tail: an ending of its own, and no core that keeps the tree
		tail := d.end(uint32(v.t))
		return Vector[T]{refTo(tail.base()), -int32(i - end), v.t - int32(n-j)}
	case j <= start: // within the head
		return view(v.elemAt(i), j-i)
	}
	p := v.parts()
	p.from = nil
	p.head.len -= uint32(min(i, start))
	p.tail.len -= uint32(n - max(j, end))
	// From here on there is a part of the tree in between.
	if j < end {
		cut := p.tree.truncate(uint32(j-start), bits)
		first := leaf[T](cut.ptr)
		if at := j - int(cut.size); i >= at { // within one leaf
			return view(v.elemAt(i), j-i)
		}
		p.tail = viewEnd(first, cut.size)
	}
	if i > start {
		cut, k := p.tree.drop(uint32(i-start), bits)
		p.head = viewEnd(elemAt(leaf[T](cut.ptr), k), cut.size-k)
	}
	return p.vector().checked()
}

// view returns a vector of the n elements from the one at p on, which it shares.
func view[T any](p *T, n int) Vector[T] {
	e := viewEnd(p, uint32(n))
	return Vector[T]{top: refTo(e.base()), t: int32(n)}
}
