// Package rbtree provides a persistent sorted map and sorted set.
//
// A [Map] never changes. Set, Delete and the other operations return a new version, which
// shares with the old one all but the few nodes on the way to what they changed. So keeping
// every version is cheap, handing a version to another goroutine needs no lock, and two
// versions are compared, united and merged in time proportional to how far they are apart.
//
//	var m rbtree.Map[string, int]    // the zero map is empty and ready to use
//	m1 := m.Set("elm", 5)
//	m2 := m1.Set("ash", 3)           // m1 still has one entry
//	for k, v := range m2.All() {     // in the order of the keys
//		fmt.Println(k, v)
//	}
//
// What the order is good for: ranges of keys ([Map.From], [Map.Above], [Map.To], [Map.Below]),
// neighbours of a key ([Map.Floor], [Map.Ceiling]), positions ([Map.At], [Map.Rank], [Map.Slice]), and
// cutting a map in two and putting two together ([Map.Split], [Map.Join], [Map.DeleteSpan]).
//
// Many changes in a row are faster through a [MapBuilder], which changes in place what it
// alone owns; see package transient.
//
// # Costs
//
//	                                      time                    allocated
//	Len, Builder, Build                   O(1)                    at most the builder
//	Get, Lookup, Contains, Min, Max,      O(log n)                nothing
//	Floor, Ceiling, At, Rank
//	From, Above, To, Below, Slice         O(log n)                nothing
//	Set, Delete, Update, DeleteMin        O(log n)                1 + log n nodes
//	Split, Join, Span.Map, DeleteSpan     O(log n)                about log n nodes
//	All, Keys, Values, Backward, Cursor   O(n)                    nothing
//	AppendKeys, AppendValues, AppendTo    O(n)                    the slice's growth
//	CollectMap, SetAll of sorted input    O(n)                    what is new
//	MapOf, CollectMap, SetAll otherwise   O(n log n)              what is new
//	Filter, Partition, MapValues          O(n)                    what changes
//	KeySet                                O(1), or O(n) where     nothing, or a set
//	                                      entries are large
//	Union, Intersection, Difference,      O(m log(n/m+1)),        what differs
//	Restrict, Without, JoinFunc           m ≤ n; O(d log n) of
//	                                      versions that differ
//	                                      in d entries
//	Equal, Diff, Merge                    as these                nothing; what differs
//
// Logarithms have a base between 4 and 16. A map has at most 2³² − 1 entries, or 2³¹ − 1 where int
// has 32 bits; growing beyond that panics.
//
// # Order
//
// The zero map has the natural order of keys of an integer, float or string kind, named types
// included. Floats are ordered by [cmp.Compare]: NaN is the least of them, and equal to itself; +0
// and -0 are one key. For other keys there is [NewMapFunc], whose comparator decides which keys
// are equal, too. It is not asked about values: those that are collections of this module are compared by
// their contents, others by ==. A collection has no natural order either: as a key it needs a comparator, which
// may look at its contents.
//
// Binary operations on two maps that are not known to share an order take the entries of the
// other map one by one, under the receiver's order.
//
// If a comparator contradicts itself (it is not a strict weak ordering, or its answers change),
// entries may not be found, or be there twice, or out of order. Still nothing panics except the
// comparator, all work is bounded, Len is the number of entries that iteration yields, and other
// versions are unharmed.
package rbtree

// How it works.
//
// # Terms
//
//   - leaf: up to leafCap entries, sorted: 31, or fewer if they are large.
//   - inner node: up to 16 children of one level, between two of them a router.
//   - level: the height above the leaves, which have level 0.
//   - router: the least key under the child behind it. Entries are in leaves only.
//   - count: the number of entries under a child.
//   - cluster: the part of a red-black tree that one node stands for.
//   - edit: what an operation carries down the tree: the order, and which nodes it owns (see
//     package transient).
//   - run: neighbouring entries of one tree that another tree takes over.
//
// # Idea
//
// A red-black tree is a binary search tree in which no red node has a red child, and all
// paths from the root to a leaf have equally many black nodes. Cut below every second black
// node of each path, it falls into clusters, whose nodes lie together in memory here:
//
//	      ┌─────────────── R4 ──────────────┐         black: R4, R2, R6, R9
//	  ┌── R2 ──┐                   ┌──────(R7)──┐     red:   (R1), (R7)
//	(R1)       │              ┌── R6 ──┐      R9      black-height 2 on every path
//	┌┴─┐       │              │        │     ┌─┴─┐
//	c0 c1      c2             c3       c4    c5  c6
//
//	┌────────────────────────────────────────────┐
//	│ R1 R2 R4 R6 R7 R9 │ c0 c1 c2 c3 c4 c5 c6   │   the packed cluster: one inner node
//	└────────────────────────────────────────────┘
//
// A cluster of black-height 2 has from 4 children, if all its nodes are black, to 16, if there is
// a red one wherever there may be. Every number between has a valid colouring as well, so the
// colours follow from the number and need not be stored. A leaf, with 8 to 31 entries, is
// a cluster of black-height 3. The root may be lower than the others. So it is a red-black tree,
// and a test expands it and checks the colours; and in the machine it is a B+-tree with inner nodes
// of 4 to 16 children: a search reads a few cache lines where a binary tree follows twenty
// pointers, and a write copies five small nodes.
//
// # Invariants
//
// The checker's errors and panics name them by number.
//
//  1. A map has a root if and only if it has entries, it then has an order, and its length is the
//     number of entries. A map without entries and of the natural order is the zero map.
//  2. Children are one level lower than their parent.
//  3. A node has from 4 to 16 children, or from leafMin to leafCap entries. A root has two
//     children, or one entry, at least.
//  4. A count is the number of entries under the child.
//  5. A router is above the keys before it, and is the least key behind it, the same instance.
//  6. The keys of a leaf ascend.
//  7. Slots that are not in use are zero.
//  8. Whoever owns a node owns those above it, up to the root of his builder.
//
// A comparator that contradicts itself can break the order in 5 and 6, and nothing else: no answer
// of his decides about more than which way to go.
//
// # Operations
//
// Code is in three layers. The primitive layer makes one node from others (leaf.go, inner.go, and
// pool.go with the leaves that a builder has to spare); the path layer leads from the root to a
// leaf and back (lookup.go, path.go); the structural layer works on whole trees (join.go,
// append.go, zip.go and what uses them). Each calls only downward. Persistent operations and
// builders use the same code, with an ownership id or none.
//
// A node that overflows is divided by splitLeaf and splitInner, one that is short is fused with a
// neighbour by fuse: single changes, Join, Split and bulk operations have no other way. Trees of
// different heights are joined at the edge of the taller one, at the other's level. A split cuts
// the nodes on one path, and joins what is left of each on the way up.
//
// A set operation walks two trees from the least key to the greatest (zip.go), skips what they
// share, and finds the ends of runs that only one of them has by climbing from the beginning.
// An appender (append.go) makes the result of such runs: a few entries are copied, whole subtrees are
// taken over. Where the entries of two leaves mingle, they are compared first, and then copied. Walks
// over large trees read leaves ahead (ahead.go). Two large trees are divided at the median of one, and the parts combined at the
// same time (parallel.go).
//
// # Differences from the literature
//
// Guibas and Sedgewick (A dichromatic framework for balanced trees, 1978) derive red-black trees
// from B-trees by this correspondence, which is used backwards here: Bayer's symmetric binary
// B-trees (1972) are clusters of black-height 1. Okasaki (Red-black trees in a functional setting,
// 1999) gave the persistent insertion, Kahrs (Red-black trees with types, 2001) the deletion; both
// copy 20 nodes of one entry at a million. Joining as the primitive of everything else is
// that of Blelloch, Ferizovic and Sun (Just Join for Parallel Ordered Sets, SPAA 2016); blocks of
// entries at the leaves are those of PaC-trees (Dhulipala, Blelloch, Gu, Sun, PLDI 2022), which
// leave the nodes above them binary. Ownership ids follow Clojure's transients.
