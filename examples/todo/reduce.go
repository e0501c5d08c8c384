package main

import (
	"fmt"

	"github.com/charmbracelet/x/ansi"

	"github.com/ramet-go/ramet/examples/internal/report"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/vector"
)

// An action is something that the user wants done to a state. String names it for people.
type action interface {
	fmt.Stringer
	// apply returns the state after the action, or s itself if there is nothing to do.
	apply(s state) state
}

// The actions.
type (
	add  struct{ text string }
	edit struct {
		id   id
		text string
	}
	toggle struct{ id id }
	remove struct {
		id   id
		text string // for String only
	}
	move struct {
		id id
		by int // places towards the end
	}
	clearDone struct{ n int } // for String only
)

// reduce returns what an action makes of a state. It is pure: it depends on nothing else and changes nothing, so a list of
// actions and the first state say all there is to know. If the action changes nothing, the result is == s.
func reduce(s state, a action) state { return a.apply(s) }

func (a add) apply(s state) state {
	text := clean(a.text)
	if text == "" {
		return s
	}
	return s.add(item{text: text})
}

func (a edit) apply(s state) state {
	if text := clean(a.text); text != "" {
		s.items = hamt.UpdateIfChanged(s.items, a.id, func(it item) item { return item{text, it.done} })
	}
	return s
}

func (a toggle) apply(s state) state {
	s.items = hamt.UpdateIfChanged(s.items, a.id, func(it item) item { return item{it.text, !it.done} })
	return s
}

func (a remove) apply(s state) state {
	if i := vector.Index(s.order, a.id); i >= 0 {
		s.items = s.items.Delete(a.id)
		s.order = s.order.Delete(i, i+1)
	}
	return s
}

func (a move) apply(s state) state {
	i := vector.Index(s.order, a.id)
	to := min(max(i+a.by, 0), s.order.Len()-1)
	if i >= 0 && to != i {
		s.order = s.order.Delete(i, i+1).Insert(to, a.id)
	}
	return s
}

func (a clearDone) apply(s state) state {
	s.items = s.items.Filter(func(_ id, it item) bool { return !it.done })
	s.order = s.order.Filter(s.items.Contains)
	return s
}

func (a add) String() string  { return "add " + short(a.text) }
func (a edit) String() string { return "change to " + short(a.text) }
func (toggle) String() string { return "done or not" }
func (a remove) String() string {
	return "delete " + short(a.text)
}
func (a move) String() string      { return "move" }
func (a clearDone) String() string { return "clear " + report.Plural(a.n, "done item") }

// short returns text in quotes, as it fits into a message: cut by the columns that it takes, not by letters.
func short(text string) string { return `"` + ansi.Truncate(clean(text), 30, "…") + `"` }
