package hamt_test

import (
	"fmt"
	"hash/maphash"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/hamt"
)

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

// key is what a ContentHasher is for.
type key[K any] interface {
	comparable
	Equal(K) bool
	Hash(*maphash.Hash)
}

// byContents is the ContentHasher of K for keys that are held as any, so that one kind of map does for every K.
type byContents[K key[K]] struct{ hasher hamt.ContentHasher[K] }

func (b byContents[K]) Hash(h *maphash.Hash, k any) { b.hasher.Hash(h, k.(K)) }
func (b byContents[K]) Equal(k, o any) bool         { return b.hasher.Equal(k.(K), o.(K)) }

// findsByContents fails unless a map finds what was stored under one with same, and nothing with other.
func findsByContents[K key[K]](t *testing.T, one, same, other K) {
	t.Helper()
	assert.False(t, one == same, "%T", one)
	assert.False(t, hamt.Map[any, int]{}.Set(one, 1).Contains(same), "%T: by default a key by identity", one)

	empty := hamt.NewMap[any, int](byContents[K]{})
	m := empty.Set(one, 1).Set(same, 2)
	assert.Equal(t, 1, m.Len(), "%T", one)
	assert.Equal(t, 2, m.Get(same), "%T", one)
	assert.True(t, m.Contains(one) && !m.Contains(other), "%T", one)
	s := hamt.NewSet[any](byContents[K]{}).Add(one, other)
	assert.True(t, s.Contains(same) && s.Add(same) == s && s.Delete(same).Len() == 1, "%T", one)
	assert.True(t, m.Equal(empty.Set(same, 2)), "%T: one hasher", one)
	assert.NotEqual(t, hashOf(one), hashOf(other), "%T: could be equal once in 2⁶⁴ runs", one)
}

// The other kinds of keys are in content_kinds_test.go.
func TestContentHasher(t *testing.T) {
	findsByContents(t, hamt.SetOf(1, 2), hamt.SetOf(2, 1), hamt.SetOf(1, 3))
	findsByContents(t, version{"1.27", "a"}, version{"1.27", "b"}, version{"1.28", "a"})
}

// folded takes words for equal that differ in case.
type folded struct{}

func (folded) Hash(h *maphash.Hash, key string) { h.WriteString(strings.ToLower(key)) }
func (folded) Equal(a, b string) bool           { return strings.EqualFold(a, b) }

// TestHashIsThatOfTheContents: equal maps with one hasher are written alike, whatever their history.
func TestHashIsThatOfTheContents(t *testing.T) {
	for _, h := range []hamt.Hasher[string]{nil, folded{}} {
		empty := hamt.NewMap[string, int](h)
		a, b := empty, empty
		for i := range 100 {
			a = a.Set(fmt.Sprint("k", i), i%3)
			b = b.Set(fmt.Sprint("k", 99-i), 7)
		}
		for i := range 100 {
			b = b.Set(fmt.Sprint("k", i), i%3).Set(fmt.Sprint("other", i), 1)
		}
		for i := range 100 {
			b = b.Delete(fmt.Sprint("other", i))
		}
		assert.True(t, a.Equal(b))
		assert.Equal(t, hashOf(a), hashOf(b), "%T", h)
		assert.NotEqual(t, hashOf(a), hashOf(b.Set("k1", 8)), "%T", h)
		assert.NotEqual(t, hashOf(a), hashOf(b.Set("k1", b.Get("k2")).Set("k2", b.Get("k1"))), "%T: values go with their keys", h)
		assert.NotEqual(t, hashOf(a), hashOf(b.Delete("k1").Set("K2", 1)), "%T", h)
	}
	upper := hamt.NewSet[string](folded{}).Add("ASH", "elm")
	assert.True(t, upper.Equal(hamt.NewSet[string](folded{}).Add("ash", "ELM")))
	assert.Equal(t, hashOf(upper), hashOf(hamt.NewSet[string](folded{}).Add("ash", "ELM")))
}
