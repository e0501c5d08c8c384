package history_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/history"
)

// TestReplaceKeepsEverythingElse: past, future and branches, whatever there is of them.
func TestReplaceKeepsEverythingElse(t *testing.T) {
	for _, branching := range []bool{false, true} {
		for _, limit := range []int{0, 3, 100} {
			h := history.New(0).Limit(limit).Branching(branching)
			for i := range 80 {
				h = h.Do(i + 1)
				if i%7 == 0 {
					h, _ = h.Undo()
				}
			}
			h, _ = h.Jump(-min(2, h.UndoLen()))
			before := h
			got := h.Replace(1000)
			require.NoError(t, history.Check(got))
			assert.Equal(t, 1000, got.Now())
			assert.Equal(t, slices.Collect(h.Past()), slices.Collect(got.Past()))
			assert.Equal(t, slices.Collect(h.Future()), slices.Collect(got.Future()))
			branches, replaced := slices.Collect(h.Branches()), slices.Collect(got.Branches())
			require.Len(t, replaced, len(branches))
			for i := range branches {
				assert.Equal(t, branches[i].Now(), replaced[i].Now())
				assert.Equal(t, slices.Collect(branches[i].Future()), slices.Collect(replaced[i].Future()))
			}
			assert.True(t, h == before && h.Now() != 1000, "h is as it was")
			back, ok := got.Undo()
			require.True(t, ok)
			there, _ := back.Redo()
			assert.Equal(t, 1000, there.Now(), "what was replaced is not come back to")
		}
	}
}

// TestADragLeavesOneStep, and with branching no branch for each move.
func TestADragLeavesOneStep(t *testing.T) {
	h := history.New(0).Branching(true).Do(1).Do(2)
	h, _ = h.Undo()
	h = h.Do(100)
	for i := range 600 {
		h = h.Replace(101 + i)
	}
	assert.Equal(t, 2, h.UndoLen())
	assert.Len(t, slices.Collect(h.Branches()), 1)
	assert.Equal(t, 700, h.Now())
}

func TestSameNow(t *testing.T) {
	var zero history.History[[]int]
	assert.True(t, zero.SameNow(history.History[[]int]{}))
	assert.False(t, zero.SameNow(history.New[[]int](nil)))
	h := history.New(1).Do(2).Do(3)
	saved := h
	assert.True(t, h.SameNow(saved))
	h, _ = h.Undo()
	assert.False(t, h.SameNow(saved))
	h, _ = h.Redo()
	assert.True(t, h.SameNow(saved))
	assert.True(t, h.Limit(1).SameNow(saved))
	assert.False(t, h.Replace(3).SameNow(saved))
	assert.False(t, saved.SameNow(h.Do(3)))
	deep := h.Branching(true)
	for i := range 100 {
		deep = deep.Do(i)
	}
	deep, _ = deep.Jump(-100)
	assert.True(t, deep.SameNow(saved), "after a hundred steps and back")
}
