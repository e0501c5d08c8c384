package main

import (
	"strconv"
	"strings"
)

// A release is a Go release that the API history has a file for: the N of Go 1.N.
type release int

func (r release) String() string { return "1." + strconv.Itoa(int(r)) }

// parseRelease reads a release the way people write one: 1.18, go1.18; and for
// the first one 1, go1, 1.0, go1.0.
func parseRelease(s string) (release, bool) {
	s = strings.TrimPrefix(s, "go")
	if s == "1" || s == "1.0" {
		return 0, true
	}
	minor, ok := strings.CutPrefix(s, "1.")
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseUint(minor, 10, 16)
	if err != nil || strconv.FormatUint(n, 10) != minor { // no 1.+5, no 1.05
		return 0, false
	}
	return release(n), true
}

// releaseOfFile returns the release that a file of the API folder describes:
// go1.txt, go1.1.txt, … Other files of the folder (except.txt) describe none.
func releaseOfFile(name string) (release, bool) {
	s, ok := strings.CutSuffix(name, ".txt")
	if !ok || !strings.HasPrefix(s, "go1") || s == "go1.0" {
		return 0, false
	}
	return parseRelease(s)
}
