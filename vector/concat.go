//ramet:layer api

package vector

// Concat returns the elements of v followed by those of o. It takes O(log n) time. It copies the nodes along the seam
// and up to two leaves there, and shares all others with v and o.
//
// It is the join of B-trees, as RRB trees allow it (Stucki, Rompf, Ureche, Bagwell: RRB Vector, ICFP 2015): the edges
// that meet are joined from the leaves up, and a node along the seam that is less than half full is fused with a
// sibling. So only the outer edges of a tree ever have nodes that are less than half full.
func (v Vector[T]) Concat(o Vector[T]) Vector[T] {
	bits := leafBits[T]()
	n, m := v.Len(), o.Len()
	switch {
	case n == 0:
		return o
	case m == 0:
		return v
	}
	checkLength(n, m)
	switch {
	case o.base().count == 0 || m <= 1<<bits: // easy case: few elements to append
		p := v.parts()
		c := o.chunks()
		for c.next() {
			p.append(c.chunk)
		}
		return p.vector().checked()
	case v.base().count == 0: // easy case: few elements to prepend
		p := o.parts()
		p.prepend(v.tail())
		p.prepend(v.head())
		return p.vector().checked()
	}
	p, q := v.parts(), o.parts()
	p.pushBetween(p.tail, q.head) // not strict until it is joined
	joinTrees[T](&p.tree, &q.tree)
	p.tail, p.from = q.tail, nil
	return p.vector().checked()
}
