package main

import (
	"fmt"
	"runtime"
	"slices"

	"github.com/ramet-go/ramet/examples/internal/cli"
)

// suggestions returns commands that have an answer in t, which was read from dir, or with "" by default. self is
// how the program is run.
func suggestions(t timeline, self, dir string) (commands []string) {
	suggest := func(words ...string) {
		if dir != "" {
			words = append([]string{"-dir", dir}, words...)
		}
		if c, ok := command(runtime.GOOS, self, words); ok {
			commands = append(commands, c)
		}
	}
	if t.knows(20, "go/ast", "") && t.knows(21, "slices", "func ContainsFunc") {
		suggest("at", "1.21", "slices")
		suggest("diff", "1.20", "1.21", "go/ast")
		suggest("when", "func ContainsFunc")
		return commands
	}
	newest := t[len(t)-1]
	if newest.api.Len() == 0 {
		return nil
	}
	path := slices.Min(slices.Collect(newest.api.Keys()))
	if path[0] != '-' { // or it would be a flag
		suggest("at", newest.release.String(), path)
	}
	if len(t) > 1 {
		suggest("diff", t[len(t)-2].release.String(), newest.release.String())
	}
	_, symbol := splitPlatform(slices.Min(slices.Collect(newest.api.Get(path).Keys())))
	suggest("when", symbol)
	return commands
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

// knows reports whether t has the release, and that has the package, and in it what is called name if
// that is not "".
func (t timeline) knows(r release, path, name string) bool {
	i, ok := t.find(r)
	if !ok {
		return false
	}
	p, ok := t[i].api.Lookup(path)
	return ok && (name == "" || p.Contains(name))
}
