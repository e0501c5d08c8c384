//ramet:layer path

package rbtree

import (
	"cmp"
	"strings"
)

// Searching: from the root down to a leaf. Nothing is changed, and nothing allocated.
//
// Keys of up to 8 bytes are compared one after the other until one is not below the wanted key: that beats a binary
// search, and a search without branches, because most of the time the processor guesses right (docs/decisions/0008).
// Strings and the keys of a caller's function, where a comparison is expensive, are searched by halving. Either way no
// answer of a comparator leads out of a node.
//
// The search for strings and that for functions are the same, and written out twice all the same: strings.Compare
// passed as a function would cost an indirect call for each comparison.

// locate returns the leaf under n where k belongs, the position of the first key in it that is not below k, and whether
// that is k. The way there is recorded in p, unless that is nil.
func (by ordering[K]) locate(n *node, k K, p *path) (leaf *node, at int, found bool) {
	if p != nil {
		p.top = int(n.level)
	}
	switch by.kind {
	case int64s:
		return locate(n, as[int64](&k), p)
	case texts:
		return locateText(n, as[string](&k), p)
	case caller:
		return locateFunc(n, k, by.caller.compare, p)
	case int32s:
		return locate(n, as[int32](&k), p)
	case int16s:
		return locate(n, as[int16](&k), p)
	case int8s:
		return locate(n, as[int8](&k), p)
	case uint64s:
		return locate(n, as[uint64](&k), p)
	case uint32s:
		return locate(n, as[uint32](&k), p)
	case uint16s:
		return locate(n, as[uint16](&k), p)
	case uint8s:
		return locate(n, as[uint8](&k), p)
	case float64s:
		return locate(n, as[float64](&k), p)
	case float32s:
		return locate(n, as[float32](&k), p)
	}
	panic("rbtree: invariant 1: a map with entries and without an order")
}

// locate is ordering.locate for keys of a basic type other than string. A NaN is below all other floats; for integers
// the compiler leaves k < r of the comparisons. They are written out, because a generic function that is inlined here
// leaves a look at its dictionary.
func locate[T cmp.Ordered](n *node, k T, p *path) (leaf *node, at int, found bool) {
	for n.level > 0 {
		i := 0
		for _, r := range routers[T](n) {
			if k < r || k != k && r == r {
				break
			}
			i++
		}
		if p != nil {
			p.set(n, i)
		}
		n = n.kid(i)
	}
	i := 0
	for _, x := range keys[T](n) {
		if !(x < k || x != x && k == k) {
			return n, i, x == k || x != x
		}
		i++
	}
	return n, i, false
}

// locateText is ordering.locate for strings.
func locateText(n *node, k string, p *path) (leaf *node, at int, found bool) {
	for n.level > 0 {
		rs := routers[string](n)
		low, high := 0, len(rs)
		for low < high {
			mid := int(uint(low+high) >> 1)
			c := strings.Compare(k, rs[mid])
			if c < 0 {
				high = mid
				continue
			}
			low = mid + 1
			if c == 0 {
				break
			}
		}
		if p != nil {
			p.set(n, low)
		}
		n = n.kid(low)
	}
	ks := keys[string](n)
	low, high := 0, len(ks)
	for low < high {
		mid := int(uint(low+high) >> 1)
		c := strings.Compare(k, ks[mid])
		switch {
		case c == 0:
			return n, mid, true
		case c < 0:
			high = mid
		default:
			low = mid + 1
		}
	}
	return n, low, false
}

// locateFunc is ordering.locate for keys that a function compares.
func locateFunc[K any](n *node, k K, compare func(a, b K) int, p *path) (leaf *node, at int, found bool) {
	for n.level > 0 {
		rs := routers[K](n)
		low, high := 0, len(rs)
		for low < high {
			mid := int(uint(low+high) >> 1)
			c := compare(k, rs[mid])
			if c < 0 {
				high = mid
				continue
			}
			low = mid + 1
			if c == 0 {
				break
			}
		}
		if p != nil {
			p.set(n, low)
		}
		n = n.kid(low)
	}
	ks := keys[K](n)
	low, high := 0, len(ks)
	for low < high {
		mid := int(uint(low+high) >> 1)
		c := compare(k, ks[mid])
		switch {
		case c == 0:
			return n, mid, true
		case c < 0:
			high = mid
		default:
			low = mid + 1
		}
	}
	return n, low, false
}

// climb looks for k, which is above all keys of the leaf that p leads to, from there: it goes up only as long as k is
// further away, so the way is as long as the distance is, not as the tree is high (Guibas and others, A new
// representation for linear lists, 1977). If further is true, k belongs under another child of the path's node of the
// returned level, for locateOn. Else what comes behind the leaf is above k: it is under the next child of that node, or
// nothing if the level is 0.
func (by ordering[K]) climb(p *path, k K) (level int, further bool) {
	for l := 1; l <= p.top; l++ {
		n, i := p.nodes[l], int(p.at[l])
		switch {
		case i == int(n.len)-1: // nothing comes behind this child
		case by.compare(routers[K](n)[i], k) <= 0:
			level, further = l, true
		case further:
			return level, true
		default:
			return l, false
		}
	}
	return level, further
}

// locateOn leads p from the node to which climb has come to the leaf where k belongs; see locate.
func (by ordering[K]) locateOn(p *path, level int, k K) (leaf *node, at int, found bool) {
	n, i, top := p.nodes[level], int(p.at[level])+1, p.top
	i += by.notAbove(routers[K](n)[i:], k)
	leaf, at, found = by.locate(n.kid(i), k, p)
	p.top, p.at[level] = top, uint8(i)
	return leaf, at, found
}

// leafWith returns the leaf that has entry i under n, and the entry's position in it.
func (n *node) leafWith(i int) (*node, int) {
	for n.level > 0 {
		kid, rest := n.kidWith(i)
		n, i = n.kid(kid), rest
	}
	return n, i
}

// firstKey returns the least key under n.
func firstKey[K any](n *node) K {
	for n.level > 0 {
		n = n.kid(0)
	}
	return *keyAt[K](n, 0)
}

// lastLeaf returns the leaf with the greatest key under n.
func (n *node) lastLeaf() *node {
	for n.level > 0 {
		n = n.kid(int(n.len) - 1)
	}
	return n
}

// lastKey returns the greatest key under n.
func lastKey[K any](n *node) K {
	n = n.lastLeaf()
	return *keyAt[K](n, int(n.len)-1)
}
