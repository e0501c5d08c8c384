package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	natsserver "github.com/nats-io/nats-server/v2/server"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/examples/internal/cli"
)

// Nodes are servers of NATS in this process: one, or a cluster.
type nodes struct {
	t    *testing.T
	opts []*natsserver.Options
	runs []*natsserver.Server
	urls string
}

func newNodes(t *testing.T, n int) *nodes {
	var ports []int
	for range 2 * n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		defer l.Close()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	c := &nodes{t: t, runs: make([]*natsserver.Server, n)}
	var urls []string
	dir := t.TempDir()
	for i := range n {
		name := fmt.Sprint("n", i)
		o := &natsserver.Options{ServerName: name, Host: "127.0.0.1", Port: ports[i], NoSigs: true, NoLog: true, JetStream: true,
			StoreDir: filepath.Join(dir, name), SyncAlways: true, JetStreamMaxMemory: 64 << 20, JetStreamMaxStore: 1 << 30}
		if n > 1 {
			o.Cluster = natsserver.ClusterOpts{Name: "garden", Host: "127.0.0.1", Port: ports[n+i]}
			for _, port := range ports[n:] {
				o.Routes = append(o.Routes, &url.URL{Scheme: "nats", Host: fmt.Sprint("127.0.0.1:", port)})
			}
		}
		c.opts = append(c.opts, o)
		urls = append(urls, fmt.Sprint("nats://127.0.0.1:", ports[i]))
	}
	c.urls = strings.Join(urls, ",")
	t.Cleanup(func() { c.end(c.all()...) })
	return c
}

func (c *nodes) all() (all []int) {
	for i := range c.runs {
		all = append(all, i)
	}
	return all
}

func (c *nodes) start(which ...int) {
	c.t.Helper()
	for _, i := range which {
		s, err := natsserver.NewServer(c.opts[i].Clone())
		require.NoError(c.t, err)
		s.Start()
		c.runs[i] = s
	}
	for _, i := range which {
		require.True(c.t, c.runs[i].ReadyForConnections(30*time.Second))
	}
}

func (c *nodes) end(which ...int) {
	for _, i := range which {
		if s := c.runs[i]; s != nil {
			s.Shutdown()
			s.WaitForShutdown()
			c.runs[i] = nil
		}
	}
}

// lives starts servers as the program does, all at once.
func (c *nodes) lives(paths ...string) []*machine {
	c.t.Helper()
	all := make([]*machine, len(paths))
	var wg sync.WaitGroup
	for i, path := range paths {
		wg.Go(func() {
			s := newServer(nil, nil)
			end, err := s.open(c.t.Context(), options{store: path, nats: c.urls, bucket: "live", replicas: len(c.opts), keep: 20})
			if !assert.NoError(c.t, err) {
				return
			}
			hs := httptest.NewServer(s.handler())
			all[i] = &machine{client: &client{t: c.t, url: hs.URL}, s: s, path: path, stop: sync.OnceFunc(func() {
				hs.CloseClientConnections()
				hs.Close()
				assert.NoError(c.t, end())
			})}
			c.t.Cleanup(all[i].stop)
		})
	}
	wg.Wait()
	for _, m := range all {
		require.NotNil(c.t, m)
	}
	return all
}

// hurry makes keepers look after the cluster more often, until the test ends. They have as long for a write as ever.
func hurry(t *testing.T) {
	was := usual
	t.Cleanup(func() { usual = was })
	usual.look, usual.retry = hurried.look, hurried.retry
}

// TestCluster: three servers, each with its own file, that begin at once on one server of NATS. What is written on one is sent to those that
// watch the others, two that write at once meet, one that is started again has everything, and all go on when NATS was gone.
func TestCluster(t *testing.T) {
	hurry(t)
	c := newNodes(t, 1)
	c.start(0)
	paths := files(t, 3)
	all := c.lives(paths...)
	var watched []<-chan event
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for _, m := range all {
		events := m.events(ctx)
		assert.Equal(t, 0, next(t, events).Version)
		watched = append(watched, events)
	}
	for i, m := range all {
		m.entries()
		m.must("PUT", "/api/entries/ash", fmt.Sprint(i))
		for _, events := range watched {
			e := next(t, events)
			assert.Equal(t, i+1, e.Version)
			assert.Equal(t, m.tag, e.ETag)
			assert.Equal(t, value(fmt.Sprint(i)), e.Changes[0].New)
		}
	}

	// Two that write what they have for the same version.
	tag := all[2].tag
	var wg sync.WaitGroup
	var got [2]int
	for i, m := range all[:2] {
		m.tag = tag
		wg.Go(func() { got[i], _ = m.send("PUT", "/api/entries/elm", fmt.Sprint(i)) })
	}
	wg.Wait()
	assert.ElementsMatch(t, []int{http.StatusOK, http.StatusPreconditionFailed}, got[:])
	for _, m := range all {
		m.reaches(4)
		assert.Equal(t, fmt.Sprint(map[bool]int{got[0] == http.StatusOK: 0, got[1] == http.StatusOK: 1}[true]), m.must("GET", "/api/entries/elm", ""))
	}

	all[1].stop()
	for range watched[1] {
	}
	all[0].must("PUT", "/api/entries/oak", "1", "If-Match", "*")
	all[1] = c.lives(paths[1])[0]
	assert.Equal(t, all[0].seen(), all[1].seen())

	// NATS is gone, and back.
	c.end(0)
	for _, i := range []int{0, 2} {
		troubled(t, watched[i], silence)
	}
	status, text := all[0].send("PUT", "/api/entries/oak", "2", "If-Match", "*")
	assert.Equal(t, http.StatusServiceUnavailable, status)
	assert.Contains(t, text, errTrouble.Error())
	assert.Equal(t, `{"ash":2,"elm":`+all[0].must("GET", "/api/entries/elm", "")+`,"oak":1}`, all[0].entries())
	c.start(0)
	for _, i := range []int{0, 2} {
		troubled(t, watched[i], "")
	}
	all[2].must("PUT", "/api/entries/oak", "2", "If-Match", "*")
	for _, m := range all {
		m.reaches(6)
		assert.Equal(t, all[2].seen(), m.seen())
	}

	cancel()
	for _, m := range all {
		m.stop()
	}
	c.end(0)
	http.DefaultClient.CloseIdleConnections()
	// None of ours, and none of the client of NATS. The servers in this process leave some.
	ours := func() (left []string) {
		stacks := make([]byte, 4<<20)
		for s := range strings.SplitSeq(string(stacks[:runtime.Stack(stacks, true)]), "\n\n") {
			if strings.Contains(s, "main.(*keeper)") || strings.Contains(s, "live.(*keeper)") || strings.Contains(s, "nats%2ego") || strings.Contains(s, "nats.go.(") {
				left = append(left, s)
			}
		}
		return left
	}
	require.Eventually(t, func() bool { return len(ours()) == 0 }, 30*time.Second, 20*time.Millisecond, "%v", ours)
}

// TestClusterOfThree: with two of three servers of NATS it goes on, with one it says that it does not, and it recovers.
func TestClusterOfThree(t *testing.T) {
	if testing.Short() {
		t.Skip("servers elect leaders for half a minute")
	}
	hurry(t)
	c := newNodes(t, 3)
	c.start(c.all()...)
	all := c.lives(files(t, 3)...)
	events := all[0].events(t.Context())
	n := 0
	write := func(m *machine) { // which may take longer than one write has time
		t.Helper()
		n++
		require.Eventually(t, func() bool {
			status, text := m.send("PUT", "/api/entries/n", fmt.Sprint(n), "If-Match", "*")
			t.Log(status, text)
			return status == http.StatusOK
		}, 2*time.Minute, 100*time.Millisecond)
		for _, m := range all {
			require.Eventually(t, func() bool {
				status, text := m.send("GET", "/api/entries/n", "")
				return status == http.StatusOK && text == fmt.Sprint(n)
			}, time.Minute, 10*time.Millisecond)
		}
	}
	write(all[0])
	for i := range 2 {
		c.end(i)
		write(all[i])
		c.start(i)
		write(all[2])
	}
	c.end(0, 1)
	troubled(t, events, silence)
	began := time.Now()
	status, text := all[0].send("PUT", "/api/entries/n", "0", "If-Match", "*")
	assert.Equal(t, http.StatusServiceUnavailable, status, text)
	assert.Less(t, time.Since(began), usual.write+2*time.Second)
	all[0].entries()
	c.start(0, 1)
	troubled(t, events, "")
	write(all[1])
	want := all[0].seen()
	for _, m := range all {
		assert.Equal(t, want, m.seen())
	}
}

// TestClusterErrors: what is wrong with -nats is said at once, without passwords, and a new file is not in the way later.
func TestClusterErrors(t *testing.T) {
	c := newNodes(t, 1)
	file := files(t, 1)[0]
	live := func(args ...string) (int, string) {
		var out, errs strings.Builder
		code := run(append([]string{"-addr", "127.0.0.1:0", "-for", "1ms"}, args...), &out, &errs)
		return code, out.String() + errs.String()
	}
	code, text := live("-store", file, "-nats", strings.Replace(c.urls, "//", "//me:secret@", 1))
	assert.Equal(t, cli.Failed, code)
	assert.Equal(t, "live: -nats: no server answers at "+strings.Replace(c.urls, "//", "//me:xxxxx@", 1)+"; nats-server -js -sd DIR starts one\n", text)
	assert.NoFileExists(t, file)
	c.start(0)
	for args, want := range map[string]string{
		"-nats ://x":                                                  "an address that is no URL",
		"-nats " + c.urls + " -bucket a.b":                            `the name "a.b" has another character`,
		"-nats " + c.urls + " -bucket three -replicas 3":              "replicas > 1 not supported in non-clustered mode",
		"-nats " + c.urls + " -store " + filepath.Join(file, "below"): "below: ",
	} {
		code, text := live(strings.Fields(args)...)
		assert.Equal(t, cli.Failed, code, args)
		assert.Contains(t, text, want, args)
	}
	for _, args := range []string{"-nats=", "-bucket x", "-replicas 1", "-replicas 2 -nats x"} {
		code, text := live(strings.Fields(args)...)
		assert.Equal(t, cli.Usage, code, args+text)
	}
	code, text = live("-nats", c.urls, "-store", file)
	assert.Equal(t, cli.OK, code)
	assert.Regexp(t, `^http://127\.0\.0\.1:\d+/\nversions 0 to 0 are in .*, and in live at nats://127\.0\.0\.1:\d+\nstopped at version 0\n$`, text)
	code, text = live("-nats", c.urls)
	assert.Equal(t, cli.OK, code)
	assert.Regexp(t, `\nversions 0 to 0 are in live at nats://`, text)
}
