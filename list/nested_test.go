package list_test

import (
	"hash/maphash"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/list"
)

// goesByContents fails unless lists and queues take one and same, which are different versions of equal contents,
// for equal, and other for another element.
func goesByContents[T comparable](t *testing.T, one, same, other T) {
	t.Helper()
	require.False(t, one == same, "%T: the versions are to differ", one)
	for _, with := range []struct {
		equal bool
		x     T
	}{{true, same}, {false, other}} {
		a, b := list.Of(one, one, other), list.Of(with.x, with.x, other)
		assert.Equal(t, with.equal, list.Equal(a, b), "%T", one)
		assert.Equal(t, with.equal, a.Equal(b), "%T", one)
		p, q := list.QueueOf(one, one, other), list.QueueOf(with.x).Push(with.x).Push(other)
		assert.Equal(t, with.equal, list.EqualQueues(p, q), "%T", one)
		assert.Equal(t, with.equal, p.Equal(q), "%T", one)
	}
}

func TestCollectionsAsElementsGoByContents(t *testing.T) {
	one, same, other := list.Of(1, 2), list.Of(1, 2), list.Of(2, 1)
	goesByContents(t, one, same, other)
	goesByContents(t, list.QueueOf(1, 2), list.QueueOf(1).Push(2), list.QueueOf(2))
	goesByContents[any](t, one, same, other)
	goesByContents[any](t, list.Of[any](one), list.Of[any](same), list.Of[any](other))
}

func TestEqualMethodNeverPanics(t *testing.T) {
	l, q := list.Of[any]([]int{}, func() {}), list.QueueOf[any]([]int{}, func() {})
	assert.False(t, l.Equal(list.Of[any]([]int{}, func() {})) || q.Equal(list.QueueOf[any]([]int{}, func() {})))
	assert.True(t, l.Equal(l) && q.Equal(q))
	assert.True(t, l.Push(1).Equal(l.Push(1)) && q.Push(1).Equal(q.Push(1)), "what is shared is equal without looking")
	assert.False(t, l.Push(1).Equal(l.Push(2)) || q.Push(1).Equal(q.Push(2)))
	assert.False(t, list.Of([]int{}).Equal(list.Of([]int{})) || list.QueueOf([]int{}).Equal(list.QueueOf([]int{})))
	assert.False(t, list.Of(math.NaN()).Equal(list.Of(math.NaN())))
	assert.True(t, list.Of(1, 2).Equal(list.Of(1, 2)) && list.QueueOf("a").Equal(list.QueueOf("a")))
	assert.False(t, list.Of(1, 2).Equal(list.Of(1)) || list.Of(1).Equal(list.Of(2)) || ints{}.Equal(list.Of(0)))
	assert.True(t, ints{}.Equal(ints{}) && queue{}.Equal(queue{}))
}

// hashOf returns the hash that a collection writes, under one seed.
func hashOf(c interface{ Hash(*maphash.Hash) }) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	c.Hash(&h)
	return h.Sum64()
}

var seed = maphash.MakeSeed()

// TestHashIsThatOfTheContents looks at queues in every state between two rotations.
func TestHashIsThatOfTheContents(t *testing.T) {
	hashes := map[uint64]int{}
	var q queue
	for n := range 100 {
		want := hashOf(list.QueueOf(upTo(n)...))
		assert.Equal(t, want, hashOf(q), "%d", n)
		assert.Equal(t, want, hashOf(list.Of(upTo(n)...)), "%d", n)
		assert.Equal(t, hashOf(list.QueueOf(upTo(n)...).Rest()), hashOf(q.Rest()), "%d", n)
		hashes[want]++
		hashes[hashOf(list.Of(upTo(n+2)...).Reverse())]++
		q = q.Push(n)
	}
	assert.Len(t, hashes, 200)
	assert.NotEqual(t, hashOf(list.Of("a", "b")), hashOf(list.Of("ab", "")))
	assert.NotEqual(t, hashOf(list.Of(list.Of(1), list.Of(2))), hashOf(list.Of(list.Of(1, 2), ints{})))
	type id int
	assert.Equal(t, hashOf(list.Of(id(1))), hashOf(list.Of(id(1))))
	assert.NotEqual(t, hashOf(list.Of(id(1))), hashOf(list.Of(id(2))))
	assert.NotEqual(t, hashOf(list.Of[any](1)), hashOf(list.Of[any](int8(1))))
	assert.NotEqual(t, hashOf(list.Of[any](ints{})), hashOf(list.Of[any](queue{})))
}
