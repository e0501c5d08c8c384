package ordered_test

import (
	"hash/maphash"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/ordered"
)

// fold is a Hasher for which keys are equal if they differ in case only.
type fold struct{}

func (fold) Hash(h *maphash.Hash, k string) { h.WriteString(strings.ToLower(k)) }
func (fold) Equal(a, b string) bool         { return strings.EqualFold(a, b) }

// sums is fold that is asked by Sum64.
type sums struct{ fold }

func (sums) Hash(*maphash.Hash, string) { panic("asked by Hash") }
func (sums) Sum64(seed maphash.Seed, k string) uint64 {
	return maphash.String(seed, strings.ToLower(k))
}

// bent is fold of an uncomparable type.
type bent struct {
	fold
	_ []int
}

// TestHasher: keys are what the Hasher says, in maps of each form, and keep their instance.
func TestHasher(t *testing.T) {
	for _, h := range []hamt.Hasher[string]{fold{}, sums{}, bent{}} {
		for _, n := range []int{2, 50} {
			m := ordered.NewMap[string, int](h)
			for i := range n {
				m = m.Set("key"+strings.Repeat("x", i), i)
			}
			m = m.Set("KEYX", 7).Set("NEW", 1).Set("new", 2)
			model{{"keyx", 7}, {"NEW", 2}}.is(t, m.Filter(func(k string, _ int) bool { return k == "keyx" || k == "NEW" }))
			assert.Equal(t, n+1, m.Len())
			assert.True(t, m.Delete("New").Len() == n)
			other := ordered.CollectMap(m.All()).Set("KEY", 9)
			united := m.Union(other)
			assert.Equal(t, n+1, united.Len())
			assert.Equal(t, 9, united.Get("key"))
			assert.True(t, ordered.Equal(m.Intersection(other), m))
			assert.Zero(t, m.Difference(other).Len())
			assert.True(t, ordered.Equal(m.Restrict(other.KeySet()), m))
			assert.True(t, m.KeySet().Contains("new"))
			assert.Equal(t, hashOf(m), hashOf(m.Delete("key").MoveToFront("keyx").Set("KEY", 0).MoveToFront("kEy")), "equal maps have equal hashes")
			assert.NotEqual(t, hashOf(m), hashOf(m.MoveToEnd("key")))
			first, _, _ := m.MoveToEnd("KEY").First()
			assert.Equal(t, "keyx", first)
			upper := ordered.NewMap[string, int](h)
			for k, v := range m.All() {
				upper = upper.Set(strings.ToUpper(k), v)
			}
			assert.True(t, m.Equal(upper) && ordered.EqualAnyOrder(m, upper) && ordered.EqualAnyOrder(m, upper.MoveToEnd("KEY")))
			assert.Empty(t, slices.Collect(ordered.Diff(m, upper)))
			assert.Equal(t, 1, m.Builder().Build().Filter(func(k string, _ int) bool { return k == "key" }).Len())
		}
	}
	assert.True(t, ordered.NewMap[string, int](nil) == omap{})
	assert.False(t, ordered.EqualAnyOrder(omap{}.Set("a", 1).Set("b", 1), ordered.NewMap[string, int](fold{}).Set("a", 1)))
	assert.False(t, ordered.EqualAnyOrder(ordered.NewMap[string, int](fold{}).Set("a", 1), omap{}.Set("a", 1).Set("b", 1)))
	assert.True(t, ordered.EqualAnyOrder(ordered.NewMap[string, int](fold{}).Set("a", 1), omap{}.Set("A", 2).Set("a", 1)), "as the first one sees it")
}

func hashOf[M interface{ Hash(*maphash.Hash) }](m M) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	m.Hash(&h)
	return h.Sum64()
}

var seed = maphash.MakeSeed()

// TestNaN is never found, and nothing of it is left when it is gone.
func TestNaN(t *testing.T) {
	nan := math.NaN()
	for _, n := range []int{3, 40} {
		var m ordered.Map[float64, int]
		for i := range n {
			m = m.Set(nan, i)
		}
		assert.Equal(t, n, m.Len())
		assert.False(t, m.Contains(nan))
		assert.True(t, m.Delete(nan) == m && m.MoveToEnd(nan) == m)
		assert.True(t, m.Equal(m))
		assert.Equal(t, hashOf(m), hashOf(m.Set(1, 1).Delete(1)))
		for m.Len() > 0 {
			require.NoError(t, m.Check())
			m, _, _, _ = m.DeleteFirst()
			m, _, _, _ = m.DeleteLast()
		}
	}
	zero := ordered.Map[float64, int]{}.Set(0, 1)
	assert.Equal(t, 1, zero.Get(math.Copysign(0, -1)))
}

// TestUncomparableKeys panic in every method, on an empty map too, and change nothing.
func TestUncomparableKeys(t *testing.T) {
	type holding struct {
		f float64
		x any
	}
	for _, k := range []any{[]int{1}, holding{1, []int{1}}, holding{math.NaN(), []int{1}}} {
		for _, n := range []int{0, 2, 40} {
			var m ordered.Map[any, int]
			for i := range n {
				m = m.Set(i, i)
			}
			b := m.Builder()
			for name, do := range map[string]func(){
				"Get": func() { m.Get(k) }, "Lookup": func() { m.Lookup(k) }, "Contains": func() { m.Contains(k) }, "Set": func() { m.Set(k, 1) },
				"Delete": func() { m.Delete(k) }, "Index": func() { m.Index(k) }, "MoveToEnd": func() { m.MoveToEnd(k) },
				"MapBuilder.Set": func() { b.Set(k, 1) }, "MapBuilder.Get": func() { b.Get(k) }, "MapBuilder.Delete": func() { b.Delete(k) },
			} {
				assert.Panics(t, do, "%s of %d", name, n)
			}
			assert.True(t, b.Build() == m, "%d", n)
		}
	}
}

// A liar is a Hasher that answers at random.
type liar struct{ n *uint64 }

func (l liar) next() uint64 {
	*l.n = *l.n*6364136223846793005 + 1442695040888963407
	return *l.n >> 33
}
func (l liar) Sum64(maphash.Seed, string) uint64 { return l.next() % 64 }
func (l liar) Hash(h *maphash.Hash, _ string)    { h.WriteByte(byte(l.next())) }
func (l liar) Equal(a, b string) bool            { return l.next()%2 == 0 }

// TestLyingHasher: nothing panics, and Len is what iteration yields.
func TestLyingHasher(t *testing.T) {
	n := uint64(1)
	m := ordered.NewMap[string, int](liar{&n})
	old := m
	b := m.Builder()
	for i := range 3000 {
		k := string(rune('a' + i%60))
		switch i % 11 {
		case 0, 1, 2, 3:
			m = m.Set(k, i)
			b.Set(k, i)
		case 4:
			m = m.Delete(k)
			b.Delete(k)
		case 5:
			m = m.MoveToEnd(k)
			b.MoveToFront(k)
		case 6:
			m, _, _, _ = m.DeleteFirst()
		case 7:
			m = m.Union(old)
		case 8:
			m.Intersection(old)
			m.Difference(old)
			m.Equal(old)
		case 9:
			old = m
			m.Get(k)
			m.Index(k)
			b.Take(k)
		default:
			ordered.MergeFunc(old, m, b.Build(), func(a, b int) bool { return a == b }, nil)
			m.Restrict(b.Build().KeySet())
		}
		for _, x := range []ordered.Map[string, int]{m, old, b.Build()} {
			require.Equal(t, x.Len(), len(slices.Collect(x.Values())))
		}
	}
}
