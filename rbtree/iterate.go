//ramet:layer api

package rbtree

import "iter"

// The iterators are small enough to be inlined where they are ranged over, and the body of the loop into them, which
// saves the call for each entry. A p of the for clause would be copied at each piece. Those of maps do not go by a span,
// which would be copied into each: that takes as long as the ten entries of a small map.

// All returns an iterator over the entries of m, in key order.
func (m Map[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		p := m.ascend()
		for p.next() {
			vs := p.vals
			for i, k := range p.keys {
				if !yield(k, vs[i]) {
					return
				}
			}
		}
	}
}

// Keys returns an iterator over the keys of m, in order.
func (m Map[K, V]) Keys() iter.Seq[K] {
	return func(yield func(K) bool) {
		p := m.ascend()
		for p.next() {
			for _, k := range p.keys {
				if !yield(k) {
					return
				}
			}
		}
	}
}

// Values returns an iterator over the values of m, in key order.
func (m Map[K, V]) Values() iter.Seq[V] {
	return func(yield func(V) bool) {
		p := m.ascend()
		for p.next() {
			for _, v := range p.vals {
				if !yield(v) {
					return
				}
			}
		}
	}
}

// Backward returns an iterator over the entries of m, from the greatest key to the least.
func (m Map[K, V]) Backward() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		p := m.descend()
		for p.prev() {
			ks, vs := p.keys, p.vals
			for i := len(ks) - 1; i >= 0; i-- {
				if !yield(ks[i], vs[i]) {
					return
				}
			}
		}
	}
}

// All returns an iterator over the entries, in key order.
func (s Span[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		p := s.ascend()
		for p.next() {
			vs := p.vals
			for i, k := range p.keys {
				if !yield(k, vs[i]) {
					return
				}
			}
		}
	}
}

// Keys returns an iterator over the keys, in order.
func (s Span[K, V]) Keys() iter.Seq[K] {
	return func(yield func(K) bool) {
		p := s.ascend()
		for p.next() {
			for _, k := range p.keys {
				if !yield(k) {
					return
				}
			}
		}
	}
}

// Values returns an iterator over the values, in key order.
func (s Span[K, V]) Values() iter.Seq[V] {
	return func(yield func(V) bool) {
		p := s.ascend()
		for p.next() {
			for _, v := range p.vals {
				if !yield(v) {
					return
				}
			}
		}
	}
}

// Backward returns an iterator over the entries, from the greatest key to the least.
func (s Span[K, V]) Backward() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		p := s.descend()
		for p.prev() {
			ks, vs := p.keys, p.vals
			for i := len(ks) - 1; i >= 0; i-- {
				if !yield(ks[i], vs[i]) {
					return
				}
			}
		}
	}
}

// Pieces visit the entries [from, to) of a tree in one direction, leaf by leaf. They borrow the tree. They come down
// from the root once for each node of level 1, and have no stack: what a small map pays for is small.
type pieces[K, V any] struct {
	keys     []K // not to be changed
	vals     []V
	root     *node
	from, to int   // what is left
	parent   *node // of level 1, or nil
	kid      int   // the position in parent of the next leaf
	at       int   // the position in that of the next entry
	ahead    int   // how many leaves to read ahead at once, or 0
	unread   int   // the position in parent of the first leaf that was not read
}

// ascend returns the pieces of m for next.
func (m Map[K, V]) ascend() (p pieces[K, V]) {
	p.root, p.to = m.root(), m.len
	p.readAhead(m.len)
	return p
}

// descend returns the pieces of m for prev.
func (m Map[K, V]) descend() pieces[K, V] { return pieces[K, V]{root: m.root(), to: m.len} }

// ascend returns the pieces of s for next.
func (s Span[K, V]) ascend() (p pieces[K, V]) {
	p.root, p.from, p.to = s.m.root(), s.from, s.to
	p.parent, p.kid, p.at = s.start.node(), int(s.kid), int(s.pos)
	p.readAhead(s.m.len)
	return p
}

// descend returns the pieces of s for prev.
func (s Span[K, V]) descend() pieces[K, V] {
	return pieces[K, V]{root: s.m.root(), from: s.from, to: s.to}
}

// readAhead makes next read ahead in a large map.
func (p *pieces[K, V]) readAhead(len int) {
	if len > nearLen {
		p.ahead, p.unread = 1, p.kid+1 // one at first: the range may be short
	}
}

// next moves to the next piece, and reports whether there is one. It may be empty. It is inlined, so that a map of one
// leaf is read with one call.
func (p *pieces[K, V]) next() bool { return p.from < p.to && p.forward() }

// forward is next where there is one.
func (p *pieces[K, V]) forward() bool {
	i := p.at
	p.at = 0
	// The next leaf has the same parent, or is found by coming down from the root, to the entry that is next.
	var leaf *node
	if p.parent != nil && p.kid < int(p.parent.len) {
		leaf = p.parent.kid(p.kid)
	} else {
		leaf, i = p.seek(p.from)
		p.unread = p.kid + 1
	}
	p.kid++
	// What was read ahead is used up: the next ones. After the first, the range is known not to be short.
	if p.ahead > 0 && p.parent != nil && p.kid == p.unread {
		p.unread = p.parent.readAhead(p.kid, p.ahead, sizeOf[V]())
		p.ahead = mostAhead
	}
	j := min(int(leaf.len), i+p.to-p.from)
	p.keys, p.vals = keys[K](leaf)[i:j], vals[V](leaf)[i:j]
	p.from += j - i
	return true
}

// prev moves to the previous piece, and reports whether there is one. It begins at the end.
func (p *pieces[K, V]) prev() bool { return p.from < p.to && p.backward() }

// backward is prev where there is one.
func (p *pieces[K, V]) backward() bool {
	var leaf *node
	var j int
	if p.parent != nil && p.kid >= 0 {
		leaf = p.parent.kid(p.kid)
		j = int(leaf.len)
	} else {
		leaf, j = p.seek(p.to - 1)
		j++
	}
	p.kid--
	i := max(0, j-(p.to-p.from))
	p.keys, p.vals = keys[K](leaf)[i:j], vals[V](leaf)[i:j]
	p.to -= j - i
	return true
}

// seek returns the leaf with entry i, and the entry's position in it.
func (p *pieces[K, V]) seek(i int) (*node, int) {
	n := p.root
	for n.level > 0 {
		kid, rest := n.kidWith(i)
		p.parent, p.kid = n, kid
		n, i = n.kid(kid), rest
	}
	return n, i
}
