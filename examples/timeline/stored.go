package main

import (
	"cmp"
	"context"
	"iter"
	"strings"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/examples/internal/storefile"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/codec"
)

// What is stored of a release. Each is a version of the branch "go", with the release as its message, and made from the one before.
type (
	stored struct {
		features  rbtree.Map[place, fact]
		packages  rbtree.Map[string, tally]
		platforms rbtree.Set[string]
		texts     rbtree.Map[release, string] // the sums of the files that the releases up to this one are from, see sumOf
	}

	// A place is where a feature is found. The features of a package are a range of places, so a package is read by itself.
	place struct{ path, name string }

	// A fact is what is stored of a feature, with the release that had it first: nobody has to look for that.
	fact struct {
		Decl       string  `json:"decl,omitempty"`
		Issue      int32   `json:"issue,omitempty"`
		Deprecated bool    `json:"deprecated,omitempty"`
		Since      release `json:"since,omitempty"`
	}

	// A tally is what is stored of a package.
	tally struct {
		Since    release `json:"since,omitempty"`
		Features int     `json:"features"`
	}
)

func comparePlaces(a, b place) int {
	return cmp.Or(strings.Compare(a.path, b.path), strings.Compare(a.name, b.name))
}

// The schema. A nil codec is that of the type.
var (
	noFeatures = rbtree.NewMapFunc[place, fact](comparePlaces)

	storedFeatures = store.SortedMap[place, fact](codec.Tuple2(codec.String[string](), codec.String[string](),
		func(p place) (path, name string) { return p.path, p.name },
		func(path, name string) place { return place{path, name} }), nil).Empty(noFeatures)
	storedPackages  = store.SortedMap[string, tally](nil, nil)
	storedPlatforms = store.SortedSet[string](nil)
	storedTexts     = store.SortedMap[release, string](nil, nil)

	schema = store.Struct(
		store.Part("features", func(s *stored) *rbtree.Map[place, fact] { return &s.features }, storedFeatures),
		store.Part("packages", func(s *stored) *rbtree.Map[string, tally] { return &s.packages }, storedPackages),
		store.Part("platforms", func(s *stored) *rbtree.Set[string] { return &s.platforms }, storedPlatforms),
		store.Part("texts", func(s *stored) *rbtree.Map[release, string] { return &s.texts }, storedTexts),
	)
)

// feature returns a fact as a feature.
func (f fact) feature() feature { return feature{f.Decl, f.Issue, f.Deprecated} }

// extend returns the version that f makes of s, as timeline.extend does.
func (s stored) extend(f releaseFile, sum string) stored {
	if s.features.Len() == 0 {
		s.features = noFeatures
	}
	features, packages, platforms := s.features.Builder(), s.packages.Builder(), s.platforms.Builder()
	for _, l := range f.lines {
		at := place{l.pkg, l.name}
		old, ok := features.Lookup(at)
		now := old.feature().amend(l)
		next := fact{now.decl, now.issue, now.deprecated, old.Since}
		if !ok {
			next.Since = f.release
			t, ok := packages.Lookup(l.pkg)
			if !ok {
				t.Since = f.release
			}
			t.Features++
			packages.Set(l.pkg, t)
			if platform, _ := splitPlatform(l.name); platform != "" {
				platforms.Add(platform)
			}
		}
		if !ok || next != old {
			features.Set(at, next)
		}
	}
	return stored{features.Build(), packages.Build(), platforms.Build(), s.texts.Set(f.release, sum)}
}

// A storedFile answers from the versions in it, without loading one.
var _ record = (*storedFile)(nil)

func (f *storedFile) releases() []release {
	rs := make([]release, 0, len(f.at))
	for _, v := range f.at {
		rs = append(rs, v.release)
	}
	return rs
}

// part returns where a part of a release is stored.
func (f *storedFile) part(r release, name string) store.Place {
	for _, v := range f.at {
		if v.release == r {
			return v.version.Part(name)
		}
	}
	return store.Place{} // which is an error to read
}

func (f *storedFile) size(r release) (packages, features int, err error) {
	ctx := context.Background()
	if packages, err = storedPackages.View(f.part(r, "packages")).Len(ctx); err == nil {
		features, err = storedFeatures.View(f.part(r, "features")).Len(ctx)
	}
	return packages, features, storefile.Error(f.path, err)
}

func (f *storedFile) packages(r release) ([]summary, error) {
	var all []summary
	for e, err := range storedPackages.View(f.part(r, "packages")).All(context.Background()) {
		if err != nil {
			return nil, storefile.Error(f.path, err)
		}
		all = append(all, summary{e.Key, e.Value.Since, e.Value.Features})
	}
	return all, nil
}

func (f *storedFile) lookup(r release, path string) (summary, bool, error) {
	t, ok, err := storedPackages.View(f.part(r, "packages")).Lookup(context.Background(), path)
	return summary{path, t.Since, t.Features}, ok, storefile.Error(f.path, err)
}

// entries reads a range of the tree, since the features of a package stand together; or, if path is "", all of it.
func (f *storedFile) entries(r release, path string) iter.Seq2[store.Entry[place, fact], error] {
	all := storedFeatures.View(f.part(r, "features"))
	if path == "" {
		return all.All(context.Background())
	}
	return all.Between(context.Background(), place{path, ""}, place{path + "\x00", ""})
}

func (f *storedFile) features(r release, path string) iter.Seq2[known, error] {
	return func(yield func(known, error) bool) {
		for e, err := range f.entries(r, path) {
			if !yield(known{e.Key.name, e.Value.feature(), e.Value.Since}, storefile.Error(f.path, err)) {
				return
			}
		}
	}
}

// changes compares two trees, of which it reads what they do not share.
func (f *storedFile) changes(from, to release, path string) iter.Seq2[change, error] {
	return func(yield func(change, error) bool) {
		for c, err := range f.diff(from, to, path) {
			if err == nil && path != "" && c.Key.path != path {
				continue
			}
			one := diff.Change[string, feature]{Kind: c.Kind, Key: c.Key.name, Old: c.Old.feature(), New: c.New.feature()}
			if !yield(change{c.Key.path, one}, storefile.Error(f.path, err)) {
				return
			}
		}
	}
}

// diff yields how two releases differ. What differs from none are the entries of the package, or of all.
func (f *storedFile) diff(from, to release, path string) iter.Seq2[diff.Change[place, fact], error] {
	if from != none {
		return storedFeatures.Diff(context.Background(), f.part(from, "features"), f.part(to, "features"))
	}
	return func(yield func(diff.Change[place, fact], error) bool) {
		for e, err := range f.entries(to, path) {
			if !yield(diff.Change[place, fact]{Kind: diff.Added, Key: e.Key, New: e.Value}, err) {
				return
			}
		}
	}
}

func (f *storedFile) platforms() ([]string, error) {
	var all []string
	for name, err := range storedPlatforms.View(f.part(newest(f), "platforms")).All(context.Background()) {
		if err != nil {
			return nil, storefile.Error(f.path, err)
		}
		all = append(all, name)
	}
	return all, nil
}
