//ramet:layer api

package vector

// Insert returns v with the elements xs before position i, or at the end if i is v.Len(). It panics if i is out of
// range. It takes O(len(xs) + log n) time.
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
	end := start + int(v.base().count)
	switch {
	case n+len(xs) <= 1<<bits && v.base().small():
		w := small(v.tail(), xs)
		to := w.tail()
		copy(to[i+len(xs):], v.tail()[i:])
		copy(to[i:], xs)
		return w
	case i <= start: // within the head
		return v.Slice(i, n).Prepend(xs...).Prepend(v.head()[:i]...)
	case i >= end: // within the tail
		return v.Slice(0, i).Append(xs...).Append(v.tail()[i-end:]...)
	case len(xs) <= 1<<bits: // within the tree: a leaf has room for them, or two have
		p := v.parts()
		insert(&p.tree, uint32(i-start), xs)
		p.from = nil
		return p.vector().checked()
	}
	return v.Slice(0, i).Append(xs...).Concat(v.Slice(i, n))
}

// Delete returns v without the elements in positions [i, j), as [slices.Delete] does. It panics unless 0 ≤ i ≤ j ≤
// v.Len(). It takes O(log n) time.
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
	case v.base().small():
		s := v.tail()
		return small(s[:i], s[j:])
	}
	start := max(int(v.h), 0) // of the tree
	end := start + int(v.base().count)
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
