// Command live is an HTTP server whose whole state is one cell with a persistent map: entries by key, each a JSON value.
//
//	now cell.Cell[history.History[version]]     // a version is a hamt.Map, a number and a time
//
// A read loads the cell, without a lock, and works on a version that nobody changes. A write is a function from the newest
// version to the next, under the condition that the client has seen the newest: If-Match. Who watches is sent
// what has changed since, from whichever version to whichever; who is slow is sent less, not later. Versions share what they have in common, so the last hundred are kept, can be looked at,
// restored, compared and merged. With -store they are in a file as well, and outlast the server. With -nats several machines share them.
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
  -nats URLS    share the versions with live on other machines, by servers of NATS with JetStream:
                what is written on one is on all. URLS are apart by commas, as nats://a:4222,nats://b:4222.
                Each machine has a copy, in its FILE, or without -store in memory. While the servers
                do not answer, what there is can be read, and nothing can be written.
  -bucket NAME  the name of what is shared there (live)
  -replicas N   how many servers of NATS keep it: 1, 3 or 5 (1). It counts when NAME is made.
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
                             what has changed since the event before; and why nothing can be written,
                             as long as that is so

Three machines, or here three files and ports on one, and the page of each:

  nats-server -js -sd nats -a 127.0.0.1
  live -nats nats://127.0.0.1:4222 -store a.ramet -addr 127.0.0.1:8081
  live -nats nats://127.0.0.1:4222 -store b.ramet -addr 127.0.0.1:8082
  live -nats nats://127.0.0.1:4222 -store c.ramet -addr 127.0.0.1:8083

nats-server is one program: github.com/nats-io/nats-server has it for all systems, or
go install github.com/nats-io/nats-server/v2@latest. So that nothing is lost with a machine, run it on three
of them, as store/natsstore/README.md says, name all in -nats, and give -replicas 3.

A file that was used without -nats can be given with it later: what it has is shared, if the others have
nothing, or what led to it. If both have gone on, it stays as it is, and live says so.
`

// options are the flags.
type options struct {
	addr, host, store string
	nats, bucket      string
	replicas          int
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
		fs.StringVar(&o.nats, "nats", "", "")
		fs.StringVar(&o.bucket, "bucket", "live", "")
		fs.IntVar(&o.replicas, "replicas", 1, "")
		fs.DurationVar(&o.time, "for", 0, "")
	},
	Common: []string{"addr", "host", "keep", "store", "nats", "bucket", "replicas", "for"},
	Check: func(given []string, o options) error {
		if o.store == "" && slices.Contains(given, "store") {
			return cli.Usagef("-store names no file")
		}
		if o.nats == "" && slices.Contains(given, "nats") {
			return cli.Usagef("-nats names no server")
		}
		if o.nats == "" && (slices.Contains(given, "bucket") || slices.Contains(given, "replicas")) {
			return cli.Usagef("-bucket and -replicas have no meaning without -nats")
		}
		if o.replicas != 1 && o.replicas != 3 && o.replicas != 5 {
			return cli.Usagef("-replicas is 1, 3 or 5")
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
	s := newServer(nil, hosts(o.host))
	end, err := s.open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	if o.time > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, o.time)
		defer cancel()
	}
	l, err := net.Listen("tcp", o.addr)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "http://%s/\n", l.Addr())
	if ip := l.Addr().(*net.TCPAddr).IP; !ip.IsLoopback() {
		fmt.Fprintf(w, "Whoever reaches %s can read and write it.\n", l.Addr())
	}
	if places := o.places(); places != "" {
		h := s.versions.now.Load()
		fmt.Fprintf(w, "versions %d to %d are in %s\n", h.Now().number-h.UndoLen(), h.Now().number, places)
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

// open gives s the versions that the flags name, and returns what ends their use.
func (s *server) open(ctx context.Context, o options) (end func() error, err error) {
	switch {
	case o.nats != "":
		c, err := openCluster(ctx, o.nats, o.bucket, o.replicas)
		if err != nil {
			return nil, err
		}
		if s.versions, err = joinVersions(ctx, o.store, o.keep, c.remote); err != nil {
			c.close()
			return nil, err
		}
		c.tell(s.versions)
		k := s.versions.file
		following, collecting := k.following(ctx, s.versions), k.collecting(ctx)
		return func() error {
			following()
			collecting()
			err := k.close()
			c.close()
			return err
		}, nil
	case o.store != "":
		if s.versions, err = openVersions(o.store, o.keep); err != nil {
			return nil, err
		}
		k := s.versions.file
		collecting := k.collecting(ctx)
		return func() error {
			collecting()
			return k.close()
		}, nil
	}
	s.versions = newVersions(o.keep)
	return func() error { return nil }, nil
}

// places names where the versions are kept, besides memory.
func (o options) places() string {
	var all []string
	if o.store != "" {
		all = append(all, report.Printable(o.store))
	}
	if o.nats != "" {
		all = append(all, o.bucket+" at "+report.Printable(redacted(o.nats)))
	}
	return strings.Join(all, ", and in ")
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
