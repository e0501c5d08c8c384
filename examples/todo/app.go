package main

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"
)

// A mode is what the keys are for, and the screen shows.
type mode int

const (
	listMode mode = iota
	typingMode
	helpMode
	walkMode
	chooseMode
)

// An app is what the program is doing: a value as well, which Update makes another one of.
type app struct {
	past    past
	moments int // made so far
	drag    drag

	file  file
	saved state // what the file holds

	journal   *journal // in place of a file: it has the past too; nil: there is none
	stored    past     // what the journal holds
	triedPast past     // what the last save was to store

	saving bool   // a save is under way
	failed string // why the last one went wrong, or ""
	tried  state  // what it was to save
	leave  bool   // quit as soon as everything is saved
	asked  bool   // whoever wants to quit knows that not everything is saved
	lost   bool   // and has done so
	merge  merging

	mode   mode
	show   filter
	rows   rows // what is shown of the state
	cursor int  // in rows.ids
	scroll int  // in the help
	walk   walk

	prompt prompt
	input  line
	target id // of the item that is being edited

	message       string
	width, height int
	color         bool
}

// newApp returns the app that begins with what was read from a file.
func newApp(f file, s state) app {
	return app{past: newPast(s), file: f, saved: s, tried: s, width: 80, height: 24}.refresh()
}

// newAppOf returns the app that begins with what was read from a journal.
func newAppOf(j *journal, p past) app {
	a := newApp(file{}, p.Now().state)
	a.journal, a.past, a.stored, a.triedPast, a.moments = j, p, p, p, treeOf(p).newest()
	return a.refresh()
}

// path returns where the list is kept, and "" if it is not.
func (a app) path() string {
	if a.journal != nil {
		return a.journal.path
	}
	return a.file.path
}

// A filter says which items are shown.
type filter int

const (
	all filter = iota
	todo
	done
	filters
)

func (f filter) String() string { return [...]string{"all", "to do", "done"}[f] }

func (f filter) has(it item) bool { return f == all || it.done == (f == done) }

// Rows are the items that are shown of a state. They are found anew only if the state or the filter is another.
type rows struct {
	of   state
	show filter
	ids  []id
}

// at returns the id of the item under the cursor.
func (a app) at() (n id, ok bool) {
	if a.cursor < len(a.rows.ids) {
		return a.rows.ids[a.cursor], true
	}
	return 0, false
}

// refresh returns a with the rows of its state, and the cursor among them.
func (a app) refresh() app {
	if now := a.now(); a.rows.of != now || a.rows.show != a.show {
		a.rows = rows{of: now, show: a.show}
		for n := range now.order.Values() {
			if a.show.has(now.items.Get(n)) {
				a.rows.ids = append(a.rows.ids, n)
			}
		}
	}
	a.cursor = max(0, min(a.cursor, len(a.rows.ids)-1))
	return a
}

// goTo returns a with the cursor on an item, if it is shown.
func (a app) goTo(n id) app {
	if i := slices.Index(a.rows.ids, n); i >= 0 {
		a.cursor = i
	}
	return a
}

// Init implements [tea.Model].
func (a app) Init() tea.Cmd { return nil }

// Update implements [tea.Model].
func (a app) Update(m tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch m := m.(type) {
	case tea.WindowSizeMsg:
		a.width, a.height = m.Width, m.Height
	case keptMsg:
		a = a.keptBy(m)
	case savedMsg:
		if a, cmd = a.ended(m); cmd != nil {
			return a, cmd
		}
	case tea.KeyMsg:
		var leaving tea.Cmd
		for _, k := range single(m, a.mode == typingMode) {
			if a, cmd = a.press(k); cmd != nil {
				leaving = cmd
			}
		}
		if leaving != nil {
			return a, leaving
		}
	}
	if a = a.reconcile(); a.leave && !a.saving && a.mode != chooseMode {
		return a.quit()
	}
	return a.save(false)
}

// single returns the keys of m one by one: when keys come fast, a terminal delivers several letters at once.
func single(m tea.KeyMsg, typing bool) []tea.KeyMsg {
	if m.Type != tea.KeyRunes || m.Paste || typing {
		return []tea.KeyMsg{m}
	}
	var ks []tea.KeyMsg
	for _, r := range m.Runes {
		k := tea.Key{Type: tea.KeyRunes, Runes: []rune{r}, Alt: m.Alt}
		if r == ' ' {
			k.Type = tea.KeySpace
		}
		ks = append(ks, tea.KeyMsg(k))
	}
	return ks
}

// press returns the app after a key.
func (a app) press(k tea.KeyMsg) (app, tea.Cmd) {
	key := k.String()
	if key == "ctrl+c" {
		if a.mode == typingMode {
			a.mode = listMode
		}
		return a.quit()
	}
	if a.mode == typingMode {
		return a.write(k)
	}
	if key != "q" {
		a.leave, a.asked, a.message = false, false, ""
	}
	switch a.mode {
	case helpMode:
		return a.read(key), nil
	case walkMode:
		return a.step(key), nil
	case chooseMode:
		return a.choose(key)
	}
	for _, b := range bindings {
		if slices.Contains(b.keys, key) {
			if b.ends != nil {
				return b.ends(a)
			}
			return b.do(a), nil
		}
	}
	return a, nil
}
