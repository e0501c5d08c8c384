package main

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFileRoundTrip(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.json")
	f, s, err := open(path)
	require.NoError(t, err)
	assert.True(t, s == state{}, "a file that does not exist")
	want := stateOf("ash & <elm>", "x 木\"")
	f, err = f.save(want, false)
	require.NoError(t, err)
	g, s, err := open(path)
	require.NoError(t, err)
	assert.Equal(t, want.texts(), s.texts())
	assert.Equal(t, f.content, g.content)
	_, err = g.save(state{}, false)
	require.NoError(t, err)
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "{\n  \"version\": 1,\n  \"todos\": []\n}\n", string(content))
	alone(t, path)
}

// alone fails if there is anything but the file in its folder.
func alone(t *testing.T, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	assert.Len(t, entries, 1)
}

func TestBadFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.json")
	for content, want := range map[string]string{
		"nonsense": "line 1: invalid character",
		"{\"version\": 1, \"todos\": [{\"text\": \"a\xff\"}]}": "it is no UTF-8",
		"{\"version\": 1,\n\"todos\": [":                       "line 2: unexpected EOF",
		"[]":                                                   "cannot unmarshal array",
		"{}":                                                   "version 0 of the format is not known",
		`{"version": 2, "todos": []}`:                          "version 2 of the format is not known",
		`{"version": 1, "todos": []} x`:                        "something follows it",
		`{"version": 1, "todos": [{"text": "a", "due": 1}]}`:   `unknown field "due"`,
		`{"version": 1, "todos": [{"text": "a"}, {}]}`:         "todo 2: the text is empty",
		`{"version": 1, "todos": [{"text": "a\u001b[2Jb"}]}`:   "todo 1: the text is empty, or not one line",
		"{\"version\": 1,\n\"todos\":\n[{\"text\": tru}]}":     "line 3",
		"{\"version\": 1,\n\"todos\": [{\"text\": 5}]\n}":      "cannot unmarshal number",
		"{\"version\": 1,\n\"todos\": [{\"done\": \"true\"}]}": "cannot unmarshal string",
	} {
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		_, _, err := open(path)
		assert.ErrorContains(t, err, want, content)
		assert.ErrorContains(t, err, path)
		there, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, content, string(there), "the file is not touched")
	}
	_, _, err := open(t.TempDir())
	assert.ErrorContains(t, err, "no regular file")
	require.NoError(t, os.Truncate(path, maxFile+1))
	_, _, err = open(path)
	assert.ErrorContains(t, err, "larger than")
}

func TestSaveLosesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.json")
	f, _, err := open(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, []byte("of somebody else"), 0o640))
	_, err = f.save(stateOf("ash"), false)
	assert.Equal(t, changedError{"of somebody else"}, err)
	there, _ := os.ReadFile(path)
	assert.Equal(t, "of somebody else", string(there))
	alone(t, path)
	_, err = f.save(stateOf("ash"), true)
	require.NoError(t, err)
	if runtime.GOOS != "windows" {
		info, err := os.Stat(path)
		require.NoError(t, err)
		assert.EqualValues(t, 0o640, info.Mode().Perm(), "it keeps its mode")

		link := filepath.Join(t.TempDir(), "link")
		require.NoError(t, os.Symlink(path, link))
		g, _, err := open(link)
		require.NoError(t, err)
		_, err = g.save(stateOf("elm"), false)
		require.NoError(t, err)
		info, err = os.Lstat(link)
		require.NoError(t, err)
		assert.NotZero(t, info.Mode()&os.ModeSymlink, "a link stays one")
		_, s, err := open(path)
		require.NoError(t, err)
		assert.Equal(t, []string{"elm"}, s.texts())
	}

	dir := filepath.Join(t.TempDir(), "x") // a folder cannot be replaced by a file
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "full"), 0o700))
	assert.Error(t, replace(dir, "y"))
	alone(t, dir)
}
