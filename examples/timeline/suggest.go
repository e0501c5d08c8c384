package main

import (
	"fmt"
	"slices"
	"strings"
)

// suggestions returns commands that have an answer in t, which was read from dir, or with "" by default.
func suggestions(t timeline, dir string) (commands []string) {
	name := "timeline "
	if dir != "" {
		name += "-dir " + quoted(dir) + " "
	}
	if t.knows(20, "go/ast", "") && t.knows(21, "slices", "func ContainsFunc") {
		return []string{name + "at 1.21 slices", name + "diff 1.20 1.21 go/ast", name + "when 'func ContainsFunc'"}
	}
	newest := t[len(t)-1]
	if newest.api.Len() == 0 {
		return nil
	}
	path := slices.Min(slices.Collect(newest.api.Keys()))
	commands = append(commands, fmt.Sprintf("%sat %s %s", name, newest.release, quoted(path)))
	if len(t) > 1 {
		commands = append(commands, fmt.Sprintf("%sdiff %s %s", name, t[len(t)-2].release, newest.release))
	}
	_, symbol := splitPlatform(slices.Min(slices.Collect(newest.api.Get(path).Keys())))
	return append(commands, name+"when "+quoted(symbol))
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

// quoted returns s as one word of a shell.
func quoted(s string) string {
	plain := func(c rune) bool {
		return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.ContainsRune("/._-", c)
	}
	if s != "" && s[0] != '-' && strings.IndexFunc(s, func(c rune) bool { return !plain(c) }) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
