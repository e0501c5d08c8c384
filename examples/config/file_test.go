package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestPoll: whatever changes a file is seen once, whatever the clock of the file system says.
func TestPoll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "service.json")
	f := file{path: path}
	long := time.Now().Add(-time.Hour).Truncate(time.Second)
	write := func(text string, at time.Time) {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		if !at.IsZero() {
			require.NoError(t, os.Chtimes(path, at, at))
		}
	}
	sees := func(want string, comment string) {
		t.Helper()
		text, changed, err := f.poll()
		require.NoError(t, err, comment)
		assert.True(t, changed, comment)
		assert.Equal(t, want, string(text), comment)
		sameAsBefore(t, &f)
	}
	fails := func(want string) {
		t.Helper()
		_, changed, err := f.poll()
		assert.True(t, changed)
		assert.ErrorContains(t, err, want)
		_, changed, err = f.poll()
		assert.False(t, changed, "an error is told once")
		assert.ErrorContains(t, err, want)
	}

	fails("service.json")
	write("a", time.Time{})
	sees("a", "a file that is there now")
	now := time.Now()
	write("b", now)
	sees("b", "the same size")
	write("c", now)
	sees("c", "the same size and the same time")
	write("c", now.Add(time.Hour))
	sameAsBefore(t, &f)
	write("d", now.Add(time.Hour))
	sees("d", "a clock that is ahead")
	write("e", long)
	sees("e", "a time that is earlier")
	require.NotNil(t, f.info)
	write("f", long.Add(10*time.Millisecond))
	sees("f", "a time that is hardly another")
	write("gg", long.Add(10*time.Millisecond))
	sees("gg", "another size at the same time")
	require.NotNil(t, f.info)
	require.NoError(t, os.WriteFile(path+".new", []byte("hh"), 0o644))
	require.NoError(t, os.Chtimes(path+".new", f.info.ModTime(), f.info.ModTime()))
	require.NoError(t, os.Rename(path+".new", path))
	sees("hh", "another file under the name, of the same size and time")

	require.NoError(t, os.Remove(path))
	fails("service.json")
	write("hh", long)
	sees("hh", "after an error")
	require.NoError(t, os.Remove(path))
	require.NoError(t, os.Mkdir(path, 0o755))
	fails("no regular file")
	require.NoError(t, os.Remove(path))
	write(strings.Repeat("x", maxFile+1), long)
	fails("more than")
}

// sameAsBefore fails if the file has changed for poll.
func sameAsBefore(t *testing.T, f *file) {
	t.Helper()
	_, changed, err := f.poll()
	assert.NoError(t, err)
	assert.False(t, changed)
}

// TestPollReadsOnlyWhatMayHaveChanged: the only change that is not seen is one that is hidden on purpose.
func TestPollReadsOnlyWhatMayHaveChanged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "service.json")
	long := time.Now().Add(-time.Hour)
	for i, text := range []string{"a", "b"} {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		require.NoError(t, os.Chtimes(path, long, long))
		if i == 0 {
			f := file{path: path}
			_, changed, err := f.poll()
			require.NoError(t, err)
			require.True(t, changed)
			defer func() { sameAsBefore(t, &f) }()
		}
	}
}
