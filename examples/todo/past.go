package main

import (
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/history"
	"github.com/ramet-go/ramet/vector"
)

// undoSteps is how many steps can be undone, and how many branches are kept. The states share what they have in common, so
// they cost little.
const undoSteps = 10_000

// A moment is a state, and the action that led to it.
type moment struct {
	n     int // moments are numbered as they come about
	state state
	by    action // nil: it was read from the file
}

// label says what led to the moment.
func (m moment) label() string {
	if m.by == nil {
		return "as it was read"
	}
	return m.by.String()
}

// A past is every moment that there was: those that can be undone and redone, and, as branches, those that were undone before
// something else was done.
type past = history.History[moment]

// newPast returns the past of a state that nothing has led to.
func newPast(s state) past {
	return history.New(moment{state: s}).Limit(undoSteps).Branching(true)
}

// now returns the state.
func (a app) now() state { return a.past.Now().state }

// do returns a after an action. One that changes nothing is no step to be undone.
func (a app) do(x action) app {
	a.drag = drag{}
	if next := reduce(a.now(), x); next != a.now() {
		a.moments++
		a.past = a.past.Do(moment{a.moments, next, x})
	}
	return a.refresh()
}

// A drag is an item that is on its way: it has been moved, and nothing else has been done since.
type drag struct {
	item id
	from past // before it began
}

// dragTo returns a with an item moved. However often that is done in a row, it is one step, so it is undone at once; and
// none if the item is where it was.
func (a app) dragTo(x move) app {
	if a.drag.item != x.id {
		from := a.past
		a = a.do(x)
		a.drag = drag{x.id, from}
		return a
	}
	m := a.past.Now()
	m.state = reduce(m.state, x)
	if from := a.drag.from; vector.Equal(m.state.order, from.Now().state.order) {
		a.past, a.drag = from, drag{}
	} else {
		a.past = a.past.Replace(m)
	}
	return a.refresh()
}

// travel returns a at another moment, with the cursor on what is different there.
func (a app) travel(to past, ok bool, message string) app {
	a.message = message
	if !ok {
		return a
	}
	from := a.now()
	a.past, a.drag = to, drag{}
	a = a.refresh()
	for c := range hamt.Diff(from.items, a.now().items) {
		return a.goTo(c.Key)
	}
	return a
}
