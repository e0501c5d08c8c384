package rbtree_test

import (
	"fmt"
	"hash/maphash"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/rbtree"
)

// filled returns a map of some leaves with the value of "x" set to v, built anew.
func filled[V any](v V) rbtree.Map[string, V] {
	b := rbtree.Map[string, V]{}.Builder()
	for i := range 80 {
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
	assert.True(t, rbtree.Equal(a, b) && a.Equal(b), "%T", one)
	assert.False(t, rbtree.Equal(a, changed) || a.Equal(changed) || changed.Equal(a), "%T", one)

	assert.Empty(t, slices.Collect(rbtree.Diff(a, b)), "%T", one)
	want := []diff.Change[string, V]{{Kind: diff.Updated, Key: "x", Old: one, New: other}}
	assert.True(t, slices.Equal(want, slices.Collect(rbtree.Diff(a, changed))), "%T", one)

	assert.True(t, rbtree.SetIfChanged(a, "x", same) == a, "%T", one)
	assert.True(t, rbtree.SetIfChanged(a, "x", other).Get("x") == other, "%T", one)

	merged, conflicts := rbtree.Merge(a, b, a.Set("x", other))
	assert.Empty(t, conflicts, "%T: ours is no change", one)
	assert.True(t, merged.Get("x") == other, "%T", one)
	merged, conflicts = rbtree.Merge(filled(other), a, b)
	assert.Empty(t, conflicts, "%T: both did the same", one)
	assert.True(t, merged == a, "%T", one)
	_, conflicts = rbtree.Merge(a, a.Delete("x"), b)
	assert.Empty(t, conflicts, "%T: theirs is no change", one)
	_, conflicts = rbtree.Merge(a, a.Delete("x"), changed)
	assert.Len(t, conflicts, 1, "%T", one)
}

func TestCollectionsAsValuesGoByContents(t *testing.T) {
	one, same, other := rbtree.SetOf(1, 2), rbtree.SetOf(2, 1), rbtree.SetOf(1, 2, 3)
	goesByContents(t, one, same, other)
	goesByContents[any](t, one, same, other)
	goesByContents[any](t, one.From(2), same.From(2), other.From(2))
	goesByContents[any](t, filled[any](one), filled[any](same), filled[any](other))
}

// TestEqualMethodNeverPanics: what cannot be compared is unequal, unless it is shared. The function panics.
func TestEqualMethodNeverPanics(t *testing.T) {
	a, b := filled[any]([]int{1}), filled[any]([]int{1})
	assert.Panics(t, func() { rbtree.Equal(a, b) })
	assert.Panics(t, func() { rbtree.SetIfChanged[string, any](a, "x", []int{1}) })
	assert.Panics(t, func() { _ = slices.Collect(rbtree.Diff(a, b)) })
	assert.Panics(t, func() { rbtree.Merge(a, b, a.Set("x", 1)) })
	assert.False(t, a.Equal(b) || a.From("5").Equal(b.From("5")))
	assert.True(t, a.Equal(a) && rbtree.Equal(a, a) && a.From("5").Equal(a.From("5")), "the same version")
	assert.True(t, a.Set("y", 1).To("2").Equal(a.To("2")), "what is shared is equal without looking")

	// A point has no order, so no map of it has entries.
	assert.True(t, rbtree.Map[point, int]{}.Equal(rbtree.Map[point, int]{}))
	assert.True(t, rbtree.Map[point, int]{}.From(point{}).Equal(rbtree.Span[point, int]{}))
}

func TestEqualUnderDifferentOrders(t *testing.T) {
	fold := func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) }
	backward := func(a, b string) int { return strings.Compare(b, a) }
	words := rbtree.SetOf("ash", "elm", "oak")
	folded, reversed := rbtree.NewSetFunc(fold).Add("ASH", "ELM", "OAK"), rbtree.NewSetFunc(backward).Add("ash", "elm", "oak")
	assert.True(t, folded.Equal(words) && reversed.Equal(words) && words.Equal(reversed))
	assert.False(t, words.Equal(folded), "by the receiver's order")
	assert.True(t, folded.Equal(words.Add("Elm")), "which has one more, of a key that is there")
	assert.True(t, folded.From("e").Equal(words.Add("Elm").From("b")))
	assert.True(t, words.From("b").Equal(reversed.To("b")))
	assert.False(t, words.From("b").Equal(reversed.To("f")))
}

// TestSpansAreEqualByWhatTheyStandFor compares all spans of some maps.
func TestSpansAreEqualByWhatTheyStandFor(t *testing.T) {
	const n = 70 // several leaves
	var even, all rbtree.Map[int, int]
	for i := range n {
		all = all.Set(i, i/2)
		if i%2 == 0 {
			even = even.Set(i, i/2)
		}
	}
	other := all.Set(33, -1)
	for i := -1; i <= n; i += 3 {
		for j := i - 1; j <= n; j += 5 {
			want := all.From(i).Below(j).Map()
			for _, m := range []rbtree.Map[int, int]{all, even, other, all.Set(-7, 0).Delete(1)} {
				for _, s := range []rbtree.Span[int, int]{m.From(i).Below(j), m.Below(j).From(i), m.From(i + 1).To(j)} {
					same := want.Equal(s.Map())
					assert.Equal(t, same, all.From(i).Below(j).Equal(s), "%d %d", i, j)
					assert.Equal(t, same, s.Equal(want.From(i)), "%d %d", i, j)
					if same {
						assert.Equal(t, hashOf(want), hashOf(s), "%d %d", i, j)
					}
				}
			}
		}
	}
	set := rbtree.CollectSet(all.Keys())
	assert.True(t, set.From(3).To(5).Equal(rbtree.SetOf(3, 4, 5).From(0)))
	assert.False(t, set.From(3).To(5).Equal(rbtree.SetOf(3, 4).From(0)))
}

var seed = maphash.MakeSeed()

// hashOf returns the hash that a collection writes, under one seed.
func hashOf(c interface{ Hash(*maphash.Hash) }) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	c.Hash(&h)
	return h.Sum64()
}

// hashesAll fails unless maps with the keys ks have one hash however they came about, and others another.
func hashesAll[K any](t *testing.T, empty rbtree.Map[K, int], ks ...K) {
	t.Helper()
	a, b := empty, empty
	for i := range ks {
		a = a.Set(ks[i], i)
		b = b.Set(ks[len(ks)-1-i], -1)
	}
	for i, k := range ks {
		b = b.Set(k, i)
	}
	assert.True(t, a.Equal(b), "%T", a)
	assert.Equal(t, hashOf(a), hashOf(b), "%T", a)
	assert.NotEqual(t, hashOf(a), hashOf(a.Set(ks[0], 99)), "%T", a)
	assert.NotEqual(t, hashOf(a), hashOf(a.Delete(ks[0])), "%T", a)
}

// hashesKeys does so for the natural order of K, under which keys count, too.
func hashesKeys[K any](t *testing.T, ks ...K) {
	t.Helper()
	var empty rbtree.Map[K, int]
	hashesAll(t, empty, ks...)
	assert.NotEqual(t, hashOf(empty.Set(ks[0], 1)), hashOf(empty.Set(ks[1], 1)), "%T", empty)
}

func TestHashIsThatOfTheContents(t *testing.T) {
	hashesKeys[int](t, 3, 1, 2)
	hashesKeys[string](t, "c", "a", "b")
	hashesKeys[float64](t, 3, math.NaN(), 2, 0)
	hashesAll(t, rbtree.NewMapFunc[point, int](comparePoints), point{X: 1}, point{Name: "a"})
	assert.Equal(t, hashOf(rbtree.SetOf(3, 1, 2)), hashOf(rbtree.SetOf(1, 2).Add(3)))
	assert.Equal(t, hashOf(rbtree.SetOf(0.0, 1)), hashOf(rbtree.SetOf(1, math.Copysign(0, -1))))
	assert.NotEqual(t, hashOf(rbtree.SetOf(1, 2)), hashOf(rbtree.SetOf(1, 3)))
	words := rbtree.MapOf(map[int]string{1: "a", 2: "b"})
	assert.Equal(t, hashOf(words), hashOf(rbtree.Map[int, string]{}.Set(2, "x").Set(1, "a").Set(2, "b")))
	assert.NotEqual(t, hashOf(words), hashOf(words.Set(1, "other")))

	fold := rbtree.NewMapFunc[string, int](func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	a, b := fold.Set("ash", 1).Set("elm", 2), fold.Set("ELM", 2).Set("ASH", 1)
	assert.True(t, a.Equal(b))
	assert.Equal(t, hashOf(a), hashOf(b), "which keys are equal is for the comparator to say")
	assert.NotEqual(t, hashOf(a), hashOf(b.Set("elm", 3)))
}
