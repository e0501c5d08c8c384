package main

import (
	"errors"
	"fmt"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/codec"
	"github.com/ramet-go/ramet/vector"
)

// What is stored of a moment. A commit writes the parts that differ, and of a part what differs.
type stored struct {
	items hamt.Map[id, item]
	order vector.Vector[id]
	last  id
	step  int // the number of the moment
}

var schema = store.Struct(
	store.Part("items", func(s *stored) *hamt.Map[id, item] { return &s.items }, store.HashMap[id](nil, itemCodec)),
	store.Part("order", func(s *stored) *vector.Vector[id] { return &s.order }, store.Vector[id](nil)),
	store.Part("last", func(s *stored) *id { return &s.last }, store.Value[id](nil)),
	store.Part("step", func(s *stored) *int { return &s.step }, store.Value[int](nil)),
)

// itemCodec writes an item as its text behind "x" or "-".
var itemCodec = codec.ValueFunc("todo", func(b []byte, it item) ([]byte, error) {
	mark := byte('-')
	if it.done {
		mark = 'x'
	}
	return append(append(b, mark), it.text...), nil
}, func(b []byte) (item, error) {
	if len(b) == 0 || b[0] != '-' && b[0] != 'x' {
		return item{}, errors.New("no item of a list of todos")
	}
	it := item{text: string(b[1:]), done: b[0] == 'x'}
	if it.text == "" || it.text != clean(it.text) {
		return item{}, fmt.Errorf("the text is empty, or not one line of printable characters: %q", it.text)
	}
	return it, nil
})

func storedOf(m moment) stored { return stored{m.state.items, m.state.order, m.state.last, m.n} }

func (s stored) state() state { return state{s.items, s.order, s.last} }

// check returns an error unless a state has each item in one place. What the program makes has; a file may be anybody's.
func (s state) check() error {
	seen := map[id]bool{}
	for n := range s.order.Values() {
		if !s.items.Contains(n) || seen[n] || n > s.last {
			return fmt.Errorf("no list of todos: item %d is not there, or twice", n)
		}
		seen[n] = true
	}
	if len(seen) != s.items.Len() {
		return errors.New("no list of todos: an item has no place")
	}
	return nil
}
