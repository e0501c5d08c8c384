package history_test

import (
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/history"
)

// nowOf returns the values of the branches of h, the newest first.
func nowOf(h ints) (vs []int) {
	for b := range h.Branches() {
		vs = append(vs, b.Now())
	}
	return vs
}

// TestOneSpot: Undo and Do in turn, as when something is dragged. A limit of undo steps bounds the branches as well, and
// what they held is released.
func TestOneSpot(t *testing.T) {
	for _, limit := range []int{1, 2, 10, 100} {
		var l litter
		h := history.New(l.one()).Limit(limit).Branching(true)
		for range 3 * limit {
			h = h.Do(l.one())
		}
		for range 2000 {
			h, _ = h.Undo()
			h = h.Do(l.one())
			require.NoError(t, history.Check(h))
		}
		assert.Len(t, slices.Collect(h.Branches()), limit)
		assert.Equal(t, 1+limit+limit, l.living(), "now, the past and the branches, limit %d", limit)
		runtime.KeepAlive(h)
	}
}

// TestTheNewestBranchesStay, wherever they hang.
func TestTheNewestBranchesStay(t *testing.T) {
	h := history.New(0).Branching(true)
	for i := range 100 {
		h = h.Do(i)
		h, _ = h.Undo()
	}
	h = h.Do(100)
	assert.Equal(t, []int{99, 98, 97}, nowOf(h.Limit(3)))
	assert.Equal(t, []int{99, 98, 97}, nowOf(h.Limit(3).Limit(5)), "what is gone is gone")

	// The branch that is made last has all others within.
	h, _ = h.Do(101).Jump(-2)
	h = h.Limit(4)
	h, _ = h.Do(1).Undo()
	h = h.Do(2)
	assert.Equal(t, []int{1, 100, 99, 98}, nowOf(h), "100 was left when 1 was done")
	h, _ = history.New(0).Branching(true).Limit(3).Do(1).Do(2).Undo()
	for i := range 5 {
		h, _ = h.Do(10 + i).Undo()
	}
	assert.Equal(t, []int{13, 12, 11}, nowOf(h))
	h, _ = h.Undo()
	h = h.Do(7)
	require.Equal(t, []int{1}, nowOf(h))
	for b := range h.Branches() {
		assert.Equal(t, []int{13, 12}, nowOf(b), "the branch, and the two newest within it")
		assert.Equal(t, []int{14}, slices.Collect(b.Future()))
		b = b.Do(8)
		assert.Equal(t, []int{14, 13, 12}, nowOf(b))
		b, _ = b.Undo()
		assert.Equal(t, []int{8, 14, 13}, nowOf(b.Do(3)))
	}
}

// TestBranchesWithinBranches go as deep as the history is long: under a limit as well, there are no more than that, and
// to drop them takes no recursion.
func TestBranchesWithinBranches(t *testing.T) {
	const n = 50_000
	h := history.New(0).Branching(true)
	for i := range n {
		h = h.Do(i)
	}
	for range n - 1 {
		h, _ = h.Jump(-2)
		h = h.Do(-1)
	}
	require.NoError(t, history.Check(h))
	depth := 0
	for b, ok := h, true; ok; depth++ {
		ok = false
		for b = range b.Branches() {
			ok = true
			break
		}
	}
	require.Equal(t, n, depth, "nested in one another")
	h = h.Limit(n - 5)
	require.NoError(t, history.Check(h))
	assert.Len(t, nowOf(h), 1)

	// Two spots, of which the second one's branches go into those of the first again and again.
	h = history.New(0).Branching(true).Limit(20)
	for range 20 {
		h = h.Do(1)
		for range 20 {
			h, _ = h.Do(2).Undo()
		}
		h, _ = h.Undo()
		require.NoError(t, history.Check(h), "no more than 20 branches in all")
	}
}
