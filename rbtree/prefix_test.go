package rbtree_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/rbtree"
)

// prefixKeys are strings of the bytes 0, a and 0xff.
func prefixKeys(rnd *rand.Rand, n int) (keys []string) {
	for range n {
		key := make([]byte, rnd.IntN(7))
		for i := range key {
			key[i] = "\x00a\xff"[rnd.IntN(3)]
		}
		keys = append(keys, string(key))
	}
	return keys
}

func TestPrefix(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{0, 1, 5, 40, 400, 2000} {
		var m rbtree.Map[string, int]
		for i, k := range prefixKeys(rnd, n) {
			m = m.Set(k, i)
		}
		for _, p := range append(prefixKeys(rnd, 300), "", "\xff", "\xff\xff", "a\xff\xff", "\x00", "b", "aaaaaaaaaa") {
			var want, got []string
			longest, any := "", false
			for k := range m.All() {
				if strings.HasPrefix(k, p) {
					want = append(want, k)
				}
				if strings.HasPrefix(p, k) {
					longest, any = k, true // the last one is the longest
				}
			}
			s := rbtree.Prefix(m, p)
			for k, v := range s.All() {
				got = append(got, k)
				require.Equal(t, m.Get(k), v)
			}
			require.Equal(t, want, got, "%q", p)
			require.Equal(t, len(want), s.Len())

			key, v, ok := rbtree.LongestPrefix(m, p)
			require.Equal(t, any, ok, "%q", p)
			require.Equal(t, longest, key, "%q", p)
			require.Equal(t, m.Get(longest), v)
		}
	}
}

// TestPrefixUnderAComparator panics: it does not know where the keys are.
func TestPrefixUnderAComparator(t *testing.T) {
	m := rbtree.NewMapFunc[string, int](func(a, b string) int { return len(a) - len(b) })
	for _, m := range []rbtree.Map[string, int]{m, m.Set("a", 1)} {
		assert.PanicsWithValue(t, "rbtree: Prefix of a map with a comparator: keys with a prefix need not lie together", func() { rbtree.Prefix(m, "a") })
		assert.PanicsWithValue(t, "rbtree: LongestPrefix of a map with a comparator: keys with a prefix need not lie together",
			func() { rbtree.LongestPrefix(m, "a") })
	}
}

// TestLongestPrefixAtWorst looks for each prefix.
func TestLongestPrefixAtWorst(t *testing.T) {
	var m rbtree.Map[string, int]
	long := strings.Repeat("b", 500)
	for i := range long {
		m = m.Set(long[:i]+"a", i)
	}
	_, _, ok := rbtree.LongestPrefix(m, long)
	assert.False(t, ok)
	key, v, ok := rbtree.LongestPrefix(m.Set("", 7), long)
	assert.True(t, key == "" && v == 7 && ok)
	assert.Zero(t, testing.AllocsPerRun(10, func() { rbtree.LongestPrefix(m, long) }))
}
