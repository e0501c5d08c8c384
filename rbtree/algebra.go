package rbtree

import "github.com/ramet-go/ramet/internal/ownership"

// The structural layer of set operations: one walk over both maps, which appends runs of
// entries of either to the result.

// scarce is the ratio of lengths from which on it is faster to look up, set or delete the
// entries of the smaller map one after the other.
const scarce = 16

// Union returns a map with the entries of m and of o. Where both have a key, it has m's
// instance of the key and o's value. It returns m itself if o is empty, or shares every one
// of its entries with m.
//
// Of two maps that share nothing it makes O(m log(n/m+1)) comparisons, where m is the length of
// the smaller one and n of the larger; for versions of one history it takes O(d log n) time,
// where d is the number of entries in which they differ. Ranges of keys that only one of them
// has are taken over without being looked into. Large maps are divided among processors. If o
// has another order than m, it takes O(o log o) time more.
func (m Map[K, V]) Union(o Map[K, V]) Map[K, V] {
	return m.union(o, valueOfB, nil, forMap)
}

// UnionFunc is like Union, but where both maps have a key, the value is what f returns for
// m's instance of the key, m's value a and o's value b. It calls f in key order, in the
// caller's goroutine, for every key that is in both maps, shared entries included: so of two versions of
// one history it takes O(n) time. If f(k, x, x) is always x, use [JoinFunc], which takes time for the
// differences only.
func (m Map[K, V]) UnionFunc(o Map[K, V], f func(k K, a, b V) V) Map[K, V] {
	notNil(f != nil, "UnionFunc")
	return m.union(o, computed, f, forMap)
}

// JoinFunc returns a map with the entries of a and of b. It is [Map.UnionFunc] for an f that is idempotent: f(k, x, x) = x is
// assumed, and what a and b share is skipped. That is what the least upper bound of two states is made
// of: the facts of an analysis, a replicated counter, a vector clock.
//
//	merged := rbtree.JoinFunc(a, b, func(_ string, x, y int) int { return max(x, y) })
//
// It calls f with a's instance of the key, a's value and b's value, in key order and in the caller's goroutine, for each key
// that is in both and not in a node that they share. It may call f for a few that are. It returns a itself if b is empty
// or the same version, or shares every one of its entries with a. Of two versions of one history it takes O(d log n)
// time, where d is the number of entries in which they differ; see [Map.Union] for the costs otherwise. To join maps
// end to end, use [Map.Join].
func JoinFunc[K, V any](a, b Map[K, V], f func(k K, a, b V) V) Map[K, V] {
	notNil(f != nil, "JoinFunc")
	if a == b {
		return a
	}
	return a.union(b, joined, f, forMap)
}

// Intersection returns the entries of m whose keys are in o, with m's values: m itself, if
// all are. It shares m's nodes; see [Map.Union] for the costs.
func (m Map[K, V]) Intersection(o Map[K, V]) Map[K, V] {
	switch {
	case m.len == 0:
		return m
	case o.len == 0:
		return none[K, V](m.by)
	}
	return m.intersect(o.rekeyed(m.by, forMap).tree())
}

// intersect is Intersection with the keys of a tree, which may be that of a set.
func (m Map[K, V]) intersect(o tree) Map[K, V] {
	return m.with(combination[K, V]{matched: fromA}.of(m.by, m.tree(), o))
}

// IntersectionFunc returns a map of the keys that are in m and in o, with m's instances of them. The value of each is what f
// returns for the key, m's value a and o's value b. It calls f in key order, in the caller's goroutine, once for each
// key, shared entries included. So it takes O(n) time where the two share much; otherwise it costs what
// [Map.Intersection] does. It returns m itself only if m is empty.
func (m Map[K, V]) IntersectionFunc(o Map[K, V], f func(k K, a, b V) V) Map[K, V] {
	notNil(f != nil, "IntersectionFunc")
	switch {
	case m.len == 0:
		return m
	case o.len == 0:
		return none[K, V](m.by)
	}
	return m.with(combination[K, V]{matched: computed, f: f}.of(m.by, m.tree(), o.rekeyed(m.by, forMap).tree()))
}

// Difference returns the entries of m whose keys are not in o: m itself, if none is. It
// shares m's nodes; see [Map.Union] for the costs.
func (m Map[K, V]) Difference(o Map[K, V]) Map[K, V] {
	if m.len == 0 || o.len == 0 {
		return m
	}
	return m.subtract(o.rekeyed(m.by, forMap).tree())
}

// subtract is Difference with the keys of a tree, which may be that of a set.
func (m Map[K, V]) subtract(o tree) Map[K, V] {
	if o.len < m.len/scarce {
		return m.withoutAll(o)
	}
	return m.with(combination[K, V]{onlyA: true}.of(m.by, m.tree(), o))
}

// Filter returns m with those entries only for which keep returns true: m itself, if it
// does so for all of them. It calls keep once for each entry, in key order, and takes O(n) time. It
// shares the nodes of long runs of entries that are kept.
func (m Map[K, V]) Filter(keep func(K, V) bool) Map[K, V] {
	notNil(keep != nil, "Filter")
	ap := newAppender[K, V](m.by)
	t := m.tree()
	w := walk[K](t, 0, m.len)
	for ; !w.done(); w.step() {
		if keep(w.key(), *valAt[V](w.leaf, w.place.at)) {
			ap.appendRun(t, w.place, 1)
		}
	}
	return m.with(ap.finish())
}

// DeleteFunc returns m without the entries for which del returns true: m itself, if it does so for none of them. It is
// [Map.Filter] with the opposite answer.
func (m Map[K, V]) DeleteFunc(del func(K, V) bool) Map[K, V] {
	notNil(del != nil, "DeleteFunc")
	return m.Filter(func(k K, v V) bool { return !del(k, v) })
}

// Partition returns the entries of m for which keep returns true, and the others; one of the two is m itself, if it has
// all of them. It calls keep once for each entry, in key order, and takes O(n) time. Both share the nodes of long runs of
// entries.
func (m Map[K, V]) Partition(keep func(K, V) bool) (yes, no Map[K, V]) {
	notNil(keep != nil, "Partition")
	kept, rest := newAppender[K, V](m.by), newAppender[K, V](m.by)
	t := m.tree()
	w := walk[K](t, 0, m.len)
	for ; !w.done(); w.step() {
		ap := &rest
		if keep(w.key(), *valAt[V](w.leaf, w.place.at)) {
			ap = &kept
		}
		ap.appendRun(t, w.place, 1)
	}
	return m.with(kept.finish()), m.with(rest.finish())
}

// DeleteAll returns m without the keys ks: m itself, if none of them is present. Each costs what [Map.Delete] does; nodes
// that several of them touch are copied once. To remove a set of keys, use [Map.Without].
func (m Map[K, V]) DeleteAll(ks ...K) Map[K, V] {
	if len(ks) == 1 {
		return m.Delete(ks[0])
	}
	b := m.bare()
	for _, k := range ks {
		b.delete(k)
	}
	return b.build()
}

// with returns the map of t, which has m's order: m itself, if it is m's tree.
func (m Map[K, V]) with(t tree) Map[K, V] {
	if t == m.tree() {
		return m
	}
	return wrap[K, V](m.by, t)
}

// A combination says which entries of two maps a set operation keeps.
type combination[K, V any] struct {
	onlyA, onlyB bool                // those of keys that one map has
	matched      choice              // of keys that both have
	f            func(k K, a, b V) V // of the choices computed and joined
}

// A choice is what becomes of a key that both maps have.
type choice uint8

const (
	dropped choice = iota
	fromA
	valueOfB // a's instance of the key, with b's value
	computed // a's instance of the key, with the value that a function returns
	joined   // the same, but what is shared is kept without asking the function
)

func (m Map[K, V]) union(o Map[K, V], matched choice, f func(k K, a, b V) V, hint string) Map[K, V] {
	if o.len == 0 {
		return m
	}
	o = o.rekeyed(m.by, hint)
	if m.len == 0 {
		return o
	}
	c := combination[K, V]{true, true, matched, f}
	switch {
	case o.len < m.len/scarce:
		return m.with(c.intoA(m.by, m.tree(), o.tree()))
	case m.len < o.len/scarce:
		return m.with(c.intoB(m.by, m.tree(), o.tree()))
	}
	return m.with(c.of(m.by, m.tree(), o.tree()))
}

// of returns the combination of a and b.
func (c combination[K, V]) of(by ordering[K], a, b tree) tree {
	z := zip[K]{by: by, a: walk[K](a, 0, a.len), b: walk[K](b, 0, b.len)}
	if min(a.len, b.len) >= parallelLen && !related(a.root, b.root) {
		if c.worthParts(by, a, b) {
			return c.inParts(by, a, b)
		}
		c.readAhead(&z)
	}
	ap := newAppender[K, V](by)
	c.append(&ap, &z)
	return ap.finish()
}

// readAhead makes z read leaves ahead. If only the keys of b matter, it may be a tree without values.
func (c combination[K, V]) readAhead(z *zip[K]) {
	size := sizeOf[V]()
	z.a.ahead, z.a.valSize = true, size
	z.b.ahead, z.b.valSize = true, size
	if !c.onlyB && (c.matched == dropped || c.matched == fromA) {
		z.b.valSize = 0
	}
}

// append appends the combination of what z walks over.
func (c combination[K, V]) append(ap *appender[K, V], z *zip[K]) {
	z.deep = c.matched == computed
	for {
		switch r, n := z.advance(); r {
		case end:
			return
		case onlyA:
			if c.onlyA {
				ap.appendRun(z.a.src, z.inA, n)
			}
		case onlyB:
			if c.onlyB {
				ap.appendRun(z.b.src, z.inB, n)
			}
		case shared:
			if c.matched != dropped {
				ap.appendRun(z.a.src, z.inA, n)
			}
		case mingled:
			c.appendMingled(ap, z)
		}
	}
}

// A piece is the entries [i, j) of a leaf.
type piece struct {
	ofB  bool // of b's leaf, not of a's
	i, j int
}

// appendMingled appends the combination of what z knows of two leaves. The first piece may go on
// from what came before, and the last one go on in what comes: they are runs. Those between are
// copied at once.
func (c combination[K, V]) appendMingled(ap *appender[K, V], z *zip[K]) {
	a, b := z.inA.leaf, z.inB.leaf
	i, j := z.inA.at, z.inB.at
	byB := c.matched == valueOfB && z.by.indistinct()
	var cur piece
	first := true
	for _, f := range z.known[:z.end] {
		n := int(f.n)
		next := piece{false, i, i + n}
		switch {
		case f.r == onlyA:
			i += n
			if !c.onlyA {
				continue
			}
		case f.r == onlyB:
			next = piece{true, j, j + n}
			j += n
			if !c.onlyB {
				continue
			}
		default:
			i, j = i+1, j+1
			switch {
			case c.matched == dropped:
				continue
			case c.matched == fromA:
			case byB:
				next = piece{true, j - 1, j}
			default:
				c.appendPiece(ap, z, cur, first)
				cur, first = piece{}, false
				k, v := *keyAt[K](a, i-1), *valAt[V](b, j-1)
				if c.f != nil {
					v = c.f(k, *valAt[V](a, i-1), v)
				}
				ap.push(k, v)
				continue
			}
		}
		switch {
		case cur.i == cur.j:
			cur = next
		case next.ofB == cur.ofB && next.i == cur.j:
			cur.j = next.j
		default:
			c.appendPiece(ap, z, cur, first)
			cur, first = next, false
		}
	}
	c.appendPiece(ap, z, cur, true)
	z.pass(i-z.inA.at, j-z.inB.at)
}

// appendPiece appends a piece of the leaves at z.inA and z.inB, which may be empty: as a run, or
// else at once.
func (c combination[K, V]) appendPiece(ap *appender[K, V], z *zip[K], p piece, asRun bool) {
	if p.i == p.j {
		return
	}
	src, start := &z.a.src, &z.inA
	if p.ofB {
		src, start = &z.b.src, &z.inB
	}
	if asRun {
		ap.appendRun(*src, place{start.leaf, p.i, start.index + p.i - start.at}, p.j-p.i)
		return
	}
	if ap.run.len > 0 {
		ap.flush()
	}
	ap.copyEntries(start.leaf, p.i, p.j)
}

// intoA is the combination of a and of b, which is much smaller: it sets the entries of b. Those
// that only one of them has are kept.
func (c combination[K, V]) intoA(by ordering[K], a, b tree) tree {
	ed := edit[K, V]{by: by, id: ownership.NewID()}
	var f finger[K, V]
	w := walk[K](b, 0, b.len)
	for ; !w.done(); w.step() {
		v := *valAt[V](w.leaf, w.place.at)
		f.seek(by, a.root, w.key())
		switch old, ok := f.value(); {
		case !ok:
			checkLen(a.len, 1)
			a = tree{f.insert(&ed, w.key(), v), a.len + 1}
		case c.matched == dropped:
			a = tree{f.remove(&ed), a.len - 1}
		case (c.matched == joined || c.matched == valueOfB) && f.leaf == w.leaf: // shared
		case c.f != nil:
			a.root = f.set(&ed, c.f(*keyAt[K](f.leaf, f.at), old, v))
		case c.matched == valueOfB:
			a.root = f.set(&ed, v)
		}
	}
	return a
}

// intoB is the combination of a and of b, which is much larger: it adds to b the entries of a
// that it does not have, and to the others what b does not know of them.
func (c combination[K, V]) intoB(by ordering[K], a, b tree) tree {
	ed := edit[K, V]{by: by, id: ownership.NewID()}
	indistinct := by.indistinct()
	var f finger[K, V]
	w := walk[K](a, 0, a.len)
	for ; !w.done(); w.step() {
		k, v := w.key(), *valAt[V](w.leaf, w.place.at)
		f.seek(by, b.root, k)
		switch old, ok := f.value(); {
		case !ok:
			checkLen(b.len, 1)
			b = tree{f.insert(&ed, k, v), b.len + 1}
		case c.matched == dropped:
			b = tree{f.remove(&ed), b.len - 1}
		case c.matched == joined && f.leaf == w.leaf: // shared
		case c.f != nil:
			b.root = f.setKey(&ed, k, c.f(k, v, old))
		case c.matched == fromA:
			b.root = f.setKey(&ed, k, v)
		case c.matched == valueOfB && !indistinct && f.leaf != w.leaf:
			b.root = f.setKey(&ed, k, old)
		}
	}
	return b
}

// withoutAll returns m without the keys of o, which is much smaller.
func (m Map[K, V]) withoutAll(o tree) Map[K, V] {
	ed := edit[K, V]{by: m.by, id: ownership.NewID()}
	t := m.tree()
	var f finger[K, V]
	w := walk[K](o, 0, o.len)
	for ; !w.done(); w.step() {
		f.seek(m.by, t.root, w.key())
		if f.found {
			t = tree{f.remove(&ed), t.len - 1}
		}
	}
	return m.with(t)
}
