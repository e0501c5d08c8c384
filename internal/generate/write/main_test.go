package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestWrite: a copy that is not what its source says, or is not there, is written, and the others stay as they are.
func TestWrite(t *testing.T) {
	module := t.TempDir()
	want := map[string]string{}
	for _, p := range []string{"rbtree", "hamt", "ordered", "vector"} {
		require.NoError(t, os.Mkdir(filepath.Join(module, p), 0o755))
		files, err := filepath.Glob(filepath.Join("..", "..", "..", p, "*.go"))
		require.NoError(t, err)
		for _, f := range files {
			content, err := os.ReadFile(f)
			require.NoError(t, err)
			name := filepath.Join(p, filepath.Base(f))
			want[name] = string(content)
			require.NoError(t, os.WriteFile(filepath.Join(module, name), content, 0o644))
		}
	}
	changed, gone, same := filepath.Join("hamt", "builder.go"), filepath.Join("vector", "guard.go"), filepath.Join("ordered", "guard.go")
	require.NoError(t, os.WriteFile(filepath.Join(module, changed), []byte("package hamt\n"), 0o644))
	require.NoError(t, os.Remove(filepath.Join(module, gone)))
	before, err := os.Stat(filepath.Join(module, same))
	require.NoError(t, err)
	require.NoError(t, write(module))
	for name, content := range want {
		got, err := os.ReadFile(filepath.Join(module, name))
		require.NoError(t, err)
		assert.Equal(t, content, string(got), name)
	}
	after, err := os.Stat(filepath.Join(module, same))
	require.NoError(t, err)
	assert.Equal(t, before.ModTime(), after.ModTime(), "it was right")

	require.NoError(t, os.Remove(filepath.Join(module, "rbtree", "builder.go")))
	assert.Error(t, write(module), "a source is gone")
}
