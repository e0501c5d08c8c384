package main

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/diff"
)

func TestEntryOf(t *testing.T) {
	type change = diff.Change[string, feature]
	for _, c := range []struct {
		change change
		want   string
	}{
		{change{Kind: diff.Added, Key: "func F", New: feature{decl: "()"}}, "func F()"},
		{change{Kind: diff.Added, Key: "(a-b), func F", New: feature{decl: "()", issue: 7}}, "func F()  [a-b]  #7"},
		{change{Kind: diff.Removed, Key: "func F", Old: feature{decl: "()"}}, "func F()"},
		{change{Kind: diff.Updated, Key: "func F", Old: feature{decl: "()"}, New: feature{decl: "(int)"}}, "func F() -> (int)"},
		{change{Kind: diff.Updated, Key: "const C =", Old: feature{decl: " 1"}, New: feature{decl: " 2"}}, "const C = 1 -> 2"},
		{change{Kind: diff.Updated, Key: "func F", Old: feature{deprecated: true}, New: feature{decl: "()", deprecated: true}},
			"func F()  (deprecated)"},
		{change{Kind: diff.Updated, Key: "func F", Old: feature{decl: "()"}, New: feature{decl: "()", deprecated: true, issue: 7}},
			"func F()  (deprecated) #7"},
		{change{Kind: diff.Updated, Key: "func F", Old: feature{decl: "()", deprecated: true}, New: feature{decl: "()"}},
			"func F()  (not deprecated)"},
	} {
		assert.Equal(t, c.want, entryOf(1, "p", c.change).line())
	}
}

func TestEntryPlatforms(t *testing.T) {
	assert.Equal(t, "x  [a, b, c, d]", entry{text: "x", platforms: []string{"a", "b", "c", "d"}}.line())
	assert.Equal(t, "x  [a, b, c and 2 more]", entry{text: "x", platforms: []string{"a", "b", "c", "d", "e"}}.line())
}

func TestFold(t *testing.T) {
	e := func(pkg, platform, symbol, decl, note string, kind diff.Kind) entry {
		return entry{pkg: pkg, platforms: []string{platform}, symbol: symbol, key: sortKey(symbol), text: symbol + decl, note: note, kind: kind}
	}
	var got []string
	for _, e := range fold([]entry{
		e("p", "b", "func F", "()", "", diff.Added),
		e("p", "a", "func F", "()", "", diff.Added),
		e("p", "c", "func F", "()", "#1", diff.Added),
		e("p", "d", "func F", "()", "", diff.Removed),
		e("p", "e", "func F", "(int)", "", diff.Added),
		e("o", "a", "func F", "()", "", diff.Added),
		e("p", "a", "const C =", " 1", "", diff.Added),
		e("p", "a", "const C", " int", "", diff.Added),
		e("p", "a", "const D =", " 1 -> 2", "", diff.Updated),
		e("p", "a", "const D", " int -> uint", "", diff.Updated),
		e("p", "a", "const E =", " 1", "", diff.Added),
		e("p", "b", "const E", " int", "", diff.Added),
	}) {
		got = append(got, e.pkg+" "+e.line())
	}
	assert.Equal(t, []string{
		"o func F()  [a]",
		"p const C int = 1  [a]",
		"p const D int -> uint  [a]", "p const D = 1 -> 2  [a]",
		"p const E int  [b]", "p const E = 1  [a]",
		"p func F()  [a, b]", "p func F()  [c]  #1", "p func F(int)  [e]", "p func F()  [d]",
	}, got)
}

func TestSortKey(t *testing.T) {
	want := []string{
		"const A", "const A =", "const AB", "var A", "func A", "func B",
		"type A", "type A interface, M", "type A struct, F", "method (*A) A", "method (A) B", "method (*A[$0]) C",
		"type AA", "type B", "type B[$0 interface{}] struct, F", "method (B) M",
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortStableFunc(got, func(a, b string) int {
		switch x, y := sortKey(a), sortKey(b); {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	assert.Equal(t, want, got)
}
