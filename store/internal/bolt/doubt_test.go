package bolt

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

// TestDoubt: if one of the two pages is invalid that say where everything begins, what the other one has is there, and
// the doubt is told, also after the next commits have written over both, for a day.
func TestDoubt(t *testing.T) {
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "store")
	e, err := Open(path, Options{noSync: true})
	require.NoError(t, err)
	commit := func(e *Engine, n int) {
		t.Helper()
		c := chunk.Of(fmt.Append(nil, n))
		r, err := e.Ref(ctx, "a")
		require.NoError(t, err)
		_, err = e.Commit(ctx, []chunk.Chunk{c}, chunk.Swap{Name: "a", Old: r.Revision, Target: c.Addr, Time: time.Now()})
		require.NoError(t, err)
	}
	commit(e, 1)
	commit(e, 2)
	require.NoError(t, e.Doubt(ctx))
	require.NoError(t, e.Close())
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	size := os.Getpagesize()
	number := func(page int) uint64 { return binary.NativeEndian.Uint64(whole[page*size+16+48:]) }
	newer := 0
	if number(1) > number(0) {
		newer = 1
	}
	for page := range 2 {
		for _, at := range []int{16, 17, 32, 40, 48, 56, 64, 71, 72, 79} {
			bad := bytes.Clone(whole)
			bad[page*size+at] ^= 4
			require.NoError(t, os.WriteFile(path, bad, 0o600))
			want := 2
			if page == newer {
				want = 1
			}
			look := func(o Options) *Engine {
				t.Helper()
				e, err := Open(path, o)
				require.NoError(t, err)
				r, err := e.Ref(ctx, "a")
				require.NoError(t, err)
				require.Equal(t, chunk.Sum(fmt.Append(nil, want)), r.Target)
				require.ErrorIs(t, e.Doubt(ctx), chunk.ErrDamaged, "page %d, byte %d", page, at)
				return e
			}
			require.NoError(t, look(Options{ReadOnly: true}).Close())
			now, err := os.ReadFile(path)
			require.NoError(t, err)
			require.True(t, bytes.Equal(bad, now), "read only")
			e := look(Options{noSync: true})
			for n := range 3 {
				commit(e, want+n)
			}
			want += 2
			require.ErrorIs(t, e.Doubt(ctx), chunk.ErrDamaged)
			require.NoError(t, e.Close())
			e = look(Options{noSync: true})
			require.NoError(t, e.Collect(ctx, time.Now().Add(-time.Hour), keepAll(e)))
			assert.ErrorIs(t, e.Doubt(ctx), chunk.ErrDamaged)
			require.NoError(t, e.Collect(ctx, time.Now(), keepAll(e)))
			assert.NoError(t, e.Doubt(ctx))
			require.NoError(t, e.Close())
		}
	}
}

// A page that is damaged while the file is open is seen too.
func TestDoubtWhileOpen(t *testing.T) {
	ctx := t.Context()
	path, _ := made(t)
	e, err := Open(path, Options{noSync: true})
	require.NoError(t, err)
	defer e.Close()
	require.NoError(t, e.Doubt(ctx))
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	require.NoError(t, err)
	defer f.Close()
	for page := range 2 {
		var b [1]byte
		at := int64(page*os.Getpagesize() + 60)
		_, err = f.ReadAt(b[:], at)
		require.NoError(t, err)
		_, err = f.WriteAt([]byte{b[0] ^ 1}, at)
		require.NoError(t, err)
		require.ErrorIs(t, e.Doubt(ctx), chunk.ErrDamaged)
		_, err = f.WriteAt(b[:], at)
		require.NoError(t, err)
		require.NoError(t, e.Doubt(ctx))
	}
}
