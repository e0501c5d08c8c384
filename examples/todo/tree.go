package main

import (
	"cmp"
	"slices"
)

// A node is a moment, with those that came about after it: the oldest first.
type node struct {
	moment
	before *node
	after  []*node
}

// A tree is all moments of a past, by number.
type tree struct {
	root  *node
	nodes map[int]*node
}

// treeOf returns the moments of p and of its branches. It takes time in proportion to their number.
func treeOf(p past) tree {
	t := tree{nodes: map[int]*node{}}
	first := slices.Collect(p.Past())
	slices.Reverse(first)
	t.root = &node{moment: p.Now()}
	if len(first) > 0 {
		t.root = &node{moment: first[0]}
		first = append(first[1:], p.Now())
	}
	t.nodes[t.root.n] = t.root
	at := t.root
	for _, m := range first {
		at = t.add(at, m)
	}
	t.addFuture(p)
	t.sort()
	return t
}

// sort orders what came after each moment: the oldest first.
func (t tree) sort() {
	for _, n := range t.nodes {
		slices.SortFunc(n.after, func(a, b *node) int { return cmp.Compare(a.n, b.n) })
	}
}

// newest returns the greatest number of a moment.
func (t tree) newest() (n int) {
	for m := range t.nodes {
		n = max(n, m)
	}
	return n
}

// isAfter reports whether n came about after o, be it directly or not.
func (n *node) isAfter(o *node) bool {
	for at := n.before; at != nil; at = at.before {
		if at == o {
			return true
		}
	}
	return false
}

// addFuture adds what p can redo after its moment, and its branches.
func (t tree) addFuture(p past) {
	at := t.nodes[p.Now().n]
	for m := range p.Future() {
		at = t.add(at, m)
	}
	for b := range p.Branches() {
		if fork, ok := b.Undo(); ok {
			t.add(t.nodes[fork.Now().n], b.Now())
			t.addFuture(b)
		}
	}
}

func (t tree) add(before *node, m moment) *node {
	n := &node{moment: m, before: before}
	before.after = append(before.after, n)
	t.nodes[m.n] = n
	return n
}

// through returns the past that stands at a moment: what led there can be undone, what followed can be redone, the newest of
// it if there were several, and everything else is a branch.
//
// A branch of a history is one as well, but leaves out what was done instead of it. So the past is made anew,
// which takes time in proportion to the number of moments. The states in it are the same.
func (t tree) through(n *node) past { return t.standing(n, n) }

// standing is through n, with what led from there to end as what can be redone, and what followed that.
func (t tree) standing(n, end *node) past {
	for len(end.after) > 0 {
		end = end.after[len(end.after)-1]
	}
	line := map[*node]bool{}
	for at := end; at != nil; at = at.before {
		line[at] = true
	}
	p := grow(newPast(t.root.state).Limit(0).Replace(t.root.moment), t.root, line)
	steps := 0
	for at := end; at != n; at = at.before {
		steps++
	}
	p, _ = p.Jump(-steps)
	return p.Limit(undoSteps)
}

// grow returns p, which stands at n, after everything that came after n. It stands at the end of the line.
func grow(p past, n *node, line map[*node]bool) past {
	for i, next := range ordered(n.after, line) {
		end := grow(p.Do(next.moment), next, line)
		if i+1 == len(n.after) {
			return end
		}
		p, _ = end.Jump(p.UndoLen() - end.UndoLen()) // what is done next makes a branch of it
	}
	return p
}

// ordered returns the nodes with the one on the line last, or else the newest.
func ordered(nodes []*node, line map[*node]bool) []*node {
	i := slices.IndexFunc(nodes, func(n *node) bool { return line[n] })
	if i < 0 {
		return nodes
	}
	return append(slices.Delete(slices.Clone(nodes), i, i+1), nodes[i])
}
