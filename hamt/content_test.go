//go:build !smallnodes && !race

package hamt_test

import (
	"fmt"
	"hash/maphash"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/history"
	"github.com/ramet-go/ramet/list"
	"github.com/ramet-go/ramet/vector"
)

// Each type of keys here brings a whole map with it, and the width of nodes is nothing to it: so some builds go
// without this file.

// hashOf returns the hash that a collection writes, under one seed.
func hashOf(c interface{ Hash(*maphash.Hash) }) uint64 {
	var h maphash.Hash
	h.SetSeed(contentSeed)
	c.Hash(&h)
	return h.Sum64()
}

var contentSeed = maphash.MakeSeed()

// version is a type of the user's that goes by what it says, and not by all that it is.
type version struct{ name, build string }

func (v version) Equal(o version) bool { return v.name == o.name }
func (v version) Hash(h *maphash.Hash) { h.WriteString(v.name) }

// findsByContents fails unless a map finds what was stored under one with same, and nothing with other.
func findsByContents[K interface {
	comparable
	Equal(K) bool
	Hash(*maphash.Hash)
}](t *testing.T, one, same, other K) {
	t.Helper()
	assert.False(t, one == same, "%T", one)
	assert.False(t, hamt.Map[K, int]{}.Set(one, 1).Contains(same), "%T: by default a key by identity", one)

	m := hamt.NewMap[K, int](hamt.ContentHasher[K]{}).Set(one, 1).Set(same, 2)
	assert.Equal(t, 1, m.Len(), "%T", one)
	assert.Equal(t, 2, m.Get(same), "%T", one)
	assert.True(t, m.Contains(one) && !m.Contains(other), "%T", one)
	s := hamt.NewSet(hamt.ContentHasher[K]{}).Add(one, other)
	assert.True(t, s.Contains(same) && s.Add(same) == s && s.Delete(same).Len() == 1, "%T", one)
	assert.True(t, m.Equal(hamt.NewMap[K, int](hamt.ContentHasher[K]{}).Set(same, 2)), "%T: one hasher", one)
	assert.NotEqual(t, hashOf(one), hashOf(other), "%T: could be equal once in 2⁶⁴ runs", one)
}

func TestContentHasher(t *testing.T) {
	one, same, other := hamt.SetOf(1, 2), hamt.SetOf(2, 1), hamt.SetOf(1, 3)
	findsByContents(t, one, same, other)
	findsByContents(t, filled(one), filled(same), filled(same).Set("x", other))
	findsByContents(t, filled[any](one), filled[any](same), filled[any](same).Set("x", other))
	findsByContents(t, list.Of(one, other), list.Of(same, other), list.Of(other, one))
	findsByContents(t, list.Of[any](one, "a"), list.Of[any](same, "a"), list.Of[any](same, "b"))
	findsByContents(t, vector.Of(1, 2), vector.Of(2).Prepend(1), vector.Of(2, 1))
	findsByContents(t, vector.Of(one, other), vector.Of(same).Append(other), vector.Of(other, one))
	findsByContents(t, vector.Of[any](vector.Of(1), "a"), vector.Of[any](vector.Of(1), "a"), vector.Of[any](vector.Of(2), "a"))
	findsByContents(t, history.New(one).Do(other), history.New(same).Do(other), history.New(same).Do(one))
	findsByContents(t, version{"1.27", "a"}, version{"1.27", "b"}, version{"1.28", "a"})

	sets := hamt.NewSet(hamt.ContentHasher[hamt.Set[int]]{}) // sets of sets, by contents
	findsByContents(t, sets.Add(one, other), sets.Add(other).Add(same), sets.Add(one))
}

// folded takes words for equal that differ in case.
type folded struct{}

func (folded) Hash(h *maphash.Hash, key string) { h.WriteString(strings.ToLower(key)) }
func (folded) Equal(a, b string) bool           { return strings.EqualFold(a, b) }

// TestHashIsThatOfTheContents: equal maps with one hasher are written alike, whatever their history.
func TestHashIsThatOfTheContents(t *testing.T) {
	for _, h := range []hamt.Hasher[string]{nil, folded{}} {
		empty := hamt.NewMap[string, float64](h)
		a, b := empty, empty
		for i := range 100 {
			a = a.Set(fmt.Sprint("k", i), float64(i%3))
			b = b.Set(fmt.Sprint("k", 99-i), 7)
		}
		for i := range 100 {
			b = b.Set(fmt.Sprint("k", i), float64(i%3)).Set(fmt.Sprint("other", i), 1)
		}
		for i := range 100 {
			b = b.Delete(fmt.Sprint("other", i))
		}
		assert.True(t, a.Equal(b))
		assert.Equal(t, hashOf(a), hashOf(b), "%T", h)
		assert.NotEqual(t, hashOf(a), hashOf(b.Set("k1", 8)), "%T", h)
		assert.NotEqual(t, hashOf(a), hashOf(b.Set("k1", b.Get("k2")).Set("k2", b.Get("k1"))), "%T: values go with their keys", h)
		assert.NotEqual(t, hashOf(a), hashOf(b.Delete("k1").Set("K2", 1)), "%T", h)
		assert.Equal(t, hashOf(a.Set("k0", 0)), hashOf(b.Set("k0", math.Copysign(0, -1))), "%T", h)
	}
	upper := hamt.NewSet[string](folded{}).Add("ASH", "elm")
	assert.True(t, upper.Equal(hamt.NewSet[string](folded{}).Add("ash", "ELM")))
	assert.Equal(t, hashOf(upper), hashOf(hamt.NewSet[string](folded{}).Add("ash", "ELM")))
}

// TestHashOfWhatIsNotEqualToItself: a version is Equal to itself, and has one hash, whatever it holds.
func TestHashOfWhatIsNotEqualToItself(t *testing.T) {
	nan := math.NaN()
	type point struct{ x, y float64 }
	keys := hamt.Map[float64, int]{}.Set(nan, 1).Set(nan, 2).Set(3, 3)
	assert.Equal(t, hashOf(keys), hashOf(keys))
	values := filled(nan)
	assert.Equal(t, hashOf(values), hashOf(values))
	points := filled(point{1, nan})
	assert.Equal(t, hashOf(points), hashOf(points))
	anything := filled[any](nan).Set("y", point{nan, 1}).Set("z", float32(nan)).Set("c", complex(nan, 1))
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
