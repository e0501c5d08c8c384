// Package ordered provides a persistent map that remembers the order in which its keys were first set, as JSON objects and
// configuration files have one.
//
// A [Map] never changes. Set, Delete and the other operations return a new version, which
// shares with the old one all but the few nodes on the way to what they changed, as in package hamt.
//
//	var m ordered.Map[string, int]   // the zero map is empty and ready to use
//	m = m.Set("width", 80).Set("height", 24)
//	m = m.Set("width", 132)          // width is still the first
//	for k, v := range m.All() {
//		fmt.Println(k, v)            // width 132, height 24
//	}
//
// Many changes in a row are faster through a [MapBuilder], which changes in place what it
// alone owns; see package transient.
//
// # Order
//
//   - A key that is set for the first time goes to the end. Setting it again changes its value and not its place.
//   - A key that is deleted and set again goes to the end. MoveToEnd and MoveToFront move one.
//   - What is picked from a map (Filter, Intersection, Difference, Restrict, Without, Partition) keeps its order.
//   - Of two maps that are combined (Union, JoinFunc, SetAll), the order is the first one's, and what only the second has
//     follows in the order that it has there. Of a three-way [Merge] as well, unless only theirs has moved keys.
//   - [Equal] compares the order too, [EqualAnyOrder] does not. [Diff] tells changes of entries, not of places.
//   - Iterating, printing and encoding are in order. Decoding takes the order of the input; see [Map.UnmarshalJSON] for
//     files that are read, edited and written back.
//
// # Costs
//
//	                                      time                   allocated
//	Len, Builder, Build                   O(1)                   at most the builder
//	Get, Lookup, Contains, First, Last,   O(log n)               nothing
//	At, Index
//	Set, Swap, Delete, Take, MoveToEnd, … O(log n)               up to 16 entries: their copy;
//	                                                             else 1 + log n nodes of two trees
//	All, Keys, Values, Backward,          O(n)                   nothing
//	a Cursor's walk
//	CollectMap, MapValues, KeySet         O(n log n)             the result
//	Filter, Partition, DeleteFunc         O(n log n)             what changes
//	Union, JoinFunc, Intersection,        O(d log n) of versions what differs
//	Difference, Equal, Diff, Merge        that differ in d
//	                                      entries, at worst
//	                                      O(n log n)
//	UnionFunc, IntersectionFunc           O(n log n)             what is in both
//	Restrict, Without                     O(s log n) for a set   what differs
//	                                      of s elements
//
// A map of up to 16 entries is a slice of them: reading one costs what it does in a slice, and a change is one allocation. In
// larger maps, reading costs one and a half to three times what it does in a hamt.Map, and Set and Delete about three times.
//
// # Keys
//
// Keys are compared by ==, or by the Hasher of [NewMap]. All that package hamt says of keys and hashers holds here as well.
package ordered

// How it works.
//
// # Terms
//
//   - flat: a map of up to flatCap entries (16, or fewer if they are large) is a slice of them, in order.
//   - place: a number by which the entries of a larger map are sorted. New ones are counted up from the last place, and down
//     from the first. A place is never told to callers, and two versions may use one for different keys.
//   - index: a hamt.Map from keys to places.
//   - order: an rbtree.Map from places to entries. It holds the values, and the keys a second time: walks need no index.
//
// # Invariants
//
// The checker's errors and panics name them by number.
//
//  1. The length of a map is the number of its entries. An empty map has none; one of up to flatCap is flat, any other is
//     two trees.
//  2. The keys of a flat map are different.
//  3. The index has the keys of the order, each with its place, and nothing else.
//
// A Hasher that contradicts itself can break 2 and 3. What a map has is therefore decided by the order alone: Len, iteration
// and positions do not look at the index, and a place that it does not have is no entry.
//
// # Operations
//
// bare.go has the builder under all operations that make more than one change. A place that find returns holds until the
// next change, also across touch, which makes what is shared the builder's own.
//
// Versions of one history share nodes of both trees. Union, Diff and Equal walk the order of both by place and skip those
// nodes; entries that are at different places, or whose places mean different keys, are found by key. Intersection and
// its like work on the indexes, and delete from the order what they drop.
