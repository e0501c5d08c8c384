package main

import (
	"fmt"

	"github.com/ramet-go/ramet/vector"
)

// A binding is what keys do to the list.
type binding struct {
	keys []string // by bubbletea's names
	name string   // of the keys, for people; "": not listed
	help string
	do   func(a app) app
}

// bindings are set by init, because the screen that they change lists them.
var bindings []binding

func init() {
	bindings = []binding{
		{[]string{"a", "n"}, "a", "add", func(a app) app {
			a.typing, a.target, a.input = true, 0, line{}
			return a
		}},
		{[]string{"e", "enter"}, "e", "edit", func(a app) app {
			if n, ok := a.at(); ok {
				a.typing, a.target, a.input = true, n, line{before: a.now().items.Get(n).text}
			}
			return a
		}},
		{[]string{" ", "x"}, "space", "done or not", onItem(func(a app, n id) action { return toggle{n} })},
		{[]string{"d", "delete"}, "d", "delete", onItem(func(a app, n id) action { return remove{n, a.now().items.Get(n).text} })},
		{[]string{"u", "ctrl+z"}, "u", "undo", func(a app) app {
			h, ok := a.past.Undo()
			if !ok {
				return a.travel(h, ok, "there is nothing to undo")
			}
			return a.travel(h, ok, "undone: "+a.past.Now().by.String())
		}},
		{[]string{"r", "ctrl+r", "ctrl+y"}, "r", "redo", func(a app) app {
			h, ok := a.past.Redo()
			if !ok {
				return a.travel(h, ok, "there is nothing to redo")
			}
			return a.travel(h, ok, "done again: "+h.Now().by.String())
		}},
		{[]string{"f", "tab"}, "f", "show all, to do, done", func(a app) app {
			n, ok := a.at()
			a.show = (a.show + 1) % filters
			if a = a.refresh(); ok {
				a = a.goTo(n)
			}
			return a
		}},
		{[]string{"c"}, "c", "clear what is done", func(a app) app {
			s := a.now()
			return a.do(clearDone{s.order.Len() - s.left()})
		}},
		{[]string{"K", "shift+up"}, "J K", "move it", moving(-1)},
		{[]string{"J", "shift+down"}, "", "", moving(+1)},
		{[]string{"up", "k"}, "up down", "go", going(func(a app) int { return a.cursor - 1 })},
		{[]string{"down", "j"}, "", "", going(func(a app) int { return a.cursor + 1 })},
		{[]string{"pgup"}, "", "", going(func(a app) int { return a.cursor - a.room() })},
		{[]string{"pgdown"}, "", "", going(func(a app) int { return a.cursor + a.room() })},
		{[]string{"home", "g"}, "", "", going(func(a app) int { return 0 })},
		{[]string{"end", "G"}, "", "", going(func(a app) int { return len(a.rows.ids) })},
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
		a = a.do(move{n, places})
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
