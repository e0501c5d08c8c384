//ramet:layer api

// Package rbtree provides a persistent sorted map and sorted set.
//
// A [Map] never changes. Set, Delete and the other operations return a new version, which shares with the old one all
// but the few nodes on the way to what they changed. So keeping every version is cheap, handing a version to another
// goroutine needs no lock, and two versions are compared, united and merged in time proportional to how far they are
// apart.
//
//	var m rbtree.Map[string, int]    // the zero map is empty and ready to use
//	m1 := m.Set("elm", 5)
//	m2 := m1.Set("ash", 3)           // m1 still has one entry
//	for k, v := range m2.All() {     // in the order of the keys
//		fmt.Println(k, v)
//	}
//
// The order gives access to ranges of keys ([Map.From], [Map.Above], [Map.To], [Map.Below]), to the neighbours of a key
// ([Map.Floor], [Map.Ceiling]) and to positions ([Map.At], [Map.Rank], [Map.Slice]). [Map.Split] cuts a map in two,
// [Map.Join] puts two together, and [Map.DeleteSpan] cuts out a range.
//
// A [MapBuilder] makes many changes in a row faster: it changes the nodes that it alone owns in place. See package
// transient.
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
// Logarithms have a base between 4 and 16. A map has at most 2³² − 1 entries, or 2³¹ − 1 where int has 32 bits; growing
// beyond that panics.
//
// # Order
//
// The zero map has the natural order of keys of an integer, float or string kind, named types included. Floats are
// ordered by [cmp.Compare]: NaN is the least of them, and equal to itself; +0 and -0 are one key. [NewMapFunc] makes
// maps with other keys. Its comparator also decides which keys are equal. Values are never passed to it: values that
// are collections of this module are compared by their contents, all others by ==. Collections have no natural order. A
// map with collections for keys needs a comparator, which may look at their contents.
//
// An operation on two maps that are not known to share an order inserts the entries of the other map one by one under
// the receiver's order.
//
// If a comparator contradicts itself (it is not a strict weak ordering, or its answers change), entries may not be
// found, may be there twice, or may be out of order. Even then nothing panics except the comparator, all work is
// bounded, Len is the number of entries that iteration yields, and other versions are unharmed.
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
//   - edit: what an operation carries down a tree: how keys are compared, and which nodes it owns.
//   - place: a leaf and a position in it.
//   - finger: the position of a key in a tree: the path to its leaf, and its place there.
//   - pair: what a node has become, one node or two neighbours.
//   - run: neighbouring entries of one tree that another tree takes over.
//
// # Idea
//
// A red-black tree is a binary search tree in which no red node has a red child, and all paths from the root to a leaf
// have equally many black nodes. Cut below every second black node of each path, it falls into clusters, whose nodes
// lie together in memory here:
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
// A cluster of black-height 2 has from 4 children, if all its nodes are black, to 16, if there is a red one wherever
// there may be. Every number between has a valid colouring as well, so the colours follow from the number and need not
// be stored. A leaf, with 8 to 31 entries, is a cluster of black-height 3. The root may be lower than the others. So it
// is a red-black tree, and a test expands it and checks the colours; and in the machine it is a B+-tree with inner
// nodes of 4 to 16 children: a search reads a few cache lines where a binary tree follows twenty pointers, and a write
// copies five small nodes.
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
//  8. Whoever owns a node owns those above it, up to the root of the tree that is being changed.
//
// A comparator that contradicts itself can break the order in 5 and 6, and nothing else: no answer of its decides about
// more than which way to go.
//
// # Layers
//
// A file belongs to one of five layers, which its first comment names. Functions call those of their own layer and of
// lower ones only, which a test checks. From the lowest to the highest:
//
//   - rep: the representation. Nodes, their sizes and the casts that reach what is in them (alloc.go, node.go, width.go),
//     and how keys are compared (order.go).
//   - node: one node from others (leaf.go, inner.go), with the room that they get (room.go), the leaves that a builder
//     has to spare (pool.go), and the only way to mend two that may be too short (fuse.go).
//   - path: from the root to a leaf, and back with what became of it (lookup.go, place.go, path.go).
//   - tree: whole trees. Cutting and joining (join.go), building (append.go), walking over one or two (walk.go, zip.go),
//     set operations (combine.go, parallel.go) and the checker (check.go).
//   - api: exported types and functions, builders, encoding and formatting.
//
// # Ownership
//
// An edit carries an ownership id, and owns the nodes that have it: no version can reach them, so they may be changed
// in place. Persistent operations carry none, or one that is forgotten when they end; builders keep theirs until they
// build (package transient). Single, bulk and builder operations use the same code. Comments on functions of the layers
// below api say what happens to nodes that are passed in:
//
//   - An owned node may be changed in place, and the caller uses the result only. If the function has an edit that does not
//     own the node, it leaves the node alone and makes a new one; without an edit, the caller answers for it that the node
//     is owned.
//   - A borrowed node is read, and may be shared with versions. The function keeps no reference to it, except in its result.
//
// A line that keeps an invariant which the lines before it have broken says so by the number: keeps 4.
//
// # Operations
//
// A node that overflows is split by splitLeaf and splitInner, one that is short is fused with a neighbour by fuse:
// single changes, Join, Split and bulk operations have no other way. Trees of different heights are joined at the edge
// of the taller one, at the other's level. Cutting a tree in two cuts the nodes on one path, and joins what is left of
// each on the way up.
//
// A set operation walks two trees from the least key to the greatest (zip.go), skips what they share, and finds the
// ends of runs that only one of them has by climbing from the beginning. An appender (append.go) makes the result of
// such runs: a few entries are copied, whole subtrees are taken over. Where the entries of two leaves mingle, they are
// compared first, and then copied. Walks over large trees read leaves ahead (ahead.go). Two large trees are cut into
// parts at the same keys, and the parts combined at the same time (parallel.go).
//
// # Differences from the literature
//
// Guibas and Sedgewick (A dichromatic framework for balanced trees, 1978) derive red-black trees from B-trees by this
// correspondence, which is used backwards here: Bayer's symmetric binary B-trees (1972) are clusters of black-height 1.
// Okasaki (Red-black trees in a functional setting, 1999) gave the persistent insertion, Kahrs (Red-black trees with
// types, 2001) the deletion; both copy 20 nodes of one entry at a million. Joining as the primitive of everything else
// is that of Blelloch, Ferizovic and Sun (Just Join for Parallel Ordered Sets, SPAA 2016); blocks of entries at the
// leaves are those of PaC-trees (Dhulipala, Blelloch, Gu, Sun, PLDI 2022), which leave the nodes above them binary.
// Ownership ids follow Clojure's transients.
