package main

import (
	"fmt"
	"log/slog"
	"net"
	"slices"
	"strconv"
	"time"

	"github.com/ramet-go/ramet/examples/internal/report"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/vector"
)

// A config is one version of the configuration. It never changes, so it is handed out without a lock and without a copy, and it
// is comparable: two versions, or the same part of two, are compared by ==, in O(1).
type config struct {
	HTTP      server
	Upstreams hamt.Map[string, upstream]   // by name
	Flags     hamt.Map[string, bool]       // by name
	Log       hamt.Map[string, slog.Level] // by package
}

// A server is how to answer requests.
type server struct {
	Listen                    string // host:port
	ReadTimeout, WriteTimeout time.Duration
}

// An upstream is a service that requests are passed on to.
type upstream struct {
	Hosts   vector.Vector[string] // host:port each, in order of preference
	Timeout time.Duration
}

func (u upstream) String() string {
	return fmt.Sprintf("%s, timeout %v", report.Plural(u.Hosts.Len(), "host"), u.Timeout)
}

// check returns an error if a configuration is one that services could not work with. What can be said of a value alone has been
// checked where it was read, with its place in the file.
func (c config) check() error {
	switch h := c.HTTP; {
	case h.Listen == "":
		return fmt.Errorf("http.listen is missing")
	case h.ReadTimeout == 0:
		return fmt.Errorf("http.readTimeout is missing")
	case h.WriteTimeout < h.ReadTimeout:
		return fmt.Errorf("http.writeTimeout is %v, which is less than http.readTimeout, %v: no answer to a slow request could be written",
			h.WriteTimeout, h.ReadTimeout)
	}
	for _, name := range slices.Sorted(c.Upstreams.Keys()) { // so that it is the same error each time
		switch u := c.Upstreams.Get(name); {
		case u.Hosts.Len() == 0:
			return fmt.Errorf("upstreams.%s has no hosts", name)
		case u.Timeout == 0:
			return fmt.Errorf("upstreams.%s.timeout is missing", name)
		}
	}
	return nil
}

// checkHost returns an error if s is not host:port.
func checkHost(s string) error {
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return fmt.Errorf("%q is no host:port", s)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
		return fmt.Errorf("%q has no port from 1 to 65535", s)
	}
	return nil
}
