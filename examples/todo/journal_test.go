package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/examples/internal/cli"
	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/storetest"
)

// script runs the program on a journal, with keys, and returns the screen or the error.
func script(t *testing.T, path, keys string) (code int, screen string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "keys")
	require.NoError(t, os.WriteFile(file, []byte(keys), 0o600))
	code, out, errs := invoke("-store", path, "script", file)
	return code, out + errs
}

// TestUndoAcrossRuns: what was done in one run is undone in the next one, and done again in another.
func TestUndoAcrossRuns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.ramet")
	for _, c := range []struct {
		keys string
		want []string
	}{
		{`a "Water the ash" enter a "Prune the elm" enter space`, []string{" list.ramet   1 of 2 to do", "[x] Prune the elm"}},
		{"", []string{"[x] Prune the elm"}},
		{"u", []string{"[ ] Prune the elm", "undone: done or not"}},
		{"u u u", []string{"nothing here", "there is nothing to undo"}},
		{"r", []string{" > [ ] Water the ash", `done again: add "Water the ash"`, "1 of 1"}},
		{"r r r", []string{"[x] Prune the elm", "there is nothing to redo"}},
		{`u a "Plant an oak" enter`, []string{"[ ] Prune the elm", "[ ] Plant an oak"}},
		{"h", []string{"○ as it was read  (0 of 0", `○ add "Water the ash"`, "├─○ done or not", ` > ● add "Plant an oak"`}},
		{"h up enter", []string{"[x] Prune the elm", "now: done or not", "1 of 2"}},
		{"r u d", []string{`Water the ash`, "1 of 1"}},
	} {
		code, screen := script(t, path, c.keys)
		require.Zero(t, code, "%s: %s", c.keys, screen)
		for _, want := range c.want {
			assert.Contains(t, screen, want, c.keys)
		}
	}
}

// drawn returns all moments of a past as text: what can be undone, what is now, what can be redone, and the tree of
// all.
func drawn(p past) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d to undo, %d to redo, now %d\n", p.UndoLen(), p.RedoLen(), p.Now().n)
	for m := range p.Future() {
		fmt.Fprintf(&b, "redo %d\n", m.n)
	}
	var draw func(n *node, depth int)
	draw = func(n *node, depth int) {
		fmt.Fprintf(&b, "%*s%d %s %q %d\n", depth, "", n.n, n.label(), n.state.texts(), n.state.last)
		for _, after := range n.after {
			draw(after, depth+1)
		}
	}
	draw(treeOf(p).root, 0)
	return b.String()
}

// randomKeys returns keys that do something to a list.
func randomKeys(rng *rand.Rand, n int) string {
	var keys []string
	for range n {
		keys = append(keys, []string{`a "ash" enter`, `a "elm" enter`, "space", "d", "J", "K", "J J J", `e "x" enter`, "u", "u u", "u u u", "r", "r r",
			"up", "down", "home", "c", "h up enter", "h up up enter", "h down enter", "h home enter"}[rng.IntN(21)])
	}
	return strings.Join(keys, " ")
}

// TestJournalIsThePast: whatever is done, and however often the program ends in between, the past is that of a program
// that does not end.
func TestJournalIsThePast(t *testing.T) {
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(seed, 1))
		st := store.Memory()
		j, p, err := newJournal("list", st)
		require.NoError(t, err)
		a, want := newAppOf(j, p), newApp(file{}, state{})
		var all []string
		for range 12 {
			keys := randomKeys(rng, 1+rng.IntN(6))
			all = append(all, keys)
			want.cursor, a.cursor, want.drag, a.drag = 0, 0, drag{}, drag{}
			a, want = played(t, a, keys), played(t, want, keys)
			require.Equal(t, drawn(want.past), drawn(a.past), "seed %d: %q", seed, all)
			require.True(t, a.kept())
			j, p, err := newJournal("list", st)
			require.NoError(t, err)
			require.Equal(t, drawn(want.past), drawn(p), "seed %d: %q, after a new start", seed, all)
			if rng.IntN(3) == 0 {
				a = newAppOf(j, p)
			}
		}
		for problem, err := range st.Check(t.Context()) {
			require.NoError(t, err)
			t.Fatalf("seed %d: %v", seed, problem)
		}
	}
}

// TestFailuresOfAJournal: whichever call of the engine fails, before or after it was done, the file can be read, has a
// list that was there, and what was not kept is kept by the next try.
func TestFailuresOfAJournal(t *testing.T) {
	keys := []string{`a "ash" enter`, `a "elm" enter`, "J", "K K", "space", "u u", `a "oak" enter`, "u r u", `d h up enter u`}
	storetest.EachFault(t, func(t testing.TB, f *storetest.Fault) {
		memory := chunk.NewMemory()
		st := store.New(f.Wrap(memory))
		j, p, err := newJournal("list", st)
		if err != nil {
			require.ErrorIs(t, err, storetest.ErrFault)
			return
		}
		a := newAppOf(j, p)
		states := map[string]bool{fmt.Sprint(state{}.texts()): true}
		for _, ks := range keys {
			parsed, err := parseLine(ks)
			require.NoError(t, err)
			for _, k := range parsed {
				a, _ = a.feed(k)
				states[fmt.Sprint(a.now().texts())] = true
			}
			_, left, err := newJournal("list", store.New(memory))
			require.NoError(t, err, "%v: %s", f, ks)
			require.True(t, states[fmt.Sprint(left.Now().state.texts())], "%v: %s: %q", f, ks, left.Now().state.texts())
			if a.failed != "" {
				require.Contains(t, a.failed, storetest.ErrFault.Error())
			}
		}
		a, _ = a.feed(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("m")})
		require.Empty(t, a.failed, f)
		require.True(t, a.kept(), f)
		_, p, err = newJournal("list", store.New(memory))
		require.NoError(t, err, f)
		require.Equal(t, drawn(a.past), drawn(p), f)
	})
}

// TestJournalBesideTyping: keys do no more than begin a save, which stores all steps that there are by then.
func TestJournalBesideTyping(t *testing.T) {
	st := store.Memory()
	j, p, err := newJournal("list", st)
	require.NoError(t, err)
	a := newAppOf(j, p)
	count := func() (n int) {
		for _, err := range j.list.Log(t.Context()) {
			if err != nil {
				return 0
			}
			n++
		}
		return n
	}
	var saves []tea.Cmd
	keys, err := parseLine(`a "ash" enter a "elm" enter space u`)
	require.NoError(t, err)
	for _, k := range keys {
		m, cmd := a.Update(k)
		if a = m.(app); cmd != nil {
			saves = append(saves, cmd)
		}
	}
	assert.Len(t, saves, 1, "one at a time")
	assert.Zero(t, count(), "nothing is written yet")
	assert.Contains(t, a.View(), "(saving)")
	m, cmd := a.Update(saves[0]())
	assert.Equal(t, 2, count(), "the list as it was read, and the first step")
	require.NotNil(t, cmd, "there is more")
	a, _ = m.(app).feed(cmd())
	assert.Equal(t, 3, count(), "the last step is undone")
	assert.True(t, a.kept())
	_, p, err = newJournal("list", st)
	require.NoError(t, err)
	assert.Equal(t, drawn(a.past), drawn(p))
}

// TestUnusableJournals are left as they are.
func TestUnusableJournals(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.ramet")
	for _, text := range []string{"", "nonsense", encode(stateOf("ash"))} {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		code, screen := script(t, path, `a "elm" enter`)
		assert.Equal(t, cli.Failed, code)
		assert.Contains(t, screen, "todo: "+path+": left as it is, for it is something else: ")
		there, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, text, string(there))
	}
	require.NoError(t, os.Remove(path))
	code, screen := script(t, path, `a "ash" enter`)
	require.Zero(t, code, screen)
	j, _, err := openJournal(path)
	require.NoError(t, err)
	code, screen = script(t, path, `a "elm" enter`)
	assert.Equal(t, cli.Failed, code)
	assert.Equal(t, "todo: "+path+": in use: one program has the file at a time, and another has it now\n", screen)
	j.close()
	code, screen = script(t, path, "")
	assert.Zero(t, code)
	assert.Contains(t, screen, "[ ] ash")

	code, _, errs := invoke("-store", path, "-file", path, "script", "testdata/garden.keys")
	assert.Equal(t, cli.Usage, code)
	assert.Contains(t, errs, "todo: -file and -store are two places for one list\n")
	code, _, errs = invoke("-file", path, "script", "testdata/garden.keys")
	assert.Equal(t, cli.Failed, code)
	assert.Contains(t, errs, "no list of todos")
	code, _, errs = invoke("-store", filepath.Join(path, "below"), "script", "testdata/garden.keys")
	assert.Equal(t, cli.Failed, code)
	assert.Contains(t, errs, "todo: "+filepath.Join(path, "below")+": ")
}

// TestDamagedJournal: whatever is changed in a file, there is an error, or a list that was kept: that of before the
// last write, if what is changed is the page that says which one that was. Never another list.
func TestDamagedJournal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.ramet")
	known := map[string]bool{}
	for _, keys := range []string{`a "ash" enter`, `a "elm" enter`, "space", "u", "u"} {
		code, screen := script(t, path, keys)
		require.Zero(t, code, screen)
		_, screen = script(t, path, "h")
		known[screen] = true
	}
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	found := 0
	for at := 0; at < len(whole); at += 97 {
		bad := bytes.Clone(whole)
		bad[at] ^= 0x10
		require.NoError(t, os.WriteFile(path, bad, 0o600))
		code, screen := script(t, path, "h")
		if code == cli.Failed {
			found++
			assert.Contains(t, screen, path)
			continue
		}
		if !strings.Contains(screen, ", and what was before it is gone  (") { // as if it had been collected
			require.True(t, known[screen], "byte %d: %s", at, screen)
		}
	}
	assert.NotZero(t, found)
	t.Logf("%d of %d changes were found", found, len(whole)/97)
}

// TestListsOfOthers: what no todo has written is not a list, though its branch has the name.
func TestListsOfOthers(t *testing.T) {
	for name, s := range map[string]state{
		"missing": {order: stateOf("ash").order, last: 1},
		"no home": {items: stateOf("ash").items, last: 1},
		"twice":   {items: stateOf("ash").items, order: stateOf("ash").order.Append(1), last: 1},
		"low":     {items: stateOf("ash").items, order: stateOf("ash").order},
	} {
		st := store.Memory()
		_, err := store.NewBranch(st, listBranch, schema).Commit(t.Context(), nil, storedOf(moment{state: s}))
		require.NoError(t, err)
		_, _, err = newJournal("list", st)
		assert.ErrorContains(t, err, "no list of todos", name)
	}
	st := store.Memory()
	_, err := store.NewBranch(st, listBranch, schema).Commit(t.Context(), nil, storedOf(moment{state: stateOf("a\x1b[2J")}))
	require.NoError(t, err)
	_, _, err = newJournal("list", st)
	assert.ErrorIs(t, err, store.ErrCodec)
	assert.ErrorContains(t, err, "not one line of printable characters")
}

// TestCollectedJournal: what a Collect has dropped cannot be undone to, and all else can.
func TestCollectedJournal(t *testing.T) {
	now := time.Now()
	st := store.Memory(store.Clock(func() time.Time { return now }))
	j, p, err := newJournal("list", st)
	require.NoError(t, err)
	a := played(t, newAppOf(j, p), `a "ash" enter a "elm" enter u a "oak" enter a "fir" enter a "yew" enter`)
	require.Equal(t, 4, a.past.UndoLen())
	now = now.Add(48 * time.Hour) // or what was of late would be kept
	_, err = st.Collect(t.Context(), store.Retain{Last: 2})
	require.NoError(t, err)
	_, p, err = newJournal("list", st)
	require.NoError(t, err)
	assert.Equal(t, 1, p.UndoLen())
	assert.Equal(t, `add "fir", and what was before it is gone`, treeOf(p).root.label())
	assert.Equal(t, []string{"ash", "oak", "fir", "yew"}, p.Now().state.texts())
}

// TestLeavingAJournal that cannot be written: q says so first, and a list can be saved to another file.
func TestLeavingAJournal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.ramet")
	j, p, err := openJournal(path)
	require.NoError(t, err)
	a := played(t, newAppOf(j, p), `a "ash" enter`)
	require.NoError(t, j.st.Close())
	a, left := press(a, "a", "elm", "enter")
	assert.False(t, left)
	assert.Contains(t, a.View(), "(not saved)")
	a, left = press(a, "q")
	assert.False(t, left)
	assert.Contains(t, a.message, "q again: leave without saving")
	b, left := press(a, "q")
	assert.True(t, left)
	assert.ErrorContains(t, b.farewell(), "list.ramet is not as you left it: 1 item is not saved (")

	other := filepath.Join(t.TempDir(), "list.json")
	a, left = press(a, "s", other, "enter", "a", "oak", "enter", "q")
	assert.True(t, left)
	assert.NoError(t, a.farewell())
	_, s, err := open(other)
	require.NoError(t, err)
	assert.Equal(t, []string{"ash", "elm", "oak"}, s.texts())
	_, p, err = openJournal(path)
	require.NoError(t, err)
	assert.Equal(t, []string{"ash"}, p.Now().state.texts())
}

// TestNumbersThatAreTaken: of a moment that was replaced while it was being kept, a crash may leave what it was before.
// It is a moment as well.
func TestNumbersThatAreTaken(t *testing.T) {
	ctx := t.Context()
	st := store.Memory()
	list := store.NewBranch(st, listBranch, schema)
	root, err := list.Commit(ctx, nil, stored{})
	require.NoError(t, err)
	_, err = list.Commit(ctx, root, storedOf(moment{n: 1, state: stateOf("ash")}), store.Message("now"))
	require.NoError(t, err)
	aside := store.NewBranch(st, undonePrefix+"1", schema)
	require.NoError(t, aside.Reset(ctx, nil, root))
	_, err = aside.Commit(ctx, root, storedOf(moment{n: 1, state: stateOf("elm")}), store.Message("before"))
	require.NoError(t, err)
	j, p, err := newJournal("list", st)
	require.NoError(t, err)
	want := "1 to undo, 0 to redo, now 1\n0 as it was read [] 0\n 1 now [\"ash\"] 1\n 2 before [\"elm\"] 1\n"
	assert.Equal(t, want, drawn(p))
	a := played(t, newAppOf(j, p), `a "oak" enter`)
	assert.Equal(t, 3, a.past.Now().n)
	_, p, err = newJournal("list", st)
	require.NoError(t, err)
	assert.Equal(t, strings.ReplaceAll(drawn(a.past), " 2 before", " 4 before"), drawn(p), "its number is that of the next that is free")
}

// TestLongJournal: ten thousand steps are read again at once.
func TestLongJournal(t *testing.T) {
	st := store.Memory()
	j, p, err := newJournal("list", st)
	require.NoError(t, err)
	a := newAppOf(j, p)
	for i := range 20 {
		a = a.do(add{fmt.Sprint(i)})
	}
	for i := range undoSteps - 20 {
		a = a.do(toggle{id(1 + i%20)})
	}
	start := time.Now()
	_, err = j.keep(a.past)
	require.NoError(t, err)
	kept := time.Since(start)
	start = time.Now()
	_, p, err = newJournal("list", st)
	require.NoError(t, err)
	t.Logf("%d steps: kept in %v, read in %v", undoSteps, kept, time.Since(start))
	assert.Equal(t, undoSteps, p.UndoLen())
	assert.Equal(t, a.now().texts(), p.Now().state.texts())
}
