package ordered_test

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/ordered"
)

// TestValuesThatAreCollections are compared by contents, in maps of each form.
func TestValuesThatAreCollections(t *testing.T) {
	for _, n := range []int{1, 40} {
		var m config
		for i := range n {
			m = m.Set(fmt.Sprint("k", i), i)
		}
		tags := func(names ...string) any { return ordered.CollectMap(slices.All(names)) }
		m = m.Set("tags", tags("ash", "elm"))
		anew := func() config { return ordered.CollectMap(m.All()).Set("tags", tags("ash", "elm")) }
		assert.True(t, ordered.Equal(m, anew()) && m.Equal(anew()) && ordered.EqualAnyOrder(m, anew().MoveToFront("tags")))
		assert.False(t, ordered.Equal(m, anew().Set("tags", tags("elm", "ash"))), "in another order")
		assert.Empty(t, slices.Collect(ordered.Diff(m, anew())))
		assert.True(t, ordered.SetIfChanged(m, "tags", tags("ash", "elm")) == m)
		assert.False(t, ordered.SetIfChanged(m, "tags", tags("ash")) == m)
		assert.True(t, ordered.UpdateIfChanged(m, "tags", func(any) any { return tags("ash", "elm") }) == m)
		assert.True(t, ordered.UpdateIfChanged(m, "tags", func(any) any { return tags("oak") }).Get("tags").(ordered.Map[int, string]).Len() == 1)
		merged, conflicts := ordered.Merge(m, m.Set("x", 1), anew().Delete("k0"))
		assert.Empty(t, conflicts)
		assert.Equal(t, n+1, merged.Len())
		assert.True(t, ordered.SetIfChangedFunc(m, "k0", 7, func(a, b any) bool { return false }).Get("k0") == 7)
		assert.False(t, m.Set("f", []int{1}).Equal(ordered.CollectMap(m.All()).Set("f", []int{1})), "what cannot be compared")
		assert.Panics(t, func() { ordered.Equal(m.Set("f", []int{1}), anew().Set("f", []int{1})) })
		assert.Equal(t, hashOf(m), hashOf(anew()))
	}
	one, same := omap{}.Set("a", 1), omap{}.Set("a", 1)
	set := hamt.NewSet(hamt.ContentHasher[omap]{}).Add(one)
	assert.True(t, set.Contains(same) && !set.Contains(same.Set("a", 2)))
	assert.False(t, hamt.SetOf(one).Contains(same))
}

// TestPrinting in order, in any form.
func TestPrinting(t *testing.T) {
	m := omap{}.Set("b", 1).Set("a", 2)
	assert.Equal(t, "{b: 1, a: 2}", m.String())
	assert.Equal(t, `ordered.Map[string,int]{"b":1, "a":2}`, fmt.Sprintf("%#v", m))
	assert.Equal(t, "{b: 1, a: 2} {}", fmt.Sprint(m.Builder(), omap{}))
	for _, x := range []slog.LogValuer{m, m.Builder()} {
		var text strings.Builder
		slog.New(slog.NewTextHandler(&text, nil)).Info("", "x", x)
		assert.Contains(t, text.String(), "x.len=2 x.first.b=1 x.first.a=2")
	}
	var none *builder
	assert.Nil(t, none.LogValue().Any())
}

// TestLargeEntries are flat up to fewer of them, and a map keeps its entries where values are made larger or smaller.
func TestLargeEntries(t *testing.T) {
	type wide [64]int
	small, large := ordered.FlatCap[string, int](), ordered.FlatCap[string, wide]()
	assert.LessOrEqual(t, large, 4)
	for n := range small + 3 {
		m := counted(n)
		w := ordered.MapValues(m, func(_ string, v int) wide { return wide{v} })
		back := ordered.MapValues(w, func(_ string, v wide) int { return v[0] })
		assert.NoError(t, w.Check())
		assert.True(t, ordered.Equal(m, back))
		index, _ := w.Trees()
		assert.Equal(t, n > large, index > 0)
	}
}
