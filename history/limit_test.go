package history_test

import (
	"encoding/json"
	"math"
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/history"
)

func itself(n int) int { return n }

// TestLimitOfSize: what model_test.go does not come to.
func TestLimitOfSize(t *testing.T) {
	h := history.New(1).LimitFunc(itself, 10).Do(2).Do(3).Do(4).Do(5)
	assert.Equal(t, []int{4, 3, 2, 1}, slices.Collect(h.Past()), "10 in sum; what is now does not count")
	h = h.Do(6)
	assert.Equal(t, []int{5, 4}, slices.Collect(h.Past()))
	h, _ = h.Undo()
	h = h.Replace(100)
	assert.Equal(t, []int{4}, slices.Collect(h.Past()))
	assert.Zero(t, h.Do(7).UndoLen(), "a value over the total is never undone to")
	h, ok := h.Redo()
	require.True(t, ok)
	assert.Zero(t, h.UndoLen(), "nor after a Redo")
	h = h.Do(8).Do(1)
	assert.Equal(t, 1, h.UndoLen(), "8, and no more 6 before it")
	assert.Equal(t, 3, h.LimitFunc(nil, 0).Do(50).Do(60).UndoLen(), "no limit any more")

	most := history.New(math.MaxInt).LimitFunc(itself, math.MaxInt)
	for range 10 {
		most = most.Do(math.MaxInt)
		require.NoError(t, history.Check(most), "sums do not overflow")
	}
}

// TestLimitOfSizeOfOneSpot: what is dragged with branching on leaves branches of no more than the total.
func TestLimitOfSizeOfOneSpot(t *testing.T) {
	for _, total := range []int{1, 10, 100} {
		var l litter
		h := history.New(l.one()).LimitFunc(func(*heavy) int { return 1 }, total).Branching(true)
		for range 3 * total {
			h = h.Do(l.one())
		}
		for range 500 {
			h, _ = h.Undo()
			h = h.Do(l.one())
			require.NoError(t, history.Check(h))
		}
		assert.Len(t, slices.Collect(h.Branches()), total)
		assert.Equal(t, 1+total+total, l.living(), "now, the past and the branches")
		runtime.KeepAlive(h)
	}
}

func TestLimitFuncRefuses(t *testing.T) {
	h := history.New(1)
	assert.PanicsWithValue(t, "history: negative limit -1 of sizes", func() { h.LimitFunc(itself, -1) })
	assert.PanicsWithValue(t, "history: LimitFunc without a function", func() { h.LimitFunc(nil, 1) })
	assert.NotPanics(t, func() { h.LimitFunc(nil, 0) })

	h = history.New(-5).LimitFunc(itself, 1)
	assert.PanicsWithValue(t, "history: negative size -5 of a value", func() { h.Do(2) })

	// A function that changes its mind.
	size := 1
	h = history.New(1).LimitFunc(func(int) int { return size }, 10).Do(2).Do(3)
	const twoSizes = "history: a value was of two sizes: the function of LimitFunc must depend on nothing else"
	size = 2
	assert.PanicsWithValue(t, twoSizes, func() { h.Jump(-2) })
	size = 0
	assert.PanicsWithValue(t, twoSizes, func() { h.Jump(-2) })
	size = 1
	back, ok := h.Jump(-2)
	assert.True(t, ok && back.Now() == 1, "h is as it was")
}

// TestLimitOfSizeIsKept by what decodes, and is nothing to Equal.
func TestLimitOfSizeIsKept(t *testing.T) {
	h := history.New(1).Branching(true).Do(2).Do(3).Do(4)
	h, _ = h.Jump(-2)
	h = h.Do(5).Do(6)
	data, err := json.Marshal(h)
	require.NoError(t, err)

	into := history.New(0).LimitFunc(itself, 8)
	require.NoError(t, json.Unmarshal(data, &into))
	require.NoError(t, history.Check(into))
	assert.Equal(t, []int{5, 2, 1}, slices.Collect(into.Past()))
	assert.Equal(t, []int{3}, nowOf(into), "with 4 to redo: 7 in sum")
	assert.True(t, into.Equal(h), "the limits are not compared")

	into = history.New(0).LimitFunc(itself, 6)
	require.NoError(t, json.Unmarshal(data, &into))
	assert.Equal(t, []int{5}, slices.Collect(into.Past()))
	assert.Empty(t, nowOf(into), "hung off a step that was dropped")

	again, err := json.Marshal(into)
	require.NoError(t, err)
	assert.JSONEq(t, `{"past": [5], "now": 6, "branching": true}`, string(again))
}
