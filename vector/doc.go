//ramet:layer api

// Package vector provides a persistent vector: a sequence that is fast at both ends, and never
// slow in the middle.
//
// A [Vector] never changes. Set, Append, Insert and the other operations return a new version,
// which shares with the old one all but a few nodes. So keeping every version is cheap, handing
// a version to another goroutine needs no lock, and two versions are compared in time
// proportional to how far they are apart.
//
//	var v vector.Vector[string]       // the zero vector is empty and ready to use
//	v1 := v.Append("ash", "elm")
//	v2 := v1.Insert(1, "beech")       // v1 still has two elements
//	for i, x := range v2.All() {
//		fmt.Println(i, x)
//	}
//
// Many changes in a row are faster through a [Builder], which changes in place what it alone
// owns; see package transient.
//
// # Costs
//
//	                                  time                      allocated
//	Len, Builder, Build               O(1)                      at most the builder
//	First, Last, At                   O(log n)                  nothing
//	Append, Prepend of one            O(1), amortised           a sixty-fourth of a leaf and its path
//	Set, Update                       O(log n)                  a leaf and its path
//	Insert, Delete                    O(log n)                  a leaf or two, and their paths
//	Slice, Concat                     O(log n)                  paths
//	All, Values, Backward, Chunks,    O(n)                      nothing
//	a Cursor's walk, IndexFunc
//	Range(i, j), Cursor.Seek          O(j − i + log n)          nothing
//	Of, Collect, Map, Filter, Reverse O(n)                      what they return
//	DeleteFunc                        O(n)                      what differs
//	Sort, SortFunc                    O(n log n)                twice what it returns
//	Equal, Diff, Merge                O(d log n) of versions    what differs
//	                                  that differ in d places
//
// Logarithms have a base of 16, in the worst of shapes 8. A leaf is 512 bytes of elements: 64
// of 8 bytes, 512 of one byte, and 4 at least of large ones. A vector of no more than a leaf is
// one or two objects without a tree.
//
// An operation that changes nothing returns its receiver, and allocates nothing: == tells at once that nothing happened.
// Set and Update do not look at what they replace; SetIfChanged and UpdateIfChanged do.
//
// # Sharing
//
// Appending to a version writes behind its last element, into room that versions share, if no
// other version has taken that room; otherwise the last leaf is copied. Either way no version
// ever sees what was appended to another. All of it is safe from any number of goroutines at
// once.
//
// A version keeps alive what it can reach, and besides that, at either end, no more than a leaf
// of elements that it shares with the versions it was cut from or that were cut from it.
//
// A vector has at most 2³² − 4097 elements, or 2³¹ − 4097 where int has 32 bits. Growing beyond
// that panics.
package vector

// How it works.
//
// # Terms
//
//   - leaf: an array of elements without a header; how many there are stands in the node above. A full leaf has
//     1<<leafBits, which fill 512 bytes. In a relaxed tree a leaf may have a quarter more.
//   - inner node: has up to 16 children of one level, and for each the number of elements up to its end.
//   - level: the height above the leaves, which have level 0.
//   - head, tail: arrays before and behind the tree, of up to a leaf's elements each. Elements are added to and taken
//     from them; when one is full it becomes a leaf, as it is.
//   - core: the object that a version is made of, besides the lengths of its ends. A small one has a tail only.
//   - strict: a tree of full leaves only, each of which stands where the digits of its position, to the base of
//     16, say. Any other tree is relaxed.
//   - hole: a slot before the first live child of a node at the left edge of a tree.
//
// # Idea
//
// A vector is a value of two words: a core and the lengths of head and tail. The core is shared
// by the versions that differ in those lengths only, so most versions of a vector that grows or
// shrinks at its ends are two words and nothing else.
//
//	Vector    h=2                  core                        t=3
//	             │      ┌───────────┼──────────────┐            │
//	             ▼      ▼           ▼              ▼            ▼
//	head  │  │  │  │a│b│         inner node        │z│y│x│w│  │  │  tail
//	      ←───free───┘      ┌──────┬───┴──┬──────┐    ▲  └─free──→
//	                       leaf   leaf   leaf   leaf  └ taken by another version
//
// A strict tree is indexed by the digits of a position, without looking at sizes. It stays
// strict while leaves are added and removed at its ends: at the left, children leave holes
// behind or fill them, and a root that has none left becomes the middle child of a new one. So
// off, the radix position of the first element, need not be 0.
//
// Concat and edits in the middle make a tree relaxed. There, a node finds the child for a
// position by interpolation: the slot is about position × children ÷ elements, which one
// multiplication by a stored scale gives, and the sizes next to it correct the guess. Leaves of
// a relaxed tree have room beyond a full one, so that an element inserted among full leaves, as
// they are in a vector that was built by appending, copies one leaf and does not divide it.
//
// # Invariants
//
// The checker's errors and panics name them by number.
//
//  1. A vector without a core has the lengths 0 and 0; any other has at least one element.
//  2. A small core has no head and no tree. One of the two lengths may be negative if there is no tree:
//     as many elements are missing from the other end, where the two meet.
//  3. Head and tail have room for a leaf at most, and their claims are at least as high as any version's length.
//  4. The sizes of a node are those of its children, summed up; the root's last one is the tree's count.
//  5. A node has live children only from its first one on; before it there may be holes, if it is at the left edge.
//     A node has at least half of 16 children, unless it is at an edge of the tree; a root of more than one level
//     has two.
//  6. A leaf is at least half full, and at most a quarter more than full.
//  7. In a strict tree every leaf is full and stands at its radix position.
//
// By 5 and 6 a tree of n elements has at most 3 + log₈(n/32) levels (for leaves of 64): the
// edges may be one level higher than the inside.
//
// # Operations
//
// Code is in three layers. The primitive layer makes one node or leaf from another (node.go,
// leaves and pack in edit.go); the path layer leads from a root to a leaf and back (tree.go,
// edit.go); the structural layer works on whole vectors (concat.go, walk.go, equal.go, diff.go, apply.go, merge.go,
// builder.go). ends.go has the ends and why sharing them is safe. Persistent operations and
// builders use the same code, with an ownership id or none.
//
// # Differences from the literature
//
// Radix-balanced vectors with a tail are Clojure's (Hickey, after Bagwell's tries). Relaxed
// nodes are those of RRB trees (Bagwell and Rompf, 2011; Stucki, Rompf, Ureche, Bagwell: RRB
// Vector: A Practical General Purpose Immutable Sequence, ICFP 2015; L'orange: Improving
// RRB-Tree Performance through Transience, 2014). Instead of their concatenation, which
// rebalances until the search costs little, this is a join of B-trees, which keeps every node
// half full. A shared tail that the first version extends in place is the idea of Sek's shared
// chunks (Charguéraud, Pottier), here with a compare-and-swap. The head and the holes follow
// Scala 2.13's vectors, in which both ends are alike.
