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
//	vector.Vector   a sequence, read and edited by position, at both ends and in the middle
//
// If one function owns the data and nobody needs an older version, a built-in map or slice is
// faster at every write and the better choice.
//
// Package transient has what builders have in common. Package diff has the words in which
// versions are compared: changes, splices and conflicts.
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
//	Set, Insert, Delete                     O(log n)                  a leaf or two, a node a level
//	Slice, Concat                           O(log n)                  nodes along the cuts
//	All, Values, Backward                   O(n)                      nothing
//	Of, Collect, Map, Filter, Reverse       O(n)                      the result
//	Equal, Diff                             O(d log n) for versions   what differs
//	                                        with d differences,
//	                                        at worst O(n)
//
// An operation that changes nothing returns its receiver and allocates nothing.
//
// # Rules of all collections
//
// The zero value is empty and ready to use. Get returns the value or the zero value, Lookup the
// value and whether it is there. Iterators are functions for range, see the version they were taken
// from, and may be ranged over again. Printing and encodings are deterministic. Absence
// is never a panic, an index out of range always is.
package ramet
