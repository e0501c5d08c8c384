package vector

import (
	"slices"

	"github.com/ramet-go/ramet/diff"
)

// Merge returns ours with the changes made that lead from base to theirs: the three-way merge of two versions that
// come from one. What both sides did in the same way is done once.
//
// Changes that overlap and differ are returned, from the left; there the result has what ours has, until
// they are resolved. Nothing that either side did is lost without being among them. Two changes overlap
// if they concern the same elements of base, or if they meet and one of them inserts or deletes, because then
// the order of what they leave there is anybody's guess. Replacing two neighbours is no overlap.
//
// The sides' changes are what [Diff] finds. The result shares with ours, and with theirs where ours is base. Merging
// versions of one history that differ in d places takes O(d log n) time. The algorithm is that of diff3 (Khanna,
// Kunal, Pierce: A Formal Investigation of Diff3, 2007) on these changes.
func Merge[T comparable](base, ours, theirs Vector[T]) (Vector[T], []diff.Overlap[T]) {
	mine, others := hunks(base, ours), hunks(base, theirs)
	switch {
	case len(others) == 0:
		return ours, nil
	case len(mine) == 0:
		return theirs, nil
	}
	var (
		merged   Builder[T]
		shift    = 0 // from positions in base to those in merged
		overlaps []diff.Overlap[T]
	)
	merged.reset(ours)
	for len(mine) > 0 || len(others) > 0 {
		r := nextRegion(base, mine, others)
		mine, others = mine[r.mine:], others[r.others:]
		at := r.from + shift
		switch {
		case r.others == 0:
			shift += len(r.ours) - len(r.base)
			continue
		case r.mine == 0:
			merged.replace(at, at+len(r.base), r.theirs)
			shift += len(r.theirs) - len(r.base)
			continue
		case !slices.Equal(r.ours, r.theirs):
			overlaps = append(overlaps, diff.Overlap[T]{At: at, Base: r.base, Ours: r.ours, Theirs: r.theirs})
		}
		shift += len(r.ours) - len(r.base)
	}
	return merged.Build(), overlaps
}

// A hunk is a change of a side: it replaces old, at a position in base, by now.
type hunk[T any] struct {
	at       int
	old, now []T
}

func (h hunk[T]) end() int { return h.at + len(h.old) }

// inPlace reports whether h replaces one element: longer runs of replaced elements are as many hunks.
func (h hunk[T]) inPlace() bool { return len(h.old) == 1 && len(h.now) == 1 }

// hunks returns the changes that lead from base to side, in order.
func hunks[T comparable](base, side Vector[T]) (hs []hunk[T]) {
	shift := 0 // from positions in side, left of which everything is changed, to those in base
	for s := range Diff(base, side) {
		at := s.At + shift
		for _, h := range script(s.Old, s.New) {
			if len(h.old) != len(h.now) {
				hs = append(hs, hunk[T]{at + h.at, h.old, h.now})
				continue
			}
			for i := range h.old {
				hs = append(hs, hunk[T]{at + h.at + i, h.old[i : i+1], h.now[i : i+1]})
			}
		}
		shift += len(s.Old) - len(s.New)
	}
	return hs
}

// maxScript is the greatest number of elements inserted and deleted for which script looks for the smallest
// changes: the work and the memory grow with its square.
const maxScript = 128

// script divides the change from old to now into the smallest ones. If there is too much of it, it is one change.
func script[T comparable](old, now []T) (hs []hunk[T]) {
	deleted, inserted, ok := edits(old, now)
	if !ok {
		return []hunk[T]{{0, old, now}}
	}
	for x, y := 0, 0; x < len(old) || y < len(now); x, y = x+1, y+1 {
		x0, y0 := x, y
		for x < len(old) && deleted[x] {
			x++
		}
		for y < len(now) && inserted[y] {
			y++
		}
		if x > x0 || y > y0 {
			hs = append(hs, hunk[T]{x0, old[x0:x], now[y0:y]})
		}
	}
	return hs
}

// edits returns which elements of old are deleted and which of now are inserted, if as few as possible are, by the
// algorithm of Myers (An O(ND) Difference Algorithm and Its Variations, 1986); and false if these are more than
// maxScript.
func edits[T comparable](old, now []T) (deleted, inserted []bool, ok bool) {
	n, m := len(old), len(now)
	// reach[d][k+d] is how far along old one gets with d edits on diagonal k, where the position in now is k less.
	var reach [][]int
	before := func(d, k int) (x, diagonal int) { // where the last of d edits begins
		row := reach[d-1]
		if k == -d || k != d && row[k-1+d-1] < row[k+1+d-1] {
			return row[k+1+d-1], k + 1 // and inserts
		}
		return row[k-1+d-1], k - 1 // and deletes
	}
	for d := 0; d <= min(n+m, maxScript); d++ {
		reach = append(reach, make([]int, 2*d+1))
		for k := -d; k <= d; k += 2 {
			x := 0
			if d > 0 {
				from, diagonal := before(d, k)
				x = from + (k-diagonal+1)/2
			}
			for x < n && x-k < m && old[x] == now[x-k] {
				x++
			}
			if reach[d][k+d] = x; x < n || x-k < m {
				continue
			}
			deleted, inserted = make([]bool, n), make([]bool, m)
			for k = n - m; d > 0; d-- {
				from, diagonal := before(d, k)
				if diagonal < k {
					deleted[from] = true
				} else {
					inserted[from-diagonal] = true
				}
				k = diagonal
			}
			return deleted, inserted, true
		}
	}
	return nil, nil, false
}

// A region is where hunks overlap, or one that overlaps no other.
type region[T any] struct {
	from, to     int  // in base
	rigid        bool // all hunks are in place
	mine, others int  // how many hunks of either side there are
	base         []T
	ours, theirs []T // what either side makes of base
}

// nextRegion returns the leftmost region of the hunks of two sides, of which one at least has some.
func nextRegion[T any](base Vector[T], mine, others []hunk[T]) (r region[T]) {
	first := mine
	if len(mine) == 0 || len(others) > 0 && others[0].at < mine[0].at {
		first = others
	}
	r.from, r.to, r.rigid = first[0].at, first[0].at, true
	for r.grow(mine, &r.mine) || r.grow(others, &r.others) {
	}
	r.base = base.Slice(r.from, r.to).AppendTo(nil)
	r.ours, r.theirs = r.side(mine[:r.mine]), r.side(others[:r.others])
	return r
}

// grow adds to r the next hunk of a side that gave n already, if r reaches it, and reports whether it did.
func (r *region[T]) grow(hs []hunk[T], n *int) bool {
	if *n == len(hs) {
		return false
	}
	h := hs[*n]
	empty := r.mine+r.others == 0
	if h.at > r.to || h.at == r.to && r.rigid && h.inPlace() && !empty {
		return false
	}
	r.to, r.rigid = max(r.to, h.end()), r.rigid && h.inPlace()
	*n++
	return true
}

// side returns what hunks within r make of r.base.
func (r *region[T]) side(hs []hunk[T]) (s []T) {
	at := r.from
	for _, h := range hs {
		s = append(append(s, r.base[at-r.from:h.at-r.from]...), h.now...)
		at = h.end()
	}
	return append(s, r.base[at-r.from:]...)
}
