// Command live is an HTTP server whose whole state is one cell with a persistent map: entries by key, each a JSON value.
//
//	now cell.Cell[history.History[version]]     // a version is a hamt.Map, a number and a time
//
// A read loads the cell, without a lock, and works on a version that nobody changes. A write is a function from the newest
// version to the next, under the condition that the client has seen the newest: If-Match. Who watches is sent
// what has changed since, from whichever version to whichever; who is slow is sent less, not later. Versions share what they have in common, so the last hundred are kept, can be looked at,
// restored, compared and merged. With -store they are in a file as well, and outlast the server.
//
//	go run ./examples/live          # and look at http://127.0.0.1:8080/ in two windows
//
//	curl -i localhost:8080/api/entries
//	curl -X PUT -H 'If-Match: "…"' -d '3' localhost:8080/api/entries/ash
//	curl -N localhost:8080/api/events
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/ramet-go/ramet/examples/internal/cli"
	"github.com/ramet-go/ramet/examples/internal/report"
)

const usage = `live serves a map of JSON values that is read, written, watched and merged over HTTP.

usage: live [flags]

  -addr ADDR    where it listens (127.0.0.1:8080, which only this machine reaches)
  -host NAMES   names by which it may be called besides localhost, apart by commas
  -keep N       how many versions are kept besides the newest, 1 to 1000 (100)
  -store FILE   keep the versions in FILE, which is made if there is none, so that they outlast the server:
                started again with FILE it has them all, and goes on counting. A write is answered when
                it is on disk. The file keeps those of the last day, and as many as -keep says; what it
                has of others it gives up at the start, and once a day. One server has a file at a time.
  -for D        stop after the time D; without it, on an interrupt

  GET /                      a page that shows it all
  GET /api/entries           the newest version, with its ETag
  GET /api/entries/KEY       the value of KEY in it
  PUT /api/entries/KEY       makes a version with another value; needs If-Match with the newest ETag
  DELETE /api/entries/KEY    makes a version without KEY; the same
  GET /api/versions          the versions that are kept, the newest first, and what each costs
  GET /api/versions/N        one of them, and what it changed; N may be newest
  POST /api/restore          {"version": N}: makes a version of an earlier one; needs If-Match
  POST /api/merge            {"base": N, "ours": SIDE, "theirs": SIDE}: what the two changed, and the conflicts;
                             a SIDE is {"version": N}, and may have "entries" that it was edited to.
                             With "resolve": {KEY: "base", "ours" or "theirs"} and "save": true
                             it makes a version; needs If-Match
  GET /api/events            server-sent events: the newest version, and then, at most 20 times a second,
                             what has changed since the event before
`

// options are the flags.
type options struct {
	addr, host, store string
	keep              int
	time              time.Duration
}

var program = cli.Program[options]{
	Name:  "live",
	Usage: usage,
	Flags: func(fs *flag.FlagSet, o *options) {
		fs.StringVar(&o.addr, "addr", "127.0.0.1:8080", "")
		fs.StringVar(&o.host, "host", "", "")
		fs.IntVar(&o.keep, "keep", 100, "")
		fs.StringVar(&o.store, "store", "", "")
		fs.DurationVar(&o.time, "for", 0, "")
	},
	Common: []string{"addr", "host", "keep", "store", "for"},
	Check: func(given []string, o options) error {
		if o.store == "" && slices.Contains(given, "store") {
			return cli.Usagef("-store names no file")
		}
		if o.keep < 1 || o.keep > 1000 || o.time < 0 {
			return cli.Usagef("out of range: -keep has 1 to 1000, -for is not negative")
		}
		return nil
	},
	Commands: map[string]cli.Command[options]{"": {Run: runServer}},
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the program.
func run(args []string, stdout, stderr io.Writer) int { return program.Run(args, stdout, stderr) }

func runServer(w *bufio.Writer, o options, _ []string) (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if o.time > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, o.time)
		defer cancel()
	}
	s := newServer(nil, hosts(o.host))
	if o.store == "" {
		s.versions = newVersions(o.keep)
	} else {
		if s.versions, err = openVersions(o.store, o.keep); err != nil {
			return err
		}
		end := s.versions.file.collecting(ctx)
		defer func() {
			end()
			err = errors.Join(err, s.versions.file.close())
		}()
	}
	l, err := net.Listen("tcp", o.addr)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "http://%s/\n", l.Addr())
	if ip := l.Addr().(*net.TCPAddr).IP; !ip.IsLoopback() {
		fmt.Fprintf(w, "Whoever reaches %s can read and write it.\n", l.Addr())
	}
	if s.versions.file != nil {
		h := s.versions.now.Load()
		fmt.Fprintf(w, "versions %d to %d are in %s\n", h.Now().number-h.UndoLen(), h.Now().number, report.Printable(o.store))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if err := s.serve(ctx, l); err != nil {
		return err
	}
	fmt.Fprintf(w, "stopped at version %d\n", s.versions.now.Load().Now().number)
	return nil
}

// hosts returns the names in a list.
func hosts(list string) (names []string) {
	for name := range strings.SplitSeq(strings.ToLower(list), ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}
