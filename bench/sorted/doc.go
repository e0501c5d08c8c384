// Package sorted holds the cases of the sorted map: rbtree.Map beside the B-trees of tidwall and google, which are
// persistent by a lazy copy before each write, and beside a persistent sorted map.
//
// All contestants run loops of one shape, on concrete types:
//
//   - Writes go from a base that is kept: base.Set(k, v), and the next write starts from base again. The result lives
//     until the next one.
//   - The base is built in random order. Keys that are looked up come in another random order, and strings among them
//     have their own bytes.
//   - Who has no set operations unites two maps element by element: a copy of the one, and a write for each entry of the
//     other.
//   - iradix and part are radix trees, in the order of the keys' bytes: they take part for strings only.
//   - one-core is ramet with one processor, collections included, where it would use several.
//
// Each contestant is one file that fills in a [library].
package sorted

import (
	"slices"

	"github.com/ramet-go/ramet/bench/contest"
	"github.com/ramet-go/ramet/bench/harness"
)

type runs = contest.Runs

// A library says how one contestant does what the cases ask. Every field may be nil.
type library[K Key] struct {
	name string

	// ops prepares a map of the keys of in, and returns the cases that read and write it.
	ops func(in *input[K]) runs

	// unite prepares two maps, whose keys come in random order, and returns what unites them n times.
	unite func(a, b []K) func(n int)

	// pick prepares a map of the keys of in and one of a few keys, and returns what intersects them n times.
	pick func(in *input[K]) func(n int)

	// versions prepares a map of the keys of in and versions near it, and returns the cases that compare,
	// combine and cut them.
	versions func(in *input[K]) runs

	// build makes a map of keys, in the order given, by a builder if there is one.
	build func(keys []K) any
}

func libraries[K Key]() []library[K] {
	list := []library[K]{ramet[K](), tidwall[K](), google[K](), benbjohnson[K](), oneCore[K]()}
	if strings, ok := any([]library[string]{radixTree(), adaptive()}).([]library[K]); ok {
		list = append(list, strings...)
	}
	return list
}

// Groups returns the cases of the sorted map. All sizes are measured for integers, and one for strings.
func Groups() []harness.Group {
	return append(
		groups("rbtree/int64", nil, intInput, intTargets),
		groups("rbtree/string", []int{100_000}, stringInput, stringTargets)...)
}

// A pairing is two maps that a set operation is measured on.
type pairing[K Key] struct {
	name, doc string
	keys      func(in *input[K]) (a, b []K)
}

func pairings[K Key]() []pairing[K] {
	return []pairing[K]{
		{"union-interleaved", "union of two maps whose keys take turns", (*input[K]).interleaved},
		{"union-random", "union of two unrelated maps", func(in *input[K]) (a, b []K) { return in.keys, in.fresh }},
		{"union-disjoint", "union of two maps of which one is above the other", (*input[K]).disjoint},
	}
}

func groups[K Key](name string, sizes []int, newInput func(size int) *input[K], targets map[string][]harness.Target) []harness.Group {
	group := func(subject func(library[K], *input[K]) harness.Subject, cases ...harness.Case) harness.Group {
		for i := range cases {
			if sizes != nil {
				cases[i].Sizes = sizes
			}
		}
		return harness.Group{Name: name, Cases: contest.WithTargets(cases, targets), Open: func(size int) (subjects []harness.Subject) {
			in := newInput(size)
			for _, l := range libraries[K]() {
				subjects = append(subjects, subject(l, in))
			}
			return subjects
		}}
	}
	timed := func(prepare func(library[K], *input[K]) runs) func(library[K], *input[K]) harness.Subject {
		return func(l library[K], in *input[K]) harness.Subject {
			return contest.Timed(l.name, func() runs { return prepare(l, in) })
		}
	}
	held := func(keys func(*input[K]) []K) func(library[K], *input[K]) harness.Subject {
		return func(l library[K], in *input[K]) harness.Subject {
			return contest.Held(l.name, len(in.keys), func() any {
				if l.build == nil {
					return nil
				}
				return l.build(keys(in))
			})
		}
	}
	shuffled := func(in *input[K]) []K { return in.keys }
	ascending := func(in *input[K]) []K { return in.sorted }
	large := []int{100_000, 1_000_000}

	all := []harness.Group{
		group(timed(func(l library[K], in *input[K]) runs {
			if l.ops == nil {
				return nil
			}
			return l.ops(in)
		}),
			harness.Case{Name: "lookup-hit", Doc: "Lookup of a key that is there, keys in random order"},
			harness.Case{Name: "lookup-miss", Doc: "Lookup of a key that is not there"},
			harness.Case{Name: "set", Doc: "Set of a key that is there, from a kept base"},
			harness.Case{Name: "insert", Doc: "Set of a new key, from a kept base"},
			harness.Case{Name: "delete", Doc: "Delete of a key that is there, from a kept base"},
			harness.Case{Name: "iterate", Doc: "iteration over everything; per entry", PerEntry: true},
			harness.Case{Name: "from", Doc: "the hundred entries from a key on"},
			harness.Case{Name: "at", Doc: "the entry at a position, positions in random order"},
			harness.Case{Name: "min-max", Doc: "the least and the greatest key"},
		),
		group(timed(func(l library[K], in *input[K]) runs {
			if l.build == nil {
				return nil
			}
			var out any
			build := func(orders [][]K) func(n int) {
				next := 0
				return func(n int) {
					for range n {
						out = l.build(orders[next])
						next = (next + 1) % len(orders)
					}
					_ = out
				}
			}
			return runs{
				"builder-sorted": build([][]K{in.sorted}),
				"builder-random": build(contest.Orders(contest.Source(len(in.keys)), in.keys)),
			}
		}),
			harness.Case{Name: "builder-sorted", Doc: "build one ascending key at a time; per entry", PerEntry: true},
			harness.Case{Name: "builder-random", Doc: "build one key at a time, in random order; per entry", PerEntry: true},
		),
		group(held(ascending), harness.Case{Name: "retained-sorted", Kind: harness.Heap, Sizes: large,
			Doc: "live bytes per entry, built of ascending keys"}),
		group(held(shuffled), harness.Case{Name: "retained-random", Kind: harness.Heap, Sizes: large,
			Doc: "live bytes per entry, built in random order"}),
		group(timed(func(l library[K], in *input[K]) runs {
			if l.versions == nil {
				return nil
			}
			return l.versions(in)
		}),
			harness.Case{Name: "union-edits", Doc: "union with a version that has ten values changed", Sizes: large},
			harness.Case{Name: "diff-edits", Doc: "all differences of two versions ten edits apart", Sizes: large},
			harness.Case{Name: "split-join", Doc: "Split at a key, and Join of what is below and above it", Sizes: large},
		),
	}
	all = append(all, group(timed(func(l library[K], in *input[K]) runs {
		if l.pick == nil {
			return nil
		}
		return runs{"intersection-100": l.pick(in)}
	}), harness.Case{Name: "intersection-100", Doc: "the entries of a hundred keys, of which half are there", Sizes: []int{1000, 100_000, 1_000_000}}))
	for _, p := range pairings[K]() {
		all = append(all, group(timed(func(l library[K], in *input[K]) runs {
			if l.unite == nil {
				return nil
			}
			return runs{p.name: l.unite(p.keys(in))}
		}), harness.Case{Name: p.name, Doc: p.doc, Sizes: []int{1000, 100_000, 1_000_000}}))
	}
	return slices.Clip(all)
}
