package bolt

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
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
	e, err := Open(path, Options{LockTimeout: time.Minute, copyBytes: 20_000}) // several transactions copy
	require.NoError(t, err)
	w := newWorkload(seed, every)
	done, err := doneIn(ctx, e)
	require.NoError(t, err)
	for w.commits < done {
		w.next()
	}
	say := func(what string) { os.Stdout.WriteString(what + "\n") }
	err = w.run(ctx, e, commits, func(done int) { say(fmt.Sprint("ack ", done)) }, say)
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
	if said, err := exec.Command(strace, "-f", "-qq", "-o", os.DevNull, "true").CombinedOutput(); err != nil {
		t.Skipf("strace may not trace here: %v\n%s", err, said)
	}
	dir, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	out := filepath.Join(t.TempDir(), "trace")
	cmd := child(filepath.Join(dir, "store"), seed, every, commits, strace, "-f", "-qq", "-xx", "-s", "8388608", "-o", out,
		"-e", "trace=openat,close,pwrite64,write,fdatasync,fsync,ftruncate,rename,renameat,renameat2,linkat,unlinkat", "-e", "signal=none")
	said, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", said)
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

// A crash is a trial of what may be left if the power fails in the middle of a trace.
type crash struct {
	events      []event
	seed        uint64
	every       int
	ignore      func(sync int) bool // which syncs do nothing, by their number; nil: none
	stop        bool                // at the first bad image
	dir         string
	rnd         *rand.Rand
	images, bad int
	first       error
}

func newCrash(t *testing.T, events []event, seed uint64, every int) *crash {
	return &crash{events: events, seed: seed, every: every, dir: t.TempDir(), rnd: rand.New(rand.NewPCG(seed, 99))}
}

// replay does the events, and calls at before each of them and at the end.
func (c *crash) replay(at func(n int, d *disk, acknowledged int)) {
	d := newDisk()
	acknowledged, syncs := 0, 0
	for n, e := range c.events {
		if at(n, d, acknowledged); c.bad > 0 && c.stop {
			return
		}
		switch e.kind {
		case "said":
			acknowledged = e.number
		case "sync", "syncdir":
			if syncs++; c.ignore != nil && c.ignore(syncs) {
				continue
			}
			d.do(e)
		default:
			d.do(e)
		}
	}
	at(len(c.events), d, acknowledged)
}

// try looks at an image.
func (c *crash) try(n int, d *disk, acknowledged, pending, how int) {
	c.images++
	if err := judge(c.dir, d.image(c.rnd, pending, how), c.seed, c.every, acknowledged); err != nil {
		if c.bad++; c.bad == 1 {
			c.first = fmt.Errorf("the power fails before event %d of %d, after commit %d: %w", n, len(c.events), acknowledged, err)
		}
	}
}

// anywhere looks at images of random moments.
func (c *crash) anywhere(images int) {
	cuts := map[int]int{}
	for range images {
		cuts[c.rnd.IntN(len(c.events)+1)]++
	}
	c.replay(func(n int, d *disk, acknowledged int) {
		for range cuts[n] {
			c.try(n, d, acknowledged, c.rnd.IntN(len(d.pending)+1), c.rnd.IntN(howMuch))
		}
	})
}

// collections looks at images of every moment of the first few collections, and of the commit that follows each, with
// every number of names that may be written. Those that depend on chance are as many as said.
func (c *crash) collections(first, chances int) {
	within := make([]bool, len(c.events)+1)
	for n, inside, said := 0, false, false; n < len(c.events); n++ {
		switch c.events[n].kind {
		case "collect":
			first--
			inside, said = first >= 0, false
		case "collected":
			said = true
		case "said":
			if inside && said { // the first commit after it is acknowledged, in the new file
				within[n+1], inside, said = true, false, false
			}
		}
		within[n] = within[n] || inside
	}
	c.replay(func(n int, d *disk, acknowledged int) {
		if !within[n] {
			return
		}
		for pending := range len(d.pending) + 1 {
			for how := range howMuch {
				times := 1
				if how > nothingWritten {
					times = chances
				}
				for range times {
					c.try(n, d, acknowledged, pending, how)
				}
			}
		}
	})
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
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		return fmt.Errorf("remains of a collection are left: %v, %v", left, err)
	}
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
	if err := w.run(ctx, e, done+2, acknowledgeNone, nothing); err != nil {
		return err
	}
	return w.check(ctx, e)
}

// Images of 40 commits, some of which are done while collections copy; each shows what is there after a power failure.
// They are of random moments, and of every moment of a collection: while it copies, takes the roots again, syncs,
// renames, syncs the folder and goes on in the new file. Each holds what was acknowledged.
func TestCrashImages(t *testing.T) {
	images, collections, chances := 500, 2, 1
	switch {
	case soak():
		images, collections, chances = 20_000, 5, 4
	case testing.Short():
		images, collections = 50, 1
	}
	all := 0
	for _, every := range []int{0, 7} {
		t.Run(fmt.Sprint("a collection after ", every), func(t *testing.T) {
			seed := uint64(every) + 1
			c := newCrash(t, trace(t, seed, every, 40), seed, every)
			start := time.Now()
			c.anywhere(images)
			if every > 0 {
				before := c.images
				c.collections(collections, chances)
				assert.Greater(t, c.images-before, 400, "the collections have few moments")
			}
			assert.NoError(t, c.first)
			t.Logf("%d of %d images are bad; %v", c.bad, c.images, time.Since(start).Round(time.Millisecond))
			all += c.images
		})
	}
	t.Logf("%d images", all)
}

// The harness sees what it is for: syncs that do nothing, of all or of some kind, and a collection that does its steps in
// another order.
func TestCrashImagesSee(t *testing.T) {
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
	// The last sync before each rename, of the new file, is done after it.
	late := slices.Clone(events)
	sync := -1
	for n, e := range late {
		switch e.kind {
		case "sync":
			sync = n
		case "rename":
			s := late[sync]
			copy(late[sync:], late[sync+1:n+1])
			late[n] = s
		}
	}
	for name, test := range map[string]struct {
		events []event
		ignore func(sync int) bool
		in     bool // in a collection only
	}{
		"every second sync":                      {events, func(n int) bool { return n%2 == 0 }, false},
		"the other syncs":                        {events, func(n int) bool { return n%2 == 1 }, false},
		"the folder's syncs":                     {events, func(n int) bool { return folder[n] }, false},
		"the folder's syncs of a collection":     {events, func(n int) bool { return afterRename[n] }, true},
		"the new file's syncs of a collection":   {events, func(n int) bool { return beforeRename[n] }, true},
		"a rename before the new file is synced": {late, nil, true},
	} {
		c := newCrash(t, test.events, seed, every)
		c.ignore, c.stop = test.ignore, true
		if test.in {
			c.collections(1, 1)
		} else {
			c.anywhere(2000)
		}
		assert.Error(t, c.first, name)
		t.Logf("%s: image %d: %v", name, c.images, c.first)
	}
}
