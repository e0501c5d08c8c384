package ordered

import "slices"

// A flat map is a slice of its entries, in order. It is searched from the beginning, and a change copies it.

// An entry is a key and its value.
type entry[K comparable, V any] struct {
	key K
	val V
}

// flatMax and flatBytes are up to which number and size of entries a map is flat. Decision record 0010 has the measurements:
// at 16 entries of a string and a word, a search costs what a hash and two trees do, and a change half of that.
const (
	flatMax   = 16
	flatBytes = 1024
	flatLeast = 4
)

// flatCap returns how many entries a map may have to be flat.
func flatCap[K comparable, V any]() int {
	size := entrySize[K, V]()
	if size*flatMax <= flatBytes {
		return min(flatMax, flatWidth)
	}
	return min(max(flatBytes/size, flatLeast), flatWidth)
}

// search returns the position of k in es, or -1.
func search[K comparable, V any](by *keying[K], es []entry[K, V], k K) int {
	by.valid(k)
	if by == nil {
		for i := range es {
			if es[i].key == k {
				return i
			}
		}
		return -1
	}
	for i := range es {
		if by.hasher.Equal(es[i].key, k) {
			return i
		}
	}
	return -1
}

// with returns a copy of es with the value at i replaced.
func with[K comparable, V any](es []entry[K, V], i int, v V) []entry[K, V] {
	es = exact(es)
	es[i].val = v
	return es
}

// exact returns a copy of es without room to spare.
func exact[K comparable, V any](es []entry[K, V]) []entry[K, V] {
	c := make([]entry[K, V], len(es))
	copy(c, es)
	return c
}

// without returns a copy of es without the entry at i.
func without[K comparable, V any](es []entry[K, V], i int) []entry[K, V] {
	c := make([]entry[K, V], len(es)-1)
	copy(c, es[:i])
	copy(c[i:], es[i+1:])
	return c
}

// move moves the entry at from to the position to, in place.
func move[K comparable, V any](es []entry[K, V], from, to int) {
	e := es[from]
	if from < to {
		copy(es[from:to], es[from+1:to+1])
	} else {
		copy(es[to+1:from+1], es[to:from])
	}
	es[to] = e
}

// pick returns the entries of es for which keep returns true, and whether that is all of them.
func pick[K comparable, V any](es []entry[K, V], keep func(i int) bool) (kept []entry[K, V], all bool) {
	var stays [flatMax]bool
	n := 0
	for i := range es {
		if stays[i] = keep(i); stays[i] {
			n++
		}
	}
	if n == len(es) {
		return es, true
	}
	kept = slices.Grow(kept, n)
	for i := range es {
		if stays[i] {
			kept = append(kept, es[i])
		}
	}
	return kept, false
}
