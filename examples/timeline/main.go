// Command timeline keeps the API of every Go release in memory at once, as one
// persistent map per release, and answers questions about all of them.
//
// It reads the API history that ships with Go distributions, or a copy that it carries where
// this one has none: a file for each release that lists what the release added. From the map of one release it makes
// the map of the next, which costs what changed, not what there is:
//
//	now = transient.Update(now, func(b *hamt.MapBuilder[string, pkg]) { … })
//
// A release is a map of packages, and a package is a map of features. The versions
// share, so all releases together take little more memory than the newest one; and
// because every one of them is a complete map, comparing two is hamt.Diff of the
// two, which skips whatever they share.
//
//	go run ./examples/timeline                            # an overview, with what it costs
//	go run ./examples/timeline at 1.21 slices             # a package at a release
//	go run ./examples/timeline diff 1.20 1.21 go/ast      # what a release changed
//	go run ./examples/timeline when 'func ContainsFunc'   # when something came
//
// With -store, the releases are in a file of package store, each a commit of the branch "go", and the next run finds
// them there. It loads none: a package is a range of the tree of a release, and what a release changed is a comparison
// of two trees, which reads what they do not share.
//
//	go run ./examples/timeline -store go.ramet diff 1.20 1.21 go/ast
package main

import (
	"flag"
	"io"
	"os"

	"github.com/ramet-go/ramet/examples/internal/cli"
	"github.com/ramet-go/ramet/examples/internal/progress"
)

const usage = `timeline keeps the API of every Go release in memory at once, as persistent maps that share.

usage: timeline [flags] [command]

  timeline                          every release, what it added, and what keeping all of them costs
  timeline at RELEASE [PACKAGE]     what a package had at a release, and since when; or all packages
  timeline diff OLD NEW [PACKAGE]   what changed between two releases
  timeline when TEXT                when something came, changed or was deprecated; TEXT is part of
                                    a line like "pkg slices, func Clip[...]($0) $0"
  timeline help                     this text

A release is written 1.18 or go1.18. Flags may stand before or after the arguments:

  -dir DIR          read go1.txt, go1.1.txt, ... in DIR, not in the api folder of GOROOT (or, where
                    that has none, in a copy that timeline carries)
  -store FILE       write the releases to FILE, those that it does not have, and answer from there,
                    without loading them
  -platform NAME    at, diff: list the features of this platform (linux-amd64) too, or of all
  -n N              when: print at most N matches (20)
  -all              when: print all matches
  -re               when: TEXT is a regular expression
`

// options are the flags.
type options struct {
	dir      string
	store    string
	meter    *progress.Meter
	platform string
	limit    int
	all      bool
	re       bool
}

var program = cli.Program[options]{
	Name:  "timeline",
	Usage: usage,
	Flags: func(fs *flag.FlagSet, o *options) {
		fs.StringVar(&o.dir, "dir", "", "")
		fs.StringVar(&o.store, "store", "", "")
		fs.StringVar(&o.platform, "platform", "", "")
		fs.IntVar(&o.limit, "n", 20, "")
		fs.BoolVar(&o.all, "all", false, "")
		fs.BoolVar(&o.re, "re", false, "")
	},
	Common:   []string{"dir"},
	Progress: func(o *options, m *progress.Meter) { o.meter = m },
	Commands: map[string]cli.Command[options]{
		"":     {Flags: []string{"store"}, Run: runOverview},
		"at":   {Args: "at RELEASE [PACKAGE]", Least: 1, Most: 2, Flags: []string{"store", "platform"}, Run: runAt},
		"diff": {Args: "diff OLD NEW [PACKAGE]", Least: 2, Most: 3, Flags: []string{"store", "platform"}, Run: runDiff},
		"when": {Args: "when TEXT", Least: 1, Most: 1, Flags: []string{"store", "n", "all", "re"}, Run: runWhen},
	},
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the program.
func run(args []string, stdout, stderr io.Writer) int { return program.Run(args, stdout, stderr) }
