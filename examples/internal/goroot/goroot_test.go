package goroot

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFind(t *testing.T) {
	for _, flags := range []string{"", "-json"} {
		t.Setenv("GOFLAGS", flags)
		root, err := Find()
		require.NoError(t, err)
		assert.DirExists(t, filepath.Join(root, "src", "runtime"))
	}
}

func TestFindWithoutGo(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := Find()
	assert.ErrorContains(t, err, "cannot ask the go command for its folder: ")
}
