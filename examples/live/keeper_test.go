package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/examples/internal/cli"
	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/storetest"
)

// openClient starts a server on a file, until stop is called.
func openClient(t *testing.T, path string, keep int, opts ...store.Option) (c *client, s *server, stop func()) {
	t.Helper()
	v, err := openVersions(path, keep, opts...)
	require.NoError(t, err)
	s = newServer(v, nil)
	hs := httptest.NewServer(s.handler())
	stop = sync.OnceFunc(func() {
		hs.CloseClientConnections()
		hs.Close()
		assert.NoError(t, v.file.close())
	})
	t.Cleanup(stop)
	return &client{t: t, url: hs.URL}, s, stop
}

// seen returns all that clients can see of the versions that are kept, without their costs, which are of memory.
func (c *client) seen() (all []string) {
	var kept []summary
	require.NoError(c.t, json.Unmarshal([]byte(c.must("GET", "/api/versions", "")), &kept))
	for _, v := range kept {
		var one map[string]json.RawMessage
		require.NoError(c.t, json.Unmarshal([]byte(c.must("GET", fmt.Sprint("/api/versions/", v.Version), "")), &one))
		delete(one, "cost")
		text, err := json.Marshal(one)
		require.NoError(c.t, err)
		all = append(all, string(text))
	}
	return all
}

// TestRestart: a server that is started again has every version with its entries, its time, what made it, and its tag; and goes on
// from there: with the tag that a client has, back to versions from before, and with merges of them.
func TestRestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "live.ramet")
	c, _, stop := openClient(t, path, 20)
	assert.Equal(t, "{}", c.entries())
	for _, text := range []string{`{"height": 3.50, "b": 1, "a": 12345678901234567890}`, `"\u0041\ufffd<"`, `null`} {
		c.must("PUT", "/api/entries/ash", text)
	}
	c.must("PUT", "/api/entries/long", `"`+strings.Repeat("x", maxValue-2)+`"`)
	c.must("DELETE", "/api/entries/long", "")
	c.must("PUT", "/api/entries/a%2Fb%20%E6%9C%A8", `true`)
	c.must("DELETE", "/api/entries/ash", "")
	c.must("POST", "/api/restore", `{"version": 2}`)
	c.must("PUT", "/api/entries/elm", `1`)
	before, tag := c.seen(), c.tag
	require.Len(t, before, 10)
	assert.Contains(t, before[8], `"height":3.50`)
	assert.Contains(t, before[7], `\u0041`, "a text is as it was sent")

	for _, keep := range []int{20, 4, 20} { // a small number is of what is kept, not of what the file has
		stop()
		c, _, stop = openClient(t, path, keep)
		got := c.seen()
		require.Len(t, got, min(keep+1, 10))
		for i := range min(keep, 10) { // of the oldest that is kept nothing says what it changed
			assert.Equal(t, before[i], got[i])
		}
	}

	var kept []summary
	require.NoError(t, json.Unmarshal([]byte(c.must("GET", "/api/versions", "")), &kept))
	assert.Equal(t, "restore version 2", kept[1].What)
	assert.Zero(t, kept[1].Cost.Bytes, "what was restored is what it was restored from")
	assert.NotZero(t, kept[0].Cost.Bytes)

	c.tag = tag
	c.must("PUT", "/api/entries/oak", `2`)
	status, _ := c.send("PUT", "/api/entries/oak", `3`, "If-Match", tag)
	assert.Equal(t, http.StatusPreconditionFailed, status)
	c.must("POST", "/api/restore", `{"version": 3}`)
	assert.Equal(t, `{"ash":null}`, c.entries())
	assert.JSONEq(t, `{"entries": {"ash": null, "elm": 1, "oak": 2}, "conflicts": []}`, c.must("POST", "/api/merge",
		`{"base": 9, "ours": {"version": 10}, "theirs": {"version": 9, "entries": {"ash": null, "elm": 1}}}`))
	conflict := `{"base": 2, "ours": {"version": 11}, "theirs": {"version": 10, "entries": {"ash": 4}}`
	assert.Contains(t, c.must("POST", "/api/merge", conflict+"}"), `"theirs":4`)
	c.must("POST", "/api/merge", conflict+`, "resolve": {"ash": "theirs"}, "save": true}`)
	assert.Equal(t, `{"ash":4}`, c.entries())
	before = c.seen()
	require.Len(t, before, 13)
	stop()
	c, s, _ := openClient(t, path, 20)
	assert.Equal(t, before, c.seen())
	assert.Equal(t, "merge 11 and 10, from 2", s.versions.now.Load().Now().what)

	other, _, _ := openClient(t, filepath.Join(t.TempDir(), "live.ramet"), 20)
	other.entries()
	assert.NotEqual(t, strings.SplitN(c.tag, "-", 2)[0], strings.SplitN(other.tag, "-", 2)[0], "another file has another name")
}

// TestTagsOfCopies: a copy of the file that has gone on in another way has versions of the same number with other tags.
func TestTagsOfCopies(t *testing.T) {
	dir := t.TempDir()
	c, _, stop := openClient(t, filepath.Join(dir, "one"), 20)
	c.entries()
	c.must("PUT", "/api/entries/ash", "1")
	stop()
	data, err := os.ReadFile(filepath.Join(dir, "one"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "two"), data, 0o600))
	one, _, _ := openClient(t, filepath.Join(dir, "one"), 20)
	two, _, _ := openClient(t, filepath.Join(dir, "two"), 20)
	one.entries()
	two.tag = one.tag
	one.must("PUT", "/api/entries/ash", "2")
	two.must("PUT", "/api/entries/ash", "3")
	assert.NotEqual(t, one.tag, two.tag)
	status, _ := two.send("PUT", "/api/entries/ash", "4", "If-Match", one.tag)
	assert.Equal(t, http.StatusPreconditionFailed, status)
}

// TestRestoreOfTheSame: what is restored is a version of its own, also if the newest has the same entries.
func TestRestoreOfTheSame(t *testing.T) {
	path := filepath.Join(t.TempDir(), "live.ramet")
	c, _, stop := openClient(t, path, 20)
	c.entries()
	for _, x := range []string{"1", "2", "1"} {
		c.must("PUT", "/api/entries/ash", x)
	}
	c.must("POST", "/api/restore", `{"version": 1}`)
	before := c.seen()
	assert.Len(t, before, 5)
	stop()
	c, _, _ = openClient(t, path, 20)
	assert.Equal(t, before, c.seen())
}

// TestManyWritersToFile: each write is for the version that its writer has seen, and all that were acknowledged are there after a restart.
func TestManyWritersToFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "live.ramet")
	c, _, stop := openClient(t, path, 5)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			own := &client{t: t, url: c.url}
			for n := 0; n < 8; {
				own.send("GET", "/api/entries", "")
				if status, _ := own.send("PUT", fmt.Sprint("/api/entries/", i), fmt.Sprint(n)); status == http.StatusOK {
					n++
				} else if !assert.Equal(t, http.StatusPreconditionFailed, status) {
					return
				}
			}
		})
	}
	wg.Wait()
	before := c.seen()
	stop()
	c, s, _ := openClient(t, path, 5)
	assert.Equal(t, before, c.seen())
	assert.Equal(t, 32, s.versions.now.Load().Now().number)
	assert.Equal(t, `{"0":7,"1":7,"2":7,"3":7}`, c.entries())
}

// TestCollect: what is older than a day and not kept is given up, what is kept stays, and the numbers go on.
func TestCollect(t *testing.T) {
	path := filepath.Join(t.TempDir(), "live.ramet")
	now := time.Now()
	clock := store.Clock(func() time.Time { return now })
	c, s, stop := openClient(t, path, 3, clock)
	c.entries()
	for i := range 10 {
		c.must("PUT", "/api/entries/ash", fmt.Sprint(i))
	}
	got, err := s.versions.file.collect(t.Context())
	require.NoError(t, err)
	assert.Zero(t, got.Hollow, "all are of the last day")
	now = now.Add(25 * time.Hour)
	end := s.versions.file.collecting(t.Context())
	assert.Eventually(t, func() bool {
		st, err := s.versions.file.st.Stats(t.Context())
		return err == nil && st.Hollow > 0
	}, 30*time.Second, 10*time.Millisecond)
	end()
	before := c.seen()
	require.Len(t, before, 4)
	c.must("PUT", "/api/entries/ash", "10")
	c.must("POST", "/api/restore", `{"version": 8}`)
	before = append(c.seen()[:2], before...)
	stop()
	c, _, _ = openClient(t, path, 20, clock)
	assert.Equal(t, before, c.seen())
	status, text := c.send("GET", "/api/versions/6", "")
	assert.Equal(t, http.StatusGone, status, text)
	status, text = c.send("POST", "/api/restore", `{"version": 6}`, "If-Match", "*")
	assert.Equal(t, http.StatusGone, status, text)
}

// TestFaults: whatever call to what keeps the versions fails, a version that was acknowledged is there, the server has what the file has, and goes on.
func TestFaults(t *testing.T) {
	storetest.EachFault(t, func(t testing.TB, f *storetest.Fault) {
		engine := chunk.NewMemory()
		st := store.New(f.Wrap(engine))
		v, err := versionsIn(t.Context(), st, "memory", 5, false)
		if err != nil {
			assert.ErrorIs(t, err, storetest.ErrFault)
			if v, err = versionsIn(t.Context(), st, "memory", 5, false); !assert.NoError(t, err) {
				return
			}
		}
		acknowledged := map[int]document{}
		for i := range 4 {
			before := v.now.Load().Now()
			now, err := v.set(condition{"*"}, "ash", value(fmt.Sprint(i)))
			if err != nil {
				assert.Equal(t, errUnknown, err)
				assert.Contains(t, []int{before.number, before.number + 1}, v.now.Load().Now().number)
				continue
			}
			acknowledged[now.number] = now.doc
		}
		assert.GreaterOrEqual(t, len(acknowledged), 3)
		again, err := versionsIn(t.Context(), store.New(engine), "memory", 5, false)
		if !assert.NoError(t, err) {
			return
		}
		h, had := again.now.Load().History, v.now.Load().History
		assert.Equal(t, had.UndoLen(), h.UndoLen())
		assert.Equal(t, v.etag(had.Now()), again.etag(h.Now()))
		for number, doc := range acknowledged {
			got, err := find(h, number)
			assert.NoError(t, err)
			assert.True(t, doc.Equal(got.doc), "version %d", number)
		}
	})
}

// TestChild is the program, for a test that kills it.
func TestChild(t *testing.T) {
	path := os.Getenv("LIVE_TEST_STORE")
	if path == "" {
		t.Skip("it is run by TestKilled")
	}
	run([]string{"-addr", "127.0.0.1:0", "-store", path}, os.Stdout, os.Stderr)
}

// TestKilled: a server that is killed while it is written to has, when it is started again, every version that it has acknowledged.
func TestKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "live.ramet")
	acknowledged := 0
	for round := range 3 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestChild$")
		cmd.Env = append(os.Environ(), "LIVE_TEST_STORE="+path)
		out, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		lines := bufio.NewScanner(out)
		require.True(t, lines.Scan())
		url := strings.TrimSuffix(lines.Text(), "/")
		require.True(t, lines.Scan())
		assert.Contains(t, lines.Text(), fmt.Sprintf(" to %d are in ", acknowledged))
		enough, killed := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(killed)
			<-enough
			time.Sleep(time.Duration(7*round) * time.Millisecond) // in the middle of whatever
			cmd.Process.Kill()
		}()
		first := acknowledged + 1
		for { // until it does not answer
			r, err := http.NewRequest("PUT", url+"/api/entries/n", strings.NewReader(fmt.Sprint(acknowledged+1)))
			require.NoError(t, err)
			r.Header.Set("If-Match", "*")
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				break
			}
			answer.Body.Close()
			require.Equal(t, http.StatusOK, answer.StatusCode)
			if acknowledged++; acknowledged == first+4 {
				close(enough)
			}
		}
		require.GreaterOrEqual(t, acknowledged, first+4, "it has ended by itself")
		<-killed
		cmd.Wait()

		v, err := openVersions(path, 1000)
		require.NoError(t, err)
		h := v.now.Load().History
		newest := h.Now()
		assert.Contains(t, []int{acknowledged, acknowledged + 1}, newest.number, "the last may have been written without a word")
		for n := first; n <= newest.number; n++ {
			got, err := find(h, n)
			require.NoError(t, err)
			assert.Equal(t, value(fmt.Sprint(n)), got.doc.Get("n"))
		}
		acknowledged = newest.number
		require.NoError(t, v.file.close())
	}
	t.Logf("%d versions", acknowledged)
}

// TestFileErrors: a file that cannot be used is an error that says why, and stays as it is.
func TestFileErrors(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	require.NoError(t, os.WriteFile(in("text"), bytes.Repeat([]byte("no store\n"), 2000), 0o600))
	require.NoError(t, os.Mkdir(in("folder"), 0o700))
	made := func(name string, commit func(ctx context.Context, st *store.Store) error) {
		st, err := store.Open(in(name))
		require.NoError(t, err)
		require.NoError(t, commit(t.Context(), st))
		require.NoError(t, st.Close())
	}
	made("other", func(ctx context.Context, st *store.Store) error {
		_, err := store.NewBranch(st, "go", store.Value[string](nil)).Commit(ctx, nil, "x")
		return err
	})
	made("schema", func(ctx context.Context, st *store.Store) error {
		one := store.Struct(store.Part("entries", func(s *string) *string { return s }, store.Value[string](nil)))
		_, err := store.NewBranch(st, branchName, one).Commit(ctx, nil, "x")
		return err
	})
	made("nameless", func(ctx context.Context, st *store.Store) error {
		_, err := store.NewBranch(st, branchName, schema).Commit(ctx, nil, state{})
		return err
	})
	made("key", func(ctx context.Context, st *store.Store) error {
		_, err := store.NewBranch(st, branchName, schema).Commit(ctx, nil, state{"00", document{}.Set("\n", "1")})
		return err
	})
	made("value", func(ctx context.Context, st *store.Store) error {
		_, err := store.NewBranch(st, branchName, schema).Commit(ctx, nil, state{"00", document{}.Set("ash", "{")})
		return err
	})
	made("gap", func(ctx context.Context, st *store.Store) error {
		b := store.NewBranch(st, branchName, schema)
		first, err := b.Commit(ctx, nil, state{"00", document{}})
		require.NoError(t, err)
		side := store.NewBranch(st, "side", schema)
		require.NoError(t, side.Reset(ctx, nil, first))
		second, err := side.Commit(ctx, first, state{"00", document{}.Set("ash", "1")})
		require.NoError(t, err)
		_, err = b.Commit(ctx, first, state{"00", document{}.Set("ash", "1")}, store.MergeOf(second.ID()))
		return err
	})
	used, err := openVersions(in("used"), 5)
	require.NoError(t, err)
	defer func() { assert.NoError(t, used.file.close()) }()
	for name, want := range map[string]string{
		"text":     "left as it is, for it is something else",
		"folder":   ": ",
		"no/such":  "cannot open it: ",
		"other":    `it has a branch "go", and none "live"`,
		"schema":   "another program keeps something of the same name",
		"nameless": "not what live writes",
		"key":      "not what live writes: the key",
		"value":    "no JSON",
		"gap":      "it comes after version 0, and is 2",
		"used":     "in use: one program has the file at a time",
	} {
		before, _ := os.ReadFile(in(name))
		var out, errs strings.Builder
		assert.Equal(t, cli.Failed, run([]string{"-addr", "127.0.0.1:0", "-for", "1ms", "-store", in(name)}, &out, &errs), name)
		assert.Contains(t, errs.String(), "live: "+in(name)+": ")
		assert.Contains(t, errs.String(), want, name)
		assert.Empty(t, out.String())
		after, _ := os.ReadFile(in(name))
		assert.True(t, bytes.Equal(before, after), name)
	}
	var out, errs strings.Builder
	assert.Equal(t, cli.Usage, run([]string{"-addr", "127.0.0.1:0", "-for", "1ms", "-store", ""}, &out, &errs))
	require.Equal(t, cli.OK, run([]string{"-addr", "127.0.0.1:0", "-for", "1ms", "-store", in("new")}, &out, &errs), errs.String())
	assert.Regexp(t, `^http://127\.0\.0\.1:\d+/\nversions 0 to 0 are in .*new\nstopped at version 0\n$`, out.String())
}
