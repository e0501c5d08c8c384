package storefile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store"
)

// TestError: each error is one of the path, says it once, and is still what it was.
func TestError(t *testing.T) {
	assert.NoError(t, Error("list", nil))
	for _, c := range []struct {
		err  error
		want string
	}{
		{fmt.Errorf("list: %w: timeout", store.ErrLocked), "list: in use: one program has the file at a time, and another has it now"},
		{fmt.Errorf("list: %w: no file of a store", store.ErrFormat), "list: left as it is, for it is something else: unknown format: no file of a store"},
		{fmt.Errorf("store: %w", store.ErrDamaged), "list: damaged, and not to be relied on: store: damaged"},
		{fmt.Errorf("store: %w", store.ErrMissing), "list: damaged, and not to be relied on: store: chunk missing"},
		{fmt.Errorf("store: %w", store.ErrSchema), "list: left as it is, for another program keeps something of the same name there: store: another schema"},
		{errors.New("disk full"), "list: disk full"},
	} {
		err := Error("list", c.err)
		assert.EqualError(t, err, c.want)
		assert.ErrorIs(t, err, c.err)
	}

	path := filepath.Join(t.TempDir(), "no", "list")
	_, err := store.Open(path)
	require.ErrorIs(t, err, os.ErrNotExist)
	assert.Regexp(t, `/no/list: cannot \w+ it: no such file or directory$`, filepath.ToSlash(Error(path, err).Error()))
}
