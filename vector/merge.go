//ramet:layer api

package vector

import "github.com/ramet-go/ramet/diff"

// Merge returns the three-way merge of ours and theirs, two versions that come from base: ours with the changes that
// lead from base to theirs. A change that the two made alike is made once. If one of them is the other with further
// changes elsewhere, the result is that one.
//
// Changes that overlap and differ are returned, from the left; there the result has the elements of ours, until the
// overlaps are resolved. No change of either side is lost without being among them. Two changes overlap if they concern
// the same elements of base, or if they meet and one of them inserts or deletes, because then the order of the results
// is a guess. Replacing two neighbours is no overlap. Where elements repeat, the changes of the sides can be read in
// more than one way; there is an overlap if it is not clear which way is right.
//
// The changes of the sides, and the differences between them, are those that [Diff] finds, and elements are compared in
// the same way. The result shares with ours, and with theirs where ours is base. Merging versions of one history that
// differ in d places takes O(d log n) time, and time for the elements that an insertion or a deletion could be moved
// over with the same result. The algorithm is diff3 (Khanna, Kunal, Pierce: A Formal Investigation of Diff3, 2007),
// begun from each of the three versions.
func Merge[T comparable](base, ours, theirs Vector[T]) (Vector[T], []diff.Overlap[T]) {
	if v, ok := oneSided(base, ours, theirs); ok {
		return v, nil
	}
	return merge(base, ours, theirs, elementsOf[T]())
}

// MergeFunc is [Merge] for elements of any type, which are equal if eq returns true. See [DiffFunc] for the conditions
// on eq and the costs. Elements that are equal, though not identical, are no change. The result has those of ours,
// except within the parts that it has from theirs: these are all of theirs, if ours is base itself, or equals base
// while theirs does not.
func MergeFunc[T any](base, ours, theirs Vector[T], eq func(a, b T) bool) (Vector[T], []diff.Overlap[T]) {
	notNil(eq != nil, "MergeFunc")
	if v, ok := oneSided(base, ours, theirs); ok {
		return v, nil
	}
	return merge(base, ours, theirs, elements[T]{eq: eq})
}

// oneSided returns the merge and true if one of the sides is base itself, without a look at the elements.
func oneSided[T any](base, ours, theirs Vector[T]) (merged Vector[T], ok bool) {
	switch base {
	case theirs:
		return ours, true
	case ours:
		return theirs, true
	}
	return merged, false
}

func merge[T any](base, ours, theirs Vector[T], by elements[T]) (Vector[T], []diff.Overlap[T]) {
	p := pairs{toOurs: hunks(base, ours, by), toTheirs: hunks(base, theirs, by)}
	switch {
	case len(p.toTheirs) == 0:
		return ours, nil
	case len(p.toOurs) == 0:
		return theirs, nil
	}
	if p.across = hunks(ours, theirs, by); len(p.across) == 0 {
		return ours, nil
	}
	p.back = hunks(theirs, ours, by)
	var (
		merged   bareBuilder[T]
		shift    = 0 // from positions in ours to those in merged
		overlaps []diff.Overlap[T]
	)
	merged.reset(ours)
	for _, c := range p.stretches(base.Len(), ours.Len(), theirs.Len()) {
		for _, r := range resolve(base, ours, theirs, c, by) {
			at := r.o0 + shift
			if r.clash {
				overlaps = append(overlaps, diff.Overlap[T]{
					At: at, Base: base.part(r.b0, r.b1), Ours: ours.part(r.o0, r.o1), Theirs: theirs.part(r.t0, r.t1),
				})
				continue
			}
			merged.replace(at, r.o1+shift, theirs.part(r.t0, r.t1))
			shift += r.t1 - r.t0 - (r.o1 - r.o0)
		}
	}
	return merged.build(), overlaps
}

// part returns a copy of the elements in positions [i, j).
func (v Vector[T]) part(i, j int) []T {
	if i == j {
		return nil
	}
	return v.Slice(i, j).AppendTo(nil)
}

// hunks returns the changes that lead from one vector to another, settled.
func hunks[T any](from, to Vector[T], by elements[T]) (hs []hunk) {
	for g := range gaps(from, to) {
		for _, h := range script(from.part(g.a0, g.a1), to.part(g.b0, g.b1), by) {
			hs = append(hs, h.moved(g.a0, g.b0))
		}
	}
	return settle(hs, from.Len(), to.Len(),
		func(i, j int) bool { return by.eq(from.At(i), from.At(j)) },
		func(i, j int) bool { return by.eq(to.At(i), to.At(j)) })
}
