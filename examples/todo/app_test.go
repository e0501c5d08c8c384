package main

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/examples/internal/cli"
	"github.com/ramet-go/ramet/vector"
)

// played returns a after the keys of a script.
func played(t *testing.T, a app, script string) app {
	t.Helper()
	a, err := play(a, "keys", script)
	require.NoError(t, err)
	return a
}

func TestKeys(t *testing.T) {
	for script, want := range map[string][]string{
		"":                                      {"ash", "x elm", "oak"},
		"space down x":                          {"x ash", "elm", "oak"},
		"space u":                               {"ash", "x elm", "oak"},
		"space u r":                             {"x ash", "x elm", "oak"},
		"space d u u r":                         {"x ash", "x elm", "oak"},
		"u r":                                   {"ash", "x elm", "oak"},
		`a "fir" esc`:                           {"ash", "x elm", "oak"},
		`a "fir" enter d`:                       {"ash", "x elm", "oak"},
		`a "fir" enter up d`:                    {"ash", "x elm", "fir"},
		`e " tree" enter`:                       {"ash tree", "x elm", "oak"},
		`enter left left "X" enter`:             {"aXsh", "x elm", "oak"},
		`e ctrl+a delete "M" ctrl+e "y" enter`:  {"Mshy", "x elm", "oak"},
		`e " a b" ctrl+w backspace "c" enter`:   {"ash ac", "x elm", "oak"},
		`e home right ctrl+k "x" enter`:         {"ax", "x elm", "oak"},
		`e ctrl+u enter`:                        {"ash", "x elm", "oak"},
		`a q "uit" ctrl+u x u d enter`:          {"ash", "x elm", "oak", "xud"},
		`a "a b" space c "\n" d enter`:          {"ash", "x elm", "oak", "a b c d"},
		"J J J":                                 {"x elm", "oak", "ash"},
		"end K":                                 {"ash", "oak", "x elm"},
		"f J":                                   {"x elm", "oak", "ash"}, // past what is not shown
		"f f d":                                 {"ash", "oak"},
		"f f d d d space e u":                   {"ash", "x elm", "oak"},
		"c c u":                                 {"ash", "x elm", "oak"},
		"c":                                     {"ash", "oak"},
		"d q d":                                 {"x elm", "oak"},
		"G d g d pgdown pgup d":                 nil,
		"down down down down down d up up up d": {"x elm"},
	} {
		assert.Equal(t, want, played(t, newApp(file{}, stateOf("ash", "x elm", "oak")), script).now().texts(), script)
	}
}

// TestWhatDoesNotChange is no step, and what is shown is not found anew.
func TestWhatDoesNotChange(t *testing.T) {
	a := newApp(file{}, stateOf("ash", "x elm", "oak"))
	b := played(t, a, `home K e enter a esc a enter down end pgup up u r`)
	assert.Zero(t, b.past.UndoLen())
	assert.Same(t, &a.rows.ids[0], &b.rows.ids[0])
	assert.Equal(t, "there is nothing to redo", b.message)
	c := played(t, a, "space")
	assert.Equal(t, 1, c.past.UndoLen())
	assert.NotSame(t, &a.rows.ids[0], &c.rows.ids[0])
	assert.True(t, played(t, c, "u").now() == a.now(), "the same version, not an equal one")
}

// TestUndoGoesThere: the cursor is at what came back.
func TestUndoGoesThere(t *testing.T) {
	a := played(t, newApp(file{}, stateOf("ash", "elm", "oak")), "down d up u")
	n, _ := a.at()
	assert.Equal(t, id(2), n)
	assert.Equal(t, `undone: delete "elm"`, a.message)
}

func TestSeveralLettersAtOnce(t *testing.T) {
	a, quit := newApp(file{}, stateOf("ash", "elm")).feed(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("jx kdq")})
	assert.True(t, quit)
	assert.Equal(t, []string{"elm"}, a.now().texts())
}

// TestSaving goes on beside the program, one at a time, and quitting waits for the last.
func TestSaving(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.json")
	f, s, err := open(path)
	require.NoError(t, err)
	update := func(a app, m tea.Msg) (app, tea.Cmd) {
		next, cmd := a.Update(m)
		return next.(app), cmd
	}
	press := func(a app, key string) (app, tea.Cmd) {
		return update(a, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(key)})
	}
	a := played(t, newApp(f, s), `a "ash" enter`)
	assert.True(t, a.now() == a.saved)
	a, first := press(a, "x")
	require.NotNil(t, first)
	a, none := press(a, "x")
	assert.Nil(t, none, "one at a time")
	assert.Contains(t, a.View(), "(saving)")
	a, none = press(a, "q")
	assert.Nil(t, none, "it is not saved yet")
	saved := first()
	content, _ := os.ReadFile(path)
	assert.Contains(t, string(content), `"done": true`, "the version of when the save began")
	a, second := update(a, saved)
	require.NotNil(t, second)
	a, quit := update(a, second())
	require.NotNil(t, quit)
	assert.Equal(t, tea.Quit(), quit())
	content, _ = os.ReadFile(path)
	assert.Equal(t, encode(a.now()), string(content))

	// A file of somebody else that is no list is not overwritten, and the program does not leave.
	require.NoError(t, os.WriteFile(path, []byte("theirs"), 0o600))
	_, err = play(a, "keys", "d")
	assert.ErrorContains(t, err, "not saved: another program has changed the file, to what this one does not understand: no list")
	a, _ = a.feed(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("d")})
	a, left := a.feed(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("q")})
	assert.False(t, left)
	assert.Contains(t, a.View(), "(not saved)")
	content, _ = os.ReadFile(path)
	assert.Equal(t, "theirs", string(content))
	b, left := a.feed(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("Q")})
	assert.True(t, left)
	assert.ErrorContains(t, b.farewell(), "list.json is not as you left it: 1 item is not saved (another program")
	a = played(t, a, "W")
	assert.NotContains(t, a.View(), "saved")
	content, _ = os.ReadFile(path)
	assert.Equal(t, encode(state{}), string(content))
	assert.True(t, vector.Equal(a.saved.order, a.now().order))
	assert.NoError(t, a.farewell())
}

// TestSavingGoesOn: what is done during a save is saved after it.
func TestSavingGoesOn(t *testing.T) {
	f, s, err := open(filepath.Join(t.TempDir(), "list.json"))
	require.NoError(t, err)
	a := played(t, newApp(f, s), `a "ash" enter`)
	a = a.do(toggle{1})
	a, first := a.save(false)
	a = a.do(add{"elm"})
	a, _ = a.feed(first())
	assert.True(t, a.saved == a.now())
	_, s, err = open(a.file.path)
	require.NoError(t, err)
	assert.Equal(t, []string{"x ash", "elm"}, s.texts())
}

func TestScreen(t *testing.T) {
	code, out, errs := invoke("script", "testdata/garden.keys")
	require.Zero(t, code, errs)
	assert.Equal(t, ` a list that is not kept   3 of 4 to do, all shown

   [ ] Plant an oak
 > [x] Water the ash
   [ ] Prune the elm
   [ ] Burn the branches

 undone: delete "Water the ash"
 a: add   e: edit   space: done or not   d: delete   u: undo   r: redo
 f: show all, to do, done   c: clear what is done   J K: move it   up down: go
 h: history: all there was   ?: all keys   q: quit
`, out)
}

// TestSmallScreens hold no more than they have room for, and the cursor is always on them: the list comes first.
func TestSmallScreens(t *testing.T) {
	s := stateOf()
	for i := range 45 {
		s = s.add(item{text: strings.Repeat("木", i) + "."})
	}
	fits := func(a app, what string) {
		t.Helper()
		lines := strings.Split(a.View(), "\n")
		assert.LessOrEqual(t, len(lines), a.height, "%s: %d x %d", what, a.width, a.height)
		for _, l := range lines {
			assert.LessOrEqual(t, ansi.StringWidth(l), a.width, "%s: %d x %d: %q", what, a.width, a.height, l)
		}
	}
	for width := 1; width < 90; width += 22 {
		for _, height := range []int{1, 2, 3, 4, 5, 6, 10, 11, 12, 24, 40} {
			a := newApp(file{}, s)
			a.width, a.height, a.color = width, height, width%2 == 0
			for range 45 {
				a, _ = a.feed(tea.KeyMsg{Type: tea.KeyDown})
				assert.Contains(t, a.View(), strings.Repeat("> [ ]", min(1, width/8)), "%d x %d", width, height)
				fits(a, "list")
			}
			fits(played(t, a, "?"), "keys")
			fits(played(t, a, "d d u u d h"), "history")
			a.message = strings.Repeat("a long message ", 30)
			fits(a, "message")
			a = played(t, a, `a "`+strings.Repeat("long ", 40)+`end"`)
			fits(a, "typing")
			if width > 20 && height > 1 {
				assert.Contains(t, a.View(), "end")
			}
		}
	}
	a := newApp(file{}, s)
	a.width, a.height = 30, 10
	assert.Equal(t, 7, strings.Count(a.View(), "[ ]"), "the legend leaves room: %s", a.View())
	assert.Contains(t, a.View(), "?: all keys")
}

// TestScrollMarks are where there is more.
func TestScrollMarks(t *testing.T) {
	a := newApp(file{}, stateOf(strings.Split("abcdefghi", "")...))
	a.width, a.height = 30, 6
	first := func(a app) (marks string) {
		for l := range strings.SplitSeq(a.View(), "\n") {
			if strings.Contains(l, "[ ]") {
				marks += string([]rune(l)[0])
			}
		}
		return marks
	}
	assert.Equal(t, "  ↓", first(a))
	assert.Equal(t, "↑ ↓", first(played(t, a, "down down down down")))
	assert.Equal(t, "↑  ", first(played(t, a, "end")))
	a.height = 1
	assert.Equal(t, "↓", first(a))
	assert.Equal(t, "↕", first(played(t, a, "down")))
	a.height = 24
	assert.Equal(t, strings.Repeat(" ", 9), first(a))
}

// TestHelp lists every key, and is left with any.
func TestHelp(t *testing.T) {
	a := played(t, newApp(file{}, stateOf("ash")), "?")
	shown := ""
	for range 40 {
		shown += a.View() + "\n"
		a = played(t, a, "down")
	}
	for _, b := range bindings {
		assert.NotEmpty(t, b.help)
		assert.Contains(t, shown, b.help)
		for _, k := range b.keys {
			assert.Contains(t, shown, cmp.Or(strings.TrimSpace(k), "space"))
		}
	}
	assert.NotContains(t, a.View(), "[ ] ash")
	assert.Contains(t, played(t, a, "esc").View(), "[ ] ash")
}

func invoke(args ...string) (code int, stdout, stderr string) {
	var out, errs strings.Builder
	code = run(args, &out, &errs)
	return code, out.String(), errs.String()
}

func TestCommandLine(t *testing.T) {
	dir := t.TempDir()
	keys, list, bad := filepath.Join(dir, "keys"), filepath.Join(dir, "list"), filepath.Join(dir, "bad")
	require.NoError(t, os.WriteFile(keys, []byte("# two\na \"ash\" enter\n a \"elm\" enter space\n"), 0o600))
	require.NoError(t, os.WriteFile(bad, []byte("a \"ash\" enter\n\nentre\n"), 0o600))
	for range 2 { // the second adds to what the first has saved
		code, _, errs := invoke("-file", list, "script", keys)
		require.Zero(t, code, errs)
	}
	_, s, err := open(list)
	require.NoError(t, err)
	assert.Equal(t, []string{"ash", "x elm", "ash", "x elm"}, s.texts())
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{nil, cli.Failed, "there is no terminal"},
		{[]string{"script"}, cli.Usage, "usage: todo script KEYS"},
		{[]string{"script", "none"}, cli.Failed, "cannot read the keys: open none"},
		{[]string{"script", bad, "-file", list}, cli.Failed, bad + ":3: no key, and no string in quotes: entre"},
		{[]string{"script", keys, "-file", keys}, cli.Failed, keys + ": no list of todos: line 1"},
		{[]string{"script", keys, "-file", filepath.Join(dir, "no", "list")}, cli.Failed, "not saved"},
	} {
		code, out, errs := invoke(c.args...)
		assert.Equal(t, c.code, code, c.args)
		assert.Empty(t, out, c.args)
		assert.Contains(t, errs, c.want, c.args)
	}
	_, again, err := open(list)
	require.NoError(t, err)
	assert.Equal(t, s.texts(), again.texts(), "nothing of a script with an error is done")
	_, err = parseLine(`a "b`)
	assert.ErrorContains(t, err, "no string as in Go")
}
