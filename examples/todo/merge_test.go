package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// merged3 merges texts as the program does. The actions are keys.
func merged3(t *testing.T, base []string, ours string, theirs ...string) (state, []conflict) {
	t.Helper()
	b := stateOf(base...)
	o := played(t, newApp(file{}, b), ours).now()
	return merge(b, o, align(b, o, stateOf(theirs...).list()))
}

func TestMerge(t *testing.T) {
	base := []string{"ash", "elm", "oak", "yew"}
	for _, c := range []struct {
		ours   string
		theirs string
		want   string
		asks   int
	}{
		{"", "ash elm oak yew", "ash elm oak yew", 0},
		{"space", "ash elm oak yew", "x:ash elm oak yew", 0},
		{"", "ash oak yew", "ash oak yew", 0},
		{"space", "ash elm x:oak yew", "x:ash elm x:oak yew", 0},
		{"space", "ash elm oak yew fir", "x:ash elm oak yew fir", 0},
		{`a "fig" enter`, "ash elm oak yew fir", "ash elm oak yew fig fir", 0},
		{`a "fig" enter`, "ash elm oak yew fig", "ash elm oak yew fig", 0},
		{`a "fig" enter space`, "ash elm oak yew fig", "ash elm oak yew x:fig", 0},
		{"d", "ash elm oak yew fir", "elm oak yew fir", 0},
		{"d", "elm oak yew", "elm oak yew", 0},
		{"end d", "ash elm oak", "ash elm oak", 0},
		{"J J", "ash elm x:oak yew", "elm x:oak ash yew", 0},
		{"space", "elm oak yew ash", "elm oak yew x:ash", 0},
		{`a "fig" enter K K K K`, "elm oak yew ash", "fig elm oak yew ash", 0}, // where one has added, the other has moved away
		{"end K K K", "elm oak yew ash", "yew ash elm oak", 0},                 // where both have moved things across: as ours has it
		{`e " tree" enter`, "x:ash elm oak yew", "x:ash_tree elm oak yew", 0},
		{`e " tree" enter`, "ash_tree elm oak yew", "ash_tree elm oak yew", 0},
		{`e " tree" enter`, "ash_wood elm oak yew", "ash_tree elm oak yew", 1},
		{`d`, "ash_wood elm oak yew", "elm oak yew", 1},
		{`e " tree" enter`, "elm oak yew", "ash_tree elm oak yew", 1},
		{`e " tree" enter space end d`, "ash_wood elm oak x:yew", "x:ash_tree elm oak", 2},
		{"d d d d", "", "", 0},
		{"", "", "", 0},
	} {
		named := strings.NewReplacer("x:", "x ", "_", " ")
		var theirs, want []string
		for _, w := range strings.Fields(c.theirs) {
			theirs = append(theirs, named.Replace(w))
		}
		for _, w := range strings.Fields(c.want) {
			want = append(want, named.Replace(w))
		}
		got, conflicts := merged3(t, base, c.ours, theirs...)
		assert.Equal(t, want, got.texts(), "%s | %s", c.ours, c.theirs)
		assert.Len(t, conflicts, c.asks, "%s | %s", c.ours, c.theirs)
		assert.Equal(t, got.order.Len(), got.items.Len())
	}
}

// TestResolve decides conflicts.
func TestResolve(t *testing.T) {
	base := []string{"ash", "elm", "oak"}
	for _, c := range []struct {
		ours       string
		theirs     []string
		forO, forT []string
	}{
		{`space e " tree" enter`, []string{"ash wood", "elm", "oak"}, []string{"x ash tree", "elm", "oak"}, []string{"x ash wood", "elm", "oak"}},
		{`down d`, []string{"ash", "x elm", "oak"}, []string{"ash", "oak"}, []string{"ash", "x elm", "oak"}},
		{`down space`, []string{"ash", "oak"}, []string{"ash", "x elm", "oak"}, []string{"ash", "oak"}},
	} {
		b := stateOf(base...)
		o := played(t, newApp(file{}, b), c.ours).now()
		theirs := align(b, o, stateOf(c.theirs...).list())
		s, conflicts := merge(b, o, theirs)
		require.Len(t, conflicts, 1)
		assert.Equal(t, c.forO, conflicts[0].resolve(s, theirs, false).texts())
		assert.Equal(t, c.forT, conflicts[0].resolve(s, theirs, true).texts())
	}
}

// TestMergesLoseNothing: whatever both sides do, each item of the result is there once, and what only one side has added, done
// or deleted is so in the result.
func TestMergesLoseNothing(t *testing.T) {
	asked := 0
	for seed := range uint64(400) {
		rng := rand.New(rand.NewPCG(seed, 0))
		letters := strings.Split("abcdefghijkl", "")
		base := stateOf(letters[:4+rng.IntN(8)]...)
		edited := func(prefix string) state {
			s := base
			for i := range rng.IntN(6) {
				n := id(1 + rng.IntN(base.items.Len()))
				for _, x := range []action{add{prefix + letters[i]}, toggle{n}, remove{id: n}, edit{n, prefix + "*" + letters[i]}, move{n, rng.IntN(9) - 4}}[rng.IntN(5):][:1] {
					s = reduce(s, x)
				}
			}
			return s
		}
		ours, them := edited("o"), edited("t")
		theirs := align(base, ours, them.list())
		require.Equal(t, them.texts(), theirs.texts(), "seed %d", seed)
		got, conflicts := merge(base, ours, theirs)
		asked += len(conflicts)
		in := map[id]bool{}
		for _, c := range conflicts {
			in[c.id] = true
		}
		require.Equal(t, got.items.Len(), got.order.Len(), "seed %d", seed)
		for n := range got.order.Values() {
			require.True(t, got.items.Contains(n), "seed %d", seed)
		}
		for n := range id(100) {
			_, inBase := base.items.Lookup(n)
			_, inOurs := ours.items.Lookup(n)
			_, inTheirs := theirs.items.Lookup(n)
			if in[n] || !inBase && !inOurs && !inTheirs {
				continue
			}
			want := inOurs && inTheirs || !inBase
			require.Equal(t, want, got.items.Contains(n), "seed %d, item %d", seed, n)
			if !want || !inBase {
				continue
			}
			b, o, th, g := base.items.Get(n), ours.items.Get(n), theirs.items.Get(n), got.items.Get(n)
			for _, f := range [][4]any{{b.text, o.text, th.text, g.text}, {b.done, o.done, th.done, g.done}} {
				wanted := f[1]
				if f[1] == f[0] {
					wanted = f[2]
				}
				require.Equal(t, wanted, f[3], "seed %d, item %d", seed, n)
			}
		}
	}
	assert.Positive(t, asked, "there were conflicts")
}

// TestTwoPrograms merges by the way: one undo step, and the file has it all.
func TestTwoPrograms(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.json")
	run := func() app {
		f, s, err := open(path)
		require.NoError(t, err)
		return newApp(f, s)
	}
	inFile := func() []string {
		_, s, err := open(path)
		require.NoError(t, err)
		return s.texts()
	}
	a, _ := press(run(), "a", "ash", "enter", "a", "elm", "enter")
	b := run()
	b, _ = press(b, "a", "fir", "enter", "home", "space")
	a, _ = press(a, "home", "e", " tree", "enter")
	assert.Equal(t, []string{"x ash tree", "elm", "fir"}, a.now().texts())
	assert.Equal(t, a.now().texts(), inFile())
	assert.Contains(t, a.View(), "merged with what another program has written: 2 changes")
	assert.True(t, a.kept())
	a, _ = press(a, "u")
	assert.Equal(t, []string{"ash tree", "elm"}, a.now().texts(), "it is one step")
	assert.Equal(t, a.now().texts(), inFile())
	a, _ = press(a, "r")

	// Now b, which knows nothing of that, changes the same text. While one is typed, nothing is merged.
	b, _ = press(b, "a")
	b, _ = press(b, "yew", "enter")
	assert.Equal(t, []string{"x ash tree", "elm", "fir", "yew"}, inFile())
	press(a, "home", "e", "s", "enter") // the text of an item that b leaves alone
	assert.Equal(t, []string{"x ash trees", "elm", "fir", "yew"}, inFile())
	b, _ = press(b, "home", "e", "!", "enter")
	require.Equal(t, chooseMode, b.mode)
	b.width, b.height = 40, 12
	for _, want := range []string{"o: ours    ash tree!", "t: theirs  ash trees", "before  ash tree"} {
		assert.Contains(t, b.View(), want)
	}
	later, _ := press(b, "esc")
	assert.Contains(t, later.View(), "m: merge")
	assert.False(t, later.kept())
	later, left := press(later, "m")
	assert.False(t, left)
	assert.Equal(t, chooseMode, later.mode)
	out, left := press(b, "q", "q")
	assert.True(t, left)
	assert.Error(t, out.farewell())
	ours, _ := press(b, "o")
	assert.Equal(t, []string{"x ash tree!", "elm", "fir", "yew"}, inFile())
	assert.True(t, ours.kept())

	b, _ = press(ours, "home", "e", "?", "enter")
	require.NoError(t, os.WriteFile(path, []byte(encode(stateOf("ash", "elm"))), 0o600))
	b, _ = press(b, "home", "d")
	require.Equal(t, chooseMode, b.mode)
	b, _ = press(b, "t")
	assert.Equal(t, []string{"ash", "elm"}, b.now().texts())
	assert.Equal(t, b.now().texts(), inFile())

	// A file that is gone is made again.
	require.NoError(t, os.Remove(path))
	b, _ = press(b, "space")
	assert.Equal(t, b.now().texts(), inFile())
	assert.True(t, b.kept())
}

// TestMergingWaitsForTyping: what is typed may be about an item that the other program has deleted.
func TestMergingWaitsForTyping(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.json")
	f, s, err := open(path)
	require.NoError(t, err)
	a, _ := press(newApp(f, s), "a", "ash", "enter", "a", "elm", "enter", "home")
	require.NoError(t, os.WriteFile(path, []byte(encode(stateOf("elm"))), 0o600))
	a = a.do(toggle{2})
	a, save := a.save(false)
	a, _ = press(a, "e", " tree") // it begins before the save has ended
	a, _ = a.feed(save())
	assert.Equal(t, typingMode, a.mode)
	assert.Equal(t, []string{"ash", "x elm"}, a.now().texts())
	a, _ = press(a, "enter")
	require.Equal(t, chooseMode, a.mode, "the text is not lost")
	a, _ = press(a, "o")
	assert.Equal(t, []string{"ash tree", "x elm"}, a.now().texts())
	assert.True(t, a.kept())
}
