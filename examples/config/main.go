// Command config shows a configuration that is served to many goroutines from a file, which is watched and read again when it changes.
// Most services write that by hand, with a mutex and a list of callbacks. Here it is one cell:
//
//	now cell.Cell[config]     // a config is a struct of persistent collections
//
// Whoever needs a setting loads the cell, without a lock. What is read from the file anew is given the nodes of the version
// before wherever the two are alike (share.go), so that what did not change is still ==. Then a service that watches its part is
// told only when that part changes, saving the file without a change wakes nobody, and the last good version
// stays when the file is broken (store.go).
//
//	go run ./examples/config                      # a short demonstration, which changes a file of its own
//	go run ./examples/config serve FILE           # watch a file: edit it and see who is told what
//	go run ./examples/config check FILE
//
// Pieces of it are in docs/cookbook.md: one field deep inside, watching a part, a state that must not be.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/ramet-go/ramet/examples/internal/cli"
)

const usage = `config serves a configuration from a file, which it watches, to services that each have their part of it.

usage: config [flags] [command]

  config               a demonstration: changes a file of its own a few times, and says who is told
  config serve FILE    watch FILE until an interrupt, and say who is told what; a file to begin with
                       is examples/config/testdata/service.json
  config check FILE    say whether FILE is a configuration
  config help          this text

  -every D    serve: how often it looks at the file (1s)
  -for D      serve: stop after the time D
`

// options are the flags.
type options struct{ every, time time.Duration }

var program = cli.Program[options]{
	Name:  "config",
	Usage: usage,
	Flags: func(fs *flag.FlagSet, o *options) {
		fs.DurationVar(&o.every, "every", time.Second, "")
		fs.DurationVar(&o.time, "for", 0, "")
	},
	Check: func(_ []string, o options) error {
		if o.every < time.Millisecond || o.time < 0 {
			return cli.Usagef("out of range: -every has 1ms or more, -for is not negative")
		}
		return nil
	},
	Commands: map[string]cli.Command[options]{
		"":      {Run: func(w *bufio.Writer, _ options, _ []string) error { return demonstrate(w) }},
		"serve": {Args: "serve FILE", Least: 1, Most: 1, Flags: []string{"every", "for"}, Run: runServe},
		"check": {Args: "check FILE", Least: 1, Most: 1, Run: runCheck},
	},
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the program.
func run(args []string, stdout, stderr io.Writer) int { return program.Run(args, stdout, stderr) }

func runCheck(w *bufio.Writer, _ options, args []string) error {
	if _, err := open(args[0]); err != nil {
		return err
	}
	fmt.Fprintf(w, "%q is a configuration\n", args[0])
	return nil
}
