// Package vectors holds the cases of the vector: vector.Vector beside the slice, changed in place and cloned on every
// write, and beside the persistent vectors of other libraries.
//
// All contestants run loops of one shape, on concrete types:
//
//   - Reads count the elements that equal the zero value, of which there are none: each is looked at.
//   - Set, Insert, Delete, Slice and Concat go from a base that is kept, at random positions. The result lives until
//     the next one.
//   - Append, Prepend, and Slice that takes one element off an end, are chains: each starts from the last one's result, from
//     the base on. The chain starts again when as many elements as the base has were added, a thousand at least, or
//     half of them were taken off.
//   - The slice in place cannot go back. Its Prepend, Insert and Delete include the write that undoes them. It has room for
//     what it is to grow by.
//
// Each contestant is one file that fills in a [library].
package vectors

import (
	"slices"

	"github.com/ramet-go/ramet/bench/contest"
	"github.com/ramet-go/ramet/bench/harness"
)

type runs = contest.Runs

// A library says how one contestant does what the cases ask. Every field may be nil.
type library[T Elem] struct {
	name string

	// ops prepares a vector of the elements of in, and returns the cases that read and write it.
	ops func(in *input[T]) runs

	// edited prepares vectors that have seen a thousand edits, and returns the cases that read them.
	edited func(in *input[T]) runs

	// versions prepares a vector of the elements of in, others to concatenate it with, and versions near it.
	versions func(in *input[T]) runs

	// builds returns the cases that make a vector of the elements of in.
	builds func(in *input[T]) runs

	// byAppend, byBuilder and bySlice make a vector of the elements of in: by a chain of single writes, by a
	// builder and from a slice.
	byAppend, byBuilder, bySlice func(in *input[T]) any
}

func libraries[T Elem]() []library[T] {
	return []library[T]{ramet[T](), slice[T](), clone[T](), benbjohnson[T](), elvish[T]()}
}

// Groups returns the cases of the vector. All sizes are measured for integers, and one for other elements.
func Groups() []harness.Group {
	one := []int{100_000}
	return slices.Concat(
		groups("vector/int64", nil, intInput, intTargets),
		groups("vector/string", one, stringInput, nil),
		groups("vector/byte", one, byteInput, nil),
		groups("vector/struct", one, recordInput, nil))
}

func groups[T Elem](name string, sizes []int, newInput func(size int) *input[T], targets map[string][]harness.Target) []harness.Group {
	group := func(subject func(library[T], *input[T]) harness.Subject, cases ...harness.Case) harness.Group {
		for i := range cases {
			if sizes != nil {
				cases[i].Sizes = sizes
			}
		}
		return harness.Group{Name: name, Cases: contest.WithTargets(cases, targets), Open: func(size int) (subjects []harness.Subject) {
			in := newInput(size)
			for _, l := range libraries[T]() {
				subjects = append(subjects, subject(l, in))
			}
			return subjects
		}}
	}
	timed := func(prepare func(library[T]) func(*input[T]) runs) func(library[T], *input[T]) harness.Subject {
		return func(l library[T], in *input[T]) harness.Subject {
			return contest.Timed(l.name, func() runs {
				if f := prepare(l); f != nil {
					return f(in)
				}
				return nil
			})
		}
	}
	held := func(makes func(library[T]) func(*input[T]) any) func(library[T], *input[T]) harness.Subject {
		return func(l library[T], in *input[T]) harness.Subject {
			return contest.Held(l.name, in.size(), func() any {
				if f := makes(l); f != nil {
					return f(in)
				}
				return nil
			})
		}
	}
	long, heap := []int{100_000, 1_000_000}, []int{1000, 100_000, 1_000_000}
	return []harness.Group{
		group(timed(func(l library[T]) func(*input[T]) runs { return l.ops }),
			harness.Case{Name: "at", Doc: "At, positions in random order"},
			harness.Case{Name: "iterate", Doc: "iteration over everything; per element", PerEntry: true},
			harness.Case{Name: "set", Doc: "Set at random, from a kept base"},
			harness.Case{Name: "append", Doc: "Append of one, in a chain"},
			harness.Case{Name: "prepend", Doc: "Prepend of one, in a chain"},
			harness.Case{Name: "drop-last", Doc: "Slice(0, n-1), in a chain"},
			harness.Case{Name: "drop-first", Doc: "Slice(1, n), in a chain"},
			harness.Case{Name: "insert", Doc: "Insert of one at random, from a kept base"},
			harness.Case{Name: "delete", Doc: "Delete of one at random, from a kept base"},
			harness.Case{Name: "slice", Doc: "Slice between random positions, of a kept base"},
		),
		group(timed(func(l library[T]) func(*input[T]) runs { return l.edited }),
			harness.Case{Name: "at-concats", Doc: "At, after cutting at random and concatenating the other way round a thousand times", Sizes: long},
			harness.Case{Name: "at-inserts", Doc: "At, after a thousand inserts at random", Sizes: long},
		),
		group(timed(func(l library[T]) func(*input[T]) runs { return l.versions }),
			harness.Case{Name: "concat", Doc: "Concat of a kept base and another vector of up to its length"},
			harness.Case{Name: "equal", Doc: "content equality of two versions one edit apart"},
			harness.Case{Name: "diff", Doc: "all differences of two versions one edit apart"},
		),
		group(timed(func(l library[T]) func(*input[T]) runs { return l.builds }),
			harness.Case{Name: "builder", Doc: "build one element at a time (the slice by append, elvish without a builder); per element", PerEntry: true},
			harness.Case{Name: "of", Doc: "build from a slice; per element", PerEntry: true},
		),
		group(held(func(l library[T]) func(*input[T]) any { return l.byAppend }),
			harness.Case{Name: "retained-append", Kind: harness.Heap, Doc: "live bytes per element, made by a chain of Append", Sizes: heap}),
		group(held(func(l library[T]) func(*input[T]) any { return l.byBuilder }),
			harness.Case{Name: "retained-builder", Kind: harness.Heap, Doc: "live bytes per element, made by a builder", Sizes: heap}),
		group(held(func(l library[T]) func(*input[T]) any { return l.bySlice }),
			harness.Case{Name: "retained-of", Kind: harness.Heap, Doc: "live bytes per element, made from a slice", Sizes: heap}),
	}
}
