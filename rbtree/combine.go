//ramet:layer tree

package rbtree

import "github.com/ramet-go/ramet/internal/ownership"

// The combination of two maps, which set operations are made of: one walk over the two, which appends runs of entries
// of either to the result. Trees that are passed in are borrowed.

// scarce is the ratio of lengths from which on it is faster to look up, set or delete the entries of the smaller map
// one after the other: an intersection takes .58 of the time at this ratio, and 1.7 at a quarter of it
// (docs/decisions/0012).
const scarce = 16

// A combination says which entries of two maps a set operation keeps.
type combination[K, V any] struct {
	onlyA, onlyB bool                // those of keys that one map has
	matched      choice              // what becomes of keys that the two have in common
	f            func(k K, a, b V) V // of the choices computed and joined
}

// A choice is what becomes of a key that the two maps have in common.
type choice uint8

const (
	dropped choice = iota
	fromA
	valueOfB // a's instance of the key, with b's value
	computed // a's instance of the key, with the value that a function returns
	joined   // the same, but what is shared is kept without asking the function
)

// of returns the combination of a and b.
func (c combination[K, V]) of(by ordering[K], a, b tree) tree {
	z := zip[K]{by: by, a: walk[K](a, 0, a.len), b: walk[K](b, 0, b.len)}
	if apart(a, b) {
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
	z.deep = c.matched == computed // the function is asked about every entry, the shared ones included
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

// appendMingled appends the combination of what z knows of two leaves. The findings become pieces, as long as possible:
// neighbours of one leaf are one piece. The first piece may go on from what came before, and the last one go on in what
// comes: they are appended as runs. Those between are copied at once: two interleaved millions take 64 ms instead of 81
// (docs/decisions/0008, with leaves read ahead).
//
//	findings   onlyA 2 │ onlyB 1 │ matched │ onlyA 3 │ onlyB 2         of a union by a function
//	pieces     a[0,2)    b[0,1)    pushed    a[3,6)    b[2,4)
//	           a run     copied              copied    a run
func (c combination[K, V]) appendMingled(ap *appender[K, V], z *zip[K]) {
	a, b := z.inA.leaf, z.inB.leaf
	i, j := z.inA.at, z.inB.at // the first entries of which no finding was looked at
	// Where equal keys cannot be told apart, a's instance with b's value is the entry of b.
	byB := c.matched == valueOfB && z.by.indistinct()
	var cur piece // what is not appended yet
	first := true // nothing was: cur is the first piece
	for _, f := range z.known[:z.end] {
		n := int(f.n)
		next := piece{false, i, i + n} // what the finding adds: by default entries of a
		switch {
		// Case 1: keys of a only.
		case f.r == onlyA:
			i += n
			if !c.onlyA {
				continue
			}
		// Case 2: keys of b only.
		case f.r == onlyB:
			next = piece{true, j, j + n}
			j += n
			if !c.onlyB {
				continue
			}
		// Case 3: a key of either, one finding each.
		default:
			i, j = i+1, j+1
			switch {
			case c.matched == dropped:
				continue
			case c.matched == fromA: // next is that already
			case byB:
				next = piece{true, j - 1, j}
			default: // an entry that neither leaf has
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
		case cur.i == cur.j: // there is none
			cur = next
		case next.ofB == cur.ofB && next.i == cur.j: // it goes on
			cur.j = next.j
		default:
			c.appendPiece(ap, z, cur, first)
			cur, first = next, false
		}
	}
	c.appendPiece(ap, z, cur, true)
	// What is left of the longer leaf is not known yet, and comes next.
	z.pass(i-z.inA.at, j-z.inB.at)
}

// appendPiece appends a piece of the leaves at z.inA and z.inB, which may be empty: as a run, or else at once.
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

// intoA is the combination of a and of b, which is much smaller: it sets the entries of b in a. Those that only one of
// them has are kept.
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

// intoB is the combination of a and of b, which is much larger: it adds to b the entries of a that it does not have,
// and gives the others a's instance of the key. It is intoA the other way round.
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

// withoutAll returns t without the keys of o, which is much smaller.
func withoutAll[K, V any](by ordering[K], t, o tree) tree {
	ed := edit[K, V]{by: by, id: ownership.NewID()}
	var f finger[K, V]
	w := walk[K](o, 0, o.len)
	for ; !w.done(); w.step() {
		f.seek(by, t.root, w.key())
		if f.found {
			t = tree{f.remove(&ed), t.len - 1}
		}
	}
	return t
}

// among returns the entries of t whose keys o has, or with has false those whose keys it has not. o is much larger. It
// gives up, and returns false, when it comes to a leaf that the two share: then there is more to skip than to look up.
func among[K, V any](by ordering[K], t, o tree, has bool) (_ tree, ok bool) {
	ap := newAppender[K, V](by)
	var f finger[K, V]
	f.seek(by, o.root, firstKey[K](t.root))
	w := walk[K](t, 0, t.len)
	for ; !w.done(); w.step() {
		f.seekOn(by, w.key())
		if f.leaf == w.leaf {
			return tree{}, false
		}
		if f.found == has {
			ap.appendRun(t, w.place, 1)
		}
	}
	return ap.finish(), true
}

// picked returns the entries of t whose keys o has, which is much smaller. It gives up where among does.
func picked[K, V any](by ordering[K], t, o tree) (_ tree, ok bool) {
	ap := newAppender[K, V](by)
	var f finger[K, V]
	f.seek(by, t.root, firstKey[K](o.root))
	w := walk[K](o, 0, o.len)
	for ; !w.done(); w.step() {
		f.seekOn(by, w.key())
		if f.leaf == w.leaf {
			return tree{}, false
		}
		if f.found {
			ap.push(*keyAt[K](f.leaf, f.at), *valAt[V](f.leaf, f.at))
		}
	}
	return ap.finish(), true
}
