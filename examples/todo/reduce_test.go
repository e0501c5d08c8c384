package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// stateOf returns a state with items of the given texts; those that begin with x are done.
func stateOf(texts ...string) state {
	var s state
	for _, text := range texts {
		s = s.add(item{strings.TrimPrefix(text, "x "), strings.HasPrefix(text, "x ")})
	}
	return s
}

// texts is the inverse of stateOf.
func (s state) texts() []string {
	var ts []string
	for _, it := range s.list() {
		if it.done {
			it.text = "x " + it.text
		}
		ts = append(ts, it.text)
	}
	return ts
}

func TestReduce(t *testing.T) {
	s := stateOf("ash", "x elm", "oak")
	for _, c := range []struct {
		action action
		want   []string // nil: the same state
	}{
		{add{" fir\x1b[31m\n"}, []string{"ash", "x elm", "oak", "fir [31m"}},
		{add{" \t"}, nil},
		{edit{2, "yew"}, []string{"ash", "x yew", "oak"}},
		{edit{2, "elm "}, nil},
		{edit{2, ""}, nil},
		{edit{7, "yew"}, nil},
		{toggle{1}, []string{"x ash", "x elm", "oak"}},
		{toggle{2}, []string{"ash", "elm", "oak"}},
		{toggle{7}, nil},
		{remove{1, ""}, []string{"x elm", "oak"}},
		{remove{7, ""}, nil},
		{move{1, 1}, []string{"x elm", "ash", "oak"}},
		{move{3, -9}, []string{"oak", "ash", "x elm"}},
		{move{1, -1}, nil},
		{move{7, 1}, nil},
		{clearDone{}, []string{"ash", "oak"}},
	} {
		got := reduce(s, c.action)
		assert.Equal(t, c.want == nil, got == s, "%T%v", c.action, c.action)
		if c.want != nil {
			assert.Equal(t, c.want, got.texts(), "%T%v", c.action, c.action)
		}
		assert.Equal(t, got.order.Len(), got.items.Len())
		assert.Equal(t, []string{"ash", "x elm", "oak"}, s.texts(), "the state before is as it was")
		assert.NotEmpty(t, c.action.String())
	}
	rest := stateOf("ash")
	assert.True(t, reduce(rest, clearDone{}) == rest)
}
