//ramet:layer tree

package hamt

import (
	"slices"
	"sync/atomic"

	"github.com/ramet-go/ramet/internal/ownership"
)

// Union returns a map with the entries of m and of o. Where both have a key, it has m's
// instance of the key and o's value. It returns m itself if o is empty, or shares every one
// of its entries with m.
//
// Subtrees that m and o share are not looked into: for versions of one history, Union takes
// O(d log n) time, where d is the number of entries in which they differ. At worst it
// takes O(m + o). If m and o use different hashers it takes O(o) time more, and m's is used.
//
// Several processors work on two large maps that have little in common, unless they have a [Hasher]: that is called in
// the caller's goroutine only.
func (m Map[K, V]) Union(o Map[K, V]) Map[K, V] {
	return m.unite(o, union[K, V]{})
}

// UnionFunc is like Union, but where both maps have a key its value is the result of combine for
// m's instance of the key, m's value a and o's value b. As combine is called for every key that is
// in both, shared entries included, it takes O(m + o) time, also of two versions of one history. Where
// combine returns a if a and b are the same, use [JoinFunc], which takes time for the differences only.
func (m Map[K, V]) UnionFunc(o Map[K, V], combine func(k K, a, b V) V) Map[K, V] {
	notNil(combine != nil, "UnionFunc")
	return m.unite(o, union[K, V]{combine: combine})
}

// JoinFunc returns a map with the entries of a and of b. It is [Map.UnionFunc] for an f that is idempotent: f(k, x, x) = x is
// assumed, and f is not called for what a and b share. That is what the least upper bound of two states is made
// of: the facts of an analysis, a replicated counter, a vector clock.
//
//	merged := hamt.JoinFunc(a, b, func(_ string, x, y int) int { return max(x, y) })
//
// It calls f with a's instance of the key for each key that is in both, except those in nodes that a and b share. It
// returns a itself if b is empty or the same version, or shares every one of its entries with a. Of two versions of one
// history it takes O(d log n) time, where d is the number of entries in which they differ; see [Map.Union] for the costs
// otherwise.
func JoinFunc[K comparable, V any](a, b Map[K, V], f func(k K, a, b V) V) Map[K, V] {
	notNil(f != nil, "JoinFunc")
	return a.unite(b, union[K, V]{combine: f, skip: true})
}

func (m Map[K, V]) unite(o Map[K, V], u union[K, V]) Map[K, V] {
	if o.len == 0 {
		return m
	}
	o = o.rekeyed(m.by)
	if m.len == 0 {
		return o
	}
	u.edit = m.edit()
	u.id = ownership.NewID()
	u.indistinct = m.by.indistinct()
	u.ofA = m.len >= o.len
	root := u.roots(m.root(), o.root(), m.len, o.len)
	return wrap[K, V](u.by, root, max(m.len, o.len)+u.more)
}

// rekeyed returns o if its keys are by's, else a map with its entries that has by's keys.
func (o Map[K, V]) rekeyed(by keying[K]) Map[K, V] {
	if o.by.same(by) {
		o.by = by.resolve()
		return o
	}
	return collect(by, o.All())
}

// A union is one run of Union.
type union[K comparable, V any] struct {
	edit[K, V]                     // owns what the run makes
	combine    func(k K, a, b V) V // nil: b's value
	skip       bool                // take over what a and b share, although combine is not nil
	first      bool                // where both have a key, a's entry stays as it is
	indistinct bool                // a's instance of a key and b's are the same thing
	ofA        bool                // count relative to a; else to b

	// more is how many entries the result has more than the larger map. Counted like that
	// it is known without visiting the subtrees that are taken over from the larger map,
	// or shared: only those from the smaller one are.
	more int

	records, scratch []record[K, V] // of overflow, for the next one
}

// onlyA counts n entries that only a has.
func (u *union[K, V]) onlyA(n int) {
	if !u.ofA {
		u.more += n
	}
}

// onlyB counts n entries that only b has.
func (u *union[K, V]) onlyB(n int) {
	if u.ofA {
		u.more += n
	}
}

// keepA returns a, which meets nothing in the other map.
func (u *union[K, V]) keepA(a *node) *node {
	if !u.ofA {
		u.more += countOf[K, V](a)
	}
	return a
}

// keepB returns b, which meets nothing in the other map.
func (u *union[K, V]) keepB(b *node) *node {
	if u.ofA {
		u.more += countOf[K, V](b)
	}
	return b
}

// roots is nodes for the roots of maps of the given lengths.
func (u *union[K, V]) roots(a, b *node, lenA, lenB int) (root *node) {
	if u.combine != nil || u.by.hasher != nil || !worthParts(a, b, lenA, lenB) {
		return u.nodes(a, b, 0)
	}
	root, u.more = u.inParts(a, b)
	return root
}

// inParts is nodes for two roots, by several goroutines, and returns more as well. Its u is a copy, because a variable that
// goroutines share is allocated.
func (u union[K, V]) inParts(a, b *node) (root *node, more int) {
	var ps pairs
	u.zip(a, b, 0, true, ps.add)
	var parts atomic.Int64 // what all parts count
	ps.inParts(func(next func() *pair) {
		part := u
		part.id, part.more = ownership.NewID(), 0
		for p := next(); p != nil; p = next() {
			p.done = part.nodes(p.a, p.b, p.level)
		}
		parts.Add(int64(part.more))
	})
	var out assembler[K, V]
	for _, p := range ps {
		if p.done != nil {
			out.push(&u.edit, p.span, p.done)
		} else {
			u.push(&out, p.a, p.b, p.span, p.level)
		}
	}
	return out.node(&u.edit, a, b), int(parts.Load()) + u.more
}

// nodes returns the union of two nodes for the same span: the roots, or those in one slot. The
// level is theirs, if they are inner nodes.
func (u *union[K, V]) nodes(a, b *node, level int) *node {
	var out assembler[K, V]
	switch {
	case a == b && (u.combine == nil || u.skip):
		return a
	case a.isInner() && b.isInner():
		u.zip(a, b, level, true, func(a, b *node, s span, below int) bool {
			u.push(&out, a, b, s, below)
			return true
		})
		return out.node(&u.edit, a, b)
	case a.isInner():
		return u.innerAndLeaf(a, b, level)
	case b.isInner():
		return u.leafAndInner(a, b, level)
	}
	u.leaves(&out, a, b, whole, level)
	return out.node(&u.edit, nil, nil)
}

// push pushes the union of two nodes for the span s. The level is theirs, if they are inner
// nodes.
func (u *union[K, V]) push(out *assembler[K, V], a, b *node, s span, level int) {
	switch {
	case a == b && (u.combine == nil || u.skip):
		out.push(&u.edit, s, a)
	case b == &empty.node:
		out.push(&u.edit, s, u.keepA(a))
	case a == &empty.node:
		out.push(&u.edit, s, u.keepB(b))
	case a.isInner() || b.isInner():
		out.push(&u.edit, s, u.nodes(a, b, level))
	default:
		u.leaves(out, a, b, s, level-1)
	}
}

// leaves pushes the union of two leaves, both borrowed, for the span s of an inner node of the given level.
func (u *union[K, V]) leaves(out *assembler[K, V], a, b *node, s span, level int) {
	var (
		c      finger[K, V]
		as, bs = entriesOf[K, V](a), entriesOf[K, V](b)
		room   [leafMax]int
		meets  = room[:0] // the position in a of each of b's keys, or -1
		shared = 0
	)
	for i := range bs {
		c.seekFrom(u.by, b, i, a, level)
		meets = append(meets, c.at)
		if c.found() {
			shared++
		}
	}
	u.onlyA(len(as) - shared)
	u.onlyB(len(bs) - shared)
	switch {
	// Nothing of b's is new, and a's entries stay as they are.
	case shared == len(bs) && u.first:
		out.push(&u.edit, s, a)
		return
	// b has all keys of a, and its values count.
	case shared == len(as) && u.indistinct && u.combine == nil:
		out.push(&u.edit, s, b)
		return
	// More than a leaf holds, as of a collision always.
	case len(as)+len(bs)-shared > leafCap[K, V]():
		u.overflow(out, a, b, meets, s, level)
		return
	}
	// A copy of a with the entries of b: the result shares no leaf.
	l := u.copyOf(a, len(as)+len(bs)-shared)
	for i, at := range meets {
		if at >= 0 {
			e := entryAt[K, V](&l.node, at)
			e.val = u.value(e, &bs[i])
		}
	}
	for i, at := range meets { // only now, for an insert may change the places of a's
		if at < 0 {
			insert(l, bs[i], b.asLeaf().tags.at(i))
		}
	}
	out.push(&u.edit, s, &l.node)
}

// overflow is leaves for more entries than a leaf holds.
func (u *union[K, V]) overflow(out *assembler[K, V], a, b *node, meets []int, s span, level int) {
	as, bs := entriesOf[K, V](a), entriesOf[K, V](b)
	records := slices.Grow(u.records[:0], len(as)+len(bs))
	for i := range as {
		records = append(records, record[K, V]{u.by.hash(as[i].key), as[i]})
	}
	for i, at := range meets {
		if at < 0 {
			records = append(records, record[K, V]{u.by.hash(bs[i].key), bs[i]})
		} else {
			records[at].val = u.value(&as[at], &bs[i])
		}
	}
	u.records, u.scratch = records, slices.Grow(u.scratch[:0], len(records))[:len(records)]
	out.spread(&u.edit, records, u.scratch, s, level)
}

// value returns the value of the union for a key of which a and b are the entries.
func (u *union[K, V]) value(a, b *entry[K, V]) V {
	switch {
	case u.combine != nil:
		return u.combine(a.key, a.val, b.val)
	case u.first:
		return a.val
	}
	return b.val
}

// innerAndLeaf returns the union of an inner node and a leaf.
func (u *union[K, V]) innerAndLeaf(a, b *node, level int) *node {
	var c finger[K, V]
	bs, shared, root := entriesOf[K, V](b), 0, a
	for i := range bs { // root is a, and from the first change on a copy that the edit owns
		c.seekFrom(u.by, b, i, root, level)
		switch {
		case !c.found():
			root = c.insert(&u.edit, bs[i])
			continue
		case !u.first:
			root = c.set(&u.edit, u.value(c.entry(), &bs[i]))
		}
		shared++
	}
	u.onlyB(len(bs) - shared)
	if !u.ofA {
		u.more += countOf[K, V](a) - shared
	}
	return root
}

// leafAndInner returns the union of a leaf and an inner node.
func (u *union[K, V]) leafAndInner(a, b *node, level int) *node {
	var c finger[K, V]
	as, shared, root := entriesOf[K, V](a), 0, b
	for i := range as { // root is b, and from the first change on a copy that the edit owns
		c.seekFrom(u.by, a, i, root, level)
		switch {
		case !c.found():
			root = c.insert(&u.edit, as[i])
			continue
		case !u.indistinct || u.combine != nil:
			root = c.setEntry(&u.edit, entry[K, V]{key: as[i].key, val: u.value(&as[i], c.entry())})
		}
		shared++
	}
	u.onlyA(len(as) - shared)
	if u.ofA {
		u.more += countOf[K, V](b) - shared
	}
	return root
}
