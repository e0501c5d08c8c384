package main

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/storetest"
)

// A line is what leads to a cluster. While it is down nothing is answered.
type line struct {
	chunk.Remote
	down atomic.Bool
}

func (l *line) wait(ctx context.Context) error {
	if l.down.Load() {
		<-ctx.Done()
	}
	return ctx.Err()
}

func (l *line) Ref(ctx context.Context, name string) (chunk.Ref, error) {
	if err := l.wait(ctx); err != nil {
		return chunk.Ref{}, err
	}
	return l.Remote.Ref(ctx, name)
}

func (l *line) Swap(ctx context.Context, s chunk.Swap) (chunk.Ref, error) {
	if err := l.wait(ctx); err != nil {
		return chunk.Ref{}, err
	}
	return l.Remote.Swap(ctx, s)
}

func (l *line) PutPack(ctx context.Context, id chunk.Addr, full bool, chunks iter.Seq2[chunk.Chunk, error]) error {
	if err := l.wait(ctx); err != nil {
		return err
	}
	return l.Remote.PutPack(ctx, id, full, chunks)
}

func (l *line) Pack(ctx context.Context, id chunk.Addr) (bool, iter.Seq2[chunk.Chunk, error], error) {
	if err := l.wait(ctx); err != nil {
		return false, nil, err
	}
	return l.Remote.Pack(ctx, id)
}

// A machine is a server with a file of its own, whose versions a cluster shares.
type machine struct {
	*client
	s    *server
	path string
	line *line
	stop func()
}

// Paces for tests. A machine that takes its time waits for an answer as long as usual, because the one that runs the tests may be slow; one
// whose line is cut is in a hurry.
var (
	patient = pace{write: usual.write, ask: usual.ask, look: 200 * time.Millisecond, retry: 5 * time.Millisecond}
	hurried = pace{write: 4 * time.Second, ask: 2 * time.Second, look: 200 * time.Millisecond, retry: 5 * time.Millisecond}
)

// newMachine starts one. If it does not follow, it learns what others write only when it writes itself.
func newMachine(t *testing.T, remote chunk.Remote, path string, follows bool) *machine {
	t.Helper()
	return machineAt(t, remote, path, follows, patient)
}

// machineAt is newMachine with a pace.
func machineAt(t *testing.T, remote chunk.Remote, path string, follows bool, p pace) *machine {
	t.Helper()
	m := &machine{path: path, line: &line{Remote: remote}}
	v, err := joinVersions(t.Context(), path, 20, m.line)
	require.NoError(t, err)
	v.file.pace = p
	end := func() {}
	if follows {
		end = v.file.following(t.Context(), v)
	}
	m.s = newServer(v, nil)
	hs := httptest.NewServer(m.s.handler())
	m.client = &client{t: t, url: hs.URL}
	m.stop = sync.OnceFunc(func() {
		hs.CloseClientConnections()
		hs.Close()
		end()
		assert.NoError(t, v.file.close())
	})
	t.Cleanup(m.stop)
	return m
}

func files(t *testing.T, n int) (paths []string) {
	dir := t.TempDir()
	for i := range n {
		paths = append(paths, filepath.Join(dir, fmt.Sprint(i)))
	}
	return paths
}

// reaches waits until a machine has a version.
func (m *machine) reaches(number int) {
	m.t.Helper()
	require.Eventually(m.t, func() bool { return m.s.versions.now.Load().Now().number == number }, 30*time.Second, time.Millisecond)
}

// next returns the next event.
func next(t *testing.T, events <-chan event) event {
	t.Helper()
	select {
	case e, ok := <-events:
		require.True(t, ok)
		return e
	case <-time.After(30 * time.Second):
		t.Fatal("no event")
		panic("not reached")
	}
}

// troubled waits until an event says that there is trouble, or none.
func troubled(t *testing.T, events <-chan event, want string) {
	t.Helper()
	for late := time.After(30 * time.Second); ; {
		select {
		case e, ok := <-events:
			require.True(t, ok)
			if e.Trouble == want {
				return
			}
		case <-late:
			t.Fatalf("no event says %q", want)
		}
	}
}

// TestMachines: what is written on one machine is on all of them, with its number, its tag, its time and what made it: those that watch are
// sent it, and one that is started again has it.
func TestMachines(t *testing.T) {
	remote, paths := chunk.NewMemoryRemote(), files(t, 3)
	var all []*machine
	for _, path := range append(paths[:2], "") { // the third has no file
		all = append(all, newMachine(t, remote, path, true))
	}
	var watched []<-chan event
	for _, m := range all {
		events := m.events(t.Context())
		assert.Equal(t, 0, next(t, events).Version)
		watched = append(watched, events)
	}
	writes := []func(m *machine){
		func(m *machine) { m.must("PUT", "/api/entries/ash", `{"height": 3.50}`) },
		func(m *machine) { m.must("PUT", "/api/entries/elm", "1") },
		func(m *machine) { m.must("DELETE", "/api/entries/ash", "") },
		func(m *machine) { m.must("POST", "/api/restore", `{"version": 1}`) },
		func(m *machine) {
			m.must("POST", "/api/merge", `{"base": 2, "ours": {"version": 4}, "theirs": {"version": 3}, "save": true}`)
		},
	}
	for i, write := range writes {
		m := all[i%3]
		m.entries()
		write(m)
		for _, events := range watched {
			e := next(t, events)
			assert.Equal(t, i+1, e.Version)
			assert.Equal(t, m.tag, e.ETag)
		}
	}
	want := all[0].seen()
	require.Len(t, want, 6)
	for _, m := range all {
		assert.Equal(t, want, m.seen())
	}

	all[1].stop()
	all[0].must("PUT", "/api/entries/oak", "true", "If-Match", "*")
	for _, path := range []string{paths[1], paths[2], ""} { // one that was there before, and two that were not
		m := newMachine(t, remote, path, true)
		assert.Equal(t, all[0].seen(), m.seen())
	}
}

// TestMachinesMeet: of two that write for the same version, one wins. The other's client is told that it has not seen the newest version, as
// if both were clients of one server, and nothing is overwritten unseen.
func TestMachinesMeet(t *testing.T) {
	remote, paths := chunk.NewMemoryRemote(), files(t, 2)
	a, b := newMachine(t, remote, paths[0], false), newMachine(t, remote, paths[1], false)
	a.entries()
	b.entries()
	assert.Equal(t, a.tag, b.tag)
	a.must("PUT", "/api/entries/ash", "1")
	assert.Equal(t, "{}", b.entries(), "it does not know yet")
	status, text := b.send("PUT", "/api/entries/ash", "2")
	assert.Equal(t, http.StatusPreconditionFailed, status, text)
	assert.Contains(t, text, "read it first")
	assert.Equal(t, `{"ash":1}`, b.entries(), "now it does")
	b.must("PUT", "/api/entries/ash", "2")

	// What may be written whatever there is, is.
	a.must("PUT", "/api/entries/elm", "3", "If-Match", "*")
	assert.Equal(t, `{"ash":2,"elm":3}`, a.entries())
	status, text = b.send("POST", "/api/restore", `{"version": 1}`)
	assert.Equal(t, http.StatusPreconditionFailed, status, text)
	status, _ = b.send("DELETE", "/api/entries/oak", "", "If-Match", "*")
	assert.Equal(t, http.StatusNotFound, status)

	// A merge that has not seen what the other has written.
	a.must("PUT", "/api/entries/ash", "4", "If-Match", "*")
	merge := `{"base": 3, "ours": {"version": 3, "entries": {"ash": 5, "elm": 3}}, "theirs": {"version": %d}, "save": true}`
	status, text = b.send("POST", "/api/merge", fmt.Sprintf(merge, 3), "If-Match", "*")
	assert.Equal(t, http.StatusConflict, status)
	assert.Contains(t, text, "version 4 is the newest")
	status, text = b.send("POST", "/api/merge", fmt.Sprintf(merge, 4), "If-Match", "*")
	assert.Equal(t, http.StatusConflict, status)
	assert.Contains(t, text, `not resolved: \"ash\"`)
	b.must("POST", "/api/merge", fmt.Sprintf(merge[:len(merge)-1]+`, "resolve": {"ash": "ours"}}`, 4), "If-Match", "*")
	assert.Equal(t, `{"ash":5,"elm":3}`, b.entries())
}

// TestManyWritersOnMachines: each write is for the version that its writer has seen, wherever, so none is lost.
func TestManyWritersOnMachines(t *testing.T) {
	remote, paths := chunk.NewMemoryRemote(), files(t, 3)
	var wg sync.WaitGroup
	var all []*machine
	for i, path := range paths {
		m := newMachine(t, storetest.DropAnswers(remote, uint64(i), 10), path, true)
		all = append(all, m)
	}
	var stored atomic.Int64
	for _, m := range all {
		for range 2 {
			wg.Go(func() {
				own := &client{t: t, url: m.url}
				for done := 0; done < 10; {
					n := 0
					if status, text := own.send("GET", "/api/entries", ""); assert.Equal(t, http.StatusOK, status) {
						var v struct{ Entries map[string]int }
						assert.NoError(t, json.Unmarshal([]byte(text), &v))
						n = v.Entries["n"]
					}
					switch status, text := own.send("PUT", "/api/entries/n", fmt.Sprint(n+1)); status {
					case http.StatusOK:
						done++
						stored.Add(1)
					case http.StatusPreconditionFailed, http.StatusServiceUnavailable:
					default:
						t.Error(status, text)
						return
					}
				}
			})
		}
	}
	wg.Wait()
	last := newMachine(t, remote, "", false)
	newest := last.s.versions.now.Load().Now()
	assert.Equal(t, fmt.Sprint(newest.number), last.must("GET", "/api/entries/n", ""))
	assert.GreaterOrEqual(t, int64(newest.number), stored.Load(), "and those of which it was not known")
	for _, m := range all {
		m.reaches(newest.number)
		assert.Equal(t, last.seen(), m.seen())
	}
}

// TestBeginAtOnce: of several machines that find nothing, one begins, and the others follow.
func TestBeginAtOnce(t *testing.T) {
	for range 10 {
		remote := chunk.NewMemoryRemote()
		var wg sync.WaitGroup
		var all [6]*versions
		for i := range all {
			wg.Go(func() {
				v, err := joinVersions(t.Context(), "", 5, remote)
				if assert.NoError(t, err) {
					all[i] = v
				}
			})
		}
		wg.Wait()
		for _, v := range all {
			require.NotNil(t, v)
			assert.Equal(t, all[0].etag(all[0].now.Load().Now()), v.etag(v.now.Load().Now()))
			assert.Zero(t, v.now.Load().Now().number)
		}
	}
}

// TestSilence: while the cluster does not answer, a server answers reads, and refuses writes, soon and in words; those that watch are told, and
// again when it goes on by itself.
func TestSilence(t *testing.T) {
	remote, paths := chunk.NewMemoryRemote(), files(t, 2)
	a, b := machineAt(t, remote, paths[0], true, hurried), machineAt(t, remote, paths[1], true, hurried)
	events := a.events(t.Context())
	assert.Empty(t, next(t, events).Trouble)
	a.entries()
	a.must("PUT", "/api/entries/ash", "1")
	a.line.down.Store(true)
	var wg sync.WaitGroup
	began := time.Now()
	for range 6 {
		wg.Go(func() {
			own := &client{t: t, url: a.url}
			status, text := own.send("PUT", "/api/entries/ash", "2", "If-Match", "*")
			assert.Equal(t, http.StatusServiceUnavailable, status)
			assert.Regexp(t, "the cluster has not answered: look whether|nothing was written, for the cluster does not answer", text)
		})
	}
	assert.Equal(t, `{"ash":1}`, a.entries())
	troubled(t, events, silence)
	wg.Wait()
	assert.Less(t, time.Since(began), hurried.write+3*time.Second, "those that wait do not wait one after the other")
	began = time.Now()
	status, text := a.send("PUT", "/api/entries/ash", "2")
	assert.Equal(t, http.StatusServiceUnavailable, status)
	assert.Contains(t, text, errTrouble.Error())
	assert.Less(t, time.Since(began), hurried.write/2, "it is known by now")
	status, _ = a.send("PUT", "/api/entries/ash", "1")
	assert.Equal(t, http.StatusOK, status, "what changes nothing")
	status, _ = a.send("PUT", "/api/entries/ash", "1", "If-Match", `"x"`)
	assert.Equal(t, http.StatusPreconditionFailed, status)
	assert.Len(t, a.seen(), 2)
	b.s.versions.file.writing <- struct{}{} // one who writes for long
	began = time.Now()
	status, text = b.send("PUT", "/api/entries/ash", "2", "If-Match", "*")
	assert.Equal(t, http.StatusServiceUnavailable, status)
	assert.Contains(t, text, errTrouble.Error(), "who waits for another waits no longer than for an answer")
	assert.Less(t, time.Since(began), hurried.write+time.Second)
	b.s.versions.file.unlock()

	b.must("PUT", "/api/entries/elm", "3", "If-Match", "*")
	a.line.down.Store(false)
	troubled(t, events, "")
	a.reaches(2)
	a.entries()
	a.must("PUT", "/api/entries/ash", "2")
	b.reaches(3)
	assert.Equal(t, a.seen(), b.seen())
}

// TestOutcomeUnknown: a version whose answer was lost may be there. Then it is seen, and nothing is written twice.
func TestOutcomeUnknown(t *testing.T) {
	remote := chunk.NewMemoryRemote()
	for _, path := range append(files(t, 1), "") {
		m := newMachine(t, storetest.DropAnswers(remote, 1, 2), path, true)
		before := m.s.versions.now.Load().Now().number
		refused := 0
		for i := range 20 {
			switch status, text := m.send("PUT", "/api/entries/n", fmt.Sprint(i), "If-Match", "*"); status {
			case http.StatusOK:
			case http.StatusServiceUnavailable:
				refused++
				assert.Contains(t, text, "look whether there is a newer version")
				require.Eventually(t, func() bool { return m.s.versions.now.Load().trouble == "" }, 30*time.Second, time.Millisecond)
			default:
				t.Fatal(status, text)
			}
		}
		assert.Positive(t, refused)
		other := newMachine(t, remote, "", false)
		number := other.s.versions.now.Load().Now().number
		m.reaches(number)
		assert.Equal(t, other.seen(), m.seen())
		assert.LessOrEqual(t, number-before, 20)
		assert.GreaterOrEqual(t, number-before, 20-refused)
	}
}

// TestJoin: what a file has is shared with a cluster that has nothing, or what led to it. What a cluster has that comes after it is the file's.
// If each has gone its own way, the file stays as it is.
func TestJoin(t *testing.T) {
	paths := files(t, 4)
	alone := func(path string, keys ...string) []string {
		c, _, stop := openClient(t, path, 20)
		defer stop()
		for _, k := range keys {
			c.must("PUT", "/api/entries/"+k, "1", "If-Match", "*")
		}
		return c.seen()
	}
	remote := chunk.NewMemoryRemote()
	had := alone(paths[0], "ash", "elm")
	m := newMachine(t, remote, paths[0], false)
	assert.Equal(t, had, m.seen(), "the cluster had nothing")
	m.stop()
	other := newMachine(t, remote, paths[1], false)
	assert.Equal(t, had, other.seen())
	had = alone(paths[0], "oak")
	m = newMachine(t, remote, paths[0], false)
	assert.Equal(t, had, m.seen(), "the file has gone on without it")
	m.stop()
	other.must("PUT", "/api/entries/yew", "1", "If-Match", "*")
	had = other.seen()
	m = newMachine(t, remote, paths[0], false)
	assert.Equal(t, had, m.seen(), "the cluster has gone on without the file")
	m.stop()

	had = alone(paths[0], "fir")
	other.must("PUT", "/api/entries/fir", "2", "If-Match", "*")
	strange := alone(paths[2], "pine")
	for range 2 {
		for path, had := range map[string][]string{paths[0]: had, paths[2]: strange} {
			_, err := joinVersions(t.Context(), path, 20, remote)
			assert.ErrorIs(t, err, errApart)
			assert.ErrorContains(t, err, path+": left as it is")
			assert.Equal(t, had, alone(path))
			st, err := store.Open(path)
			require.NoError(t, err)
			for b, err := range st.Heads(t.Context()) {
				require.NoError(t, err)
				assert.Equal(t, branchName, b.Name, "nothing is left of it")
			}
			require.NoError(t, st.Close())
		}
	}
	assert.Equal(t, `{"ash":1,"elm":1,"fir":2,"oak":1,"yew":1}`, other.entries())

	// A cluster, and a file, of another program.
	foreign := chunk.NewMemoryRemote()
	_, err := store.NewBranch(store.Memory(store.Shared(foreign)), "go", store.Value[string](nil)).Commit(t.Context(), nil, "x")
	require.NoError(t, err)
	_, err = joinVersions(t.Context(), paths[3], 20, foreign)
	assert.ErrorContains(t, err, `it has a branch "go", and none "live"`)
	st, err := store.Open(paths[3])
	require.NoError(t, err)
	_, err = store.NewBranch(st, "go", store.Value[string](nil)).Commit(t.Context(), nil, "x")
	require.NoError(t, err)
	require.NoError(t, st.Close())
	before, err := os.ReadFile(paths[3])
	require.NoError(t, err)
	_, err = joinVersions(t.Context(), paths[3], 20, remote)
	assert.ErrorContains(t, err, paths[3]+`: left as it is, for it is of another program: it has a branch "go"`)
	after, err := os.ReadFile(paths[3])
	require.NoError(t, err)
	assert.True(t, string(before) == string(after))
}

// TestJoinInterrupted: whichever answer of the cluster is missing while a file joins it, and whatever the file and the cluster have, the file
// has afterwards what it had, or has joined.
func TestJoinInterrupted(t *testing.T) {
	for n := 1; ; n++ {
		paths := files(t, 2)
		remote := chunk.NewMemoryRemote()
		c, _, stop := openClient(t, paths[0], 20)
		c.must("PUT", "/api/entries/ash", "1", "If-Match", "*")
		had := c.seen()
		stop()
		if n%2 == 0 { // the cluster goes on after the first joining
			newMachine(t, remote, paths[0], false).stop()
			newMachine(t, remote, "", false).must("PUT", "/api/entries/elm", "1", "If-Match", "*")
		}
		ctx, cancel := context.WithCancel(t.Context())
		l := &counted{Remote: remote, left: (n + 1) / 2, cancel: cancel}
		v, err := joinVersions(ctx, paths[0], 20, l)
		cancel()
		if err == nil {
			require.NoError(t, v.file.close())
			require.Greater(t, n, 4)
			return
		}
		c, _, stop = openClient(t, paths[0], 20)
		now := c.seen()
		assert.Equal(t, had, now[len(now)-2:], n)
		stop()
		m := newMachine(t, remote, paths[0], false)
		assert.Contains(t, m.entries(), `"ash":1`, n)
		m.stop()
	}
}

// A counted is a remote that answers so many times.
type counted struct {
	chunk.Remote
	left   int
	cancel func()
}

func (c *counted) count() {
	if c.left--; c.left < 0 {
		c.cancel()
	}
}

func (c *counted) Ref(ctx context.Context, name string) (chunk.Ref, error) {
	c.count()
	return c.Remote.Ref(ctx, name)
}

func (c *counted) Swap(ctx context.Context, s chunk.Swap) (chunk.Ref, error) {
	c.count()
	return c.Remote.Swap(ctx, s)
}

func (c *counted) PutPack(ctx context.Context, id chunk.Addr, full bool, chunks iter.Seq2[chunk.Chunk, error]) error {
	c.count()
	return c.Remote.PutPack(ctx, id, full, chunks)
}

func (c *counted) Pack(ctx context.Context, id chunk.Addr) (bool, iter.Seq2[chunk.Chunk, error], error) {
	c.count()
	return c.Remote.Pack(ctx, id)
}
