package main

import (
	"errors"
	"fmt"
	"path/filepath"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/ramet-go/ramet/examples/internal/report"
	"github.com/ramet-go/ramet/hamt"
)

// A savedMsg says that a save has ended.
type savedMsg struct {
	state state
	file  file
	err   error
}

// A keptMsg says that a journal has got what it was to keep, or not.
type keptMsg struct {
	past   past
	untidy error // what was to be given up is there
	err    error
}

// kept reports whether nothing is lost if the program ends.
func (a app) kept() bool {
	if a.journal != nil {
		return !a.saving && a.past == a.stored
	}
	return a.file.path == "" || !a.saving && a.now() == a.saved
}

// save begins a save, if there is something to save and none is under way. It runs beside the program, on a
// version that later actions do not touch. What could not be saved is tried again only if it is something else by now,
// or if the user says so.
func (a app) save(again bool) (app, tea.Cmd) {
	if a.journal != nil {
		return a.keep(again)
	}
	s := a.now()
	if a.saving || s == a.saved || a.file.path == "" || a.merge.pending() || s == a.tried && !again {
		return a, nil
	}
	f := a.file
	return a.saveBy(func() (file, error) { return f.save(s, false) })
}

// keep is save with a journal: it gets the steps that it does not have, however many were done meanwhile.
func (a app) keep(again bool) (app, tea.Cmd) {
	p, j := a.past, a.journal
	if a.saving || p == a.stored || p == a.triedPast && !again {
		return a, nil
	}
	a.saving, a.triedPast = true, p
	return a, func() tea.Msg {
		untidy, err := j.keep(p)
		return keptMsg{p, untidy, err}
	}
}

// keptBy returns the app after a journal has kept something.
func (a app) keptBy(m keptMsg) app {
	a.saving = false
	if m.err != nil {
		return a.notSaved(m.err)
	}
	a.stored, a.failed = m.past, ""
	if m.untidy != nil {
		a.message = report.Printable(m.untidy.Error())
	}
	return a
}

// overwrite writes the file, whoever has changed it.
func (a app) overwrite() (app, tea.Cmd) {
	f, s := a.file, a.now()
	if a.saving || f.path == "" {
		return a, nil
	}
	a.merge = merging{}
	return a.saveBy(func() (file, error) { return f.save(s, true) })
}

// saveAs makes another file, which is the one from then on.
func (a app) saveAs(path string) (app, tea.Cmd) {
	s := a.now()
	if a.saving || path == "" {
		return a, nil
	}
	a.merge = merging{}
	return a.saveBy(func() (file, error) { return create(path, s) })
}

func (a app) saveBy(write func() (file, error)) (app, tea.Cmd) {
	s := a.now()
	a.saving, a.tried = true, s
	return a, func() tea.Msg {
		f, err := write()
		return savedMsg{s, f, err}
	}
}

// ended returns the app after a save.
func (a app) ended(m savedMsg) (app, tea.Cmd) {
	a.saving = false
	if changed := (changedError{}); errors.As(m.err, &changed) {
		theirs, err := decode(changed.content)
		if err == nil {
			a.merge = merging{there: true, content: changed.content, theirs: theirs}
			return a, nil // reconcile goes on
		}
		m.err = fmt.Errorf("%w, to what this one does not understand: %w. W overwrites it", m.err, err)
	}
	if m.err != nil {
		return a.notSaved(m.err), nil
	}
	if m.file.path != a.file.path {
		a.message = "saved to " + clean(filepath.Base(m.file.path))
		a.journal.close()
		a.journal = nil
	}
	a.file, a.saved, a.failed = m.file, m.state, ""
	return a, nil
}

// notSaved returns the app after a save that went wrong.
func (a app) notSaved(err error) app {
	a.failed = report.Printable(err.Error())
	a.message = "not saved: " + a.failed
	if a.leave {
		a.leave, a.asked = false, true
		a.message = "q again: leave without saving, s: save to another file. Not saved: " + a.failed
	}
	return a
}

// quit leaves once everything is saved, or, if that cannot be, when it is asked for a second time.
func (a app) quit() (app, tea.Cmd) {
	switch {
	case a.kept():
		return a, tea.Quit
	case a.asked && !a.leave || a.asked && a.saving:
		return a.abandon()
	case a.mode == chooseMode:
		a.asked = true
		a.message = "q again: leave without saving"
		return a, nil
	case a.saving:
		a.leave, a.asked = true, true
		a.message = "saving; q again: do not wait"
		return a, nil
	}
	a.leave = true
	return a.save(true)
}

// abandon leaves, whatever is not saved.
func (a app) abandon() (app, tea.Cmd) {
	a.lost = !a.kept()
	return a, tea.Quit
}

// farewell says what is lost, for when the screen is gone.
func (a app) farewell() error {
	if !a.lost {
		return nil
	}
	kept := a.saved
	if a.journal != nil {
		kept = a.stored.Now().state
	}
	n := 0
	for range hamt.Diff(kept.items, a.now().items) {
		n++
	}
	what := report.Plural(n, "item")
	if n == 0 {
		what = "an order of the items"
	}
	why := a.failed
	if why == "" {
		why = "you left before"
	}
	return fmt.Errorf("%s is not as you left it: %s is not saved (%s)", a.path(), what, why)
}
