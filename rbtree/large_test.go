package rbtree_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/rbtree"
)

// TestEntriesOfAllSizes: the room of leaves, and where values begin, depend on the sizes of keys
// and values. The other sizes are in kinds_test.go.
func TestEntriesOfSomeSizes(t *testing.T) {
	sizedKeys(t, func(i int) int8 { return int8(i - 128) }, func(i int) bool { return i%2 == 0 }, cmp.Compare)
	sizedKeys(t, text, func(i int) struct{} { return struct{}{} }, cmp.Compare)
	sizedKeys(t, text, func(i int) [40]int { return [40]int{i, 39: i} }, cmp.Compare)
}

func text(i int) string { return string(rune('a' + i)) }

func sizedKeys[K, V comparable](t *testing.T, key func(i int) K, value func(i int) V, compare func(a, b K) int) {
	const n = 200
	m := rbtree.NewMapFunc[K, V](compare)
	b := m.Builder()
	for _, i := range rand.New(rand.NewPCG(2, 3)).Perm(n) {
		m = m.Set(key(i), value(i+1))
		m = m.Set(key(i), value(i))
		b.Set(key(i), value(i))
	}
	require.NoError(t, check(m))
	require.NoError(t, rbtree.CheckBuilder(b))
	require.True(t, rbtree.Equal(m, b.Build()), "%T %T", *new(K), *new(V))
	i := 0
	for k, v := range m.All() {
		require.Equal(t, key(i), k)
		require.Equal(t, value(i), v)
		i++
	}
	require.Equal(t, n, i)
	low, _, _, high := m.Split(key(n / 2))
	require.NoError(t, check(low.Join(high)))
	require.Equal(t, n, low.Union(high).Union(m).Len())
	for i := range n / 2 {
		m = m.Delete(key(2 * i))
	}
	require.NoError(t, check(m))
	require.Equal(t, n/2, m.Len())
	require.Equal(t, n, m.Union(b.Build()).Len())
}

// TestSetsAreMapsWithoutValues asks sets what maps are asked elsewhere.
func TestSetsAreMapsWithoutValues(t *testing.T) {
	var keys []int
	for i := range 3*rbtree.LeafMost + 2 {
		keys = append(keys, 2*i+1)
	}
	s := rbtree.SetOf(keys...)
	m := rbtree.CollectMap(testkit.Zip(keys, keys))
	for k := -1; k < 2*len(keys)+2; k++ {
		same := func(v int, ok bool, k, _ int, found bool) {
			t.Helper()
			assert.Equal(t, []any{k, found}, []any{v, ok})
		}
		v, ok := s.Floor(k)
		w, _, found := m.Floor(k)
		same(v, ok, w, 0, found)
		v, ok = s.Ceiling(k)
		w, _, found = m.Ceiling(k)
		same(v, ok, w, 0, found)
		v, ok = s.Rank(k)
		w, found = m.Rank(k)
		same(v, ok, w, 0, found)
		below, ok, above := s.Split(k)
		l, _, found, r := m.Split(k)
		assert.True(t, ok == found && below.Len() == l.Len() && above.Len() == r.Len())
		assert.Equal(t, below.Len()+above.Len(), below.Join(above).Len())
		for _, span := range []struct {
			s rbtree.SetSpan[int]
			m rbtree.Span[int, int]
		}{
			{s.From(k), m.From(k)}, {s.Above(k), m.Above(k)}, {s.To(k), m.To(k)}, {s.Below(k), m.Below(k)},
			{s.From(3).To(k), m.From(3).To(k)}, {s.Above(k).Below(9), m.Above(k).Below(9)}, {s.To(9).From(k).Above(k), m.To(9).From(k).Above(k)},
		} {
			assert.Equal(t, slices.Collect(span.m.Keys()), slices.Collect(span.s.All()))
			v, ok := span.s.Min()
			w, _, found := span.m.Min()
			same(v, ok, w, 0, found)
			v, ok = span.s.Max()
			w, _, found = span.m.Max()
			same(v, ok, w, 0, found)
		}
	}
	least, ok := s.Min()
	greatest, _ := s.Max()
	assert.True(t, ok && least == keys[0] && greatest == keys[len(keys)-1])
	_, ok = rbtree.Set[int]{}.Min()
	_, found := rbtree.Set[int]{}.Max()
	assert.False(t, ok || found)
	_, _, ok = rbtree.Map[int, int]{}.Max()
	assert.False(t, ok)
	k, _, ok := m.Max()
	assert.True(t, ok && k == greatest)
}
