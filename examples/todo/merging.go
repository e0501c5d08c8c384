package main

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/ramet-go/ramet/examples/internal/report"
	"github.com/ramet-go/ramet/hamt"
)

// A merging is what another program has written to the file, on its way into the state.
type merging struct {
	there     bool
	content   string     // of the file
	theirs    state      // what that means
	result    state      // the merged state, as far as it is decided
	conflicts []conflict // what is not decided
}

// pending reports whether there is something to be merged, so that a save would only find it again.
func (m merging) pending() bool { return m.there }

// reconcile merges what another program has written, unless a text is being typed, which could be about an item that goes.
func (a app) reconcile() app {
	if !a.merge.there || a.mode == typingMode || a.mode == chooseMode {
		return a
	}
	a.merge.theirs = align(a.saved, a.now(), a.merge.theirs.list())
	a.merge.result, a.merge.conflicts = merge(a.saved, a.now(), a.merge.theirs)
	return a.merged()
}

// merged returns a with what is merged as its state, if everything is decided, or else with the question.
func (a app) merged() app {
	m := a.merge
	if len(m.conflicts) > 0 {
		a.mode, a.walk = chooseMode, walk{}
		return a
	}
	before := a.now()
	n := 0
	for range hamt.Diff(before.items, m.result.items) {
		n++
	}
	a.file.content, a.saved, a.tried, a.failed = m.content, m.theirs, m.theirs, ""
	a.mode, a.merge = listMode, merging{}
	a = a.do(mergeOf{m.result, n})
	a.message = "another program has changed the file too; there was nothing new in it"
	if a.now() != before {
		a.message = fmt.Sprintf("merged with what another program has written: %s (u: undo)", changesOf(n))
	}
	return a
}

// changesOf names n changed items, or what it is that changed if there are none.
func changesOf(n int) string {
	if n == 0 {
		return "another order"
	}
	return report.Plural(n, "change")
}

// choose returns the app after a key while it asks about a conflict.
func (a app) choose(key string) (app, tea.Cmd) {
	switch m := a.merge; key {
	case "q":
		return a.quit()
	case "esc":
		a.mode, a.merge, a.leave = listMode, merging{}, false
		a.failed = "another program has changed the file"
		a.message = "not saved. m: merge, W: write over it"
		a.tried = a.now()
	case "o", "t":
		c := m.conflicts[0]
		a.merge.result = c.resolve(m.result, m.theirs, key == "t")
		a.merge.conflicts = m.conflicts[1:]
		return a.merged(), nil
	}
	return a, nil
}

// conflictLines returns what there is to choose between.
func (a app) conflictLines(room int) []string {
	c := a.merge.conflicts[0]
	side := func(there bool, it item) string {
		if !there {
			return "(deleted)"
		}
		return it.text
	}
	lines := []string{
		a.styled(bold, " o: ours    ") + side(c.inOurs, c.ours),
		a.styled(bold, " t: theirs  ") + side(c.inTheirs, c.theirs),
		"    before  " + c.base.text,
		"",
		" Both you and another program have changed",
		fmt.Sprintf(" this; %s to decide.", report.Plural(len(a.merge.conflicts), "conflict")),
	}
	return lines[:min(room, len(lines))]
}
