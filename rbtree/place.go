//ramet:layer path

package rbtree

import "cmp"

// A place is where an entry is in a tree: a leaf, a position in it, and the number of entries before it in the tree.
// The position may be that behind the leaf's last entry: then the entry is the first of the next leaf, if there is one.
type place struct {
	leaf  *node
	at    int
	index int
}

// placeOf returns the place of entry i of t, which must be there.
func (t tree) placeOf(i int) place {
	leaf, at := t.root.leafWith(i)
	return place{leaf, at, i}
}

// chunk returns the entries [i, j) of a borrowed leaf that come next in t, n at most, and moves p behind them. There
// must be more.
func (p *place) chunk(t tree, n int) (leaf *node, i, j int) {
	if p.at == int(p.leaf.len) { // the next leaf begins with the entry that is next
		*p = t.placeOf(p.index)
	}
	leaf, i = p.leaf, p.at
	j = min(i+n, int(leaf.len))
	p.at = j
	p.index += j - i
	return leaf, i, j
}

// A spot is a place that a search from the root has led to. It knows the leaf's parent as well, from which a walk can
// go on without another search.
type spot struct {
	place
	above *node // nil if the leaf is the root
	kid   int   // the leaf's position among above's children
}

// spotOf returns the spot of the first entry under root that is not below k, and whether that is k's. If all keys of a
// leaf are below k, and those of the next are not, it is behind the end of the former. root may be nil.
func (by ordering[K]) spotOf(root *node, k K) (s spot, found bool) {
	if root == nil {
		return s, false
	}
	switch by.kind {
	case int64s:
		return spotOf(root, as[int64](&k))
	case int32s:
		return spotOf(root, as[int32](&k))
	case uint64s:
		return spotOf(root, as[uint64](&k))
	case uint32s:
		return spotOf(root, as[uint32](&k))
	}
	// Other keys: first the way, then the counts of what is left of it.
	var p path
	s.leaf, s.at, found = by.locate(root, k, &p)
	s.index = s.at
	for l := p.top; l > 0; l-- {
		for _, c := range p.nodes[l].counts()[:p.at[l]] {
			s.index += int(c)
		}
	}
	s.above, s.kid = p.nodes[1], int(p.at[1])
	return s, found
}

// spotOf is ordering.spotOf for the integers that most keys are. It adds up counts as it goes.
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
