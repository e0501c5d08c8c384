// Package ramet is the root of a module of persistent collections: collections whose values never
// change, and whose new versions share with the old ones all but what is different.
//
// The package itself is empty; the collections are in the folders below it.
//
// # The idea
//
// A write returns a new version and leaves the old one as it is:
//
//	monday := hamt.MapOf(map[string]int{"ash": 3, "elm": 5})
//	tuesday := monday.Set("oak", 8)
//
// Both versions are whole maps, for as long as anyone keeps them. To make the second, the few
// nodes on the way to the new key were copied; the others belong to both:
//
//	   monday                       tuesday
//	  ┌───────┐                    ┌───────┐
//	  │ •   • │ root               │ •   • │ its copy
//	  └─┬───┬─┘                    └─┬───┬─┘
//	    │   │  ┌─────────────────────┘   │
//	    │   └──┼──────────┐              │
//	    ├──────┘          │              │
//	┌───┴───┐         ┌───┴───┐     ┌────┴────┐
//	│  ash  │         │  elm  │     │ elm oak │
//	└───────┘         └───────┘     └─────────┘
//	 of both           monday's      its copy, with oak
//
// So
//
//   - keeping a version costs nothing but what later ones changed: undo, history, snapshots;
//   - any number of goroutines read a version without locks, while another makes the next;
//   - two versions are compared, diffed, united and merged in time that depends on how far they
//     are apart, because what they share is skipped;
//   - == on two versions tells in O(1) whether anything may have changed.
//
// # Which one to pick
//
//	hamt.Map        keys to values, in no particular order
//	hamt.Set        a set, in no particular order
//	rbtree.Map      keys to values, sorted by key
//	rbtree.Set      a set, sorted
//	ordered.Map     keys to values, in the order of insertion: for JSON and configuration files
//	vector.Vector   a sequence, read and edited by position, at both ends and in the middle
//	list.List       a sequence, read and edited at its front
//	list.Queue      first in, first out
//
// What programs do with them: cell.Cell is one place for a value that many goroutines read,
// change and watch, and history.History is undo and redo as a value.
//
// If one function owns the data and nobody needs an older version, a built-in map or slice is
// faster at every write and the better choice.
//
// Package transient has what builders have in common. Package diff has the words in which
// versions are compared: changes, splices, conflicts and overlaps.
//
// # Costs
//
// Of a map or set of n entries. Logarithms have a base of about 32: an operation on a million
// entries passes four or five nodes.
//
//	hamt                                    time                      allocated
//	Len, ==, Builder, Build                 O(1)                      a builder
//	Get, Lookup, Contains                   O(log n)                  nothing
//	Set, Delete, Update                     O(log n)                  a node a level
//	the same through a builder              O(log n)                  each node once
//	All, Keys, Values                       O(n)                      nothing
//	MapOf, CollectMap, SetOf, CollectSet    O(n)                      the result
//	Filter, MapValues                       O(n)                      what differs
//	Union, Intersection, Difference,        O(d log n) for versions   what differs
//	Equal, Diff, Merge                      with d differences,
//	                                        at worst O(n)
//
// Of a vector of n elements. Logarithms have a base of 16.
//
//	vector                                  time                      allocated
//	Len, ==, Builder, Build                 O(1)                      a builder
//	At, First, Last                         O(log n)                  nothing
//	Append, Prepend of one                  O(1), amortised           a leaf for every 64
//	Set, Update, Insert, Delete             O(log n)                  a leaf or two, a node a level
//	Slice, Concat                           O(log n)                  nodes along the cuts
//	All, Values, Backward, Chunks           O(n)                      nothing
//	Range(i, j)                             O(j − i + log n)          nothing
//	Of, Collect, Map, Filter, Reverse       O(n)                      the result
//	Equal, Diff, Merge                      O(d log n) for versions   what differs
//	                                        with d differences,
//	                                        at worst O(n)
//
// Of a sorted map or set of n entries. Logarithms have a base between 4 and 16.
//
//	rbtree                                  time                      allocated
//	Len, ==, Builder, Build                 O(1)                      a builder
//	Get, Lookup, Contains, Min, Max,        O(log n)                  nothing
//	Floor, Ceiling, At, Rank, From, To
//	Set, Delete, Update, Split, Join        O(log n)                  about a node a level
//	All, Backward, Keys, Values             O(n)                      nothing
//	CollectMap, SetAll of what is sorted    O(n)                      the result
//	Union, Intersection, Difference,        O(d log n) for versions   what differs
//	Equal, Diff, Merge                      with d differences, at
//	                                        worst O(m log(n/m+1))
//
// An operation that changes nothing returns its receiver and allocates nothing.
//
// # What is equal
//
//	a == b              the same version, in O(1); never panics. Contents may be equal where versions are not
//	hamt.Equal(a, b)    equal contents. Each package has such a function, and one that takes yours
//	a.Equal(b)          the same for elements and values of any type; never panics
//	reflect.DeepEqual   the same version, as ==
//
// Where values, or the elements of sequences, are compared, by Equal, Diff, Merge or SetIfChanged, those that are
// collections of this module are compared by their contents, at any depth, also inside an interface; all others by ==.
// What two versions share is equal without looking. The functions panic where == does: on interfaces that hold
// slices, maps or functions. For the methods, what cannot be compared is unequal unless it is shared.
//
// Keys and the elements of sets are compared by == (in sorted collections, by the order). So a collection is a key
// as a version; with hamt.ContentHasher it is one by its contents.
//
// In tests, cmp.Diff(want, got) of go-cmp finds the methods and needs no options. The assert.Equal of testify uses
// reflect.DeepEqual, and so asks for the same version: use assert.True(t, want.Equal(got)), or compare what String
// returns. Debuggers, mocks and others that look at fields show nodes: call v.String() to see what is in v.
//
// # Rules of all collections
//
// The zero value is empty and ready to use. Get returns the value or the zero value, Lookup the
// value and whether it is there. Iterators are functions for range, see the version they were taken
// from, and may be ranged over again. Printing and encodings are deterministic. Absence
// is never a panic, an index out of range always is.
package ramet
