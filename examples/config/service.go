package main

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"slices"
	"strings"

	"github.com/ramet-go/ramet/cell"
	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/vector"
)

// A service is a part of a program that has to do something when its part of the configuration changes.
type service struct {
	name string
	// watch follows a configuration until ctx is done. It calls heard after each version that it has seen, with what the service
	// did about it; "": it was not told, for its part is as before.
	watch func(ctx context.Context, c *cell.Cell[config], heard func(did string))
}

// newService returns a service whose part is what part returns. changed does what is to be done about another one.
func newService[T comparable](name string, part func(config) T, changed func(old, now T) string) service {
	return service{name, func(ctx context.Context, c *cell.Cell[config], heard func(string)) {
		same := func(a, b T) bool {
			if a != b { // which is O(1), for a part that has not changed is the same version: see share
				return false
			}
			heard("")
			return true
		}
		for old, now := range cell.WatchFunc(ctx, c, part, same) {
			heard(changed(old, now))
		}
	}}
}

// services are those of a small web server. A real one would set its server's timeouts, open and close connections, and so on:
// what changed from one version to the next is at hand. These only say what they would do.
func services() []service {
	return []service{
		newService("http server", func(c config) server { return c.HTTP }, changedServer),
		newService("balancer", func(c config) hamt.Map[string, upstream] { return c.Upstreams },
			func(old, now hamt.Map[string, upstream]) string {
				return describe(hamt.Diff(old, now), changedUpstream)
			}),
		newService("search", func(c config) upstream { return c.Upstreams.Get("search") }, changedUpstream), // one entry, if it is there
		newService("flags", func(c config) hamt.Map[string, bool] { return c.Flags },
			func(old, now hamt.Map[string, bool]) string { return describe(hamt.Diff(old, now), updated[bool]) }),
		newService("logger", func(c config) hamt.Map[string, slog.Level] { return c.Log },
			func(old, now hamt.Map[string, slog.Level]) string {
				return describe(hamt.Diff(old, now), updated[slog.Level])
			}),
	}
}

func changedServer(old, now server) string {
	var did []string
	if old == (server{}) {
		return fmt.Sprintf("listens on %s, read timeout %v, write timeout %v", now.Listen, now.ReadTimeout, now.WriteTimeout)
	}
	if old.Listen != now.Listen {
		did = append(did, "listens on "+updated(old.Listen, now.Listen))
	}
	if old.ReadTimeout != now.ReadTimeout {
		did = append(did, "read timeout "+updated(old.ReadTimeout, now.ReadTimeout))
	}
	if old.WriteTimeout != now.WriteTimeout {
		did = append(did, "write timeout "+updated(old.WriteTimeout, now.WriteTimeout))
	}
	return strings.Join(did, ", ")
}

func changedUpstream(old, now upstream) string {
	switch (upstream{}) { // which is what there is where there is none
	case now:
		return "closed"
	case old:
		return now.String()
	}
	var did []string
	for s := range vector.Diff(old.Hosts, now.Hosts) {
		for _, host := range s.Old {
			did = append(did, "close "+host)
		}
		for _, host := range s.New {
			did = append(did, "open "+host)
		}
	}
	if old.Timeout != now.Timeout {
		did = append(did, "timeout "+updated(old.Timeout, now.Timeout))
	}
	return strings.Join(did, ", ")
}

func updated[T any](old, now T) string { return fmt.Sprint(old, " -> ", now) }

// describe says what the changes of a map are. Only what changed is looked at.
func describe[V comparable](changes iter.Seq[diff.Change[string, V]], update func(old, now V) string) string {
	var did []string
	for c := range changes {
		switch c.Kind {
		case diff.Added:
			did = append(did, fmt.Sprintf("+%s: %v", c.Key, c.New))
		case diff.Removed:
			did = append(did, "-"+c.Key)
		case diff.Updated:
			did = append(did, c.Key+": "+update(c.Old, c.New))
		}
	}
	slices.Sort(did) // a hash map has an order of its own in each process
	return strings.Join(did, "; ")
}
