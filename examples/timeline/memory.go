package main

import (
	"iter"
	"maps"
	"slices"
)

// A timeline answers from memory, so nothing fails.
var _ record = timeline{}

func (t timeline) releases() []release {
	rs := make([]release, 0, len(t))
	for _, v := range t {
		rs = append(rs, v.release)
	}
	return rs
}

// api returns the API of a release, which none has nothing of.
func (t timeline) api(r release) (a api) {
	if i, ok := t.find(r); ok {
		a = t[i].api
	}
	return a
}

func (t timeline) size(r release) (packages, all int, err error) {
	a := t.api(r)
	return a.Len(), features(a), nil
}

func (t timeline) packages(r release) ([]summary, error) {
	a := t.api(r)
	all := make([]summary, 0, a.Len())
	for _, path := range slices.Sorted(a.Keys()) {
		since, _ := t.since(path, "")
		all = append(all, summary{path, since, a.Get(path).Len()})
	}
	return all, nil
}

func (t timeline) lookup(r release, path string) (summary, bool, error) {
	p, ok := t.api(r).Lookup(path)
	since, _ := t.since(path, "")
	return summary{path, since, p.Len()}, ok, nil
}

func (t timeline) features(r release, path string) iter.Seq2[known, error] {
	return func(yield func(known, error) bool) {
		for name, f := range t.api(r).Get(path).All() {
			since, _ := t.since(path, name)
			if !yield(known{name, f, since}, nil) {
				return
			}
		}
	}
}

func (t timeline) changes(from, to release, path string) iter.Seq2[change, error] {
	a, b := t.api(from), t.api(to)
	if path != "" {
		a, b = only(a, path), only(b, path)
	}
	return func(yield func(change, error) bool) {
		for path, c := range changes(a, b) {
			if !yield(change{path, c}, nil) {
				return
			}
		}
	}
}

// only returns a without any package but path.
func only(a api, path string) api {
	var one api
	if p, ok := a.Lookup(path); ok {
		one = one.Set(path, p)
	}
	return one
}

func (t timeline) platforms() ([]string, error) {
	known := map[string]bool{}
	for p := range t[len(t)-1].api.Values() {
		for name := range p.Keys() {
			if platform, _ := splitPlatform(name); platform != "" {
				known[platform] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(known)), nil
}
