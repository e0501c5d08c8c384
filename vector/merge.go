//ramet:layer api

package vector

import "github.com/ramet-go/ramet/diff"

// Merge returns ours with the changes made that lead from base to theirs: the three-way merge of two versions that
// come from one. What both sides did in the same way is done once. If ours is theirs with changes elsewhere, or the
// other way round, the result is that.
//
// Changes that overlap and differ are returned, from the left; there the result has what ours has, until
// they are resolved. Nothing that either side did is lost without being among them. Two changes overlap
// if they concern the same elements of base, or if they meet and one of them inserts or deletes, because then
// the order of what they leave there is anybody's guess. Replacing two neighbours is no overlap. Where elements
// repeat, what the sides did can be read in more than one way; there is an overlap if it is not clear how.
//
// The sides' changes, and how the sides differ from each other, are what [Diff] finds, and elements are equal as they are there.
// The result shares with ours, and with theirs where ours is base. Merging versions of one history that differ in d
// places takes O(d log n) time, and time for the elements that an insertion or a deletion could be moved over with the same result.
// The algorithm is diff3 (Khanna, Kunal, Pierce: A Formal Investigation of Diff3, 2007), which begins from any of the
// three versions.
func Merge[T comparable](base, ours, theirs Vector[T]) (Vector[T], []diff.Overlap[T]) {
	if v, ok := oneSided(base, ours, theirs); ok {
		return v, nil
	}
	return merge(base, ours, theirs, elementsOf[T]())
}

// MergeFunc is [Merge] for elements of any type, which are equal if eq says so; what eq must be and what that costs is said at
// [DiffFunc]. Elements that are equal and yet not the same are no change. Of them the result has those of ours, except
// within what it takes from theirs; that is all of theirs if ours is base itself, or equal to it while theirs is not.
func MergeFunc[T any](base, ours, theirs Vector[T], eq func(a, b T) bool) (Vector[T], []diff.Overlap[T]) {
	notNil(eq != nil, "MergeFunc")
	if v, ok := oneSided(base, ours, theirs); ok {
		return v, nil
	}
	return merge(base, ours, theirs, elements[T]{eq: eq})
}

// oneSided returns the merge and true if one of the sides is base itself, without a look at what there is.
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
