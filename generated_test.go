package ramet_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/generate"
)

// TestGeneratedFilesAreWhatTheirSourcesSay: a file that is copied from another package is not changed by hand, and made
// anew after its source is changed. One that is not made any more is gone.
func TestGeneratedFilesAreWhatTheirSourcesSay(t *testing.T) {
	files, err := generate.Files(".")
	require.NoError(t, err)
	made := map[string]bool{}
	for _, f := range files {
		made[f.Name] = true
		content, err := os.ReadFile(filepath.FromSlash(f.Name))
		if assert.NoError(t, err, "run make generate") && !bytes.Equal(content, f.Content) {
			assert.Fail(t, f.Name+" is not what its source says", "first in line %d: run make generate", firstDifference(content, f.Content))
		}
	}
	assert.Greater(t, len(made), 10)

	marked := 0
	err = filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && strings.HasPrefix(d.Name(), "."):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		content, err := os.ReadFile(name)
		if err == nil && bytes.HasPrefix(content, []byte(generate.Mark)) {
			marked++
			assert.True(t, made[filepath.ToSlash(name)], "%s says that it is generated, and is not", name)
		}
		return err
	})
	require.NoError(t, err)
	assert.Equal(t, len(made), marked)
}

// firstDifference returns the number of the first line in which a and b differ.
func firstDifference(a, b []byte) int {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return 1 + bytes.Count(a[:i], []byte("\n"))
}
