package interop_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/history"
	"github.com/ramet-go/ramet/list"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/vector"
)

// HTML is escaped inside of collections, at any depth, as it is outside.
func TestEscapeHTMLReachesCollections(t *testing.T) {
	const s = "<&>"
	for _, x := range []any{
		vector.Of(s), list.Of(s), list.QueueOf(s), hamt.SetOf(s), rbtree.SetOf(s), hamt.MapOf(map[string]string{s: s}), rbtree.MapOf(map[string]string{s: s}),
		history.New(s), vector.Of(vector.Of(s)), hamt.MapOf(map[string]vector.Vector[string]{s: vector.Of(s)}),
	} {
		for _, on := range []bool{true, false} {
			var b strings.Builder
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(on)
			require.NoError(t, e.Encode(struct{ X any }{x}))
			assert.Equal(t, on, !strings.Contains(b.String(), s), "%T: %s", x, &b)
			assert.Equal(t, on, strings.Contains(b.String(), `\u003c\u0026\u003e`), "%T: %s", x, &b)
		}
	}
}

// Equal contents are encoded equally where keys and elements are collections, whatever their nodes are like.
func TestKeysThatAreCollections(t *testing.T) {
	type key struct {
		V vector.Vector[int]
		N int
	}
	build := func(up bool) []any {
		var m hamt.Map[vector.Vector[int], int]
		var s hamt.Set[rbtree.Set[int]]
		var a hamt.Set[any]
		var k hamt.Map[key, string]
		for i := range 40 {
			n := i
			if !up {
				n = 39 - i
			}
			var v vector.Vector[int] // of n and a hundred more, in one of two shapes
			if up == (n%3 == 0) {
				v = v.Append(n)
				for j := range 100 {
					v = v.Append(j)
				}
			} else {
				for j := range 100 {
					v = v.Prepend(99 - j)
				}
				v = v.Prepend(n)
			}
			var r rbtree.Set[int]
			for j := range 20 {
				if up {
					r = r.Add(n*20 + j)
				} else {
					r = r.Add(n*20 + 19 - j)
				}
			}
			m, s, a, k = m.Set(v, n), s.Add(r), a.Add(v), k.Set(key{v, n % 3}, "x")
		}
		return []any{m, s, a, k}
	}
	one, other := build(true), build(false)
	for i := range one {
		for _, e := range append(append([]encoder{}, jsons...), yamls...) {
			x, err := e.marshal(one[i])
			require.NoError(t, err, e.name)
			y, err := e.marshal(other[i])
			require.NoError(t, err, e.name)
			assert.Equal(t, string(x), string(y), "%s of %T", e.name, one[i])
		}
	}
	for _, i := range []int{0, 1, 3} {
		x, err := gobMarshal(one[i])
		require.NoError(t, err)
		y, err := gobMarshal(other[i])
		require.NoError(t, err)
		assert.Equal(t, x, y, "gob of %T", one[i])
	}

	// Sets of sets of sets take no more at each level than the one below.
	x := hamt.SetOf[any]("leaf")
	for i := range 40 {
		x = hamt.SetOf[any](x, hamt.SetOf[any](i))
	}
	data, err := json.Marshal(x)
	require.NoError(t, err)
	assert.Less(t, len(data), 1000)
}
