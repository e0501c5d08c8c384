package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/examples/internal/cli"
)

// TestDemonstration: who is told what, and who is not.
func TestDemonstration(t *testing.T) {
	var out, errs strings.Builder
	require.Equal(t, cli.OK, run(nil, &out, &errs), errs.String())
	got := regexp.MustCompile(`[0-9,]+ requests?`).ReplaceAllString(out.String(), "N requests")
	want, err := os.ReadFile("testdata/demonstration.txt")
	require.NoError(t, err)
	assert.Equal(t, string(want), got)
}

// TestLoad: a change wakes whose part it is, a broken text and one that says what is there wake nobody, and readers always have a good
// configuration.
func TestLoad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // in which Wait waits until all who watch wait
		ctx, stop := context.WithCancel(t.Context())
		s := new(store)
		heard := map[string]int{} // versions that a service has seen
		told := map[string]int{}  // those that were of interest
		var mu sync.Mutex
		var running sync.WaitGroup
		load := func(old, now string) (bool, error) {
			changed, err := s.load([]byte(strings.Replace(begin, old, now, 1)))
			synctest.Wait()
			return changed, err
		}
		changed, err := load("", "")
		require.NoError(t, err)
		assert.True(t, changed)
		for _, sv := range services() {
			running.Go(func() {
				sv.watch(ctx, &s.now, func(did string) {
					mu.Lock()
					defer mu.Unlock()
					if heard[sv.name]++; did != "" {
						told[sv.name]++
					}
				})
			})
		}
		synctest.Wait()
		assert.Equal(t, map[string]int{"http server": 1, "balancer": 1, "search": 1, "flags": 1, "logger": 1}, told)

		now := s.now.Load()
		for _, broken := range []string{`"5s`, `"1h"`, `5`} {
			changed, err = load(`"5s"`, broken)
			assert.Error(t, err)
			assert.False(t, changed)
		}
		for _, same := range []string{`true `, "\n\ttrue"} {
			changed, err = load(`true`, same)
			assert.NoError(t, err)
			assert.False(t, changed)
		}
		assert.True(t, s.now.Load() == now)
		assert.Equal(t, map[string]int{"http server": 1, "balancer": 1, "search": 1, "flags": 1, "logger": 1}, heard, "nobody is woken")

		changed, err = load(`"3s"`, `"4s"`)
		assert.NoError(t, err)
		assert.True(t, changed)
		assert.Equal(t, map[string]int{"http server": 1, "balancer": 2, "search": 1, "flags": 1, "logger": 1}, told)
		changed, err = load("", "")
		assert.NoError(t, err)
		assert.True(t, changed, "and back")
		assert.Equal(t, map[string]int{"http server": 3, "balancer": 3, "search": 3, "flags": 3, "logger": 3}, heard)
		stop()
		running.Wait()
	})
}

// TestManyReaders: while a file is loaded again and again, goroutines find what belongs together.
func TestManyReaders(t *testing.T) {
	s := new(store)
	texts := [2]string{begin, strings.NewReplacer("800ms", "900ms", `"3s"`, `"4s"`, "false", "true").Replace(begin)}
	_, err := s.load([]byte(begin))
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	for range 4 {
		running.Go(func() {
			for ctx.Err() == nil {
				c := s.now.Load()
				first := c.Upstreams.Get("search").Timeout == 800*time.Millisecond
				if c.Flags.Get("new checkout") == first || (c.Upstreams.Get("images").Timeout == 3*time.Second) != first {
					t.Error("parts of two versions:", c)
				}
				runtime.Gosched()
			}
		})
	}
	for i := range 200 {
		changed, err := s.load([]byte(texts[(i+1)%2]))
		require.NoError(t, err)
		require.True(t, changed)
	}
	stop()
	running.Wait()
}

// TestServe watches a file, in a bubble in which time passes when all wait.
func TestServe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "service.json")
	write := func(old, now string) {
		require.NoError(t, os.WriteFile(path, []byte(strings.Replace(begin, old, now, 1)), 0o644))
	}
	write("", "")
	missing := regexp.MustCompile(`\S+ FILE: (no such file|.* cannot find )[^;]*`) // as the system says it
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		var mu sync.Mutex
		var said []string
		hears := func(want ...string) {
			t.Helper()
			time.Sleep(2 * time.Second)
			synctest.Wait()
			mu.Lock()
			defer mu.Unlock()
			assert.ElementsMatch(t, want, said)
			said = nil
		}
		ended := make(chan error)
		go func() {
			ended <- serve(ctx, func(format string, args ...any) {
				mu.Lock()
				defer mu.Unlock()
				said = append(said, missing.ReplaceAllString(strings.ReplaceAll(fmt.Sprintf(format, args...), path, "FILE"), "no FILE"))
			}, path, time.Second)
		}()
		hears("http server  listens on 127.0.0.1:8080, read timeout 5s, write timeout 10s",
			"balancer     +images: 1 host, timeout 3s; +search: 2 hosts, timeout 800ms", "search       2 hosts, timeout 800ms",
			"flags        +dark mode: true; +new checkout: false", "logger       +http: INFO; +upstreams: WARN")
		hears()
		write(`"listen": "127.0.0.1:8080"`, `"listen": ":80"`)
		hears("http server  listens on 127.0.0.1:8080 -> :80")
		write(`true`, `tru`)
		hears("refused      FILE: line 11, column 29: invalid character ',' in literal true (expecting 'e'); what was good stays")
		hears()
		require.NoError(t, os.Remove(path))
		hears("refused      no FILE; what was good stays")
		write(`"search": {"hosts": ["10.0.0.1:9000", "10.0.0.2:9000"], "timeout": "800ms"},`, "")
		hears("http server  listens on :80 -> 127.0.0.1:8080", "balancer     -search", "search       closed")
		stop()
		assert.NoError(t, <-ended)
	})
}

func TestCommandLine(t *testing.T) {
	broken := filepath.Join(t.TempDir(), "broken.json")
	require.NoError(t, os.WriteFile(broken, []byte("{"), 0o644))
	for _, c := range []struct {
		args, out, err string
		code           int
	}{
		{"help", "usage: config", "", cli.OK},
		{"serve testdata/service.json -for 20ms", "\nflags        +dark mode: true;", "", cli.OK},
		{"check testdata/service.json", `"testdata/service.json" is a configuration`, "", cli.OK},
		{"check " + broken, "", "broken.json: line 1, column 1: unexpected end", cli.Failed},
		{"serve " + broken, "", "broken.json: line 1, column 1: unexpected end", cli.Failed},
		{"serve nowhere.json", "", "nowhere.json", cli.Failed},
		{"serve testdata", "", "no regular file", cli.Failed},
		{"serve", "", "usage: config serve FILE", cli.Usage},
		{"serve x -every 0s", "", "out of range", cli.Usage},
		{"serve x -for -1s", "", "out of range", cli.Usage},
		{"-every 1s", "", "no meaning", cli.Usage},
		{"watch", "", "unknown command", cli.Usage},
	} {
		var out, errs strings.Builder
		assert.Equal(t, c.code, run(strings.Fields(c.args), &out, &errs), c.args)
		assert.Contains(t, "\n"+out.String(), c.out, c.args)
		assert.Contains(t, errs.String(), c.err, c.args)
	}
}
