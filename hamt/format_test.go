package hamt_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/hamt"
)

func TestPrinting(t *testing.T) {
	m := hamt.MapOf(map[string]int{"b": 2, "a": 10})
	s := hamt.SetOf(3, 1, 2)
	points := hamt.MapOf(map[point]point{{1, 2, "p"}: {3, 4, "q"}})

	assert.Equal(t, "{a: 10, b: 2}", m.String())
	assert.Equal(t, "{a: 10, b: 2}", fmt.Sprint(m))
	assert.Equal(t, "[1 2 3]", s.String())
	assert.Equal(t, "{}", fmt.Sprint(hamt.Map[int, int]{}))
	assert.Equal(t, "[]", fmt.Sprint(hamt.Set[int]{}))
	assert.Equal(t, "{{X:1 Y:2 Name:p}: {X:3 Y:4 Name:q}}", fmt.Sprintf("%+v", points))
	assert.Equal(t, `hamt.Map[string,int]{"a":10, "b":2}`, fmt.Sprintf("%#v", m))
	assert.Equal(t, `hamt.Set[int]{1, 2, 3}`, fmt.Sprintf("%#v", s))
	assert.Equal(t, "[01 02 03]", fmt.Sprintf("%02d", s))
	assert.Equal(t, "[{a: 10, b: 2}]", fmt.Sprint([]hamt.Map[string, int]{m}), "inside another value")
	assert.Equal(t, "[[1 2 3]]", fmt.Sprint([]hamt.Set[int]{s}))
	assert.Equal(t, "{x: {a: 10, b: 2}}", fmt.Sprint(hamt.Map[string, any]{}.Set("x", m)))
}

func TestLogValueIsBounded(t *testing.T) {
	var m hamt.Map[string, string]
	var s hamt.Set[int]
	for i := range 1000 {
		m = m.Set(fmt.Sprint(i), "value")
		s = s.Add(i)
	}
	var buf bytes.Buffer
	log := slog.New(slog.NewTextHandler(&buf, nil))
	log.Info("state", "m", m, "s", s)
	assert.Contains(t, buf.String(), "m.len=1000")
	assert.Contains(t, buf.String(), "s.len=1000")
	assert.Less(t, strings.Count(buf.String(), "value"), 20, "values in %s", &buf)
	assert.Less(t, buf.Len(), 600)
}
