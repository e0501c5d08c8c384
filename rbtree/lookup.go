package rbtree

import (
	"cmp"
	"strings"
)

// Searching. Keys of up to 8 bytes are compared one after the other until one is not below the
// wanted key: that beats a binary search, and a search without branches, because most of the
// time the processor guesses right. Strings and the keys of a caller's function, where a
// comparison is expensive, are searched by halving. Either way no answer of a comparator leads
// out of a node.

// A path is the way from a node, the root or one below it, down to a leaf: for each level above
// 0 the inner node, and the position of the next one among its children.
type path struct {
	nodes [maxLevel]*node
	at    [maxLevel]uint8
	top   int // the level of the first; 0: it is the leaf
}

// set records that the way leads through the child of n at position i.
func (p *path) set(n *node, i int) { p.nodes[n.level], p.at[n.level] = n, uint8(i) }

// locate returns the leaf under n where k belongs, the position of the first key in it that is
// not below k, and whether that is k. The way there is recorded in p, unless that is nil.
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

// locate is ordering.locate for keys of a basic type other than string. A NaN is below all other
// floats; for integers the compiler leaves k < r of the comparisons. They are written out, because a
// generic function that is inlined here leaves a look at its dictionary.
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

// find returns where the value of k is, or nil. It is what every read of a single key goes
// through.
func (m Map[K, V]) find(k K) *V {
	if m.root() == nil {
		return nil
	}
	if leaf, at, found := m.by.locate(m.root(), k, nil); found {
		return valAt[V](leaf, at)
	}
	return nil
}

// A spot is a place reached from the root: it knows the leaf's parent as well.
type spot struct {
	place
	above *node // nil if the leaf is the root
	kid   int   // the leaf's position among above's children
}

// spotOf returns the spot of the first entry of m that is not below k, and whether that is k's. If
// all keys of a leaf are below k, and those of the next are not, it is behind the end of the former.
func (m Map[K, V]) spotOf(k K) (s spot, found bool) {
	if m.root() == nil {
		return s, false
	}
	switch m.by.kind {
	case int64s:
		return spotOf(m.root(), as[int64](&k))
	case int32s:
		return spotOf(m.root(), as[int32](&k))
	case uint64s:
		return spotOf(m.root(), as[uint64](&k))
	case uint32s:
		return spotOf(m.root(), as[uint32](&k))
	}
	var p path
	s.leaf, s.at, found = m.by.locate(m.root(), k, &p)
	s.index = s.at
	for l := p.top; l > 0; l-- {
		for _, c := range p.nodes[l].counts()[:p.at[l]] {
			s.index += int(c)
		}
	}
	s.above, s.kid = p.nodes[1], int(p.at[1])
	return s, found
}

// spotOf is Map.spotOf for the integers that most keys are. It adds up counts as it goes.
func spotOf[T cmp.Ordered](n *node, k T) (s spot, found bool) {
	for n.level > 0 {
		i, counts := 0, n.counts()
		for _, r := range routers[T](n) {
			if k < r || i == len(counts) { // which it never is, but the compiler cannot know
				break
			}
			s.index += int(counts[i])
			i++
		}
		s.above, s.kid = n, i
		n = n.kid(i)
	}
	s.leaf = n
	for _, x := range keys[T](n) {
		if x >= k {
			found = x == k
			break
		}
		s.at++
	}
	s.index += s.at
	return s, found
}

// rank returns how many keys are below k, and whether k is there.
func (m Map[K, V]) rank(k K) (i int, found bool) {
	s, found := m.spotOf(k)
	return s.index, found
}

// entry returns entry i, which must be there.
func (m Map[K, V]) entry(i int) (K, V) {
	leaf, at := m.root().leafWith(i)
	return *keyAt[K](leaf, at), *valAt[V](leaf, at)
}
