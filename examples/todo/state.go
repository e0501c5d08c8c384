package main

import (
	"strings"
	"unicode"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/vector"
)

// An id names an item as long as the program runs. The first is 1.
type id int

// An item is one thing to do.
type item struct {
	text string
	done bool
}

// A state is all there is to keep, and never changes: an action makes another one, which shares with it what the action
// left alone. It is made of values for which == says "the same version", so == says that of states too.
//
// Items has exactly the ids that order has, and last is the greatest id ever given out.
type state struct {
	items hamt.Map[id, item]
	order vector.Vector[id]
	last  id
}

// add returns s with an item at the end.
func (s state) add(it item) state {
	s.last++
	s.items = s.items.Set(s.last, it)
	s.order = s.order.Append(s.last)
	return s
}

// list returns the items in their order.
func (s state) list() []item {
	var its []item
	for n := range s.order.Values() {
		its = append(its, s.items.Get(n))
	}
	return its
}

// left returns how many items are not done.
func (s state) left() (n int) {
	for it := range s.items.Values() {
		if !it.done {
			n++
		}
	}
	return n
}

// clean returns text as an item may have it: in one line, without what would move the cursor of a terminal.
func clean(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) || r == '\u200d' { // which joins emoji
			return r
		}
		return ' '
	}, text))
}
