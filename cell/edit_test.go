package cell_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/cell"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/vector"
)

// watched returns how many writes a watcher of a cell that holds v sees while do runs.
func watched[T any](t *testing.T, v T, do func(c *cell.Cell[T])) (n int) {
	synctest.Test(t, func(t *testing.T) {
		c := cell.New(v)
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() {
			for range c.Watch(ctx) {
				n++
			}
		})
		synctest.Wait()
		do(c)
		synctest.Wait()
		cancel()
		wg.Wait()
	})
	return n - 1
}

func TestUpdateIfChanged(t *testing.T) {
	type set = hamt.Set[string]
	ash := hamt.SetOf("ash")
	assert.Zero(t, watched(t, ash, func(c *cell.Cell[set]) {
		got, changed := cell.UpdateIfChanged(c, func(s set) set { return s.Add("ash") })
		assert.False(t, changed)
		assert.True(t, got == ash && c.Load() == ash)
	}))
	assert.Equal(t, 1, watched(t, ash, func(c *cell.Cell[set]) {
		got, changed := cell.UpdateIfChanged(c, func(s set) set { return s.Add("elm") })
		assert.True(t, changed)
		assert.True(t, got == c.Load() && got.Contains("elm"))
	}))
	c := cell.New(ash)
	if !invariants.Enabled {
		assert.Zero(t, testing.AllocsPerRun(100, func() { cell.UpdateIfChanged(c, func(s set) set { return s }) }))
	}
	held := cell.New[any]([]int(nil))
	assert.Panics(t, func() { cell.UpdateIfChanged(held, func(any) any { return []int{} }) })
	assert.Equal(t, []int(nil), held.Load())
	assert.PanicsWithValue(t, "cell: UpdateIfChanged with a nil function", func() { cell.UpdateIfChanged(c, nil) })
}

// TestUpdateIfChangedSeesOthers: a function is given what others have written meanwhile, also when it has nothing to change then.
func TestUpdateIfChangedSeesOthers(t *testing.T) {
	c := cell.New(1)
	runs := 0
	got, changed := cell.UpdateIfChanged(c, func(n int) int {
		if runs++; runs == 1 {
			c.Store(5)
		}
		return max(n, 5)
	})
	assert.Equal(t, 5, got)
	assert.False(t, changed)
	assert.Equal(t, 2, runs)
}

func TestEdit(t *testing.T) {
	v := vector.Of("ash", "elm")
	assert.Equal(t, 1, watched(t, v, func(c *cell.Cell[vector.Vector[string]]) {
		got := cell.Edit(c, func(b *vector.Builder[string]) { b.Set(1, "oak"); b.Append("yew") })
		assert.Equal(t, []string{"ash", "oak", "yew"}, slices.Collect(got.Values()))
		assert.True(t, got == c.Load())
	}))
	assert.Zero(t, watched(t, v, func(c *cell.Cell[vector.Vector[string]]) {
		assert.True(t, cell.Edit(c, func(*vector.Builder[string]) {}) == v)
	}))
	c := cell.New(v)
	before := c.Load()
	assert.Panics(t, func() { cell.Edit(c, func(b *vector.Builder[string]) { b.Append("no"); panic("no") }) })
	assert.True(t, c.Load() == before)
	assert.PanicsWithValue(t, "cell: Edit with a nil function", func() { cell.Edit(c, (func(*vector.Builder[string]))(nil)) })

	counts := cell.New(hamt.Map[int, int]{})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 200 {
				cell.Edit(counts, func(b *hamt.MapBuilder[int, int]) { b.Set(i%7, b.Get(i%7)+1) })
			}
		})
	}
	wg.Wait()
	sum := 0
	for _, n := range counts.Load().All() {
		sum += n
	}
	assert.Equal(t, 1600, sum, "no edit is lost")
}

// TestWatchFunc yields each part that differs from the one yielded before it, with that.
func TestWatchFunc(t *testing.T) {
	type state struct {
		trees hamt.Map[string, int]
		title string
	}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		c := cell.New(state{title: "a"})
		var seen [][2]int
		var wg sync.WaitGroup
		asked := 0
		wg.Go(func() {
			for old, now := range cell.WatchFunc(ctx, c, func(s state) int { asked++; return s.trees.Get("ash") }, func(a, b int) bool { return a/10 == b/10 }) {
				seen = append(seen, [2]int{old, now})
			}
		})
		set := func(n int) { c.Update(func(s state) state { s.trees = s.trees.Set("ash", n); return s }) }
		for _, write := range []func(){
			func() { c.Update(func(s state) state { s.title = "b"; return s }) },
			func() { set(5) },
			func() { set(9) },
			func() { set(12) },
			func() { set(8) },
			func() { set(1) },
		} {
			synctest.Wait()
			write()
		}
		synctest.Wait()
		cancel()
		wg.Wait()
		assert.Equal(t, [][2]int{{0, 0}, {0, 12}, {12, 8}}, seen)
		assert.Equal(t, 7, asked, "once for each value")
		for range cell.WatchFunc(ctx, c, func(state) int { return 0 }, func(a, b int) bool { return a == b }) {
			t.Error("a value after the end")
		}
	})
}

func TestWatchFuncBreaksOff(t *testing.T) {
	c := cell.New(3)
	self := func(n int) int { return n }
	same := func(a, b int) bool { return a == b }
	for range 2 {
		for old, now := range cell.WatchFunc(t.Context(), c, self, same) {
			assert.Equal(t, 0, old)
			assert.Equal(t, 3, now)
			break
		}
	}
	assert.PanicsWithValue(t, "cell: WatchFunc with a nil function", func() { cell.WatchFunc(t.Context(), c, nil, same) })
	assert.PanicsWithValue(t, "cell: WatchFunc with a nil function", func() { cell.WatchFunc(t.Context(), c, self, nil) })
	assert.PanicsWithValue(t, "cell: Watch with a nil context", func() { cell.WatchFunc(context.Context(nil), c, self, same) })
}
