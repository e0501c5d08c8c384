package hamt_test

import (
	"fmt"
	"hash/maphash"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
)

// filled returns a map of some leaves with the value of "x" set to v, built anew.
func filled[V any](v V) hamt.Map[string, V] {
	b := hamt.Map[string, V]{}.Builder()
	for i := range 40 {
		b.Set(fmt.Sprint(i), v)
	}
	b.Set("x", v)
	return b.Build()
}

// goesByContents fails unless one and same, which are different versions of equal contents, are the same value
// for all operations that compare values, and other is another.
func goesByContents[V comparable](t *testing.T, one, same, other V) {
	t.Helper()
	require.False(t, one == same, "%T: the versions are to differ", one)
	a, b := filled(one), filled(same)
	changed := b.Set("x", other)
	assert.True(t, hamt.Equal(a, b) && a.Equal(b), "%T", one)
	assert.False(t, hamt.Equal(a, changed) || a.Equal(changed) || changed.Equal(a), "%T", one)

	assert.Empty(t, slices.Collect(hamt.Diff(a, b)), "%T", one)
	want := []diff.Change[string, V]{{Kind: diff.Updated, Key: "x", Old: one, New: other}}
	assert.True(t, slices.Equal(want, slices.Collect(hamt.Diff(a, changed))), "%T", one)

	assert.True(t, hamt.SetIfChanged(a, "x", same) == a, "%T", one)
	assert.True(t, hamt.SetIfChanged(a, "x", other).Get("x") == other, "%T", one)

	merged, conflicts := hamt.Merge(a, b, a.Set("x", other))
	assert.Empty(t, conflicts, "%T: ours is no change", one)
	assert.True(t, merged.Get("x") == other, "%T", one)
	merged, conflicts = hamt.Merge(filled(other), a, b)
	assert.Empty(t, conflicts, "%T: both did the same", one)
	assert.True(t, merged == a, "%T", one)
	_, conflicts = hamt.Merge(a, a.Delete("x"), b)
	assert.Empty(t, conflicts, "%T: theirs is no change", one)
	_, conflicts = hamt.Merge(a, a.Delete("x"), changed)
	assert.Len(t, conflicts, 1, "%T", one)
}

func TestCollectionsAsValuesGoByContents(t *testing.T) {
	type (
		set  = hamt.Set[int]
		sets = hamt.Map[string, set]
	)
	nest := func(s set) sets { return sets{}.Set("a", s).Set("b", s) }
	one, same, other := hamt.SetOf(1, 2), hamt.SetOf(2, 1), hamt.SetOf(1, 2, 3)
	goesByContents(t, one, same, other)
	goesByContents[any](t, one, same, other)
	goesByContents[any](t, nest(one), nest(same), nest(other))
	deep := func(s set) any { return filled[any](filled[any](s)) }
	goesByContents(t, deep(one), deep(same), deep(other))
}

// TestEqualMethodNeverPanics: what cannot be compared is unequal, unless it is shared. The function panics.
func TestEqualMethodNeverPanics(t *testing.T) {
	a, b := filled[any]([]int{1}), filled[any]([]int{1})
	assert.Panics(t, func() { hamt.Equal(a, b) })
	assert.Panics(t, func() { hamt.SetIfChanged[string, any](a, "x", []int{1}) })
	assert.Panics(t, func() { _ = slices.Collect(hamt.Diff(a, b)) })
	assert.Panics(t, func() { hamt.Merge(a, b, a.Set("x", 1)) })
	assert.False(t, a.Equal(b))
	assert.True(t, a.Equal(a) && hamt.Equal(a, a), "the same version")

	assert.False(t, filled([]int{}).Equal(filled([]int{})))
	lists := filled([]int{})
	assert.True(t, lists.Equal(lists))
}

// lengths takes values for equal whose text is equally long, also those that == cannot compare.
type lengths struct{}

func (lengths) Hash(h *maphash.Hash, key any) { maphash.WriteComparable(h, len(fmt.Sprint(key))) }
func (lengths) Equal(a, b any) bool           { return len(fmt.Sprint(a)) == len(fmt.Sprint(b)) }

func TestEqualUnderDifferentHashers(t *testing.T) {
	byLength := hamt.NewMap[any, int](lengths{})
	a, b := byLength.Set([]int{7}, 1), hamt.Map[any, int]{}.Set("123", 1)
	assert.True(t, a.Equal(b), "by the length of the text")
	assert.False(t, b.Equal(a), "a slice is no key of b's")
	assert.True(t, b.Equal(byLength.Set("123", 1)))
	assert.False(t, b.Equal(byLength.Set("abc", 1)))
	assert.False(t, hamt.Map[any, int]{}.Equal(a))
	assert.True(t, hamt.Map[any, int]{}.Equal(byLength))
	s, u := hamt.NewSet[any](lengths{}).Add([]int{7}), hamt.SetOf[any]("123")
	assert.True(t, s.Equal(u))
	assert.False(t, u.Equal(s))
}

// TestComparingPlainValuesAllocatesNothing: types that are no collections are compared as ever.
func TestComparingPlainValuesAllocatesNothing(t *testing.T) {
	a, b := filled(1), filled(1)
	p, q := filled("a"), filled("a")
	s, u := filled(hamt.SetOf(1)), filled(hamt.SetOf(1))
	allocs := testing.AllocsPerRun(10, func() {
		if !hamt.Equal(a, b) || !a.Equal(b) || hamt.SetIfChanged(a, "x", 1) != a ||
			!hamt.Equal(p, q) || hamt.SetIfChanged(p, "x", "a") != p ||
			!hamt.Equal(s, u) || !s.Equal(u) || hamt.SetIfChanged(s, "x", u.Get("x")) != s {
			t.Error("unequal")
		}
	})
	assert.Zero(t, allocs)
}
