package rbtree_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/rbtree"
)

func TestPrinting(t *testing.T) {
	m := rbtree.MapOf(map[string]int{"b": 2, "a": 10})
	s := rbtree.SetOf(3, 1, 2)
	points := rbtree.NewMapFunc[point, point](comparePoints).Set(point{1, 2, "p"}, point{3, 4, "q"})

	assert.Equal(t, "{a: 10, b: 2}", m.String())
	assert.Equal(t, "{a: 10, b: 2}", fmt.Sprint(m))
	assert.Equal(t, "[1 2 3]", s.String())
	assert.Equal(t, "{}", fmt.Sprint(rbtree.Map[int, int]{}))
	assert.Equal(t, "[]", fmt.Sprint(rbtree.Set[int]{}))
	assert.Equal(t, "{{X:1 Y:2 Name:p}: {X:3 Y:4 Name:q}}", fmt.Sprintf("%+v", points))
	assert.Equal(t, `rbtree.Map[string,int]{"a":10, "b":2}`, fmt.Sprintf("%#v", m))
	assert.Equal(t, `rbtree.Set[int]{1, 2, 3}`, fmt.Sprintf("%#v", s))
	assert.Equal(t, "{b: 2} {a: 10}", fmt.Sprint(m.Above("a"), m.To("a")))
	assert.Equal(t, "[2 3]", s.Above(1).String())
	assert.Equal(t, "{b: 2}", m.From("b").String())
	assert.Equal(t, "[01 02 03]", fmt.Sprintf("%02d", s))
	assert.Equal(t, "[{a: 10, b: 2}]", fmt.Sprint([]rbtree.Map[string, int]{m}), "inside another value")
	assert.Equal(t, "[[1 2 3]]", fmt.Sprint([]rbtree.Set[int]{s}))
	assert.Equal(t, "{x: {a: 10, b: 2}}", fmt.Sprint(rbtree.Map[string, any]{}.Set("x", m)))
}

func TestLogValueIsBounded(t *testing.T) {
	var m rbtree.Map[int, string]
	var s rbtree.Set[int]
	for i := range 1000 {
		m = m.Set(i, "value")
		s = s.Add(i)
	}
	var buf bytes.Buffer
	log := slog.New(slog.NewTextHandler(&buf, nil))
	log.Info("state", "m", m, "s", s, "part", m.From(500), "rest", s.Below(20))
	assert.Contains(t, buf.String(), "m.len=1000")
	assert.Contains(t, buf.String(), "s.len=1000")
	assert.Contains(t, buf.String(), "part.len=500")
	assert.Contains(t, buf.String(), "rest.len=20")
	assert.Less(t, strings.Count(buf.String(), "value"), 20, "values in %s", &buf)
	assert.Less(t, buf.Len(), 1200)
}
