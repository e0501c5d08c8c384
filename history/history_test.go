package history_test

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"testing"
	"weak"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/history"
	"github.com/ramet-go/ramet/internal/invariants"
)

func TestZeroValue(t *testing.T) {
	var h history.History[string]
	assert.Equal(t, "", h.Now())
	for _, move := range []func() (history.History[string], bool){h.Undo, h.Redo} {
		same, ok := move()
		assert.True(t, same == h && !ok)
	}
	h = h.Do("a").Do("b")
	assert.Equal(t, []string{"a", ""}, slices.Collect(h.Past()))
	h, ok := h.Jump(-2)
	assert.True(t, ok)
	assert.Equal(t, "", h.Now())
	assert.Equal(t, []string{"a", "b"}, slices.Collect(h.Future()))
	h = h.Branching(true).Do("c")
	for b := range h.Branches() {
		assert.Equal(t, []string{""}, slices.Collect(b.Past()))
	}
	assert.Len(t, slices.Collect(h.Branches()), 1, "off the zero value")
}

// TestNoOps return the receiver, and allocate nothing.
func TestNoOps(t *testing.T) {
	for _, h := range []ints{{}, history.New(1), history.New(1).Do(2).Do(3).Limit(2), history.New(1).Branching(true).Do(2)} {
		limit := 0
		if h.UndoLen() == 2 {
			limit = 2
		}
		on := h.Branching(true) == h
		do := func() {
			same, _ := h.Jump(0)
			same2, ok := h.Jump(h.RedoLen() + 1)
			same3, ok3 := h.Jump(-h.UndoLen() - 1)
			same4, ok4 := h.Jump(math.MinInt)
			same5, ok5 := h.Jump(math.MaxInt)
			if same != h || same2 != h || same3 != h || same4 != h || same5 != h || ok || ok3 || ok4 || ok5 ||
				h.Limit(limit) != h || h.Branching(on) != h {
				t.Error("another version")
			}
		}
		do()
		if !invariants.Enabled {
			assert.Zero(t, testing.AllocsPerRun(10, do))
		}
	}
	assert.PanicsWithValue(t, "history: negative limit -1", func() { history.New(1).Limit(-1) })
}

// TestVersionsOfAnythingCompare: == looks at no values.
func TestVersionsOfAnythingCompare(t *testing.T) {
	assert.NotPanics(t, func() {
		h := history.New[any](func() {})
		g := h.Do([]int{1}).Branching(true)
		once, again, other := h.Do(1), h.Do(1), history.New[any](func() {})
		assert.True(t, any(g) == any(g) && h != g && once != again && h != other)
		assert.Equal(t, 7, map[history.History[any]]int{g: 7}[g])
	})
	none := history.New(struct{}{})
	once, again := none.Do(struct{}{}), none.Do(struct{}{})
	assert.True(t, none != once && once != again)
}

// TestUndoAfterRedoAndSoOn: an undo after a redo is not off by one, a limit leaves no redo after a new edit, and an equal
// value is a step.
func TestUndoAfterRedoAndSoOn(t *testing.T) {
	h := history.New("a").Limit(2).Do("b").Do("c").Do("d")
	assert.Equal(t, []string{"c", "b"}, slices.Collect(h.Past()))
	h, _ = h.Undo()
	h, _ = h.Redo()
	h, _ = h.Undo()
	assert.Equal(t, "c", h.Now())
	h = h.Do("c").Do("e")
	assert.Equal(t, 0, h.RedoLen())
	assert.Equal(t, []string{"c", "c"}, slices.Collect(h.Past()))

	h, _ = history.New("a").Do("b").Do("c").Do("d").Jump(-2)
	h = h.Limit(1)
	assert.Equal(t, "{undo: 1, now: b, redo: 2}", fmt.Sprint(h))
	h, ok := h.Redo()
	assert.True(t, ok)
	assert.Equal(t, "{undo: 1, now: c, redo: 1}", h.String(), "the limit holds after a redo too")
}

// TestBranchesOfDroppedSteps go with them.
func TestBranchesOfDroppedSteps(t *testing.T) {
	h := history.New(0).Branching(true)
	for i := range 10 {
		h = h.Do(10 * i).Do(10*i + 1)
		h, _ = h.Undo()
	}
	h = h.Do(100)
	now := func(h ints) (vs []int) {
		for b := range h.Branches() {
			vs = append(vs, b.Now())
		}
		return vs
	}
	assert.Equal(t, []int{91, 81, 71, 61, 51, 41, 31, 21, 11, 1}, now(h), "the newest first")
	assert.Equal(t, []int{91, 81, 71}, now(h.Limit(3)))
	back, _ := h.Jump(-5)
	assert.Equal(t, now(h), now(back), "whether they are in the past or in the future")
	assert.Equal(t, 3, func() int {
		for b := range h.Limit(3).Branches() {
			return b.UndoLen()
		}
		return 0
	}())
	n := 0
	for range h.Branches() {
		if n++; n == 2 {
			break
		}
	}
	assert.Equal(t, 2, n)
	assert.Empty(t, now(h.Branching(false).Limit(1).Do(1).Do(2)))
}

// TestRangesCanBeLeft anywhere, and begun again.
func TestRangesCanBeLeft(t *testing.T) {
	h := history.New(0).Limit(5 * history.BlockLen)
	for i := range 8*history.BlockLen + 7 {
		h = h.Do(i + 1)
	}
	young, top, rest, old := history.Shape(h)
	assert.True(t, young > 0 && top > 0 && rest > 0 && old > 0, "a line with all parts")
	far, _ := h.Jump(-h.UndoLen())
	past, future := slices.Collect(h.Past()), slices.Collect(far.Future())
	for n := range past {
		var seen, ahead []int
		for v := range h.Past() {
			if seen = append(seen, v); len(seen) > n {
				break
			}
		}
		for v := range far.Future() {
			if ahead = append(ahead, v); len(ahead) > n {
				break
			}
		}
		require.Equal(t, past[:n+1], seen)
		require.Equal(t, future[:n+1], ahead)
	}
}

// heavy is large enough to have an allocation of its own.
type heavy struct{ _ [64]byte }

type litter []weak.Pointer[heavy]

func (l *litter) one() *heavy {
	h := new(heavy)
	*l = append(*l, weak.Make(h))
	return h
}

func (l litter) living() (n int) {
	runtime.GC()
	runtime.GC()
	for _, p := range l {
		if p.Value() != nil {
			n++
		}
	}
	return n
}

// TestDroppedStepsAreReleased, all of them, by a limit and by Do, wherever they were.
func TestDroppedStepsAreReleased(t *testing.T) {
	for _, limit := range []int{1, 10, history.BlockLen, 100, 150} {
		var l litter
		h := history.New(l.one()).Limit(limit).Branching(true)
		for range 5*limit + 7*history.BlockLen {
			h = h.Do(l.one())
		}
		assert.Equal(t, limit+1, l.living(), "after Do, limit %d", limit)
		h, _ = h.Jump(-limit / 2)
		h = h.Branching(false).Do(l.one())
		assert.Equal(t, h.UndoLen()+1, l.living(), "after Jump and Do, limit %d", limit)
		h, _ = h.Jump(-h.UndoLen())
		h = h.Do(l.one())
		assert.Equal(t, 2, l.living(), "after undoing all, limit %d", limit)

		h = h.Limit(0).Branching(true)
		for range 3 * limit {
			h = h.Do(l.one())
			h, _ = h.Undo()
		}
		assert.Equal(t, 3*limit+2, l.living(), "branches")
		h = h.Do(l.one()).Do(l.one()).Limit(1)
		assert.Equal(t, 2, l.living(), "branches of dropped steps, limit %d", limit)
		runtime.KeepAlive(h)
	}
}

// TestShrinkingLimitDropsAtOnce, and keeps what is kept.
func TestShrinkingLimitDropsAtOnce(t *testing.T) {
	var l litter
	h := history.New(l.one())
	for range 500 {
		h = h.Do(l.one())
	}
	all := h
	for _, n := range []int{400, 399, 100, 33, 2, 1} {
		h = h.Limit(n)
		require.NoError(t, history.Check(h))
		assert.Equal(t, n, h.UndoLen())
		want := slices.Collect(all.Past())[:n]
		assert.Equal(t, want, slices.Collect(h.Past()))
	}
	runtime.KeepAlive(all) // and not after this
	assert.Equal(t, 2, l.living())
	runtime.KeepAlive(h)
}

// TestAMillionSteps under a limit stay within the memory of that limit.
func TestAMillionSteps(t *testing.T) {
	n := 1_000_000
	if testing.Short() || invariants.Enabled {
		n = 100_000
	}
	var first weak.Pointer[heavy]
	h := history.New(new(heavy)).Limit(1000)
	for i := range n {
		v := new(heavy)
		if i == n-1002 {
			first = weak.Make(v)
		}
		h = h.Do(v)
	}
	runtime.GC()
	assert.Nil(t, first.Value(), "the last one that was dropped")
	assert.Equal(t, 1000, h.UndoLen())
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	assert.Less(t, m.HeapAlloc, uint64(64<<20))
	runtime.KeepAlive(h)
}

// TestCosts: on every version of a history that comes and goes, with and without a limit, each operation allocates a
// bounded number of objects, and on the average few.
func TestCosts(t *testing.T) {
	if invariants.Enabled {
		t.Skip("the checks of this build allocate")
	}
	for _, limit := range []int{0, 20, 1000} {
		h := history.New(0).Limit(limit)
		var versions []ints
		for i := range 1500 {
			h = h.Do(i)
			versions = append(versions, h)
		}
		for ok := true; ok; h, ok = h.Undo() {
			versions = append(versions, h)
		}
		sum, times := 0.0, 0.0
		for _, h := range versions {
			for name, do := range map[string]func(){"Do": func() { h.Do(1) }, "Undo": func() { h.Undo() }, "Redo": func() { h.Redo() }} {
				n := testing.AllocsPerRun(1, do)
				if n > 60 {
					t.Fatalf("%s allocates %v objects at %v of at most %d", name, n, h, limit)
				}
				sum, times = sum+n, times+1
			}
		}
		assert.Less(t, sum/times, 4.0, "limit %d", limit)
	}
}

// TestReaders looks at one version in many goroutines, while others go on from it.
func TestReaders(t *testing.T) {
	h := history.New(0).Limit(200).Branching(true)
	for i := range 300 {
		h = h.Do(i)
	}
	h, _ = h.Jump(-50)
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			mine := h
			for i := range 300 {
				mine = mine.Do(g)
				if i%7 == 0 {
					mine, _ = mine.Jump(-3)
				}
			}
			if h.Now() != 249 || len(slices.Collect(h.Past())) != 150 || len(slices.Collect(h.Branches())) != 0 {
				t.Error("another history")
			}
		})
	}
	wg.Wait()
}
