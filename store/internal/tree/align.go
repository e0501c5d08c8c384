package tree

import (
	"context"
	"slices"
	"sort"
)

// Align returns splices that make the sequence b of the sequence a, as EditSeq takes them: none if they are equal. They do not
// touch each other. There need not be as few as possible: what the two share is found by the addresses of their nodes, then by
// what is there once in both, and only the small rest is compared by all ways. The trees may be of any shapes.
//
// It reads, of both, nodes that are not in the other, and what is inserted. For d splices that is O(d log n).
func Align(ctx context.Context, from Source, a, b Root) ([]Splice, error) {
	al := aligner{ctx: ctx, from: from}
	as, la, err := al.top(a)
	if err != nil {
		return nil, err
	}
	bs, lb, err := al.top(b)
	if err != nil {
		return nil, err
	}
	for ; la > lb && err == nil; la-- {
		as, err = al.children(as, la)
	}
	for ; lb > la && err == nil; lb-- {
		bs, err = al.children(bs, lb)
	}
	if err == nil {
		err = al.nodes(la, as, bs, 0)
	}
	return al.out, err
}

type aligner struct {
	ctx  context.Context
	from Source
	out  []Splice
}

// top returns the root as a list of one node, and its level. The list is empty if the tree is.
func (al *aligner) top(r Root) ([]Root, int, error) {
	n, err := loadRoot(al.ctx, al.from, r, Seq)
	if err != nil || n.total == 0 {
		return nil, 0, err
	}
	return []Root{r}, n.Level(), nil
}

// open returns the node of r, of a level.
func (al *aligner) open(r Root, level int) (Node, error) {
	n, err := loadRoot(al.ctx, al.from, r, Seq)
	if err == nil && n.Level() != level {
		err = at(r.Addr, violated(4, "level %d, not %d", n.level, level))
	}
	return n, err
}

// children returns the children of nodes of a level.
func (al *aligner) children(rs []Root, level int) ([]Root, error) {
	var cs []Root
	for _, r := range rs {
		n, err := al.open(r, level)
		if err != nil {
			return nil, err
		}
		for i := range n.count {
			cs = append(cs, n.child(i))
		}
	}
	return cs, nil
}

// values appends the values of all entries in and below nodes of a level.
func (al *aligner) values(vs []Value, rs []Root, level int) ([]Value, error) {
	for _, r := range rs {
		n, err := al.open(r, level)
		if err != nil {
			return nil, err
		}
		for i := range n.count {
			if n.level == 0 {
				vs = append(vs, n.value(i))
			} else if vs, err = al.values(vs, []Root{n.child(i)}, level-1); err != nil {
				return nil, err
			}
		}
	}
	return vs, nil
}

// nodes aligns lists of nodes of a level. The first entry of as is at position pos.
func (al *aligner) nodes(level int, as, bs []Root, pos uint64) error {
	x, y := numbers(as, bs, func(r Root) Root { return r })
	done := 0 // nodes of as before pos
	for _, h := range hunks(x, y) {
		pos += sum(as[done:h.a0])
		if err := al.hunk(level, as[h.a0:h.a1], bs[h.b0:h.b1], pos); err != nil {
			return err
		}
		pos += sum(as[h.a0:h.a1])
		done = h.a1
	}
	return nil
}

// hunk aligns nodes that have nothing in common at their level: one level down, if there is something on both sides.
func (al *aligner) hunk(level int, as, bs []Root, pos uint64) error {
	if len(as) == 0 || len(bs) == 0 {
		vs, err := al.values(nil, bs, level)
		al.splice(pos, sum(as), vs)
		return err
	}
	if level > 0 {
		ca, err := al.children(as, level)
		if err != nil {
			return err
		}
		cb, err := al.children(bs, level)
		if err != nil {
			return err
		}
		return al.nodes(level-1, ca, cb, pos)
	}
	va, err := al.values(nil, as, 0)
	if err != nil {
		return err
	}
	vb, err := al.values(nil, bs, 0)
	if err != nil {
		return err
	}
	x, y := numbers(va, vb, func(v Value) string { return string(v.Tag) + string(v.Data) })
	for _, h := range hunks(x, y) {
		al.splice(pos+uint64(h.a0), uint64(h.a1-h.a0), vb[h.b0:h.b1])
	}
	return nil
}

// splice appends a splice. It does not touch the last: between two hunks of one level there is something that is equal.
func (al *aligner) splice(at, del uint64, insert []Value) {
	al.out = append(al.out, Splice{at, del, slices.Clone(insert)})
}

func sum(rs []Root) (n uint64) {
	for _, r := range rs {
		n += r.Total
	}
	return n
}

// numbers gives equal elements of both lists equal numbers, from 0 upward, and others others.
func numbers[T any, K comparable](a, b []T, key func(T) K) (x, y []int) {
	ids := make(map[K]int, len(a))
	number := func(list []T) []int {
		out := make([]int, len(list))
		for i, e := range list {
			k := key(e)
			id, ok := ids[k]
			if !ok {
				id = len(ids)
				ids[k] = id
			}
			out[i] = id
		}
		return out
	}
	return number(a), number(b)
}

// A gap is what differs: a0 to a1 of one list stands where b0 to b1 of the other does.
type gap struct{ a0, a1, b0, b1 int }

// hunks returns what differs between a and b, in order. The gaps do not touch each other in both lists.
func hunks(a, b []int) []gap {
	var out []gap
	var match func(g gap)
	match = func(g gap) {
		for g.a0 < g.a1 && g.b0 < g.b1 && a[g.a0] == b[g.b0] {
			g.a0, g.b0 = g.a0+1, g.b0+1
		}
		k := 0
		for g.a0 < g.a1-k && g.b0 < g.b1-k && a[g.a1-k-1] == b[g.b1-k-1] {
			k++
		}
		g.a1, g.b1 = g.a1-k, g.b1-k
		if g.a0 == g.a1 && g.b0 == g.b1 {
			return
		}
		if g.a0 == g.a1 || g.b0 == g.b1 {
			out = append(out, g)
			return
		}
		anchors := unique(a, b, g)
		if len(anchors) == 0 {
			out = append(out, shortest(a, b, g)...)
			return
		}
		for _, p := range anchors {
			match(gap{g.a0, p[0], g.b0, p[1]})
			g.a0, g.b0 = p[0]+1, p[1]+1
		}
		match(g)
	}
	match(gap{0, len(a), 0, len(b)})
	return out
}

// unique returns places in a gap whose elements are there once on both sides, as many as are in the same order on both.
func unique(a, b []int, g gap) [][2]int {
	type count struct{ inA, inB, a, b int }
	seen := make(map[int]count, g.a1-g.a0)
	for i := g.a0; i < g.a1; i++ {
		c := seen[a[i]]
		seen[a[i]] = count{c.inA + 1, 0, i, 0}
	}
	for j := g.b0; j < g.b1; j++ {
		if c, ok := seen[b[j]]; ok {
			c.inB++
			c.b = j
			seen[b[j]] = c
		}
	}
	// The longest increasing sequence of places in b, by patience: tails[k] is the pair with the least place in b that ends a
	// sequence of k+1 of them.
	type link struct {
		at   [2]int
		prev int
	}
	var links []link
	var tails []int
	for i := g.a0; i < g.a1; i++ {
		c := seen[a[i]]
		if c.inA != 1 || c.inB != 1 {
			continue
		}
		k := sort.Search(len(tails), func(k int) bool { return links[tails[k]].at[1] > c.b })
		l := link{[2]int{i, c.b}, -1}
		if k > 0 {
			l.prev = tails[k-1]
		}
		links = append(links, l)
		if k == len(tails) {
			tails = append(tails, 0)
		}
		tails[k] = len(links) - 1
	}
	var out [][2]int
	if len(tails) > 0 {
		for p := tails[len(tails)-1]; p >= 0; p = links[p].prev {
			out = append(out, links[p].at)
		}
	}
	slices.Reverse(out)
	return out
}

// maxEdits is the largest number of single insertions and deletions that shortest looks for: it takes (edits + length) × edits time
// and edits² memory.
const maxEdits = 256

// shortest returns the gaps of a shortest edit script within a gap (Myers 1986), or the gap itself if that has more than maxEdits.
func shortest(a, b []int, g gap) []gap {
	n, m := g.a1-g.a0, g.b1-g.b0
	a, b = a[g.a0:g.a1], b[g.b0:g.b1]
	limit := min(n+m, maxEdits)
	v := make([]int, 2*limit+3) // v[k+limit+1]: how far in a one comes on diagonal k
	var trace [][]int           // v after each number of edits, from diagonal -d to d
	for d := 0; d <= limit; d++ {
		for k := -d; k <= d; k += 2 {
			o := k + limit + 1
			var x int
			if k == -d || k != d && v[o-1] < v[o+1] {
				x = v[o+1]
			} else {
				x = v[o-1] + 1
			}
			for x < n && x-k < m && a[x] == b[x-k] {
				x++
			}
			v[o] = x
			if x >= n && x-k >= m {
				return script(trace, g, d, k, n, m)
			}
		}
		trace = append(trace, slices.Clone(v[limit+1-d:limit+2+d]))
	}
	return []gap{g}
}

// script goes back through the trace from the end, where diagonal k was reached with d edits.
func script(trace [][]int, g gap, d, k, n, m int) []gap {
	var out []gap
	add := func(x0, x1, y0, y1 int) {
		if l := len(out) - 1; l >= 0 && out[l].a0 == g.a0+x1 && out[l].b0 == g.b0+y1 {
			out[l].a0, out[l].b0 = g.a0+x0, g.b0+y0
			return
		}
		out = append(out, gap{g.a0 + x0, g.a0 + x1, g.b0 + y0, g.b0 + y1})
	}
	for ; d > 0; d-- {
		v := trace[d-1] // from diagonal -(d-1) to d-1
		get := func(k int) int {
			if k < -(d-1) || k > d-1 {
				return -1
			}
			return v[k+d-1]
		}
		if k == -d || k != d && get(k-1) < get(k+1) {
			x := get(k + 1)
			add(x, x, x-k-1, x-k)
			k++
		} else {
			x := get(k - 1)
			add(x, x+1, x-k+1, x-k+1)
			k--
		}
	}
	slices.Reverse(out)
	return out
}
