package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

const faultEnv = "RAMET_BOLT_FAULT"

// The calls of the system that a child makes, of which one fails.
var faultyCalls = []string{"pread64", "pwrite64", "fdatasync", "fsync", "ftruncate", "linkat", "renameat", "renameat2", "rename"}

// The n-th call of a kind fails, for each kind and all n of a workload that makes a file, commits and collects: nothing
// that was acknowledged is lost, and what failed is not there, or wholly there; the error says so; and what is open goes
// on, or says that it has to be opened again.
func TestEachCallFails(t *testing.T) {
	if testing.Short() {
		t.Skip("runs two hundred processes")
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("there is no strace, which lets calls fail:", err)
	}
	out := filepath.Join(t.TempDir(), "trace")
	if said, err := exec.Command(strace, "-f", "-qq", "-o", out, "-e", "inject=fsync:error=EIO:when=1", "true").CombinedOutput(); err != nil {
		t.Skipf("strace may not let calls fail here: %v\n%s", err, said)
	}
	kinds := []string{"EIO"}
	if soak() {
		kinds = []string{"EIO", "ENOSPC"}
	}
	failed := map[string]int{}
	quiet := map[string]int{}
	for _, kind := range kinds {
		for _, call := range faultyCalls {
			for n := 1; ; n++ {
				dir := t.TempDir()
				path := filepath.Join(dir, "store")
				cmd := exec.Command(strace, "-f", "-qq", "-o", out, "-P", path, "-P", path+collectSuffix, "-P", dir,
					"-e", "trace="+call, "-e", fmt.Sprintf("inject=%s:error=%s:when=%d", call, kind, n), "-e", "signal=none",
					os.Args[0], "-test.run=^TestEachCallFailsChild$")
				cmd.Env = append(os.Environ(), faultEnv+"="+path, "GOCOVERDIR="+os.TempDir())
				said, err := cmd.CombinedOutput()
				what := fmt.Sprintf("%s %d: %s\n%s", call, n, kind, said)
				require.NoError(t, err, what)
				traced, err := os.ReadFile(out)
				require.NoError(t, err)
				if !bytes.Contains(traced, []byte("(INJECTED)")) {
					require.Contains(t, string(said), "closed: <nil>", what)
					require.NotContains(t, string(said), "error", what)
					break
				}
				failed[call]++
				if !strings.Contains(string(said), "error") {
					quiet[call]++
				}
				judgeFault(t, path, string(said), what)
			}
		}
	}
	t.Logf("calls that failed: %v; of those without an error: %v", failed, quiet)
	assert.Greater(t, failed["pwrite64"], 20)
	assert.Greater(t, failed["fdatasync"], 8)
	assert.Positive(t, failed["fsync"])
	assert.Positive(t, failed["ftruncate"])
	assert.Positive(t, failed["renameat"]+failed["renameat2"]+failed["rename"])
	for _, call := range []string{"pwrite64", "fdatasync", "fsync", "ftruncate", "renameat", "renameat2", "rename"} {
		assert.Zero(t, quiet[call], "a failed %s was not reported", call)
	}
}

// judgeFault looks at the file that a child left.
func judgeFault(t *testing.T, path, said, what string) {
	ctx := context.Background()
	acknowledged, unknown := 0, 0
	for line := range strings.Lines(said) {
		_, _ = fmt.Sscanf(line, "ack %d", &acknowledged)
		_, _ = fmt.Sscanf(line, "unknown %d", &unknown)
	}
	e, err := Open(path, Options{})
	require.NoError(t, err, what)
	defer e.Close()
	done, err := doneIn(ctx, e)
	require.NoError(t, err, what)
	if done != acknowledged && done != unknown {
		t.Fatalf("%d commits are there; %s", done, what)
	}
	w := newWorkload(3, 4)
	for w.commits < done {
		w.next()
	}
	require.NoError(t, w.check(ctx, e), what)
	assertAlone(t, path)
}

// TestEachCallFailsChild makes a file, commits and collects, and goes on after an error, as a program would.
func TestEachCallFailsChild(t *testing.T) {
	path := os.Getenv(faultEnv)
	if path == "" {
		t.Skip("only for the child of another test")
	}
	runtime.LockOSThread() // calls are counted by thread
	defer runtime.UnlockOSThread()
	ctx := context.Background()
	var e *Engine
	defer func() { fmt.Println("closed:", e.Close()) }()
	reopen := func() *workload {
		for tries := 0; ; tries++ {
			var err error
			if e, err = Open(path, Options{copyBytes: 5000}); err == nil {
				break
			}
			fmt.Println("error of open:", err)
			require.Less(t, tries, 2, "%v", err)
		}
		w := newWorkload(3, 4)
		done, err := doneIn(ctx, e)
		if err != nil {
			fmt.Println("error of reading:", err)
			done, err = doneIn(ctx, e)
			require.NoError(t, err)
		}
		for w.commits < done {
			w.next()
		}
		return w
	}
	w := reopen()
	acknowledged := 0
	acknowledge := func(done int) {
		acknowledged = done
		fmt.Println("ack", done)
	}
	for range 4 {
		err := w.run(ctx, e, 7, acknowledge, func(what string) {})
		if err == nil {
			break
		}
		fmt.Println("error:", err)
		if errors.Is(err, chunk.ErrUnknownOutcome) {
			fmt.Println("unknown", w.commits)
		}
		// What is open says what there is: as before, or, if nobody knows, with the commit; or that it is broken.
		if done, derr := doneIn(ctx, e); derr == nil {
			again := newWorkload(3, 4)
			for again.commits < done {
				again.next()
			}
			require.NoError(t, again.check(ctx, e))
			if !errors.Is(err, chunk.ErrUnknownOutcome) {
				require.Equal(t, acknowledged, done, "what failed is there")
			}
			w = again
		} else {
			fmt.Println("error of reading:", derr)
		}
		if strings.Contains(err.Error(), "opened again") || e.alive() != nil {
			_ = e.Close()
			w = reopen()
		}
	}
	require.Equal(t, 7, w.commits, "it does not go on after one failure")
}
