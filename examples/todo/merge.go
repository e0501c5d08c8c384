package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/vector"
)

// A conflict is an item that both sides changed, each in its own way. Until somebody has chosen, a merged state has ours.
type conflict struct {
	id                 id
	base, ours, theirs item
	inOurs, inTheirs   bool // whether the side has it still
}

// merge returns ours with the changes that lead from base to theirs, whose items have the ids of base, see align.
func merge(base, ours, theirs state) (state, []conflict) {
	var conflicts []conflict
	s := ours
	s.items = hamt.MergeFunc(base.items, ours.items, theirs.items, func(a, b item) bool { return a == b },
		func(c diff.Conflict[id, item]) (item, bool) {
			it, ok := mergeItem(c)
			if !ok {
				conflicts = append(conflicts, conflict{c.Key, c.Base, c.Ours, c.Theirs, c.InOurs, c.InTheirs})
			}
			return it, c.InOurs
		})
	order, overlaps := vector.Merge(base.order, ours.order, theirs.order)
	for _, o := range slices.Backward(overlaps) {
		order = vector.Apply(order, slices.Values([]diff.Splice[id]{o.Resolve(both(o))}))
	}
	s.order = settle(order, s.items, ours.order, theirs.order)
	s.last = max(ours.last, theirs.last)
	slices.SortFunc(conflicts, func(a, b conflict) int { return cmp.Compare(a.id, b.id) })
	return same(s, ours, theirs), conflicts
}

// mergeItem merges the fields of an item that both sides have changed, and returns false if they do not agree. It has ours then.
func mergeItem(c diff.Conflict[id, item]) (item, bool) {
	if !c.InOurs || !c.InTheirs {
		return c.Ours, false
	}
	it := c.Ours
	if c.Ours.done == c.Base.done {
		it.done = c.Theirs.done
	}
	if c.Ours.text == c.Base.text {
		it.text = c.Theirs.text
	}
	return it, it.text == c.Theirs.text || c.Theirs.text == c.Base.text
}

// both returns what comes in the place of an overlap, such as two items that are added at the end: what either side has put
// there, without what either has taken away.
func both(o diff.Overlap[id]) (ns []id) {
	for _, n := range o.Ours {
		if !slices.Contains(o.Base, n) || slices.Contains(o.Theirs, n) {
			ns = append(ns, n)
		}
	}
	for _, n := range o.Theirs {
		if !slices.Contains(o.Base, n) && !slices.Contains(o.Ours, n) {
			ns = append(ns, n)
		}
	}
	return ns
}

// settle returns order with each of the items once, and nothing else. An item that is missing comes behind the one that it
// is behind in one of the others.
func settle(order vector.Vector[id], items hamt.Map[id, item], others ...vector.Vector[id]) vector.Vector[id] {
	seen := map[id]bool{}
	order = order.Filter(func(n id) bool {
		ok := items.Contains(n) && !seen[n]
		seen[n] = true
		return ok
	})
	for _, other := range others {
		ns := other.AppendTo(nil)
		for i, n := range ns {
			if seen[n] || !items.Contains(n) {
				continue
			}
			at := 0
			for _, before := range slices.Backward(ns[:i]) {
				if items.Contains(before) { // so it has a place by now
					at = vector.Index(order, before) + 1
					break
				}
			}
			order = order.Insert(at, n)
			seen[n] = true
		}
	}
	return order
}

// same returns s, or the one of the others that has the same in it.
func same(s state, others ...state) state {
	for _, o := range others {
		if vector.Equal(s.order, o.order) && hamt.Equal(s.items, o.items) {
			return o
		}
	}
	return s
}

// resolve returns the state with a conflict decided: for theirs, or for ours, which a merged state has anyway.
func (c conflict) resolve(s state, theirs state, forTheirs bool) state {
	switch {
	case !forTheirs:
		return s
	case !c.inTheirs:
		return remove{id: c.id}.apply(s)
	case c.inOurs:
		s.items = hamt.SetIfChanged(s.items, c.id, item{c.theirs.text, s.items.Get(c.id).done})
		return s
	}
	s.items = s.items.Set(c.id, c.theirs)
	s.order = settle(s.order, s.items, theirs.order)
	return s
}

// A mergeOf is the action of taking in what another program has written.
type mergeOf struct {
	result  state
	changes int // for String only
}

func (m mergeOf) apply(state) state { return m.result }

func (m mergeOf) String() string {
	return fmt.Sprintf("merge %s of another program", changesOf(m.changes))
}
