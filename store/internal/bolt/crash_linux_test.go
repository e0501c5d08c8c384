package bolt

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// childEnv tells a test process to be a child that works on a file until it ends.
const childEnv = "RAMET_BOLT_CHILD"

// soak tells whether there is time for long tests.
func soak() bool { return os.Getenv("RAMET_SOAK") != "" }

// TestChild is no test, but what the children of tests run.
func TestChild(t *testing.T) {
	path := os.Getenv(childEnv)
	if path == "" {
		t.Skip("only for the children of other tests")
	}
	var seed uint64
	var every, commits int
	_, err := fmt.Sscan(os.Getenv(childEnv+"_ARGS"), &seed, &every, &commits)
	require.NoError(t, err)
	ctx := context.Background()
	e, err := Open(path, Options{LockTimeout: time.Minute})
	require.NoError(t, err)
	w := newWorkload(seed, every)
	done, err := doneIn(ctx, e)
	require.NoError(t, err)
	for w.commits < done {
		w.next()
	}
	err = w.run(ctx, e, commits, func(done int) { os.Stdout.WriteString(fmt.Sprintf("ack %d\n", done)) })
	require.NoError(t, err)
	require.NoError(t, e.Close())
}

// child returns a command that runs a workload on a file.
func child(path string, seed uint64, every, commits int, with ...string) *exec.Cmd {
	args := append(with, os.Args[0], "-test.run=^TestChild$")
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = append(os.Environ(), childEnv+"="+path, childEnv+"_ARGS="+fmt.Sprint(seed, every, commits), "GOCOVERDIR="+os.TempDir())
	return cmd
}

// trace returns what a workload does to its folder.
func trace(t *testing.T, seed uint64, every, commits int) []event {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("there is no strace, which is needed to see what is written:", err)
	}
	dir, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	out := filepath.Join(t.TempDir(), "trace")
	cmd := child(filepath.Join(dir, "store"), seed, every, commits, strace, "-f", "-qq", "-xx", "-s", "8388608", "-o", out,
		"-e", "trace=openat,close,pwrite64,write,fdatasync,fsync,ftruncate,rename,renameat,renameat2,linkat,unlinkat", "-e", "signal=none")
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("strace may not trace here: %v\n%s", err, said)
	}
	events, err := readTrace(out, dir)
	require.NoError(t, err)
	counts := map[string]int{}
	for _, e := range events {
		counts[e.kind]++
	}
	t.Log(counts)
	require.Equal(t, commits, counts["said"], "what was traced is not what was done")
	require.Greater(t, counts["sync"], 2*commits)
	if every > 0 {
		require.Equal(t, commits/every, counts["rename"])
	}
	return events
}

// crashes makes images of what may be left if the power fails, and returns how many are bad, and the first. ignore
// tells which syncs do nothing.
func crashes(t *testing.T, events []event, seed uint64, every, images int, rnd *rand.Rand, ignore func(sync int) bool) (bad int, first error) {
	cuts := map[int]int{}
	for range images {
		cuts[rnd.IntN(len(events)+1)]++
	}
	dir := t.TempDir()
	d := newDisk()
	acknowledged, syncs := 0, 0
	for at := 0; at <= len(events); at++ {
		for range cuts[at] {
			if err := judge(dir, d.image(rnd), seed, every, acknowledged); err != nil {
				if bad++; bad == 1 {
					first = fmt.Errorf("the power fails before event %d of %d, after commit %d: %w", at, len(events), acknowledged, err)
				}
				if ignore != nil {
					return bad, first
				}
			}
		}
		if at == len(events) {
			break
		}
		switch e := events[at]; e.kind {
		case "said":
			acknowledged = e.number
		case "sync", "syncdir":
			if syncs++; ignore != nil && ignore(syncs) {
				continue
			}
			d.do(e)
		default:
			d.do(e)
		}
	}
	return bad, first
}

// judge opens an image, and returns an error if it does not hold all commits that were acknowledged, and perhaps the
// next.
func judge(dir string, image map[string][]byte, seed uint64, every, acknowledged int) error {
	ctx := context.Background()
	path := filepath.Join(dir, "store")
	if image["store"] == nil {
		if acknowledged > 0 {
			return fmt.Errorf("the file has no name")
		}
		return nil
	}
	for name, content := range image {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			return err
		}
	}
	defer func() {
		for name := range image {
			os.Remove(filepath.Join(dir, name))
		}
	}()
	e, err := Open(path, Options{noSync: true})
	if err != nil {
		return err
	}
	defer e.Close()
	done, err := doneIn(ctx, e)
	if err != nil {
		return err
	}
	if done != acknowledged && done != acknowledged+1 {
		return fmt.Errorf("it has %d commits", done)
	}
	w := newWorkload(seed, every)
	for w.commits < done {
		w.next()
	}
	if err := w.check(ctx, e); err != nil {
		return err
	}
	// What comes next overwrites nothing of that: the free pages are free.
	if err := w.run(ctx, e, done+2, func(int) {}); err != nil {
		return err
	}
	return w.check(ctx, e)
}

// The images are of 40 commits and some collections; each shows what is there after a power failure at some moment.
func TestCrashImages(t *testing.T) {
	images, commits := 2000, 40
	switch {
	case soak():
		images = 50_000
	case testing.Short():
		images = 300
	}
	for _, every := range []int{0, 7} {
		t.Run(fmt.Sprint("a collection after ", every), func(t *testing.T) {
			seed := uint64(every) + 1
			events := trace(t, seed, every, commits)
			start := time.Now()
			rnd := rand.New(rand.NewPCG(seed, 99))
			bad, first := crashes(t, events, seed, every, images/2, rnd, nil)
			assert.NoError(t, first)
			t.Logf("%d of %d images are bad; %v", bad, images/2, time.Since(start).Round(time.Millisecond))
		})
	}
}

// The harness sees what it is for: if every second sync does nothing, images are bad; and if those of the folder do.
func TestCrashImagesSeeWhatIsNotSynced(t *testing.T) {
	const seed, every = 8, 4
	events := trace(t, seed, every, 20)
	folder, afterRename, beforeRename := map[int]bool{}, map[int]bool{}, map[int]bool{} // syncs, by their number
	syncs, renamed := 0, false
	for _, e := range events {
		switch e.kind {
		case "sync":
			syncs++
		case "syncdir":
			syncs++
			folder[syncs], afterRename[syncs], renamed = true, renamed, false
		case "rename":
			beforeRename[syncs], renamed = true, true
		}
	}
	for name, ignore := range map[string]func(sync int) bool{
		"every second":                   func(n int) bool { return n%2 == 0 },
		"the others":                     func(n int) bool { return n%2 == 1 },
		"the folder's":                   func(n int) bool { return folder[n] },
		"the folder's of a collection":   func(n int) bool { return afterRename[n] },
		"the new file's of a collection": func(n int) bool { return beforeRename[n] },
	} {
		_, first := crashes(t, events, seed, every, 2000, rand.New(rand.NewPCG(seed, 1)), ignore)
		assert.Error(t, first, name)
		t.Log(name, first)
	}
}
