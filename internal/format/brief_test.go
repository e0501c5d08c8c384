package format

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

type shouting struct{ word string }

func (s shouting) String() string { return strings.ToUpper(s.word) }

type failing struct{}

func (failing) String() string { panic("boom") }

type lined struct{ n int }

func (l lined) Format(s fmt.State, verb rune) {
	_, wide := s.Width()
	_, precise := s.Precision()
	fmt.Fprintf(s, "%c %t %t %t", verb, wide, precise, s.Flag('+'))
	for range l.n {
		if n, err := s.Write([]byte("line ")); err != nil || n < 5 {
			return
		}
	}
}

// TestBrief prints what fmt does, and its beginning if that is too long.
func TestBrief(t *testing.T) {
	n := 5
	var none *shouting
	for _, x := range []any{
		nil, true, -3, int8(3), uint16(7), uintptr(9), 2.5, float32(-1), 1 + 2i, "word", "", []int{1, 2}, [2]bool{true}, []any{nil, "a"},
		map[string]int{"a": 1}, map[string]int{}, struct {
			A int
			b string
		}{1, "x"}, errors.New("no"), shouting{"ash"}, []shouting{{"a"}, {"b"}}, lined{2}, struct{ X any }{shouting{"in"}}, slog.IntValue(3),
	} {
		text, whole := Brief(x, 1000)
		assert.True(t, whole, "%v", x)
		assert.Equal(t, fmt.Sprint(x), text)
		for limit := range len(text) {
			cut, whole := Brief(x, limit)
			assert.False(t, whole, "%v in %d", x, limit)
			assert.Equal(t, text[:limit]+more, cut)
		}
	}
	for x, want := range map[any]string{
		&n: "&5", none: "<nil>", failing{}: "%!v(PANIC)", &struct{ P *int }{&n}: "&{&5}", (*int)(nil): "<nil>",
	} {
		text, whole := Brief(x, 1000)
		assert.True(t, whole)
		assert.Equal(t, want, text)
	}
	text, _ := Brief(func() {}, 100)
	assert.Equal(t, "func()", text)
	text, whole := Brief([]any{1, func() {}, make(chan int)}, 100)
	assert.True(t, whole)
	assert.Equal(t, "[1 func() chan int]", text)
	text, _ = Brief(map[int]string{1: strings.Repeat("x", 100)}, 10)
	assert.Equal(t, "map[1:xxxx"+more, text)
}

// TestBriefCutsCharactersWhole, but what is no text anywhere.
func TestBriefCutsCharactersWhole(t *testing.T) {
	for limit, want := range []string{"", "", "ü", "ü", "üü"} {
		text, whole := Brief("üüü", limit)
		assert.False(t, whole)
		assert.Equal(t, want+more, text)
	}
	text, _ := Brief(string([]byte{0x80, 0x80, 0x80, 0x80, 0x80, 0x80}), 5)
	assert.Equal(t, "\x80\x80\x80\x80\x80"+more, text)
}

// TestBriefEndsInDepth, whatever the limit.
func TestBriefEndsInDepth(t *testing.T) {
	type node struct{ Next *node }
	loop := &node{}
	loop.Next = loop
	text, whole := Brief(loop, 1<<20)
	assert.False(t, whole)
	assert.Less(t, len(text), 100)
	deep := []any{}
	for range 20 {
		deep = []any{deep}
	}
	text, whole = Brief(deep, 1<<20)
	assert.False(t, whole)
	assert.Equal(t, strings.Repeat("[", deepestBrief-1+1)[:len(text)-len(more)]+more, text)
}
