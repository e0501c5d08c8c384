package bolt

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/storetest"
)

func TestEngine(t *testing.T) {
	for name, options := range map[string]Options{
		"":             {noSync: true},
		"small groups": {noSync: true, groupBytes: 1000},
		"close first":  {noSync: true, closeFirst: true},
	} {
		t.Run(name, func(t *testing.T) {
			storetest.TestEngine(t, func(t testing.TB) (chunk.Engine, func() chunk.Engine) {
				path := filepath.Join(t.TempDir(), "store")
				open := func() chunk.Engine {
					e, err := Open(path, options)
					require.NoError(t, err)
					return e
				}
				return open(), open
			})
		})
	}
}
