package main

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
)

// invented returns the files and the timeline of testdata.
func invented(t *testing.T) ([]releaseFile, timeline) {
	files, err := folder("testdata").load()
	require.NoError(t, err)
	return files, build(files)
}

func TestAmend(t *testing.T) {
	declared := line{pkg: "a", name: "func F", decl: "()", issue: 1}
	deprecated := line{pkg: "a", name: "func F", deprecated: true, issue: 2}
	assert.Equal(t, feature{"()", 1, false}, feature{}.amend(declared))
	assert.Equal(t, feature{"()", 2, true}, feature{}.amend(declared).amend(deprecated))
	assert.Equal(t, feature{"()", 1, true}, feature{}.amend(deprecated).amend(declared), "sorted files deprecate first")
	assert.Equal(t, feature{"()", 5, false}, feature{"(int)", 5, false}.amend(line{decl: "()"}))
}

func TestVersions(t *testing.T) {
	_, tl := invented(t)
	require.Len(t, tl, 3)
	assert.Equal(t, []int{13, 18, 24}, []int{features(tl[0].api), features(tl[1].api), features(tl[2].api)})

	for i, want := range []feature{
		{"(int) *Tree", 0, false},
		{"(int, ...Option) *Tree", 0, false},
		{"(int, ...Option) *Tree", 110, true},
	} {
		assert.Equal(t, want, tl[i].api.Get("forest").Get("func Grow"), "Go %s", tl[i].release)
	}
	assert.Equal(t, feature{"(int, string) (*Tree, error)", 107, true}, tl[2].api.Get("forest").Get("func Plant"))
	assert.False(t, tl[1].api.Get("forest").Contains("func Plant"))
}

// What a release does not mention is the same map, not an equal one.
func TestVersionsShare(t *testing.T) {
	_, tl := invented(t)
	assert.True(t, tl[0].api.Get("weather") == tl[2].api.Get("weather"))
	assert.False(t, tl[0].api.Get("soil") == tl[1].api.Get("soil"))
	assert.Equal(t, comparison{added: 13, packages: 0}, compare(api{}, tl[0].api))
	assert.Equal(t, comparison{added: 5, changed: 1, packages: 1}, compare(tl[0].api, tl[1].api))
	assert.Equal(t, comparison{removed: 5, changed: 1, packages: 1}, compare(tl[1].api, tl[0].api))
	assert.Equal(t, comparison{packages: 3}, compare(tl[1].api, tl[1].api))
}

func TestApplyNothingNewKeepsTheVersion(t *testing.T) {
	files, tl := invented(t)
	again := tl.extend(releaseFile{release: 11, lines: files[2].lines[:2]}) // both deprecations, once more
	assert.True(t, again[3].api == again[2].api)
}

func TestChanges(t *testing.T) {
	_, tl := invented(t)
	got := map[string]diff.Kind{}
	for path, c := range changes(tl[1].api, tl[2].api) {
		got[path+" "+c.Key] = c.Kind
	}
	assert.Equal(t, map[string]diff.Kind{
		"forest func Grow":                                            diff.Updated,
		"forest func Plant":                                           diff.Added,
		"forest/leaf func All":                                        diff.Added,
		"forest/leaf method (*Box[$0]) Open":                          diff.Added,
		"forest/leaf type Box":                                        diff.Added,
		"soil (clay-386), const Depth =":                              diff.Updated,
		"forest/leaf type Box[$0 interface{}] struct, Label":          diff.Added,
		"forest/leaf type Box[$0 interface{}] struct, embedded *Tree": diff.Added,
	}, got)

	for range changes(api{}, tl[2].api) {
		break // an early break passes through both levels
	}
}

func TestSince(t *testing.T) {
	_, tl := invented(t)
	for _, c := range []struct {
		path, name string
		want       release
	}{
		{"forest", "", 0}, {"forest/leaf", "", 10}, {"forest", "func Plant", 10}, {"forest", "const Deep =", 2},
	} {
		got, ok := tl.since(c.path, c.name)
		assert.True(t, ok)
		assert.Equal(t, c.want, got, "%s %s", c.path, c.name)
	}
	_, ok := tl.since("desert", "")
	assert.False(t, ok)
	_, ok = tl.since("forest", "func Nope")
	assert.False(t, ok)
}

func TestCopiesAgree(t *testing.T) {
	files, tl := invented(t)
	cs := buildCopies(files)
	require.Len(t, tl, len(cs))
	for i := range tl {
		requireSame(t, tl[i], cs[i])
	}
	a, b := measure(files)
	assert.Equal(t, a.answers, b.answers)
	assert.Equal(t, [3]int{28, 24, 13 + 6 + 8}, a.answers)
}

// Backwards through time, features and packages are removed.
func TestDiffsBackwards(t *testing.T) {
	files, tl := invented(t)
	cs := buildCopies(files)
	slices.Reverse(tl)
	slices.Reverse(cs)
	assert.Equal(t, 24+8+6, tl.diffs())
	assert.Equal(t, 24+8+6, cs.diffs())
}

// requireSame compares a release with what built-in maps say about it.
func requireSame(t *testing.T, v version, want map[string]map[string]feature) {
	t.Helper()
	require.Equal(t, len(want), v.api.Len())
	for path, features := range want {
		p, ok := v.api.Lookup(path)
		require.True(t, ok, path)
		require.Equal(t, len(features), p.Len(), path)
		require.True(t, maps.Equal(features, maps.Collect(p.All())), "Go %s, package %s", v.release, path)
		for name, f := range features {
			if p.Get(name) != f {
				require.Equal(t, f, p.Get(name), "Go %s, package %s, %s", v.release, path, name)
			}
		}
	}
}

// Both the history that comes with the Go distribution, and the copy, are Go's.
func TestShippedHistory(t *testing.T) {
	t.Run("distributed", func(t *testing.T) { testShipped(t, folder(distributed(t))) })
	t.Run("carried", func(t *testing.T) { testShipped(t, carriedCopy(nil)) })
}

func testShipped(t *testing.T, from source) {
	files, err := from.load()
	require.NoError(t, err)
	tl := build(files)
	require.GreaterOrEqual(t, len(tl), 27)

	// All versions are there by now; every tenth is compared.
	model := map[string]map[string]feature{}
	for i, f := range files {
		applyInPlace(model, f.lines)
		if i%10 == 0 || i == len(files)-1 {
			requireSame(t, tl[i], model)
		}
	}

	at := func(r release) api {
		i, ok := tl.find(r)
		require.True(t, ok)
		return tl[i].api
	}
	since, _ := tl.since("slices", "")
	assert.Equal(t, release(21), since)
	assert.Equal(t, "(string, func(int32) bool) bool", at(21).Get("strings").Get("func ContainsFunc").decl)
	assert.False(t, at(20).Get("strings").Contains("func ContainsFunc"))
	assert.Equal(t, feature{"(*token.FileSet, map[string]*File, Importer, *Scope) (*Package, error)", 52463, true},
		at(22).Get("go/ast").Get("func NewPackage"))
	assert.Equal(t, 30871, features(at(0)))
	assert.Equal(t, 154540, features(at(21)))
	assert.Equal(t, comparison{added: 402, changed: 24, packages: 125}, compare(at(20), at(21)))
	platforms, err := tl.platforms()
	require.NoError(t, err)
	assert.Len(t, platforms, 36)
}
