//ramet:layer api

package vector

import "slices"

// A region is a span that a merge takes from theirs, or where the sides clash. What is in no region is as in ours.
type region struct {
	span
	clash bool
}

// resolve returns the regions of a stretch, in order.
//
// What the sides did can be told in three ways: from base to either side, from theirs to base and ours, or from ours to
// base and theirs. Each story has what one side did, what the other did, and what they did alike, and if these do not
// concern the same elements, it has a merge. A story is believed if it is as short as can be. For example, if ours has
// all that theirs did and a change elsewhere, then the story that begins from theirs is the shortest one, however the
// difference between base and ours was read. If no story is believed, or if it is in doubt how it ends, all of the
// stretch is an overlap.
//
// Where all that was done is that elements were replaced, neighbours do not bear on each other, and the story that
// begins from base holds in any case, with the overlaps that it has.
func resolve[T any](base, ours, theirs Vector[T], c stretch, by elements[T]) []region {
	if len(c.toTheirs) == 0 {
		return nil
	}
	theirsOnly := []region{{span: c.span}}
	if len(c.toOurs) == 0 {
		return theirsOnly
	}
	b, o, t := base.part(c.b0, c.b1), ours.part(c.o0, c.o1), theirs.part(c.t0, c.t1)
	switch {
	case slices.EqualFunc(o, t, by.eq), slices.EqualFunc(b, t, by.eq):
		return nil
	case slices.EqualFunc(b, o, by.eq):
		return theirsOnly
	}
	outcomes := outcomesOf(b, o, t, c.relative(), by)
	var regions []region
	switch best, doubt := believed(outcomes, by); {
	case best >= 0 && !doubt:
		regions = outcomes[best].regions
	case best < 0 && inPlaceOnly(c.toOurs) && inPlaceOnly(c.toTheirs):
		regions = outcomes[0].regions
	default:
		return []region{{c.span, true}}
	}
	for i, r := range regions {
		regions[i].span = span{r.b0 + c.b0, r.b1 + c.b0, r.o0 + c.o0, r.o1 + c.o0, r.t0 + c.t0, r.t1 + c.t0}
	}
	return regions
}

// An outcome is the result of a story.
type outcome[T any] struct {
	regions []region
	merged  []T
	clean   bool // there are no overlaps
	short   bool // the story is as short as can be
}

// outcomesOf returns the outcomes of the stories that begin from base, theirs and ours, of a stretch whose hunks count
// within it.
func outcomesOf[T any](b, o, t []T, p pairs, by elements[T]) (all [3]outcome[T]) {
	for i, s := range [...]story[T]{
		{
			b, o, t, p.toOurs, p.toTheirs, [3]author{byOurs, byTheirs, agreed},
			func(p extent) span { return span{p.v0, p.v1, p.x0, p.x1, p.y0, p.y1} }, min(total(p.across), total(p.back)), by.eq,
		}, {
			t, b, o, inverse(p.toTheirs), p.back, [3]author{agreed, byOurs, byTheirs},
			func(p extent) span { return span{p.x0, p.x1, p.y0, p.y1, p.v0, p.v1} }, total(p.toOurs), by.eq,
		}, {
			o, b, t, inverse(p.toOurs), p.across, [3]author{agreed, byTheirs, byOurs},
			func(p extent) span { return span{p.x0, p.x1, p.v0, p.v1, p.y0, p.y1} }, total(p.toTheirs), by.eq,
		},
	} {
		out := &all[i]
		out.regions, out.short = s.tell()
		out.clean = !slices.ContainsFunc(out.regions, func(r region) bool { return r.clash })
		if out.clean {
			out.merged = merged(o, t, out.regions)
		}
	}
	return all
}

// believed returns which outcome is that of a story as short as can be, or -1, and whether there is a doubt about it:
// another such story ends in another way. What begins from base is also in doubt if one side is a change of the other
// elsewhere, in a story that is longer but would end in another way.
func believed[T any](all [3]outcome[T], by elements[T]) (best int, doubt bool) {
	best = -1
	other := func(i int) bool { return !slices.EqualFunc(all[best].merged, all[i].merged, by.eq) }
	for i, out := range all {
		if out.clean && out.short {
			doubt = doubt || best >= 0 && other(i)
			best = i
		}
	}
	if best == 0 {
		doubt = all[1].clean && other(1) || all[2].clean && other(2)
	}
	return best, doubt
}

// merged returns ours with the regions taken from theirs.
func merged[T any](ours, theirs []T, rs []region) (m []T) {
	at := 0
	for _, r := range rs {
		m = append(append(m, ours[at:r.o0]...), theirs[r.t0:r.t1]...)
		at = r.o1
	}
	return append(m, ours[at:]...)
}
