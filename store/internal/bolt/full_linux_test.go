package bolt

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

const fullEnv = "RAMET_BOLT_FULL"

// A process that may write no longer files stands for a full disk. What was there stays, what fits can still be
// written, and when there is place again all goes on.
func TestDiskFull(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.Command(os.Args[0], "-test.run=^TestDiskFullChild$", "-test.v")
	cmd.Env = append(os.Environ(), fullEnv+"="+dir)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	assert.Contains(t, string(out), "the child was here")

	e, err := Open(filepath.Join(dir, "store"), Options{})
	require.NoError(t, err)
	defer e.Close()
	done, err := doneIn(t.Context(), e)
	require.NoError(t, err)
	w := newWorkload(1, 0)
	for w.commits < done {
		w.next()
	}
	assert.NoError(t, w.check(t.Context(), e))
}

func TestDiskFullChild(t *testing.T) {
	dir := os.Getenv(fullEnv)
	if dir == "" {
		t.Skip("only for the child of another test")
	}
	signal.Ignore(syscall.SIGXFSZ)
	ctx := context.Background()
	path := filepath.Join(dir, "store")
	e, err := Open(path, Options{})
	require.NoError(t, err)
	w := newWorkload(1, 0)
	require.NoError(t, w.run(ctx, e, 10, acknowledgeNone, nothing))
	var before syscall.Rlimit
	require.NoError(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before))
	limit := func(size uint64) {
		require.NoError(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: size, Max: before.Max}))
	}
	info, err := os.Stat(path)
	require.NoError(t, err)

	// For every length that the file may have, and for one that leaves room for a little: the transaction fails, and what
	// was there is there.
	failed, refused, fitted := 0, 0, 0
	for size := 2 * info.Size(); size >= 0; size -= max(info.Size()/16, 512) {
		limit(uint64(size))
		var big []chunk.Chunk
		for n := range 100 {
			big = append(big, chunk.Of(fmt.Append(make([]byte, 20_000), size, n)))
		}
		_, err := e.Commit(ctx, big, chunk.Swap{Name: "big", Target: big[0].Addr})
		assert.Error(t, err)
		assert.NotErrorIs(t, err, chunk.ErrDamaged)
		assert.ErrorContains(t, e.Put(ctx, big), syscall.EFBIG.Error()) // bbolt does not wrap it
		missing, err := e.Missing(ctx, []chunk.Addr{big[0].Addr, big[99].Addr})
		assert.NoError(t, err)
		assert.Len(t, missing, 2)
		assert.NoError(t, w.check(ctx, e))
		cs, swap := w.next() // small: there may be place
		if _, err := e.Commit(ctx, cs, swap); err != nil {
			assert.NotErrorIs(t, err, chunk.ErrUnknownOutcome)
			refused++
			again := newWorkload(1, 0)
			for again.commits < w.commits-1 {
				again.next()
			}
			w = again
		} else {
			fitted++
		}
		assert.NoError(t, w.check(ctx, e))
		if size < info.Size()/2 {
			failed++
			assert.ErrorContains(t, e.Collect(ctx, time.Time{}, keepAll(e)), syscall.EFBIG.Error())
			assert.NoError(t, w.check(ctx, e))
			assertAlone(t, path)
		}
	}
	assert.Greater(t, failed, 3)
	assert.Greater(t, refused, 3)
	assert.Greater(t, fitted, 0)
	limit(before.Cur)
	require.NoError(t, w.run(ctx, e, w.commits+10, acknowledgeNone, nothing), "there is place again")
	require.NoError(t, e.Collect(ctx, time.Time{}, keepAll(e)))
	require.NoError(t, w.check(ctx, e))
	require.NoError(t, e.Close())
	t.Log("the child was here")
}
