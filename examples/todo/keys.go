package main

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/ramet-go/ramet/vector"
)

// A binding is what keys do to the list.
type binding struct {
	keys  []string // by bubbletea's names
	name  string   // of the keys, for the list at the bottom; "": not there
	short string   // what it says there, if it is not help
	help  string
	do    func(a app) app
	ends  func(a app) (app, tea.Cmd) // in place of do: it saves, or leaves
}

// bindings are set by init, because the screen that they change lists them.
var bindings []binding

func init() {
	bindings = []binding{
		{keys: []string{"a", "n"}, name: "a", help: "add", do: func(a app) app { return a.ask(addPrompt, 0, "") }},
		{keys: []string{"e", "enter"}, name: "e", help: "edit", do: func(a app) app {
			if n, ok := a.at(); ok {
				return a.ask(editPrompt, n, a.now().items.Get(n).text)
			}
			return a
		}},
		{keys: []string{" ", "x"}, name: "space", help: "done or not", do: onItem(func(a app, n id) action { return toggle{n} })},
		{keys: []string{"d", "delete"}, name: "d", help: "delete", do: onItem(func(a app, n id) action { return remove{n, a.now().items.Get(n).text} })},
		{keys: []string{"u", "ctrl+z"}, name: "u", help: "undo", do: func(a app) app {
			h, ok := a.past.Undo()
			if !ok {
				return a.travel(h, ok, "there is nothing to undo")
			}
			return a.travel(h, ok, "undone: "+a.past.Now().by.String())
		}},
		{keys: []string{"r", "ctrl+r", "ctrl+y"}, name: "r", help: "redo", do: func(a app) app {
			h, ok := a.past.Redo()
			if !ok {
				return a.travel(h, ok, "there is nothing to redo")
			}
			return a.travel(h, ok, "done again: "+h.Now().by.String())
		}},
		{keys: []string{"f", "tab"}, name: "f", help: "show all, to do, done", do: func(a app) app {
			n, ok := a.at()
			a.show = (a.show + 1) % filters
			if a = a.refresh(); ok {
				a = a.goTo(n)
			}
			return a
		}},
		{keys: []string{"c"}, name: "c", help: "clear what is done", do: func(a app) app {
			s := a.now()
			return a.do(clearDone{s.order.Len() - s.left()})
		}},
		{keys: []string{"K", "shift+up"}, name: "J K", short: "move it", help: "move it up", do: moving(-1)},
		{keys: []string{"J", "shift+down"}, help: "move it down", do: moving(+1)},
		{keys: []string{"up", "k"}, name: "up down", short: "go", help: "go up", do: going(func(a app) int { return a.cursor - 1 })},
		{keys: []string{"down", "j"}, help: "go down", do: going(func(a app) int { return a.cursor + 1 })},
		{keys: []string{"pgup"}, help: "go up a screen", do: going(func(a app) int { return a.cursor - a.room() })},
		{keys: []string{"pgdown"}, help: "go down a screen", do: going(func(a app) int { return a.cursor + a.room() })},
		{keys: []string{"home", "g"}, help: "go to the first", do: going(func(a app) int { return 0 })},
		{keys: []string{"end", "G"}, help: "go to the last", do: going(func(a app) int { return len(a.rows.ids) })},
		{keys: []string{"h"}, name: "h", help: "history: all there was", do: app.walking},
		{keys: []string{"s"}, help: "save to another file", do: func(a app) app { return a.ask(filePrompt, 0, "") }},
		{keys: []string{"m"}, help: "try again to save, and to merge", ends: func(a app) (app, tea.Cmd) { return a.save(true) }},
		{keys: []string{"W"}, help: "write the file, whatever another program has put there", ends: app.overwrite},
		{keys: []string{"?"}, name: "?", help: "all keys", do: func(a app) app {
			a.mode = helpMode
			return a
		}},
		{keys: []string{"q"}, name: "q", help: "quit", ends: app.quit},
		{keys: []string{"Q"}, help: "quit without saving", ends: app.abandon},
	}
}

// onItem is an action on the item under the cursor.
func onItem(what func(a app, n id) action) func(a app) app {
	return func(a app) app {
		if n, ok := a.at(); ok {
			a = a.do(what(a, n))
		}
		return a
	}
}

// moving moves the item under the cursor past the next one that is shown.
func moving(by int) func(a app) app {
	return func(a app) app {
		to := a.cursor + by
		n, ok := a.at()
		if !ok || to < 0 || to >= len(a.rows.ids) {
			return a
		}
		order := a.now().order
		places := vector.Index(order, a.rows.ids[to]) - vector.Index(order, n)
		a = a.dragTo(move{n, places})
		a.message = fmt.Sprintf("moved to place %d", vector.Index(a.now().order, n)+1)
		return a.goTo(n)
	}
}

func going(to func(a app) int) func(a app) app {
	return func(a app) app {
		a.cursor = to(a)
		return a.refresh()
	}
}
