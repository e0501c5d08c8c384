//ramet:layer api

// Package vector provides a persistent vector: a sequence that is fast at both ends, and never slow in the middle.
//
// A [Vector] never changes. Set, Append, Insert and the other operations return a new version, which shares all but a
// few nodes with the old one. So keeping every version is cheap, handing a version to another goroutine needs no lock,
// and comparing two versions takes time proportional to the difference between them.
//
//	var v vector.Vector[string]       // the zero vector is empty and ready to use
//	v1 := v.Append("ash", "elm")
//	v2 := v1.Insert(1, "beech")       // v1 still has two elements
//	for i, x := range v2.All() {
//		fmt.Println(i, x)
//	}
//
// Many changes in a row are faster through a [Builder], which changes in place the nodes that it owns; see package
// transient.
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
//	Of, Collect, Map, Filter, Reverse O(n)                      the result
//	DeleteFunc                        O(n)                      the elements from the first deletion on
//	Sort, SortFunc                    O(n log n)                twice the result
//	Equal, Diff, Merge                O(d log n) of versions    the difference
//	                                  that differ in d places
//
// Logarithms have the base 16, or 8 in the worst case. A leaf is 512 bytes of elements: 64 of 8 bytes, 512 of one byte,
// and at least 4 large ones. A vector of no more than a leaf is one or two objects without a tree.
//
// An operation that changes nothing returns its receiver and allocates nothing, so == tells at once that nothing
// happened. Set and Update do not look at the element that they replace; SetIfChanged and UpdateIfChanged do.
//
// # Sharing
//
// Appending to a version writes behind its last element, into room that versions share, if no other version has claimed
// that room; otherwise the last leaf is copied. Either way no version ever sees an element that was appended to
// another. All of it is safe from any number of goroutines at once.
//
// A version keeps alive the elements that it has and, at either end, no more than a leaf of elements of the versions
// that it was cut from or that were cut from it.
//
// A vector has at most 2³² − 4097 elements, or 2³¹ − 4097 where int has 32 bits. Growing beyond that panics.
package vector

// How it works.
//
// # Terms
//
//   - leaf: an array of elements without a header; the node above has their number. A full leaf has 1<<leafBits, which
//     fill 512 bytes. In a relaxed tree a leaf may have a quarter more.
//   - inner node: has up to 16 children of one level, and for each the number of elements up to its end.
//   - level: the height above the leaves, which have level 0.
//   - head, tail: arrays before and behind the tree, of up to a leaf's elements each. Elements are added to and removed
//     from them; when one is full it becomes a leaf, as it is.
//   - claim: versions share the array of a head or tail, and the first that claims the next free element may add one.
//   - core: the object that a version is made of, besides the lengths of its ends. A small one has a tail only.
//   - strict: a tree of full leaves only, each of which stands where the digits of its position, to the base of 16, say.
//     Any other tree is relaxed.
//   - hole: a slot before the first live child of a node at the left edge of a tree.
//   - sparse: less than half full.
//   - chunk: the elements of a head, a leaf or a tail, as a slice.
//   - hunk, gap: a change that leads from one sequence to another; a part in which two vectors do not share.
//
// # Idea
//
// A vector is a value of two words: a core and the lengths of head and tail. Versions that differ in those lengths only
// share the core, so most versions of a vector that grows or shrinks at its ends are two words and nothing else.
//
//	Vector    h=2                  core                        t=3
//	             │      ┌───────────┼──────────────┐            │
//	             ▼      ▼           ▼              ▼            ▼
//	head  │  │  │  │a│b│         inner node        │z│y│x│w│  │  │  tail
//	      ←───free───┘      ┌──────┬───┴──┬──────┐    ▲  └─free──→
//	                       leaf   leaf   leaf   leaf  └ claimed by another version
//
// A strict tree is indexed by the digits of a position, without looking at sizes. It stays strict while leaves are
// added and removed at its ends: at the left, children leave holes behind or fill them, and a root that has none left
// becomes the middle child of a new one. So off, the radix position of the first element, need not be 0.
//
// Concat and edits in the middle make a tree relaxed. There, a node finds the child for a position by interpolation:
// the slot is about position × children ÷ elements, which one multiplication by a stored scale gives, and the sizes
// next to it correct the guess. Leaves of a relaxed tree have room beyond a full one, so that an element inserted among
// full leaves, as a vector that was built by appending has them, copies one leaf and does not split it.
//
// # Invariants
//
// The checker's errors and panics name them by number.
//
//  1. A vector without a core has the lengths 0 and 0; any other has at least one element.
//  2. A small core has no head and no tree. One of the two lengths may be negative if there is no tree: as many elements
//     are missing from the other end, where the two meet.
//  3. Head and tail have room for a leaf at most, and their claims are at least as high as any version's length.
//  4. The sizes of a node are those of its children, summed up; the root's last one is the tree's count.
//  5. A node has live children only from its first one on; before it there may be holes, if it is at the left edge. A
//     node has at least half of 16 children, unless it is at an edge of the tree; a root of more than one level has two.
//  6. A leaf is at least half full, and at most a quarter more than full.
//  7. In a strict tree every leaf is full and stands at its radix position.
//  8. What a builder owns, node, leaf or end, is reached in one way: once in its own tree, and from no version. A leaf's
//     bit is set only in a node of level 1 that carries an id, and only for a slot with a leaf. The array of an end that
//     a builder owns has no claim.
//
// By 5 and 6 a tree of n elements has at most 3 + log₈(n/32) levels (for leaves of 64): the edges may be one level
// higher than the inside.
//
// # Ownership
//
// A node carries the id of the builder that made it, or none. A leaf is an array and carries nothing; the node above it
// has a bit for each. Each may be changed in place by one owner:
//
//   - a node: by the builder that holds the id which the node carries;
//   - a leaf: by the builder that owns the node above it, if the leaf's bit is set there. A copy of a node has no bits,
//     since its leaves are still those of the node that was copied;
//   - the elements of a head or tail: by the builder that has made the array, which it remembers until it builds, cuts
//     the end or pushes it into the tree, where the array is an owned leaf;
//   - a free element of a shared array: by the version that has claimed it, once, before it is that version's.
//
// Build forgets the id and both ends, and with them all bits below nodes of that id: nothing is visited.
//
// What a function does with the nodes that it is given is said in its comment. "owned" before a parameter's name means:
// the function may change it in place, and the caller uses the result only. "borrowed" means: the function reads it and
// keeps no reference beyond the result; it may be shared with versions. A line comment "keeps 3" names the invariant
// that the line preserves.
//
// # Layers
//
// A function calls functions of its own layer and of lower ones only. Each file says its layer in its first line:
//
//   - rep: the representation of vectors and nodes, their widths, and the casts that tell objects apart.
//   - node: makes one node, leaf or end from others.
//   - path: leads from a root to a leaf and back: finds, sets, inserts, pushes and cuts; takes vectors apart.
//   - tree: works on whole trees: joins, walks, compares and checks them, and finds the changes between sequences.
//   - api: the exported types and functions, builders, encoding and formatting.
//
// Persistent operations and builders use the same code, with an ownership id or none. ends.go has the ends and why
// sharing them is safe.
//
// # Differences from the literature
//
// Radix-balanced vectors with a tail are Clojure's (Hickey, after Bagwell's tries). Relaxed nodes are those of RRB
// trees (Bagwell and Rompf, 2011; Stucki, Rompf, Ureche, Bagwell: RRB Vector: A Practical General Purpose Immutable
// Sequence, ICFP 2015; L'orange: Improving RRB-Tree Performance through Transience, 2014). Instead of their
// concatenation, which rebalances until the search costs little, this is a join of B-trees, which keeps every node half
// full. A shared tail that the first version extends in place is the idea of Sek's shared chunks (Charguéraud,
// Pottier), here with a compare-and-swap. The head and the holes follow Scala 2.13's vectors, in which both ends are
// alike.
