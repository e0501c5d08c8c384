package bolt

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

// A bit that flips is found when what it is in is read: as an error that says so, as a chunk that is missing or whose
// bytes have another sum. What is read is never wrong, and nothing panics.
func TestFlippedBits(t *testing.T) {
	flips := 400
	if testing.Short() {
		flips = 60
	}
	path, cs := made(t)
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	rnd := rand.New(rand.NewPCG(3, 4))
	found := map[string]int{}
	for n := range flips {
		at := rnd.IntN(len(whole) * 8)
		if n%2 == 0 { // the headers of pages, where it hurts
			at = rnd.IntN(len(whole)/os.Getpagesize())*os.Getpagesize()*8 + rnd.IntN(64*8)
		}
		content := bytes.Clone(whole)
		content[at/8] ^= 1 << (at % 8)
		require.NoError(t, os.WriteFile(path, content, 0o600))
		found[read(t, path, cs)]++
	}
	t.Log(found)
	assert.Greater(t, found["damaged"], 0)
	assert.Greater(t, found["nothing"], 0)
}

// read reads a file that should hold certain chunks, and tells what it found to be wrong.
func read(t *testing.T, path string, cs []chunk.Chunk) string {
	ctx := t.Context()
	e, err := Open(path, Options{noSync: true, LockTimeout: -1})
	if err != nil {
		require.True(t, errors.Is(err, chunk.ErrDamaged) || errors.Is(err, chunk.ErrFormat), "%v", err)
		return "not opened"
	}
	defer func() { require.NoError(t, e.Close()) }()
	worst := "nothing"
	for _, c := range cs {
		data, err := e.Get(ctx, c.Addr)
		switch {
		case err == nil && !bytes.Equal(data, c.Data):
			worst = "damaged"
			require.NotEqual(t, c.Addr, chunk.Sum(data))
		case err != nil:
			worst = "damaged"
			require.True(t, errors.Is(err, chunk.ErrDamaged) || errors.Is(err, chunk.ErrMissing) || errors.Is(err, chunk.ErrFormat), "%v", err)
		}
	}
	for _, err := range e.Log(ctx, "") {
		require.True(t, err == nil || errors.Is(err, chunk.ErrDamaged) || errors.Is(err, chunk.ErrFormat), "%v", err)
	}
	for _, err := range e.Refs(ctx, "") {
		require.True(t, err == nil || errors.Is(err, chunk.ErrDamaged), "%v", err)
	}
	for _, err := range e.Addrs(ctx) {
		require.True(t, err == nil || errors.Is(err, chunk.ErrDamaged), "%v", err)
	}
	// A collection copies nothing that is wrong.
	if err := e.Collect(ctx, time.Time{}, keepAll(e)); err != nil {
		require.True(t, errors.Is(err, chunk.ErrDamaged) || errors.Is(err, chunk.ErrMissing) || errors.Is(err, chunk.ErrFormat), "%v", err)
		return "damaged"
	}
	for a, err := range e.Addrs(ctx) {
		require.NoError(t, err)
		data, err := e.Get(ctx, a)
		require.NoError(t, err)
		require.Equal(t, a, chunk.Sum(data))
	}
	return worst
}

// A file that others shorten while it is open makes memory fault where it was mapped. The lock does not outlive the
// engine.
func TestCutOffWhileOpen(t *testing.T) {
	path, cs := made(t)
	before := debug.SetPanicOnFault(false)
	defer debug.SetPanicOnFault(before)
	e, err := Open(path, Options{})
	require.NoError(t, err)
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.Truncate(path, int64(3*os.Getpagesize())))
	damaged := 0
	for _, c := range cs {
		if _, err := e.Get(t.Context(), c.Addr); err != nil {
			assert.ErrorIs(t, err, chunk.ErrDamaged)
			damaged++
		}
	}
	assert.Greater(t, damaged, 0)
	_, err = e.Commit(t.Context(), []chunk.Chunk{chunk.Of([]byte("x"))}, chunk.Swap{Name: "x", Target: chunk.Addr{1}})
	assert.ErrorIs(t, err, chunk.ErrDamaged)
	assert.ErrorIs(t, e.Collect(t.Context(), time.Time{}, keepAll(e)), chunk.ErrDamaged)
	assert.False(t, debug.SetPanicOnFault(false), "what a fault does was not restored")
	require.NoError(t, e.Close())
	assertAlone(t, path)
	require.NoError(t, os.WriteFile(path, whole, 0o600))
	e, err = Open(path, Options{LockTimeout: -1})
	require.NoError(t, err, "the lock")
	require.NoError(t, e.Close())
}

// If bbolt panics while it writes, nothing is done any more: it may hold its locks, and its free pages may not be free.
func TestPanicInAWrite(t *testing.T) {
	path, cs := made(t)
	e, err := Open(path, Options{noSync: true})
	require.NoError(t, err)
	e.writing <- struct{}{}
	_, err = e.write(nil)
	<-e.writing
	assert.ErrorIs(t, err, chunk.ErrDamaged)
	_, err = e.Get(t.Context(), cs[0].Addr)
	assert.ErrorIs(t, err, chunk.ErrDamaged)
	assert.ErrorIs(t, e.Put(t.Context(), cs), chunk.ErrDamaged)
	require.NoError(t, e.Close())
	e, err = Open(path, Options{LockTimeout: -1})
	require.NoError(t, err)
	_, err = e.Get(t.Context(), cs[0].Addr)
	assert.NoError(t, err)
	require.NoError(t, e.Close())
}

// Big commits go in several transactions. What a swap that is refused brought is not stored.
func TestGroups(t *testing.T) {
	ctx := t.Context()
	e, err := Open(filepath.Join(t.TempDir(), "store"), Options{noSync: true, groupBytes: 1000})
	require.NoError(t, err)
	defer e.Close()
	var cs []chunk.Chunk
	for n := range 50 {
		cs = append(cs, chunk.Of(fmt.Append(make([]byte, n*40), n)))
	}
	_, err = e.Commit(ctx, cs, chunk.Swap{Name: "a", Old: 1, Target: cs[0].Addr})
	assert.ErrorIs(t, err, chunk.ErrMoved)
	size, err := e.Size(ctx)
	require.NoError(t, err)
	assert.Zero(t, size.Chunks)
	transactions := e.transaction(t)
	_, err = e.Commit(ctx, cs, chunk.Swap{Name: "a", Target: cs[0].Addr})
	require.NoError(t, err)
	assert.Greater(t, e.transaction(t)-transactions, 20)
	transactions = e.transaction(t)
	require.NoError(t, e.Put(ctx, nil))
	assert.Equal(t, transactions, e.transaction(t), "nothing needs no transaction")
	missing, err := e.Missing(ctx, []chunk.Addr{cs[0].Addr, cs[49].Addr})
	require.NoError(t, err)
	assert.Empty(t, missing)
}
