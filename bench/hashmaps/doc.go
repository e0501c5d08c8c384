// Package hashmaps holds the cases of the hash map: hamt.Map beside the built-in map, mutated in
// place and cloned on every write, and beside the persistent maps of other libraries.
//
// All contestants run loops of one shape, on concrete types:
//
//   - Writes go from a base that is kept: base.Set(k, v), and the next write starts from base again. The
//     result lives until the next one.
//   - The built-in map in place cannot go back. Its Insert and Delete include the write that undoes them.
//   - tidwall's B-tree is persistent by its Copy, taken before each write.
//   - Who has no set operations does them entry by entry, on a copy of the one map.
//   - one-core is ramet with one processor, collections included, where it would use several.
//   - Strings that are looked up are equal to the keys in the map but have bytes of their own.
//
// Each contestant is one file that fills in a [library].
package hashmaps

import (
	"github.com/ramet-go/ramet/bench/contest"
	"github.com/ramet-go/ramet/bench/harness"
)

type runs = contest.Runs

// A library says how one contestant does what the cases ask. Every field may be nil.
type library[K Key] struct {
	name string

	// ops prepares a map of the keys of in, and returns the cases that read and write it.
	ops func(in *input[K]) runs

	// builds returns the cases that make a map of the keys of in.
	builds func(in *input[K]) runs

	// bulk returns the case that makes a map of m, which has the entries of in.
	bulk func(in *input[K], m map[K]int64) runs

	// versions prepares a map of the keys of in and versions near it, and returns the cases that compare
	// and combine them.
	versions func(in *input[K]) runs

	// pair prepares a map of the keys of in and one of as many others, and returns the cases that combine them.
	pair func(in *input[K]) runs

	// bySet, byBuilder and byMap make a map of the keys of in: by a chain of single writes, by a
	// builder and from a built-in map.
	bySet     func(in *input[K]) any
	byBuilder func(in *input[K]) any
	byMap     func(m map[K]int64) any
}

func libraries[K Key]() []library[K] {
	return []library[K]{ramet[K](), builtin[K](), clone[K](), benbjohnson[K](), frozenMap[K](), patricia[K](), tidwall[K](), oneCore[K]()}
}

// Groups returns the cases of the hash map.
func Groups() []harness.Group {
	return append(
		groups("hamt/int64", intInput, intTargets),
		groups("hamt/string", stringInput, stringTargets)...)
}

func groups[K Key](name string, newInput func(size int) *input[K], targets map[string][]harness.Target) []harness.Group {
	group := func(cases []harness.Case, open func(in *input[K]) []harness.Subject) harness.Group {
		return harness.Group{
			Name: name, Cases: contest.WithTargets(cases, targets),
			Open: func(size int) []harness.Subject { return open(newInput(size)) },
		}
	}
	return []harness.Group{
		group([]harness.Case{
			{Name: "lookup-hit", Doc: "Lookup of a key that is there, keys in random order"},
			{Name: "lookup-miss", Doc: "Lookup of a key that is not there"},
			{Name: "set", Doc: "Set of a key that is there, from a kept base"},
			{Name: "insert", Doc: "Set of a new key, from a kept base"},
			{Name: "delete", Doc: "Delete of a key that is there, from a kept base"},
			{Name: "iterate", Doc: "iteration over everything; per entry", PerEntry: true},
		}, timed(library[K].prepareOps)),
		group([]harness.Case{
			{Name: "builder", Doc: "build one key at a time; per entry", PerEntry: true},
			{Name: "collect", Doc: "build from an iterator (the built-in itself: one key at a time); per entry", PerEntry: true},
		}, timed(library[K].prepareBuilds)),
		group([]harness.Case{
			{Name: "mapof", Doc: "build from a built-in map (the built-in itself: one key at a time); per entry", PerEntry: true},
		}, func(in *input[K]) []harness.Subject {
			m := goMap(in)
			return timed(func(l library[K], in *input[K]) runs {
				if l.bulk == nil {
					return nil
				}
				return l.bulk(in, m)
			})(in)
		}),
		group([]harness.Case{
			{Name: "union", Doc: "union with a version that has 1 % of the values changed", Sizes: []int{1000, 100_000, 1_000_000}},
			{Name: "equal", Doc: "content equality of two versions one edit apart"},
			{Name: "diff", Doc: "all differences of two versions one edit apart"},
		}, timed(library[K].prepareVersions)),
		group([]harness.Case{
			{Name: "union-random", Doc: "union of two unrelated maps"},
			{Name: "intersection-100", Doc: "the entries of a hundred keys, of which half are there", Sizes: []int{1000, 100_000, 1_000_000}},
		}, timed(library[K].preparePair)),
		group([]harness.Case{
			{Name: "retained-set", Kind: harness.Heap, Doc: "live bytes per entry, made by a chain of Set", Sizes: heapSizes},
		}, held(func(l library[K], in *input[K]) any {
			// A chain of a million writes takes some rivals ten seconds, and says nothing new.
			if l.bySet == nil || len(in.keys) > 100_000 && l.name != "ramet" {
				return nil
			}
			return l.bySet(in)
		})),
		group([]harness.Case{
			{Name: "retained-builder", Kind: harness.Heap, Doc: "live bytes per entry, made by a builder", Sizes: heapSizes},
		}, held(library[K].build)),
		group([]harness.Case{
			{Name: "retained-mapof", Kind: harness.Heap, Doc: "live bytes per entry, made from a built-in map", Sizes: heapSizes},
		}, func(in *input[K]) []harness.Subject {
			m := goMap(in)
			return held(func(l library[K], _ *input[K]) any {
				if l.byMap == nil {
					return nil
				}
				return l.byMap(m)
			})(in)
		}),
		group([]harness.Case{
			{Name: "collection", Kind: harness.Collection, Doc: "a full garbage collection with one map alive, less one without it", Sizes: []int{1_000_000}},
		}, held(library[K].build)),
	}
}

var heapSizes = []int{1000, 100_000, 1_000_000}

func (l library[K]) prepareOps(in *input[K]) runs {
	if l.ops == nil {
		return nil
	}
	return l.ops(in)
}

func (l library[K]) prepareBuilds(in *input[K]) runs {
	if l.builds == nil {
		return nil
	}
	return l.builds(in)
}

func (l library[K]) prepareVersions(in *input[K]) runs {
	if l.versions == nil {
		return nil
	}
	return l.versions(in)
}

func (l library[K]) preparePair(in *input[K]) runs {
	if l.pair == nil {
		return nil
	}
	return l.pair(in)
}

func (l library[K]) build(in *input[K]) any {
	if l.byBuilder == nil {
		return nil
	}
	return l.byBuilder(in)
}

// timed makes subjects of the libraries, each prepared by prepare.
func timed[K Key](prepare func(library[K], *input[K]) runs) func(*input[K]) []harness.Subject {
	return func(in *input[K]) []harness.Subject {
		var subjects []harness.Subject
		for _, l := range libraries[K]() {
			subjects = append(subjects, contest.Timed(l.name, func() runs { return prepare(l, in) }))
		}
		return subjects
	}
}

// held makes subjects that hold maps made by newMap.
func held[K Key](newMap func(library[K], *input[K]) any) func(*input[K]) []harness.Subject {
	return func(in *input[K]) []harness.Subject {
		var subjects []harness.Subject
		for _, l := range libraries[K]() {
			subjects = append(subjects, contest.Held(l.name, len(in.keys), func() any { return newMap(l, in) }))
		}
		return subjects
	}
}

// goMap returns the built-in map of in, grown one key at a time.
func goMap[K Key](in *input[K]) map[K]int64 {
	m := map[K]int64{}
	for i, k := range in.keys {
		m[k] = int64(i)
	}
	return m
}

// few returns a hundred keys, or as many as there are: half of them are in the map.
func few[K Key](in *input[K]) []K {
	n := min(50, len(in.keys))
	return append(append([]K(nil), in.hit[:n]...), in.fresh[:n]...)
}

// edits returns how many keys differ in a version that shares 99 %.
func edits[K Key](in *input[K]) int { return max(1, len(in.keys)/100) }
