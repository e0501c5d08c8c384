package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ramet-go/ramet/examples/internal/report"
)

// A walk is a way through all moments: the tree of them is on the screen, and one is under the cursor.
type walk struct {
	tree   tree
	rows   []branchRow
	cursor int
}

// A branchRow is a moment as a line of the tree.
type branchRow struct {
	node  *node
	depth int  // how many branches it is in
	first bool // of its branch
}

// walking returns a with the tree on the screen, and the cursor on the moment that is now.
func (a app) walking() app {
	t := treeOf(a.past)
	a.mode, a.walk = walkMode, walk{tree: t, rows: rowsOf(a.past, t)}
	a.walk.cursor = slices.IndexFunc(a.walk.rows, func(r branchRow) bool { return r.node.n == a.past.Now().n })
	return a
}

// rowsOf returns the lines of the tree: what can be undone and redone without a break, and after each moment the branches
// that begin there.
func rowsOf(p past, t tree) (rows []branchRow) {
	line := map[*node]bool{}
	for _, ms := range [][]moment{slices.Collect(p.Past()), {p.Now()}, slices.Collect(p.Future())} {
		for _, m := range ms {
			line[t.nodes[m.n]] = true
		}
	}
	var add func(n *node, depth int, first bool)
	add = func(n *node, depth int, first bool) {
		for {
			rows = append(rows, branchRow{n, depth, first})
			if len(n.after) == 0 {
				return
			}
			after := ordered(n.after, line)
			for _, b := range after[:len(after)-1] {
				add(b, depth+1, true)
			}
			n, first = after[len(after)-1], false
		}
	}
	add(t.root, 0, false)
	return rows
}

// step returns a after a key while the tree is on the screen.
func (a app) step(key string) app {
	last := len(a.walk.rows) - 1
	to := a.walk.cursor
	switch key {
	case "up", "k":
		to--
	case "down", "j":
		to++
	case "pgup":
		to -= a.room()
	case "pgdown":
		to += a.room()
	case "home", "g":
		to = 0
	case "end", "G":
		to = last
	case "enter", " ", "space":
		return a.arrive(a.walk.rows[to].node)
	case "esc", "h", "q":
		a.mode = listMode
	}
	a.walk.cursor = max(0, min(to, last))
	return a
}

// arrive returns a at the moment n of the tree.
func (a app) arrive(n *node) app {
	to := a.past
	switch i := slices.IndexFunc(slices.Collect(to.Past()), n.is); {
	case i >= 0:
		to, _ = to.Jump(-1 - i)
	case to.Now().n == n.n:
	default:
		if i = slices.IndexFunc(slices.Collect(to.Future()), n.is); i >= 0 {
			to, _ = to.Jump(1 + i)
		} else {
			to = a.walk.tree.through(n)
		}
	}
	a.mode, a.walk = listMode, walk{}
	return a.travel(to, true, "now: "+n.label())
}

// is reports whether m is the moment of n.
func (n *node) is(m moment) bool { return m.n == n.n }

// treeLines returns the lines of the tree around the cursor.
func (a app) treeLines(room int) []string {
	rows := a.walk.rows
	from, to := window(len(rows), a.walk.cursor, room)
	var lines []string
	for i, r := range rows[from:to] {
		mark := "○ "
		if r.node.n == a.past.Now().n {
			mark = "● "
		}
		stem := strings.Repeat("│ ", r.depth)
		if r.first {
			stem = strings.Repeat("│ ", r.depth-1) + "├─"
		}
		s := r.node.state
		text := fmt.Sprintf("%s%s%s  (%s of %s to do)", stem, mark, r.node.label(), report.Count(s.left()), report.Count(s.order.Len()))
		lines = append(lines, a.listLine(from+i == a.walk.cursor, plain, text))
	}
	return scrollMarks(lines, from > 0, to < len(rows))
}
