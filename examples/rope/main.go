// Command rope edits a text and keeps every version of it in memory, each as a persistent
// vector of its bytes.
//
// An edit makes a new version and leaves the one before as it was. It costs what it changes,
// not what the text is long: it copies a leaf or two of 512 bytes and the few nodes
// above them, and shares the rest. A block that is moved or copied is not even read, for
// slicing and concatenating share as well:
//
//	block := old.Slice(at, at+n)
//	t = t.Slice(0, to).Concat(block).Concat(t.Slice(to, t.Len()))
//
// So undo, "what was this a minute ago", and pasting from a version of yesterday are
// an index into a slice. Without arguments the program measures what that costs, with ten thousand edits of the
// Go specification, or of a source file where the Go distribution comes without it.
//
//	go run ./examples/rope                     # what keeping every version costs
//	go run ./examples/rope at 4000             # what the 4,000th edit did
//	go run ./examples/rope cat 4000            # the text after it
//	go run ./examples/rope -record edits.txt   # writes the edits down, to be read and changed
//	go run ./examples/rope -edits edits.txt    # applies them
//	go run ./examples/rope -trace trace.json   # replays a trace of a real editing session
package main

import (
	"flag"
	"io"
	"os"
	"slices"

	"github.com/ramet-go/ramet/examples/internal/cli"
	"github.com/ramet-go/ramet/examples/internal/progress"
	"github.com/ramet-go/ramet/examples/internal/report"
)

const usage = `rope edits a text and keeps every version of it in memory, as persistent vectors that share.

usage: rope [flags] [command]

  rope         applies the edits, and shows what it costs to keep every version
  rope at N    what the edit that made version N did; version 0 is the text without edits
  rope cat N   the text of version N
  rope help    this text

Flags may stand before or after the arguments:

  -file FILE     the text; without it doc/go_spec.html of GOROOT, or src/net/http/server.go there
  -edits FILE    apply the edits that FILE lists
  -n N           without -edits: generate N edits, at most 500000, which takes 3 GB (10000)
  -seed S        without -edits: generate those that belong to the number S (1)
  -record FILE   without -edits and a command: write the generated edits to FILE too
  -trace FILE    the text and the edits are those of an editing trace; its end is checked
  -record-trace FILE   without a command: write the text and the edits to FILE, as such a trace

A list has one edit a line, each of the text that the edits before it leave. AT and TO are
positions, in bytes from 0; COUNT is a number of bytes. Empty lines and those that begin with #
mean nothing.

  insert AT "STRING"               STRING is written as in Go; it comes before the byte at AT
  delete AT COUNT                  removes the COUNT bytes from AT on
  move AT COUNT to TO              removes them, and inserts them at TO of what is left then
  copy AT COUNT to TO              inserts the same bytes at TO as well
  copy AT COUNT of VERSION to TO   inserts what stood at AT of an earlier version

A trace is JSON, plain or gzipped, as the collection "editing-traces" has it. Positions and REMOVED
count characters; a patch that removes and inserts is two edits.

  {"startContent": TEXT, "endContent": TEXT,
   "txns": [{"time": TIME, "patches": [[POSITION, REMOVED, "INSERTED"], ...]}, ...]}
`

// maxEdits is how many edits there may be, generated or read. Each takes perEdit bytes of memory, for the version it makes
// and for measuring: all of them some gigabytes, which is what there is on a common machine.
const (
	maxEdits = 500_000
	perEdit  = 6_000
)

// options are the flags.
type options struct {
	progress *progress.Meter

	file   string
	edits  string
	n      int
	seed   uint64
	record string
	trace  string
	write  string
}

var program = cli.Program[options]{
	Name:  "rope",
	Usage: usage,
	Flags: func(fs *flag.FlagSet, o *options) {
		fs.StringVar(&o.file, "file", "", "")
		fs.StringVar(&o.edits, "edits", "", "")
		fs.IntVar(&o.n, "n", 10_000, "")
		fs.Uint64Var(&o.seed, "seed", 1, "")
		fs.StringVar(&o.record, "record", "", "")
		fs.StringVar(&o.trace, "trace", "", "")
		fs.StringVar(&o.write, "record-trace", "", "")
	},
	Common: []string{"file", "edits", "n", "seed", "trace"},
	Check:  check,

	Progress: func(o *options, m *progress.Meter) { o.progress = m },
	Commands: map[string]cli.Command[options]{
		"":    {Flags: []string{"record", "record-trace"}, Run: runOverview},
		"at":  {Args: "at N", Least: 1, Most: 1, Run: runAt},
		"cat": {Args: "cat N", Least: 1, Most: 1, Run: runCat},
	},
}

// check returns an error if the flags contradict each other.
func check(given []string, o options) error {
	if o.n < 0 || o.n > maxEdits {
		return cli.Usagef("-n %d: want 0 to %d, which takes %s", o.n, maxEdits, report.Size(int64(maxEdits*perEdit)))
	}
	if slices.Contains(given, "trace") {
		for _, name := range []string{"file", "edits", "n", "seed", "record", "record-trace"} {
			if slices.Contains(given, name) {
				return cli.Usagef("flag -%s has no meaning with -trace", name)
			}
		}
	}
	if slices.Contains(given, "edits") {
		for _, name := range []string{"n", "seed", "record"} {
			if slices.Contains(given, name) {
				return cli.Usagef("flag -%s has no meaning with -edits", name)
			}
		}
	}
	return nil
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the program.
func run(args []string, stdout, stderr io.Writer) int { return program.Run(args, stdout, stderr) }
