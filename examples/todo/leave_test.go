package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// unwritable returns an app whose file cannot be written: its folder is gone.
func unwritable(t *testing.T) app {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "gone")
	require.NoError(t, os.Mkdir(dir, 0o700))
	f, s, err := open(filepath.Join(dir, "list.json"))
	require.NoError(t, err)
	require.NoError(t, os.Remove(dir))
	return newApp(f, s)
}

// press returns the app after keys, and whether it has ended.
func press(a app, keys ...string) (app, bool) {
	left := false
	for _, k := range keys {
		m, ok := named[k]
		if !ok {
			m = tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(k), Paste: len(k) > 1}
		}
		if a, left = a.feed(m); left {
			break
		}
	}
	return a, left
}

// TestLeavingWhatCannotBeSaved: the first q says so, whatever the screen, and the second one leaves; so does ctrl+c.
func TestLeavingWhatCannotBeSaved(t *testing.T) {
	for _, key := range []string{"q", "ctrl+c"} {
		for _, width := range []int{30, 80} {
			a := unwritable(t)
			a.width, a.height = width, 10
			a, left := press(a, "a", "ash", "enter")
			assert.False(t, left)
			assert.Contains(t, a.View(), "(not saved)")
			a, left = press(a, key)
			require.False(t, left, "it is not saved")
			assert.Contains(t, a.View(), "q again: leave")
			assert.Contains(t, a.View(), "without")
			assert.NoError(t, a.farewell())

			stay, left := press(a, "up")
			assert.False(t, left)
			_, left = press(stay, key)
			assert.False(t, left, "there was another key in between")

			a, left = press(a, key)
			assert.True(t, left)
			assert.ErrorContains(t, a.farewell(), "1 item is not saved (")
		}
	}
}

// TestSavingElsewhere: another file can be named, if there is none of that name.
func TestSavingElsewhere(t *testing.T) {
	dir := t.TempDir()
	there, other := filepath.Join(dir, "there"), filepath.Join(dir, "other")
	require.NoError(t, os.WriteFile(there, []byte("something"), 0o600))
	a, left := press(unwritable(t), "a", "ash", "enter", "q", "s", there, "enter")
	assert.False(t, left)
	assert.Contains(t, a.failed, errExists.Error())
	content, err := os.ReadFile(there)
	require.NoError(t, err)
	assert.Equal(t, "something", string(content))
	a, left = press(a, "q", "s", other, "enter")
	assert.False(t, left)
	assert.Equal(t, other, a.file.path)
	a, left = press(a, "a", "elm", "enter", "q")
	assert.True(t, left)
	assert.NoError(t, a.farewell())
	_, s, err := open(other)
	require.NoError(t, err)
	assert.Equal(t, []string{"ash", "elm"}, s.texts())
}

// TestNotWaiting: a save that does not end can be left.
func TestNotWaiting(t *testing.T) {
	a := unwritable(t)
	a = a.do(add{"ash"})
	a, never := a.save(false)
	require.NotNil(t, never)
	a, left := press(a, "q")
	assert.False(t, left)
	assert.Contains(t, a.message, "q again")
	b, left := press(a, "q")
	assert.True(t, left)
	assert.Error(t, b.farewell())
	b, left = press(a, "j")
	assert.False(t, left)
	b, left = b.feed(savedMsg{state: a.now(), file: a.file})
	assert.False(t, left, "the user is back")
	assert.True(t, b.kept())
	_, left = a.feed(savedMsg{state: a.now(), file: a.file})
	assert.True(t, left, "it was worth waiting for")
	b, left = a.feed(savedMsg{state: a.now(), err: errors.New("no \x1b[2J room")})
	assert.False(t, left)
	assert.NotContains(t, b.View(), "\x1b")
	assert.Contains(t, b.View(), `no \x1b[2J`)
}

// TestFailingOnce: what could not be saved is not tried again with every key.
func TestFailingOnce(t *testing.T) {
	a, _ := press(unwritable(t), "a", "ash", "enter", "a", "elm", "enter")
	for _, k := range []string{"up", "f", "?", "esc"} {
		m, ok := named[k]
		if !ok {
			m = tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(k)}
		}
		_, cmd := a.Update(m)
		assert.Nil(t, cmd)
	}
	require.NoError(t, os.Mkdir(filepath.Dir(a.file.path), 0o700))
	a, left := press(a, "q")
	assert.True(t, left, "now it works")
	assert.NoError(t, a.farewell())
}

// TestMessagesArePrintable, whatever they are about.
func TestMessagesArePrintable(t *testing.T) {
	a := newApp(file{path: "a\x1b[2J\u202e"}, state{})
	a.message = "a\x1b[2J\u202e\xff\nb"
	view := a.View()
	assert.Contains(t, view, `a\x1b[2J\u202e\xff b`)
	assert.NotContains(t, view, "\x1b")
	assert.NotContains(t, view, "\u202e")
}
