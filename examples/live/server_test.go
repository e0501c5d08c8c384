package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/examples/internal/cli"
)

// A client asks a server about itself.
type client struct {
	t   *testing.T
	url string
	tag string // of the last answer that had one
}

func newClient(t *testing.T, keep int) (*client, *server) {
	s := newServer(newVersions(keep), []string{"garden.example"})
	hs := httptest.NewServer(s.handler())
	t.Cleanup(func() {
		hs.CloseClientConnections() // of those that watch
		hs.Close()
	})
	return &client{t: t, url: hs.URL}, s
}

// send sends a request with the last tag, and returns the status and the body of the answer. Headers are in pairs; an empty
// value removes one.
func (c *client) send(method, path, body string, headers ...string) (int, string) {
	c.t.Helper()
	r, err := http.NewRequest(method, c.url+path, strings.NewReader(body))
	require.NoError(c.t, err)
	if method != "GET" {
		r.Header.Set("If-Match", c.tag)
	}
	for i := 0; i < len(headers); i += 2 {
		if r.Header.Set(headers[i], headers[i+1]); headers[i+1] == "" {
			r.Header.Del(headers[i])
		}
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
	}
	answer, err := http.DefaultClient.Do(r)
	require.NoError(c.t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	require.NoError(c.t, err)
	if tag := answer.Header.Get("ETag"); tag != "" {
		c.tag = tag
	}
	return answer.StatusCode, strings.TrimSpace(string(text))
}

// must is send for what works, without what differs from run to run.
func (c *client) must(method, path, body string, headers ...string) string {
	c.t.Helper()
	status, text := c.send(method, path, body, headers...)
	require.Equal(c.t, http.StatusOK, status, text)
	return text
}

// entries returns the newest entries.
func (c *client) entries() string {
	var v struct{ Entries json.RawMessage }
	require.NoError(c.t, json.Unmarshal([]byte(c.must("GET", "/api/entries", "")), &v))
	return string(v.Entries)
}

func TestWriteAndRead(t *testing.T) {
	c, s := newClient(t, 10)
	assert.Equal(t, "{}", c.entries())
	first := c.tag
	c.must("PUT", "/api/entries/ash", `{ "height": 3.50 }`)
	c.must("PUT", "/api/entries/a%2Fb%20%E6%9C%A8", `null`)
	assert.Equal(t, `{"height":3.50}`, c.must("GET", "/api/entries/ash", ""))
	assert.Equal(t, `{"a/b 木":null,"ash":{"height":3.50}}`, c.entries())
	before := c.tag
	c.must("PUT", "/api/entries/ash", `{"height":3.50}`)
	assert.Equal(t, before, c.tag, "what changes nothing makes no version")
	status, _ := c.send("GET", "/api/entries", "", "If-None-Match", c.tag)
	assert.Equal(t, http.StatusNotModified, status)
	c.must("DELETE", "/api/entries/a%2Fb%20%E6%9C%A8", "", "If-Match", `"x", `+c.tag)
	assert.Equal(t, `{"ash":{"height":3.50}}`, c.entries())
	assert.Equal(t, 3, s.versions.now.Load().Now().number)
	assert.NotEqual(t, first, newVersions(1).etag(version{}), "another run has other tags")
}

func TestErrors(t *testing.T) {
	c, s := newClient(t, 2)
	c.entries()
	first := c.tag
	for i := range 5 {
		c.must("PUT", "/api/entries/ash", fmt.Sprint(i))
	}
	long := strings.Repeat("x", maxBody)
	for _, r := range []struct {
		method, path, body string
		headers            []string
		status             int
		want               string
	}{
		{"GET", "/api/entries/elm", "", nil, 404, `there is no \"elm\"`},
		{"PUT", "/api/entries/ash", "1", []string{"If-Match", ""}, 428, "needs If-Match"},
		{"PUT", "/api/entries/ash", "1", []string{"If-Match", first}, 412, "read it first"},
		{"PUT", "/api/entries/ash", "1", []string{"If-Match", "W/" + c.tag}, 412, "read it first"},
		{"DELETE", "/api/entries/ash", "", []string{"If-Match", ""}, 428, "needs If-Match"},
		{"DELETE", "/api/entries/ash", "", []string{"If-Match", first}, 412, "read it first"},
		{"DELETE", "/api/entries/elm", "", nil, 404, "there is no"},
		{"PUT", "/api/entries/ash", "{", nil, 400, "not the JSON"},
		{"PUT", "/api/entries/ash", "", nil, 400, "not the JSON"},
		{"PUT", "/api/entries/ash", "1 2", nil, 400, "something follows it"},
		{"PUT", "/api/entries/ash", `"` + long + `"`, nil, 413, "more than 262144 bytes"},
		{"PUT", "/api/entries/ash", `"` + long[:maxValue] + `"`, nil, 400, "longer than 4096 bytes"},
		{"PUT", "/api/entries/ash", "\"\xff\"", nil, 400, "no UTF-8"},
		{"PUT", "/api/entries/" + long[:maxKey+1], "1", nil, 400, "a key has 1 to 100 bytes"},
		{"PUT", "/api/entries/%0A", "1", nil, 400, "cannot be printed"},
		{"PUT", "/api/entries/%FF", "1", nil, 400, "UTF-8"},
		{"PUT", "/api/entries/%2E%2E", "1", nil, 400, "part of a path"},
		{"GET", "/api/versions/x", "", nil, 400, "no version"},
		{"GET", "/api/versions/6", "", nil, 404, "the newest is 5"},
		{"GET", "/api/versions/-1", "", nil, 404, "no version -1"},
		{"GET", "/api/versions/2", "", nil, 410, "the oldest is 3"},
		{"POST", "/api/restore", `{}`, nil, 400, "names no version"},
		{"POST", "/api/restore", `{"version": 1}`, nil, 410, "not kept any more"},
		{"POST", "/api/restore", `{"version": 3}`, []string{"If-Match", ""}, 428, "needs If-Match"},
		{"POST", "/api/restore", `{"number": 3}`, nil, 400, "unknown field"},
		{"POST", "/api/merge", `{"base": 9}`, nil, 404, "no version 9"},
		{"POST", "/api/merge", `{"base": 4, "ours": {"version": 4, "entries": {"": 1}}, "theirs": {"version": 4}}`, nil, 400, "a key has"},
		{"POST", "/api/merge", `{"base": 4, "ours": {"version": 4}, "theirs": {"version": 3}, "save": true}`, nil, 409, "not part of the merge"},
		{"POST", "/api/merge", `{"base": 5, "ours": {"version": 5}, "theirs": {"version": 5}, "save": true}`, []string{"If-Match", ""}, 428, ""},
		{"PUT", "/api/entries/ash", "1", []string{"Origin", "http://evil.example"}, 403, "other origins"},
		{"PUT", "/api/entries/ash", "1", []string{"Sec-Fetch-Site", "cross-site"}, 403, "other origins"},
		{"POST", "/api/merge", `{}`, []string{"Sec-Fetch-Site", "same-site"}, 403, "other origins"},
		{"GET", "/api/entries", "", []string{"Host", "evil.example"}, 421, "not called"},
		{"PUT", "/api/entries/ash", "1", []string{"Host", "evil.example", "Origin", "http://evil.example"}, 421, "not called"},
		{"GET", "/nowhere", "", nil, 404, ""},
		{"PATCH", "/api/entries/ash", "", nil, 405, ""},
	} {
		status, text := c.send(r.method, r.path, r.body, r.headers...)
		assert.Equal(t, r.status, status, "%s %.60s %.60s: %.200s", r.method, r.path, r.body, text)
		assert.Contains(t, text, r.want, "%s %.60s", r.method, r.path)
	}
	assert.Equal(t, `{"ash":4}`, c.entries(), "nothing was written")
	for _, host := range []string{"localhost", "LOCALHOST:80", "127.0.0.1:8080", "[::1]:80", "[::1]", "garden.example:1"} {
		assert.True(t, s.known(host), host)
	}
	for _, host := range []string{"", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", "[::2]:80"} {
		assert.False(t, s.known(host), host)
	}
}

func TestFull(t *testing.T) {
	c, s := newClient(t, 1)
	var b bytes.Buffer
	for i := range maxEntries {
		fmt.Fprintf(&b, `,"%d":0`, i)
	}
	merge := `{"base": 0, "ours": {"version": 0, "entries": {` + b.String()[1:] + `}}, "theirs": {"version": 0}, "save": true}`
	c.must("POST", "/api/merge", merge, "If-Match", "*")
	status, text := c.send("PUT", "/api/entries/x", "1")
	assert.Equal(t, 507, status, text)
	c.must("PUT", "/api/entries/5", "1")
	assert.Equal(t, maxEntries, s.versions.now.Load().Now().doc.Len())
	c.must("DELETE", "/api/entries/5", "")
	c.must("PUT", "/api/entries/x", "1")
	assert.Equal(t, 1, s.versions.now.Load().UndoLen(), "old versions are dropped")
}

func TestVersions(t *testing.T) {
	c, _ := newClient(t, 10)
	c.entries()
	c.must("PUT", "/api/entries/ash", "1")
	c.must("PUT", "/api/entries/elm", "2")
	c.must("DELETE", "/api/entries/ash", "")
	var v summary
	require.NoError(t, json.Unmarshal([]byte(c.must("GET", "/api/versions/3", "")), &v))
	assert.Equal(t, []change{{"Removed", "ash", "1", ""}}, v.Changes)
	assert.Equal(t, "delete ash", v.What)
	assert.Equal(t, c.must("GET", "/api/versions/3", ""), c.must("GET", "/api/versions/newest", ""))
	c.must("POST", "/api/restore", `{"version": 2}`)
	assert.Equal(t, `{"ash":1,"elm":2}`, c.entries())
	var kept []summary
	require.NoError(t, json.Unmarshal([]byte(c.must("GET", "/api/versions", "")), &kept))
	var got []string
	for _, v := range kept {
		got = append(got, fmt.Sprint(v.Version, " ", v.What, " ", v.Len))
	}
	assert.Equal(t, []string{"4 restore version 2 2", "3 delete ash 1", "2 set elm 2", "1 set ash 1", "0 begin 0"}, got)
}

func TestMerge(t *testing.T) {
	c, s := newClient(t, 10)
	c.entries()
	for _, k := range []string{"ash", "elm", "oak", "yew"} {
		c.must("PUT", "/api/entries/"+k, "1")
	}
	sides := `"base": 4, "ours": {"version": 4, "entries": {"ash": 2, "elm": 1, "oak": 2, "fir": null}},
		"theirs": {"version": 4, "entries": {"ash": 3, "elm": 3, "yew": 2, "oak": 1}}`
	assert.JSONEq(t, `{"entries": {"ash": 2, "elm": 3, "oak": 2, "fir": null}, "conflicts": [
		{"key": "ash", "base": 1, "ours": 2, "theirs": 3}, {"key": "yew", "base": 1, "theirs": 2}]}`,
		c.must("POST", "/api/merge", "{"+sides+"}"))
	assert.JSONEq(t, `{"entries": {"ash": 3, "elm": 3, "oak": 2, "yew": 1, "fir": null}, "conflicts": []}`,
		c.must("POST", "/api/merge", "{"+sides+`, "resolve": {"ash": "theirs", "yew": "base"}}`))
	const deleted = `"base": 4, "ours": {"version": 4, "entries": {"ash": 2}}, "theirs": {"version": 4, "entries": {}}`
	assert.JSONEq(t, `{"entries": {}, "conflicts": []}`,
		c.must("POST", "/api/merge", "{"+deleted+`, "resolve": {"ash": "theirs"}}`))
	status, text := c.send("POST", "/api/merge", "{"+sides+`, "save": true, "resolve": {"ash": "ours"}}`)
	assert.Equal(t, http.StatusConflict, status)
	assert.Contains(t, text, `not resolved: \"yew\"`)
	assert.Equal(t, 4, s.versions.now.Load().Now().number)
	c.must("POST", "/api/merge", "{"+sides+`, "save": true, "resolve": {"ash": "theirs", "yew": "ours"}}`)
	assert.Equal(t, `{"ash":3,"elm":3,"fir":null,"oak":2}`, c.entries())
	assert.Equal(t, "merge 4 and 4, from 4", s.versions.now.Load().Now().what)
	status, _ = c.send("POST", "/api/merge", "{"+sides+`, "save": true, "resolve": {"ash": "theirs", "yew": "ours"}}`)
	assert.Equal(t, http.StatusConflict, status, "the newest version is not part of it")
}

// TestManyWriters: each write is for the version that its writer has seen, so none is lost.
func TestManyWriters(t *testing.T) {
	const writers, each = 6, 10
	c, s := newClient(t, 5)
	var wg sync.WaitGroup
	var refused atomic.Int32
	for range writers {
		wg.Go(func() {
			own := &client{t: t, url: c.url}
			for done := 0; done < each; {
				status, text := own.send("GET", "/api/entries/n", "")
				n := 0
				if status == http.StatusOK {
					assert.NoError(t, json.Unmarshal([]byte(text), &n))
				} else {
					own.send("GET", "/api/entries", "")
					if s.versions.etag(version{}) != own.tag {
						continue
					}
				}
				switch status, _ := own.send("PUT", "/api/entries/n", fmt.Sprint(n+1)); status {
				case http.StatusOK:
					done++
				case http.StatusPreconditionFailed:
					refused.Add(1)
				default:
					t.Error(status)
					return
				}
			}
		})
	}
	wg.Wait()
	assert.Equal(t, fmt.Sprint(writers*each), c.must("GET", "/api/entries/n", ""))
	assert.Equal(t, writers*each, s.versions.now.Load().Now().number)
}

// events returns what the server sends to who watches, until ctx is done, and then closes the channel.
func (c *client) events(ctx context.Context) <-chan event {
	r, err := http.NewRequestWithContext(ctx, "GET", c.url+"/api/events", nil)
	require.NoError(c.t, err)
	answer, err := http.DefaultClient.Do(r)
	require.NoError(c.t, err)
	require.Equal(c.t, "text/event-stream", answer.Header.Get("Content-Type"))
	got := make(chan event)
	go func() {
		defer close(got)
		defer answer.Body.Close()
		lines := bufio.NewScanner(answer.Body)
		lines.Buffer(nil, 16<<20)
		for lines.Scan() {
			if text, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var e event
				if json.Unmarshal([]byte(text), &e) != nil {
					return
				}
				got <- e
			}
		}
	}()
	return got
}

func TestEvents(t *testing.T) {
	c, s := newClient(t, 5)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	c.entries()
	got := c.events(ctx)
	assert.Equal(t, 0, (<-got).Version)
	for i := range 3 {
		c.must("PUT", "/api/entries/ash", fmt.Sprint(i))
		assert.Equal(t, i+1, (<-got).Version)
	}
	for range maxWatchers - 1 {
		s.watchers <- struct{}{}
	}
	status, _ := c.send("GET", "/api/events", "")
	assert.Equal(t, http.StatusServiceUnavailable, status)
	cancel()
	for range got {
	}
	assert.Eventually(t, func() bool { return len(s.watchers) == maxWatchers-1 }, 30*time.Second, time.Millisecond)
}

// TestEventsAreConflated: who watches while others write quickly is sent a few events, whose changes together lead to the newest version, and
// has that soon after the last write, whether it reads quickly or slowly.
func TestEventsAreConflated(t *testing.T) {
	const writes = 300
	for _, slow := range []bool{false, true} {
		c, s := newClient(t, 5)
		s.pace = 100 * time.Millisecond
		c.entries()
		c.must("PUT", "/api/entries/first", "1")
		ctx, cancel := context.WithCancel(t.Context())
		got := c.events(ctx)
		first := <-got
		require.Nil(t, first.Since)
		doc, at, events := *first.Entries, first.Version, 1
		before := time.Now()
		var wrote time.Time
		done := make(chan bool)
		go func() {
			defer close(done)
			for i := range writes {
				if k := fmt.Sprint(i % 40); i%7 == 6 && s.versions.now.Load().Now().doc.Contains(k) {
					s.versions.remove(condition{"*"}, k)
				} else {
					s.versions.set(condition{"*"}, k, value(fmt.Sprint(i)))
				}
				time.Sleep(time.Millisecond)
			}
			wrote = time.Now()
		}()
		for at < writes+1 {
			e := <-got
			events++
			require.NotNil(t, e.Since)
			require.Equal(t, at, *e.Since, "nothing is left out between two events")
			for _, c := range e.Changes {
				if doc = doc.Set(c.Key, c.New); c.Kind == "Removed" {
					doc = doc.Delete(c.Key)
				}
			}
			at = e.Version
			if slow {
				time.Sleep(2 * s.pace)
			}
		}
		lag := time.Now()
		<-done
		t.Logf("slow %v: %d writes in %v were %d events, the last %v after the last write", slow, writes, wrote.Sub(before), events, lag.Sub(wrote))
		assert.LessOrEqual(t, events, int(lag.Sub(before)/s.pace)+3)
		behind := 5 * time.Second
		if slow {
			behind += 2 * wrote.Sub(before) // what the system keeps for a connection was sent before
		}
		assert.Less(t, lag.Sub(wrote), behind)
		assert.True(t, doc.Equal(s.versions.now.Load().Now().doc), "%v", doc)
		cancel()
		for range got {
		}
	}
}

// TestCosts: a version of a large map costs little, a restored one nothing, and a copy would cost all of it.
func TestCosts(t *testing.T) {
	c, _ := newClient(t, 10)
	var b bytes.Buffer
	for i := range 900 {
		fmt.Fprintf(&b, `,"%d":0`, i)
	}
	c.must("POST", "/api/merge", `{"base": 0, "ours": {"version": 0, "entries": {`+b.String()[1:]+`}}, "theirs": {"version": 0}, "save": true}`, "If-Match", "*")
	c.must("PUT", "/api/entries/5", "1")
	c.must("DELETE", "/api/entries/5", "")
	c.must("POST", "/api/restore", `{"version": 2}`)
	var kept []summary
	require.NoError(t, json.Unmarshal([]byte(c.must("GET", "/api/versions", "")), &kept))
	require.Len(t, kept, 5)
	restored, removed, set, merged, begin := kept[0].Cost, kept[1].Cost, kept[2].Cost, kept[3].Cost, kept[4].Cost
	assert.Nil(t, begin, "there is none before it")
	assert.Zero(t, restored.Bytes)
	for _, one := range []*cost{removed, set} {
		assert.Greater(t, one.Bytes, int64(100))
		assert.Less(t, one.Bytes, one.Copy/5)
		assert.Greater(t, one.Shared, 800)
		assert.Less(t, one.Shared, 900)
	}
	assert.Zero(t, merged.Shared)
	assert.Greater(t, merged.Bytes, int64(900*32), "a key and a value are 16 bytes each")
	assert.Greater(t, set.Copy, int64(900*32))

	var v summary
	require.NoError(t, json.Unmarshal([]byte(c.must("GET", "/api/versions/2", "")), &v))
	assert.Equal(t, set, v.Cost, "measured once")
}

// TestServe: watching outlasts the time that a request has, and ends with the server.
func TestServe(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := newServer(newVersions(5), nil)
	s.patience = time.Second // enough for requests on a busy machine
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.serve(ctx, l) }()
	c := &client{t: t, url: "http://" + l.Addr().String()}
	got := c.events(t.Context())
	assert.Equal(t, 0, (<-got).Version)
	slow, err := net.Dial("tcp", l.Addr().String())
	require.NoError(t, err)
	defer slow.Close()
	fmt.Fprintf(slow, "PUT /api/entries/ash HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\nIf-Match: *\r\n\r\n1")
	time.Sleep(s.patience + s.patience/5)
	c.must("PUT", "/api/entries/ash", "1", "If-Match", "*")
	assert.Equal(t, 1, (<-got).Version)

	answer, err := io.ReadAll(slow)
	require.NoError(t, err, "who does not send what it says is not waited for")
	assert.NotContains(t, string(answer), "200 OK")

	stop()
	select {
	case err := <-ended:
		assert.NoError(t, err)
	case <-time.After(30 * time.Second):
		t.Fatal("it does not stop")
	}
	_, more := <-got
	assert.False(t, more)
}

func TestCommandLine(t *testing.T) {
	var out, errs strings.Builder
	require.Equal(t, cli.OK, run([]string{"-addr", "127.0.0.1:0", "-for", "1ms"}, &out, &errs), errs.String())
	assert.Regexp(t, `^http://127\.0\.0\.1:\d+/\nstopped at version 0\n$`, out.String())
	for args, want := range map[string]int{"help": cli.OK, "-keep 0": cli.Usage, "-for -1s": cli.Usage, "x": cli.Usage, "-addr nowhere": cli.Failed} {
		assert.Equal(t, want, run(strings.Fields(args), &out, &errs), args)
	}
}
