package main

import (
	"iter"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/transient"
)

// A feature is what one name of a package is at a release.
type feature struct {
	decl       string // how it is declared, "" if no file says
	issue      int32  // the proposal behind its latest change, or 0
	deprecated bool
}

// amend returns old as l leaves it. A later declaration replaces an earlier one; a
// deprecation stays, and may come before the declaration in the same file.
func (old feature) amend(l line) feature {
	f := old
	if l.deprecated {
		f.deprecated = true
	} else {
		f.decl = l.decl
	}
	if l.issue != 0 {
		f.issue = l.issue
	}
	return f
}

type (
	// A pkg is the API of one package at one release: features by name.
	pkg = hamt.Map[string, feature]

	// An api is the whole API of one release: packages by import path.
	api = hamt.Map[string, pkg]
)

// A version is the API of one release. Versions share whatever did not change from one
// to the next: packages that a release left alone, and within the others most of
// the trie of their features.
type version struct {
	release release
	api     api
}

// A timeline holds every release at once, oldest first.
type timeline []version

// build makes a version out of every file and the version before it.
func build(files []releaseFile) timeline {
	t := make(timeline, 0, len(files))
	for _, f := range files {
		t = t.extend(f)
	}
	return t
}

// extend appends the version that f makes of the last one.
func (t timeline) extend(f releaseFile) timeline {
	var last api
	if len(t) > 0 {
		last = t[len(t)-1].api
	}
	next := transient.Update(last, func(b *hamt.MapBuilder[string, pkg]) { apply(b, f.lines) })
	return append(t, version{f.release, next})
}

// apply adds what the lines say. Lines of the same package follow one another, nearly
// always, and share a builder of that package.
func apply(b *hamt.MapBuilder[string, pkg], lines []line) {
	for len(lines) > 0 {
		path, n := lines[0].pkg, 1
		for n < len(lines) && lines[n].pkg == path {
			n++
		}
		before := b.Get(path)
		after := transient.Update(before, func(b *hamt.MapBuilder[string, feature]) {
			for _, l := range lines[:n] {
				old, ok := b.Lookup(l.name)
				if f := old.amend(l); !ok || f != old {
					b.Set(l.name, f)
				}
			}
		})
		if after != before { // the lines said something new
			b.Set(path, after)
		}
		lines = lines[n:]
	}
}

// changes yields what differs between two releases, package by package. Packages that
// the two share are not looked into, and neither is what a changed package shares. A
// package that is only in one of them is compared with the empty one.
func changes(from, to api) iter.Seq2[string, diff.Change[string, feature]] {
	return func(yield func(string, diff.Change[string, feature]) bool) {
		for p := range hamt.Diff(from, to) {
			for c := range hamt.Diff(p.Old, p.New) {
				if !yield(p.Key, c) {
					return
				}
			}
		}
	}
}

// features returns the number of features in all packages of a.
func features(a api) (n int) {
	for p := range a.Values() {
		n += p.Len()
	}
	return n
}

// find returns the position of r in t.
func (t timeline) find(r release) (int, bool) {
	for i, v := range t {
		if v.release == r {
			return i, true
		}
	}
	return 0, false
}

// since returns the first release that has the package, for a name of "", or the
// feature name in it. Nothing ever leaves Go's API, so it is there from then on.
func (t timeline) since(path, name string) (release, bool) {
	for _, v := range t {
		if p, ok := v.api.Lookup(path); ok && (name == "" || p.Contains(name)) {
			return v.release, true
		}
	}
	return 0, false
}
