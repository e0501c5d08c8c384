package main

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/vector"
)

func TestParse(t *testing.T) {
	c, err := parse([]byte(begin))
	require.NoError(t, err)
	assert.Equal(t, server{"127.0.0.1:8080", 5 * time.Second, 10 * time.Second}, c.HTTP)
	assert.True(t, c.Flags.Equal(hamt.MapOf(map[string]bool{"dark mode": true, "new checkout": false})), c.Flags)
	assert.True(t, c.Log.Equal(hamt.MapOf(map[string]slog.Level{"http": slog.LevelInfo, "upstreams": slog.LevelWarn})), c.Log)
	assert.Equal(t, 2, c.Upstreams.Len())
	search := c.Upstreams.Get("search")
	assert.True(t, search.Hosts.Equal(vector.Of("10.0.0.1:9000", "10.0.0.2:9000")), search.Hosts)
	assert.Equal(t, 800*time.Millisecond, search.Timeout)
	assert.NoError(t, c.check())
}

// TestFaults: whatever is not expected is an error, which says where.
func TestFaults(t *testing.T) {
	for _, c := range []struct{ old, now, want string }{
		{begin, " \n ", "line 1, column 1: the file is empty"},
		{begin, "[]", "line 1, column 1: an object is expected here"},
		{begin, "null", "line 1, column 1: an object is expected here"},
		{begin, begin + "{}", "line 14, column 1: invalid character '{' after top-level value"},
		{`"5s",`, `"5s"`, `line 5, column 5: invalid character '"' after object key:value pair`},
		{`"readTimeout"`, `"readtimeout"`, `line 4, column 5: http: unknown field "readtimeout"; there are listen, readTimeout, writeTimeout`},
		{`"flags"`, `"flag"`, `line 11, column 3: unknown field "flag"; there are flags, http, log, upstreams`},
		{`"writeTimeout"`, `"readTimeout"`, `line 5, column 5: http: "readTimeout" is there twice`},
		{`"dark mode"`, `"new checkout"`, `line 11, column 35: flags: "new checkout" is there twice`},
		{`"dark mode"`, `"dark\u001bmode"`, `line 11, column 13: flags: "dark\x1bmode" is no name`},
		{`"dark mode"`, `""`, `line 11, column 13: flags: "" is no name`},
		{`"5s"`, `5`, `line 4, column 20: http.readTimeout: a string is expected here`},
		{`"5s"`, `"5 s"`, `line 4, column 20: http.readTimeout: "5 s" is no duration`},
		{`"5s"`, `"-5s"`, `line 4, column 20: http.readTimeout: "-5s" is no duration`},
		{`"10.0.0.2:9000"`, `"10.0.0.2"`, `line 8, column 43: upstreams.search.hosts[1]: "10.0.0.2" is no host:port`},
		{`"10.0.0.2:9000"`, `"10.0.0.2:90000"`, `upstreams.search.hosts[1]: "10.0.0.2:90000" has no port`},
		{`["10.0.1.1:9000"]`, `"10.0.1.1:9000"`, `line 9, column 25: upstreams.images.hosts: an array is expected here`},
		{`"hosts"`, `"ho\u0073ts2"`, `line 8, column 16: upstreams.search: unknown field "hosts2"; there are hosts, timeout`},
		{`true`, `1`, `line 11, column 26: flags.dark mode: true or false is expected here`},
		{`true`, `null`, `line 11, column 26: flags.dark mode: true or false is expected here`},
		{`"info"`, `"loud"`, `line 12, column 19: log.http: "loud" is no level`},
		{`"info"`, "\"木\xff\"", `line 12, column 21: the text is no UTF-8`},
	} {
		_, err := parse([]byte(strings.Replace(begin, c.old, c.now, 1)))
		if assert.Error(t, err, c.now) {
			assert.Contains(t, err.Error(), c.want)
		}
	}
}

// TestChecks: a text that is read without a fault may still be no configuration to work with.
func TestChecks(t *testing.T) {
	for _, c := range []struct{ old, now, want string }{
		{begin, "{}", "http.listen is missing"},
		{`"listen": "127.0.0.1:8080",`, ``, "http.listen is missing"},
		{`"readTimeout": "5s",`, ``, "http.readTimeout is missing"},
		{`"10s"`, `"1s"`, "http.writeTimeout is 1s, which is less than http.readTimeout, 5s"},
		{`"10.0.0.1:9000", "10.0.0.2:9000"`, ``, "upstreams.search has no hosts"},
		{`, "timeout": "3s"`, ``, "upstreams.images.timeout is missing"},
	} {
		got, err := parse([]byte(strings.Replace(begin, c.old, c.now, 1)))
		require.NoError(t, err, c.now)
		assert.ErrorContains(t, got.check(), c.want)
	}
}

// FuzzParse: no text makes parse panic, and what it reads has no more names than the text has.
func FuzzParse(f *testing.F) {
	f.Add(begin)
	f.Add(strings.Replace(begin, "{", "[", 2))
	f.Fuzz(func(t *testing.T, text string) {
		c, err := parse([]byte(text))
		if err == nil && c.Flags.Len() > strings.Count(text, ":") {
			t.Error(fmt.Sprint(c))
		}
		if err != nil && !strings.HasPrefix(err.Error(), "line ") {
			t.Error(err)
		}
	})
}
