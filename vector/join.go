//ramet:layer tree

package vector

// joinTrees adds the elements of o at the right end of t.
func joinTrees[T any](t, o *tree) {
	a, b := join[T](child{ptr: t.root.opaque(), size: t.count}, t.level, child{ptr: o.root.opaque(), size: o.count}, o.level)
	t.count += o.count
	t.level = max(t.level, o.level)
	t.setRoot(a, b)
	t.collapse(leafBits[T]())
}

// join returns the one or two nodes, of the higher one's level, that have the elements of l and
// those of r after them. Of two, both are at least half full.
func join[T any](l child, ll uint8, r child, rl uint8) (a, b child) {
	if ll == 0 && rl == 0 {
		return fuseLeaves[T](l, r)
	}
	var left, right [2 * fan]child
	kids, rest := left[:0], right[:0]
	level := max(ll, rl) - 1 // of the children
	if ll > level {
		kids = l.ptr.asNode().appendLive(kids)
		l, kids = kids[len(kids)-1], kids[:len(kids)-1]
		ll--
	}
	if rl > level {
		rest = r.ptr.asNode().appendLive(rest)
		r, rest = rest[0], rest[1:]
		rl--
	}
	a, b = join[T](l, ll, r, rl)
	if b.ptr == nil && a.sparse(level, leafBits[T]()) && len(kids) > 0 {
		l, kids = kids[len(kids)-1], kids[:len(kids)-1]
		a, b = join[T](l, level, a, level)
	}
	if b.ptr == nil && a.sparse(level, leafBits[T]()) && len(rest) > 0 {
		r, rest = rest[0], rest[1:]
		a, b = join[T](a, level, r, level)
	}
	kids = append(kids, a)
	if b.ptr != nil {
		kids = append(kids, b)
	}
	return pack(append(kids, rest...))
}
