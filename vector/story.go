//ramet:layer tree

package vector

import "slices"

// A story tells three versions as one that is in the middle, v, and how the others, x and y, come of it.
type story[T any] struct {
	v, x, y  []T
	toX, toY []hunk
	meaning  [3]author // of the changes to x alone, to y alone, and to both alike
	span     func(extent) span
	direct   int // how many elements are deleted and inserted from x to y
	eq       func(a, b T) bool
}

// An author says which side made a change.
type author uint8

const (
	byOurs author = iota
	byTheirs
	agreed  // by both, alike
	opposed // by each, in another way
)

// An extent is a part of each of the three versions in a story.
type extent struct{ v0, v1, x0, x1, y0, y1 int }

// A piece is a change of v, in [v0, v1). From there on, x and y are dx and dy elements further along.
type piece struct {
	v0, v1, dx, dy int
	by             author
	inPlace        bool
}

// tell returns the regions of the story, and whether it is as short as can be: it has no more elements deleted and
// inserted than it takes to get from x to y. What leads to both alike counts for neither.
func (s *story[T]) tell() (rs []region, short bool) {
	pieces, alike := s.pieces()
	short = total(s.toX)+total(s.toY)-2*alike <= s.direct
	var dx, dy int
	for len(pieces) > 0 {
		end := pieces[0] // of the region, as the next piece sees it
		p := extent{v0: end.v0, x0: end.v0 + dx, y0: end.v0 + dy}
		n := 0
		for ; n < len(pieces); n++ {
			next := pieces[n]
			if n > 0 {
				if next.v0 > end.v1 || next.v0 == end.v1 && apart(end, next) {
					break
				}
				end = extend(end, next)
			}
			dx, dy = dx+next.dx, dy+next.dy
		}
		pieces = pieces[n:]
		p.v1, p.x1, p.y1 = end.v1, end.v1+dx, end.v1+dy
		if r, ok := s.region(p); ok {
			rs = append(rs, r)
		}
	}
	return rs, short
}

// apart reports whether two pieces that meet do not bear on each other: they are of one side, or they replace
// neighbours, or there is no doubt about their order because both sides have one of them, and one is a replacement.
func apart(p, q piece) bool {
	switch {
	case p.by == q.by && p.by != opposed, p.inPlace && q.inPlace:
		return true
	}
	return (p.by == agreed || q.by == agreed) && (p.inPlace || q.inPlace)
}

// extend returns the end of a region that ended with p, when q is added.
func extend(p, q piece) piece {
	switch {
	case q.v1 > p.v1:
		return q
	case q.v1 == p.v1:
		if p.by != q.by {
			p.by = opposed
		}
		p.inPlace = p.inPlace && q.inPlace
	}
	return p
}

// region returns the region at p, and false if there is nothing to do.
func (s *story[T]) region(p extent) (r region, ok bool) {
	v, x, y := s.v[p.v0:p.v1], s.x[p.x0:p.x1], s.y[p.y0:p.y1]
	vx, vy, xy := slices.EqualFunc(v, x, s.eq), slices.EqualFunc(v, y, s.eq), slices.EqualFunc(x, y, s.eq)
	by := opposed
	switch {
	case vx && vy:
		return r, false
	case vx:
		by = s.meaning[1]
	case vy:
		by = s.meaning[0]
	case xy:
		by = s.meaning[2]
	}
	return region{s.span(p), by == opposed}, by == byTheirs || by == opposed
}

// pieces returns the changes to x and y, one after the other, and how many elements are deleted and inserted in both
// alike. Where both replace, there is a piece for each run that they replace alike, or not. Where one of them inserts
// or deletes among what the other replaces, the elements replaced next to it are pieces of their own.
func (s *story[T]) pieces() (ps []piece, alike int) {
	toX, toY := cutAt(s.toX, s.toY), cutAt(s.toY, s.toX)
	add := func(h hunk, which int) {
		p := piece{v0: h.a0, v1: h.a1, by: s.meaning[which], inPlace: h.inPlace()}
		if d := h.b1 - h.b0 - (h.a1 - h.a0); which == 0 {
			p.dx = d
		} else {
			p.dy = d
		}
		ps = append(ps, p)
	}
	for len(toX) > 0 && len(toY) > 0 {
		h, k := &toX[0], &toY[0]
		same := h.a0 == k.a0 && h.a1 == k.a1
		switch {
		case same && h.inPlace() && k.inPlace():
			for i := 0; h.a0 < h.a1; {
				is := s.eq(s.x[h.b0], s.y[k.b0])
				for i = 0; h.a0+i < h.a1 && s.eq(s.x[h.b0+i], s.y[k.b0+i]) == is; i++ {
				}
				p := piece{v0: h.a0, v1: h.a0 + i, by: opposed, inPlace: true}
				if is {
					p.by = s.meaning[2]
					alike += 2 * i
				}
				ps = append(ps, p)
				h.a0, h.b0, k.b0 = h.a0+i, h.b0+i, k.b0+i
			}
		case same && slices.EqualFunc(s.x[h.b0:h.b1], s.y[k.b0:k.b1], s.eq):
			d := h.b1 - h.b0 - (h.a1 - h.a0)
			ps = append(ps, piece{h.a0, h.a1, d, d, s.meaning[2], false})
			alike += h.size()
		case h.a0 < k.a0 || h.a0 == k.a0 && h.a0 == h.a1:
			add(*h, 0)
			toX = toX[1:]
			continue
		case k.a0 < h.a0 || k.a0 == k.a1:
			add(*k, 1)
			toY = toY[1:]
			continue
		default:
			add(*h, 0)
			toX = toX[1:]
			continue
		}
		toX, toY = toX[1:], toY[1:]
	}
	for _, h := range toX {
		add(h, 0)
	}
	for _, h := range toY {
		add(h, 1)
	}
	return ps, alike
}

// cutAt returns hunks of which those that replace in place are cut where others begin and end, and one element before
// and behind those others that insert or delete.
func cutAt(hs, others []hunk) (cut []hunk) {
	for _, h := range hs {
		for len(others) > 0 && others[0].a1 < h.a0 {
			others = others[1:]
		}
		if h.inPlace() {
			for _, k := range others {
				if k.a0 > h.a1 {
					break
				}
				at := []int{k.a0 - 1, k.a0, k.a1, k.a1 + 1}
				if k.inPlace() {
					at = at[1:3]
				}
				for _, i := range at {
					if n := i - h.a0; n > 0 && i < h.a1 {
						cut = append(cut, hunk{h.a0, i, h.b0, h.b0 + n})
						h.a0, h.b0 = i, h.b0+n
					}
				}
			}
		}
		cut = append(cut, h)
	}
	return cut
}
