package main

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
)

// edited returns the configuration of begin with something replaced, read anew.
func edited(t *testing.T, old, now string) config {
	t.Helper()
	text := strings.Replace(begin, old, now, 1)
	require.True(t, old == now || text != begin, "%q is not there", old)
	c, err := parse([]byte(text))
	require.NoError(t, err)
	return c
}

// equal reports whether two configurations say the same, by contents.
func equal(a, b config) bool {
	return a.HTTP == b.HTTP && a.Flags.Equal(b.Flags) && a.Log.Equal(b.Log) &&
		hamt.EqualFunc(a.Upstreams, b.Upstreams, func(a, b upstream) bool { return a.Timeout == b.Timeout && a.Hosts.Equal(b.Hosts) })
}

// TestWhatIsAsBeforeIsShared, at any depth, and what is not has the new contents.
func TestWhatIsAsBeforeIsShared(t *testing.T) {
	before := edited(t, "", "")
	for _, c := range []struct{ old, now, differs string }{
		{"", "", ""},
		{`"5s"`, `"5000ms"`, ""},
		{`"5s"`, `"6s"`, "http"},
		{`true`, `false`, "flags"},
		{`"dark mode": true, `, ``, "flags"},
		{`"flags": {"dark mode": true, "new checkout": false},`, ``, "flags"},
		{`{"http": "info", "upstreams": "warn"}`, `{"upstreams": "WARN", "http": "INFO"}`, ""},
		{`"info"`, `"debug"`, "log"},
		{`"10.0.0.1:9000"`, `"10.0.0.7:9000"`, "upstreams upstreams.search"},
		{`"10.0.0.1:9000", `, ``, "upstreams upstreams.search"},
		{`"800ms"`, `"900ms"`, "upstreams upstreams.search"},
		{`"3s"`, `"4s"`, "upstreams upstreams.images"},
		{`"images"`, `"pictures"`, "upstreams upstreams.images"},
	} {
		now := edited(t, c.old, c.now)
		shared := share(before, now)
		assert.True(t, equal(now, shared), "%s: %v", c.now, shared)
		assert.Equal(t, c.differs == "", shared == before, c.now)
		var differs []string
		for part, is := range map[string]bool{
			"http": shared.HTTP == before.HTTP, "flags": shared.Flags == before.Flags, "log": shared.Log == before.Log,
			"upstreams":        shared.Upstreams == before.Upstreams,
			"upstreams.search": shared.Upstreams.Get("search") == before.Upstreams.Get("search"),
			"upstreams.images": shared.Upstreams.Get("images") == before.Upstreams.Get("images"),
		} {
			if !is {
				differs = append(differs, part)
			}
		}
		assert.ElementsMatch(t, strings.Fields(c.differs), differs, c.now)
	}

	// Of an upstream with another timeout, the hosts are still those before.
	shared := share(before, edited(t, `"800ms"`, `"900ms"`))
	assert.True(t, shared.Upstreams.Get("search").Hosts == before.Upstreams.Get("search").Hosts)
	assert.False(t, edited(t, "", "").Upstreams.Get("search").Hosts == before.Upstreams.Get("search").Hosts, "or there would be nothing to do")
}

// TestSharingALargeMap: where one entry of many differs, the others are not only equal to those before but the same nodes, which a
// comparison skips.
func TestSharingALargeMap(t *testing.T) {
	const entries = 10_000
	levels := func(last slog.Level) hamt.Map[string, slog.Level] {
		var b hamt.MapBuilder[string, slog.Level]
		for i := range entries {
			b.Set(fmt.Sprint("package", i), slog.LevelInfo)
		}
		b.Set("last", last)
		return b.Build()
	}
	compared := func(a, b hamt.Map[string, slog.Level]) (n int) {
		for range hamt.DiffFunc(a, b, func(a, b slog.Level) bool { n++; return a == b }) {
		}
		return n
	}
	before, now := levels(slog.LevelInfo), levels(slog.LevelWarn)
	shared := shareMap(before, now, nil)
	assert.True(t, shared.Equal(now))
	assert.Greater(t, compared(before, now), entries)
	assert.Less(t, compared(before, shared), 100)
	assert.True(t, shareMap(shared, levels(slog.LevelWarn), nil) == shared)
}
