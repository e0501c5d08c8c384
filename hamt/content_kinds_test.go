//go:build !race && !smallnodes && !invariants

package hamt_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/history"
	"github.com/ramet-go/ramet/list"
	"github.com/ramet-go/ramet/vector"
)

// How a kind of keys is hashed by contents does not depend on how nodes are made: see kinds_test.go.

func TestContentHasherOfEveryKind(t *testing.T) {
	one, same, other := hamt.SetOf(1, 2), hamt.SetOf(2, 1), hamt.SetOf(1, 3)
	findsByContents(t, filled(one), filled(same), filled(same).Set("x", other))
	findsByContents(t, filled[any](one), filled[any](same), filled[any](same).Set("x", other))
	findsByContents(t, list.Of(one, other), list.Of(same, other), list.Of(other, one))
	findsByContents(t, list.Of[any](one, "a"), list.Of[any](same, "a"), list.Of[any](same, "b"))
	findsByContents(t, vector.Of(1, 2), vector.Of(2).Prepend(1), vector.Of(2, 1))
	findsByContents(t, vector.Of(one, other), vector.Of(same).Append(other), vector.Of(other, one))
	findsByContents(t, vector.Of[any](vector.Of(1), "a"), vector.Of[any](vector.Of(1), "a"), vector.Of[any](vector.Of(2), "a"))
	findsByContents(t, history.New(one).Do(other), history.New(same).Do(other), history.New(same).Do(one))

	sets := hamt.NewSet(hamt.ContentHasher[hamt.Set[int]]{}) // sets of sets, by contents
	findsByContents(t, sets.Add(one, other), sets.Add(other).Add(same), sets.Add(one))
	assert.True(t, sets.Add(one).Contains(same) && !sets.Add(one).Contains(other))
	two := sets.Add(one, other)
	assert.True(t, two.Add(same) == two && two.Delete(same).Len() == 1)
	assert.False(t, hamt.SetOf(one).Contains(same), "by default by identity")
}

func TestHashOfZeros(t *testing.T) {
	for _, h := range []hamt.Hasher[string]{nil, folded{}} {
		m := hamt.NewMap[string, float64](h).Set("k1", 1)
		assert.Equal(t, hashOf(m.Set("k0", 0)), hashOf(m.Set("k0", math.Copysign(0, -1))), "%T", h)
		assert.NotEqual(t, hashOf(m.Set("k0", 0)), hashOf(m.Set("k0", 2)), "%T", h)
	}
}

// TestHashOfWhatIsNotEqualToItself: a version is Equal to itself, and has one hash, whatever it holds.
func TestHashOfWhatIsNotEqualToItself(t *testing.T) {
	nan := math.NaN()
	keys := hamt.Map[float64, int]{}.Set(nan, 1).Set(nan, 2).Set(3, 3)
	assert.Equal(t, hashOf(keys), hashOf(keys))
	values := filled(nan)
	assert.Equal(t, hashOf(values), hashOf(values))
	points := filled(place{1, nan})
	assert.Equal(t, hashOf(points), hashOf(points))
	anything := filled[any](nan).Set("y", place{nan, 1}).Set("z", float32(nan)).Set("c", complex(nan, 1))
	assert.Equal(t, hashOf(anything), hashOf(anything))
	l := list.Of[any](nan, 1)
	m := hamt.NewMap[list.List[any], int](hamt.ContentHasher[list.List[any]]{}).Set(l, 7)
	assert.Equal(t, 7, m.Get(l))
}

func TestHashOfWhatCannotBeCompared(t *testing.T) {
	assert.Panics(t, func() { hashOf(list.Of([]int{})) })
	assert.Panics(t, func() { hashOf(list.Of[any]([]int{})) })
	assert.Panics(t, func() { hashOf(list.Of([1]any{func() {}})) })
	assert.NotPanics(t, func() { hashOf(list.List[[]int]{}) }, "there is nothing to hash")
	m := hamt.NewMap[list.List[any], int](hamt.ContentHasher[list.List[any]]{})
	assert.Panics(t, func() { m.Contains(list.Of[any]([]int{})) }, "as with a key that cannot be compared")
}
