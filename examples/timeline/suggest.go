package main

import (
	"bufio"
	"fmt"
	"runtime"
	"slices"

	"github.com/ramet-go/ramet/examples/internal/cli"
)

// printSuggestions prints commands to try, with these flags.
func printSuggestions(w *bufio.Writer, h record, flags []string) error {
	commands, err := suggestions(h, cli.Self("timeline"), flags)
	if len(commands) > 0 {
		fmt.Fprintf(w, "\nTry:\n")
	}
	for _, c := range commands {
		fmt.Fprintf(w, "  %s\n", c)
	}
	return err
}

// suggestions returns commands that have an answer in h, with these flags. self is how the program is run.
func suggestions(h record, self string, flags []string) (commands []string, err error) {
	suggest := func(words ...string) {
		if c, ok := command(runtime.GOOS, self, append(slices.Clip(flags), words...)); ok {
			commands = append(commands, c)
		}
	}
	known, err := knows(h, 20, "go/ast", "")
	if err == nil && known {
		known, err = knows(h, 21, "slices", "func ContainsFunc")
	}
	if err != nil {
		return nil, err
	}
	if known {
		suggest("at", "1.21", "slices")
		suggest("diff", "1.20", "1.21", "go/ast")
		suggest("when", "func ContainsFunc")
		return commands, nil
	}
	last := newest(h)
	packages, err := h.packages(last)
	if err != nil || len(packages) == 0 {
		return nil, err
	}
	path := packages[0].path
	if path[0] != '-' { // or it would be a flag
		suggest("at", last.String(), path)
	}
	if rs := h.releases(); len(rs) > 1 {
		suggest("diff", rs[len(rs)-2].String(), last.String())
	}
	first := ""
	for f, err := range h.features(last, path) {
		if err != nil {
			return nil, err
		}
		if first == "" || f.name < first {
			first = f.name
		}
	}
	_, symbol := splitPlatform(first)
	suggest("when", symbol)
	return commands, nil
}

// command returns a command as a shell of the system reads it, and false if some word cannot be written.
func command(system, self string, words []string) (string, bool) {
	c := self
	for _, w := range words {
		w, ok := cli.Word(system, w)
		if !ok {
			return "", false
		}
		c = fmt.Sprintf("%s %s", c, w)
	}
	return c, true
}

// knows reports whether h has the release, and that has the package, and in it what is called name if
// that is not "".
func knows(h record, r release, path, name string) (bool, error) {
	if !slices.Contains(h.releases(), r) {
		return false, nil
	}
	if _, ok, err := h.lookup(r, path); !ok || name == "" {
		return ok, err
	}
	for f, err := range h.features(r, path) {
		if err != nil || f.name == name {
			return err == nil, err
		}
	}
	return false, nil
}
