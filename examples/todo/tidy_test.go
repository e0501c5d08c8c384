package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/storetest"
)

// A dayByDay is a journal that is used on many days, by a program that ends in between.
type dayByDay struct {
	t      *testing.T
	engine chunk.Engine
	now    time.Time
}

func newDayByDay(t *testing.T) *dayByDay {
	return &dayByDay{t: t, engine: chunk.NewMemory(), now: time.Now()}
}

// day uses the journal on a day, and returns what there is then.
func (d *dayByDay) day(use func(a app) app) (store.Stats, past) {
	d.t.Helper()
	d.now = d.now.Add(25 * time.Hour)
	st := store.New(d.engine, store.Clock(func() time.Time { return d.now }))
	j, p, err := newJournal("list", st)
	require.NoError(d.t, err)
	a := use(newAppOf(j, p))
	require.True(d.t, a.kept(), a.failed)
	stats, err := st.Stats(d.t.Context())
	require.NoError(d.t, err)
	if stats.Versions > 1000 {
		return stats, a.past
	}
	for problem, err := range st.Check(d.t.Context()) {
		require.NoError(d.t, err)
		d.t.Fatal(problem)
	}
	return stats, a.past
}

// TestTidied: each day what cannot be undone or done again any more is given up, and nothing else: the past is that of a program that does not
// end, whatever is done.
func TestTidied(t *testing.T) {
	for seed := range uint64(10) {
		rng := rand.New(rand.NewPCG(seed, 2))
		d := newDayByDay(t)
		want := newApp(file{}, state{})
		for range 10 {
			keys := randomKeys(rng, 12)
			want.cursor, want.drag = 0, drag{}
			want = played(t, want, keys)
			_, p := d.day(func(a app) app { return played(t, a, keys) })
			require.Equal(t, drawn(want.past), drawn(p), "seed %d: %q", seed, keys)
			_, p = d.day(func(a app) app { return a })
			require.Equal(t, drawn(want.past), drawn(p), "seed %d: %q", seed, keys)
		}
	}
}

// TestReplacedIsGivenUp: an item that is on its way is kept at each place where it was, and where it has come to is all that stays.
func TestReplacedIsGivenUp(t *testing.T) {
	d := newDayByDay(t)
	list := `a "ash" enter` + strings.Repeat(` a "elm" enter`, 40)
	d.day(func(a app) app { return played(t, a, list) })
	dragged, p := d.day(func(a app) app { return played(t, a, "home"+strings.Repeat(" J", 40)) })
	tidied, q := d.day(func(a app) app { return played(t, a, "space") })
	assert.Equal(t, len(treeOf(p).nodes)+1, len(treeOf(q).nodes))
	assert.Less(t, tidied.Chunks, dragged.Chunks-50, "of 40 versions")
}

// TestTooLongAPast: of more steps than can be undone, those that can be are there with their data.
func TestTooLongAPast(t *testing.T) {
	if testing.Short() {
		t.Skip("ten thousand steps are stored")
	}
	d := newDayByDay(t)
	steps := func(n int) func(a app) app {
		return func(a app) app {
			for i := range n {
				a = a.do(toggle{id(1 + i%20)})
			}
			a, _ = a.feed(tea.WindowSizeMsg{Width: 80, Height: 24})
			return a
		}
	}
	d.day(func(a app) app {
		for i := range 20 {
			a = a.do(add{fmt.Sprint(i)})
		}
		return steps(undoSteps)(a)
	})
	d.day(steps(1000))
	stats, p := d.day(steps(1))
	assert.Equal(t, undoSteps+1+1000+1, stats.Versions, "all are in the log")
	assert.Equal(t, undoSteps+1, stats.Versions-stats.Hollow)
	assert.Equal(t, undoSteps, p.UndoLen())
	_, p = d.day(func(a app) app { return a })
	assert.Equal(t, undoSteps, p.UndoLen())
}

// TestTidyOnceADay: what is younger than a day is not looked for anew with each step, nor when there is nothing to do.
func TestTidyOnceADay(t *testing.T) {
	now := time.Now()
	st := store.Memory(store.Clock(func() time.Time { return now }))
	runs := func() (due bool) {
		j, p, err := newJournal("list", st)
		require.NoError(t, err)
		a := played(t, newAppOf(j, p), `a "ash" enter`)
		require.True(t, a.kept())
		due, err = j.due(t.Context())
		require.NoError(t, err)
		return due
	}
	assert.False(t, runs())
	now = now.Add(20 * time.Hour)
	assert.False(t, runs())
	now = now.Add(20 * time.Hour)
	assert.False(t, runs(), "it was due, and done")
	j, p, err := newJournal("list", st)
	require.NoError(t, err)
	a := played(t, newAppOf(j, p), `a "ash" enter`)
	now = now.Add(40 * time.Hour)
	a = played(t, a, `a "elm" enter`)
	due, err := j.due(t.Context())
	require.NoError(t, err)
	assert.True(t, due, "in one run it is not looked for with each step")
	for range tidyEvery {
		a = played(t, a, "space")
	}
	due, err = j.due(t.Context())
	require.NoError(t, err)
	assert.False(t, due)
}

// TestUntidy: that the file cannot be made smaller is said, and all is kept.
func TestUntidy(t *testing.T) {
	said := false
	storetest.EachFault(t, func(t testing.TB, f *storetest.Fault) {
		memory := chunk.NewMemory()
		now := time.Now()
		clock := store.Clock(func() time.Time { return now })
		j, p, err := newJournal("list", store.New(memory, clock))
		require.NoError(t, err)
		a := newAppOf(j, p)
		for _, k := range []string{"a", "ash", "enter", "space"} {
			m, ok := named[k]
			if !ok {
				m = tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(k), Paste: len(k) > 1}
			}
			a, _ = a.feed(m)
		}
		require.True(t, a.kept())
		now = now.Add(48 * time.Hour)
		j, p, err = newJournal("list", store.New(f.Wrap(memory), clock))
		if err != nil {
			require.ErrorIs(t, err, storetest.ErrFault)
			return
		}
		a = newAppOf(j, p)
		a, _ = a.feed(named["space"])
		if a.failed == "" {
			require.True(t, a.kept(), "%v", f)
			if due, err := (&journal{st: store.New(memory)}).due(t.Context()); a.message == "" {
				require.NoError(t, err, "%v", f)
				require.False(t, due, "%v: nothing was said, and nothing done", f)
			} else {
				require.Contains(t, a.message, "the file cannot be made smaller: ", "%v", f)
				said = true
			}
		}
		a, _ = a.feed(named["up"])
		_, p, err = newJournal("list", store.New(memory, clock))
		require.NoError(t, err, "%v", f)
		if a.kept() {
			require.Equal(t, drawn(a.past), drawn(p), "%v", f)
		}
	})
	assert.True(t, said)
}
