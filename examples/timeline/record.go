package main

import (
	"bufio"
	"fmt"
	"iter"
	"slices"

	"github.com/ramet-go/ramet/diff"
)

// A record is the API of every release, wherever it is: in memory, as a timeline, or in a file, as a stored. The commands ask it
// and nothing else, so both give the same answers. What reads a file may fail; of a sequence, an error is the last.
//
// Nothing ever leaves Go's API, so the newest release has every package and every feature.
type record interface {
	// releases returns the releases, oldest first. There is one at least.
	releases() []release

	// size returns how many packages and features a release has.
	size(r release) (packages, features int, err error)

	// packages returns the packages of a release, sorted.
	packages(r release) ([]summary, error)

	// lookup returns a package of a release, and whether it has it.
	lookup(r release, path string) (summary, bool, error)

	// features yields the features that a package has at a release, in any order.
	features(r release, path string) iter.Seq2[known, error]

	// changes yields what differs between two releases, in one package or, if path is "", in all, in any order. With from == none everything is new.
	changes(from, to release, path string) iter.Seq2[change, error]

	// platforms returns the platforms that there are features of, sorted.
	platforms() ([]string, error)
}

// none is no release: the one before the first.
const none release = -1

type (
	// A summary is what a package is at a release.
	summary struct {
		path     string
		since    release // which had it first
		features int
	}

	// A known feature is one with its name, and the release that had it first.
	known struct {
		name  string
		now   feature
		since release
	}

	// A change is one of a feature, with its package.
	change struct {
		path string
		diff.Change[string, feature]
	}
)

// An opened record is one with where it was read from.
type opened struct {
	record
	from source
	file *storedFile // nil: it is in memory
}

// open reads the API history, or opens the file that has it. Every command begins with it.
func open(o options) (opened, error) {
	if o.store != "" {
		return openStored(o)
	}
	from, files, err := read(o)
	if err != nil {
		return opened{}, err
	}
	return opened{record: build(files), from: from}, nil
}

// close ends what open began.
func (o opened) close() {
	if o.file != nil {
		o.file.st.Close() // nothing is lost: what was committed is on disk
	}
}

// print says what was read.
func (o opened) print(w *bufio.Writer) {
	if o.file != nil {
		o.file.print(w)
		return
	}
	o.from.print(w)
}

// release returns the release that s names.
func (o opened) release(s string) (release, error) {
	r, ok := parseRelease(s)
	if !ok {
		return none, fmt.Errorf("%q is no release; releases look like 1.18 or go1.18", s)
	}
	switch ok := slices.Contains(o.releases(), r); {
	case !ok && o.from.why != nil:
		return none, fmt.Errorf("unknown release %s: %s has %s%s; -dir names another folder", r, o.from.name, span(o), o.from.reason())
	case !ok:
		return none, fmt.Errorf("unknown release %s: the history has %s", r, span(o))
	}
	return r, nil
}

// newest returns the last release of h.
func newest(h record) release {
	rs := h.releases()
	return rs[len(rs)-1]
}

// span names the first and the last release.
func span(h record) string {
	rs := h.releases()
	if len(rs) == 1 {
		return fmt.Sprintf("Go %s only", rs[0])
	}
	return fmt.Sprintf("Go %s to Go %s", rs[0], newest(h))
}
