//ramet:layer tree

package vector

// pairs has how each two of three versions differ.
type pairs struct {
	toOurs, toTheirs []hunk // from base to ours, and to theirs
	across, back     []hunk // from ours to theirs, and from theirs to ours
}

// A span is a part of each of three versions: [b0, b1) of base, [o0, o1) of ours and [t0, t1) of theirs.
type span struct{ b0, b1, o0, o1, t0, t1 int }

// A stretch is a span within which the three versions differ, and the hunks of the pairs that are in it.
type stretch struct {
	span
	pairs
}

// stretches returns the spans between elements that all versions have in common, whichever two of them are compared.
// Where base and ours have an element in common, and base and theirs, but ours and theirs have another one there, it is
// not clear what belongs together: that is within a stretch.
func (p pairs) stretches(base, ours, theirs int) (cs []stretch) {
	var at span // begins behind the last common elements
	add := func(b, o, t int) {
		if at.b1, at.o1, at.t1 = b, o, t; at.b0 < b || at.o0 < o || at.t0 < t {
			c := stretch{span: at}
			c.toOurs, p.toOurs = cut(p.toOurs, b, o)
			c.toTheirs, p.toTheirs = cut(p.toTheirs, b, t)
			c.across, p.across = cut(p.across, o, t)
			c.back, p.back = cut(p.back, t, o)
			cs = append(cs, c)
		}
	}
	toOurs, toTheirs := gone{p.toOurs, 0}, gone{p.toTheirs, 0}
	across, back := gone{p.across, 0}, gone{p.back, 0}
	for b := 0; b < base; {
		// Up to where n elements go on as they are in each pair; or else how many to skip.
		o, n, ok := toOurs.locate(b, base)
		t, k, ok2 := toTheirs.locate(b, base)
		n = min(n, k)
		if ok && ok2 {
			t2, k, ok3 := across.locate(o, ours)
			o2, k2, ok4 := back.locate(t, theirs)
			n = min(n, k, k2)
			if ok3 && ok4 && t2 == t && o2 == o {
				add(b, o, t)
				at = span{b0: b + n, o0: o + n, t0: t + n}
			}
		}
		b += n
	}
	add(base, ours, theirs)
	return cs
}

// cut divides hunks before positions a and b, behind which none begins that ends before.
func cut(hs []hunk, a, b int) (before, behind []hunk) {
	i := 0
	for i < len(hs) && hs[i].a1 <= a && hs[i].b1 <= b {
		i++
	}
	return hs[:i:i], hs[i:]
}

// A gone goes along hunks, and finds where elements are that did not change.
type gone struct {
	hs    []hunk
	shift int // from positions before the next hunk to those in the other sequence
}

// locate returns where the element at position i is in the other sequence, and true if it is there. So it is for n
// elements, in a sequence of so many. Positions must not fall.
func (g *gone) locate(i, length int) (j, n int, ok bool) {
	for len(g.hs) > 0 && g.hs[0].a1 <= i {
		g.shift = g.hs[0].b1 - g.hs[0].a1
		g.hs = g.hs[1:]
	}
	switch {
	case len(g.hs) == 0:
		return i + g.shift, length - i, true
	case g.hs[0].a0 > i:
		return i + g.shift, g.hs[0].a0 - i, true
	}
	return 0, g.hs[0].a1 - i, false
}

// relative returns the chunk's hunks as they count within it.
func (c stretch) relative() pairs {
	return pairs{
		relative(c.toOurs, c.b0, c.o0), relative(c.toTheirs, c.b0, c.t0), relative(c.across, c.o0, c.t0), relative(c.back, c.t0, c.o0),
	}
}
