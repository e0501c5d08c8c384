//ramet:layer node

package vector

// leaves returns one leaf of the elements of the given slices, or two that share them evenly. The elements are at least
// half a leaf's, except where the result is the only leaf at an edge, and at most what two leaves have room for.
//
// borrowed: parts, whose elements are copied. Nobody owns the new leaves: they are in a child whose owned is false.
func leaves[T any](parts ...[]T) (a, b child) {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	if n <= leafRoom[T]() {
		return leafOf(0, n, parts...), child{}
	}
	// More than leafRoom elements make two leaves of more than half of a full one: keeps 6.
	return leafOf(0, n/2, parts...), leafOf(n/2, n, parts...)
}

// leafOf returns a leaf of the elements in positions [i, j) of the given slices, one after the other.
//
// borrowed: parts, whose elements are copied.
func leafOf[T any](i, j int, parts ...[]T) child {
	s := make([]T, 0, j-i)
	for _, p := range parts {
		if i < len(p) {
			k := min(j, len(p))
			s = append(s, p[i:k]...)
			i = k
		}
		i, j = i-len(p), j-len(p) // as they count from the next slice on
		if j <= 0 {
			break
		}
		i = max(i, 0)
	}
	return child{ptr: leafChild(data(s)), size: uint32(len(s))}
}

// fuseLeaves returns the leaves l and r as they are, if each is at least half full. Otherwise it returns one leaf of
// the elements of the two, or two that share them evenly.
//
// borrowed: l and r.
func fuseLeaves[T any](l, r child) (a, b child) {
	bits := leafBits[T]()
	if !l.sparse(0, bits) && !r.sparse(0, bits) {
		return l, r
	}
	return leaves(slice(leaf[T](l.ptr), l.size), slice(leaf[T](r.ptr), r.size)) // keeps 6
}
