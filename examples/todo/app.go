package main

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/history"
)

// undoSteps is how many steps can be undone. The states share what they have in common, so they cost little.
const undoSteps = 10_000

// A moment is a state, and the action that led to it.
type moment struct {
	state state
	by    action // nil: it was read from the file
}

// An app is what the program is doing: a value as well, which Update makes another one of.
type app struct {
	past   history.History[moment]
	file   file
	saved  state // what the file holds
	saving bool  // a save is under way
	failed bool  // the last one went wrong
	leave  bool  // quit as soon as everything is saved

	show   filter
	rows   rows // what is shown of the state
	cursor int  // in rows.ids

	typing bool
	input  line
	target id // of the item that is being edited; 0: a new one

	message       string
	width, height int
	color         bool
}

// newApp returns the app that begins with what was read from a file.
func newApp(f file, s state) app {
	return app{past: history.New(moment{state: s}).Limit(undoSteps), file: f, saved: s, width: 80, height: 24}.refresh()
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

// now returns the state.
func (a app) now() state { return a.past.Now().state }

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

// do returns a after an action. One that changes nothing is no step to be undone.
func (a app) do(x action) app {
	if next := reduce(a.now(), x); next != a.now() {
		a.past = a.past.Do(moment{next, x})
	}
	return a.refresh()
}

// travel returns a at another moment, with the cursor on what is different there.
func (a app) travel(to history.History[moment], ok bool, message string) app {
	if !ok {
		a.message = message
		return a
	}
	from := a.now()
	a.past, a.message = to, message
	a = a.refresh()
	for c := range hamt.Diff(from.items, a.now().items) {
		return a.goTo(c.Key)
	}
	return a
}

// goTo returns a with the cursor on an item, if it is shown.
func (a app) goTo(n id) app {
	if i := slices.Index(a.rows.ids, n); i >= 0 {
		a.cursor = i
	}
	return a
}

// A savedMsg says that a save has ended.
type savedMsg struct {
	state state
	file  file
	err   error
}

// save begins a save, if there is something to save and none is under way. It runs beside the program, on a
// version that later actions do not touch.
func (a app) save(force bool) (app, tea.Cmd) {
	f, s := a.file, a.now()
	if a.saving || s == a.saved && !force || f.path == "" {
		return a, nil
	}
	a.saving = true
	return a, func() tea.Msg {
		f, err := f.save(s, force)
		return savedMsg{s, f, err}
	}
}

// ended returns the app after a save.
func (a app) ended(m savedMsg) (app, tea.Cmd) {
	a.saving = false
	if a.failed = m.err != nil; a.failed {
		a.leave = false
		a.message = fmt.Sprintf("not saved: %v (W writes it anyway, Q leaves without)", m.err)
		return a, nil
	}
	a.file, a.saved = m.file, m.state
	if a.leave {
		return a.quit()
	}
	return a.save(false) // what was done meanwhile
}

// quit leaves, once everything is saved.
func (a app) quit() (app, tea.Cmd) {
	if a.file.path == "" || !a.saving && a.now() == a.saved {
		return a, tea.Quit
	}
	a.leave = true
	return a.save(false)
}

// Init implements [tea.Model].
func (a app) Init() tea.Cmd { return nil }

// Update implements [tea.Model].
func (a app) Update(m tea.Msg) (tea.Model, tea.Cmd) {
	switch m := m.(type) {
	case tea.WindowSizeMsg:
		a.width, a.height = m.Width, m.Height
	case savedMsg:
		return a.ended(m)
	case tea.KeyMsg:
		var leaving tea.Cmd
		for _, k := range single(m, a.typing) {
			var cmd tea.Cmd
			if a, cmd = a.press(k); cmd != nil {
				leaving = cmd
			}
		}
		if leaving != nil {
			return a, leaving
		}
		return a.save(false)
	}
	return a, nil
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
	if k.String() == "ctrl+c" {
		a.typing = false
		return a.quit()
	}
	if a.typing {
		return a.write(k), nil
	}
	a.message = ""
	switch k.String() {
	case "q":
		return a.quit()
	case "Q":
		return a, tea.Quit
	case "W":
		return a.save(true)
	}
	for _, b := range bindings {
		if slices.Contains(b.keys, k.String()) {
			return b.do(a), nil
		}
	}
	return a, nil
}

// write returns the app after a key while a text is being typed.
func (a app) write(k tea.KeyMsg) app {
	switch k.String() {
	case "esc":
		a.typing = false
	case "enter":
		a.typing = false
		if a.target != 0 {
			return a.do(edit{a.target, a.input.text()})
		}
		before := a.now()
		if a = a.do(add{a.input.text()}); a.now() != before {
			a = a.goTo(a.now().last)
		}
	default:
		a.input = a.input.key(k)
	}
	return a
}
