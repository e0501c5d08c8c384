package testkit_test

import (
	"fmt"
	"go/parser"
	"hash/maphash"
	"math/bits"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/testkit"
)

// sum returns the hash of k, as a trie sees it.
func sum(h testkit.Hasher[int], k int) uint64 {
	return testkit.HashOf(h.(testkit.Summer[int]).Sum64(maphash.MakeSeed(), k))
}

// differing returns the bits in which the hashes of some keys differ, and how many
// hashes there are.
func differing(h testkit.Hasher[int]) (differ uint64, distinct int) {
	seen := map[uint64]bool{}
	for k := range 2000 {
		differ |= sum(h, k) ^ sum(h, 0)
		seen[sum(h, k)] = true
	}
	return differ, len(seen)
}

func TestMasks(t *testing.T) {
	for _, c := range []struct {
		h        testkit.Mask[int]
		differ   uint64
		distinct int
	}{
		{testkit.Mask[int]{Keep: ^uint64(0)}, ^uint64(0), 2000},
		{testkit.Constant[int](), 0, 1},
		{testkit.LowEqual[int](32), (1<<32 - 1) << 32, 2000},
		{testkit.TopEqual[int](32), 1<<32 - 1, 2000},
		{testkit.TopEqual[int](60), 15, 16},
		{testkit.LastBits[int](3), 7, 8},
		{testkit.Mask[int]{Ones: 1<<40 - 1}, 0, 1},
	} {
		differ, distinct := differing(c.h)
		assert.Equal(t, c.differ, differ, "%#v: %064b", c.h, differ)
		assert.Equal(t, c.distinct, distinct, "%#v", c.h)
	}
	assert.Equal(t, ^uint64(0), sum(testkit.Mask[int]{Ones: ^uint64(0)}, 5))
}

func TestHashersAreHashers(t *testing.T) {
	names := map[string]bool{}
	for _, h := range testkit.Hashers[int]() {
		assert.False(t, names[h.Name], "%s twice", h.Name)
		names[h.Name] = true
		_, err := parser.ParseExpr(fmt.Sprintf("%#v", h))
		assert.NoError(t, err, "%#v", h)
		if h.Hasher == nil {
			continue
		}
		assert.True(t, h.Hasher == h.Hasher, "comparable")
		assert.True(t, h.Hasher.Equal(3, 3))
		assert.False(t, h.Hasher.Equal(3, 4))
		var a, b maphash.Hash
		b.SetSeed(a.Seed())
		h.Hasher.Hash(&a, 3)
		h.Hasher.Hash(&b, 3)
		assert.Equal(t, a.Sum64(), b.Sum64())
		assert.NotEqual(t, new(maphash.Hash).Sum64(), a.Sum64(), "something is written")
		_, sums := h.Hasher.(testkit.Summer[int])
		_, only := h.Hasher.(testkit.HashOnly[int])
		assert.NotEqual(t, only, sums, h.Name)
	}
	for _, h := range testkit.Liars[string]() {
		assert.True(t, h.Hasher == h.Hasher, "comparable")
		assert.NotPanics(t, func() { h.Hasher.Equal("a", "b"); h.Hasher.Hash(new(maphash.Hash), "a") })
	}
}

func TestFewHashesWhateverWasHashedBefore(t *testing.T) {
	h := testkit.Few[int]{N: 4}
	sums := make([]uint64, 100)
	distinct := map[uint64]bool{}
	for k := range sums {
		sums[k] = sum(h, k)
		distinct[sums[k]] = true
	}
	assert.Len(t, distinct, 4)
	for k := range slices.Backward(sums) {
		assert.Equal(t, sums[k], sum(h, k))
	}
}

func TestKeysOfAllTypesAreSpread(t *testing.T) {
	spread := func(n int, sum func(i int) uint64) {
		var ones int
		seen := map[uint64]bool{}
		for i := range n {
			h := sum(i)
			ones += bits.OnesCount64(h)
			seen[h] = true
		}
		assert.Len(t, seen, n)
		assert.InDelta(t, 32, float64(ones)/float64(n), 2)
	}
	var s maphash.Seed
	spread(200, func(i int) uint64 { return testkit.Mask[uint8]{Keep: ^uint64(0)}.Sum64(s, uint8(i)) })
	spread(200, func(i int) uint64 { return testkit.Mask[int64]{Keep: ^uint64(0)}.Sum64(s, int64(i)) })
	spread(200, func(i int) uint64 { return testkit.Mask[uint64]{Keep: ^uint64(0)}.Sum64(s, uint64(i)) })
	spread(200, func(i int) uint64 { return testkit.Mask[string]{Keep: ^uint64(0)}.Sum64(s, fmt.Sprint(i)) })
	spread(200, func(i int) uint64 { return testkit.Mask[[2]int]{Keep: ^uint64(0)}.Sum64(s, [2]int{i, i}) })
}

func TestLiarsLie(t *testing.T) {
	liars := map[string]testkit.Hasher[int]{}
	for _, h := range testkit.Liars[int]() {
		liars[h.Name] = h.Hasher
	}
	assert.NotEqual(t, sum(liars["random hash"], 1), sum(liars["random hash"], 1))
	assert.False(t, liars["never equal"].Equal(1, 1))
	assert.True(t, liars["constant, all equal"].Equal(1, 2))
	asymmetric := 0
	for k := range 100 {
		if l := liars["asymmetric equal"]; l.Equal(k, k+1) != l.Equal(k+1, k) {
			asymmetric++
		}
	}
	assert.Greater(t, asymmetric, 90)
}

func TestCounting(t *testing.T) {
	c := &testkit.Counting[int]{Summer: testkit.Constant[int]()}
	c.Equal(1, 2)
	c.Sum64(maphash.MakeSeed(), 1)
	c.Hash(new(maphash.Hash), 1)
	assert.EqualValues(t, 2, c.Hashes.Load())
	assert.EqualValues(t, 1, c.Equals.Load())
	c.Reset()
	assert.Zero(t, c.Hashes.Load()+c.Equals.Load())
}

func TestFaults(t *testing.T) {
	var f testkit.Faults
	h := &testkit.Faulty[int]{Summer: testkit.Constant[int](), Faults: &f}
	calls := 0
	work := func() {
		for range 3 {
			calls++
			h.Equal(1, 1)
		}
	}
	for k := 1; k <= 3; k++ {
		calls = 0
		assert.True(t, f.Attempt(k, work))
		assert.Equal(t, k, calls)
	}
	calls = 0
	assert.False(t, f.Attempt(4, work))
	assert.Equal(t, 3, calls)
	assert.NotPanics(t, work, "nothing stays armed")
	assert.True(t, f.Attempt(1, func() { sum(h, 1) }))
	assert.True(t, f.Attempt(1, func() { h.Hash(new(maphash.Hash), 1) }))
	assert.PanicsWithValue(t, "another", func() { f.Attempt(1, func() { panic("another") }) })

	seq := testkit.Ticking(&f, testkit.Zip([]int{1, 2}, []int{3, 4}))
	for k, want := range []int{1: 0, 2: 1, 3: 2} {
		n := 0
		faulted := f.Attempt(k, func() {
			for range seq {
				n++
			}
		})
		require.Equal(t, k > 0, faulted)
		if k > 0 {
			assert.Equal(t, want, n)
		}
	}
}
