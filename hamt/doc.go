//ramet:layer api

// Package hamt provides a persistent hash map and hash set.
//
// A [Map] never changes. Set, Delete and the other operations return a new version. It shares with the old one all
// nodes but the few on the way to the changed entry. So keeping every version is cheap, handing a version to another
// goroutine needs no lock, and two versions are compared, united and merged in time proportional to the number of
// entries in which they differ.
//
//	var m hamt.Map[string, int]      // the zero map is empty and ready to use
//	m1 := m.Set("ash", 3)
//	m2 := m1.Set("elm", 5)           // m1 still has one entry
//	for k, v := range m2.All() {
//		fmt.Println(k, v)
//	}
//
// Many changes in a row are faster through a [MapBuilder]. It changes nodes in place that no version has yet; see package
// transient.
//
// # Costs
//
//	                                      time                   allocated
//	Len, Builder, Build                   O(1)                   at most the builder
//	Get, Lookup, Contains                 O(log n)               nothing
//	Set, Delete, Update                   O(log n)               1 + log n nodes
//	All, Keys, Values, a Cursor's walk    O(n)                   nothing
//	AppendKeys, AppendValues, AppendTo    O(n)                   the slice's growth
//	MapOf, CollectMap, Filter, Partition, O(n)                   what changes
//	DeleteFunc, MapValues, KeySet
//	Union, Intersection, Difference,      O(d log n) of versions what differs
//	Equal, Diff, Merge, JoinFunc, …       that differ in d entries, at worst O(n)
//	UnionFunc, IntersectionFunc           O(n)                   what is in both
//	Restrict, Without                     O(s log n) for a set   what differs
//	                                      of s elements
//
// Logarithms have a base of about 32.
//
// # Keys
//
// Keys are hashed with a seed that each process draws at random. So nobody can choose keys that collide without knowing
// the seed, and the order of iteration differs from process to process, even for two keys.
//
// Two keys are equal if == holds for them. As in a built-in map, +0 and -0 are one key, a NaN is never found again, and
// a key of an interface type panics if its dynamic type is not comparable, even on an empty map.
//
// Collections of this module are compared by == too when they are keys or elements of a set: only the same version is
// the same key. The same holds for keys of your own types: the zero map, MapOf and CollectMap do not call methods Equal
// and Hash of a key type. A map that was made by [NewMap] with a [ContentHasher] calls them.
//
// NewMap takes any [Hasher], for another notion of equal keys, and [HasherOf] makes a Hasher from two functions. A Hasher
// may contradict itself: equal keys have different hashes, Equal is not an equivalence, or answers change. Then entries
// may not be found, or be there twice. Still nothing panics, all work is bounded, Len is the number of entries that
// iteration yields, and other versions are unharmed.
package hamt

// How it works.
//
// # Terms
//
//   - hash: 63 bits computed from a key, the topmost of 64 being 0: half of the root's slots
//     stay unused.
//   - inner node: divides 5 bits of the hash, its 32 slots, among its children.
//   - level: the distance of an inner node from the root, which has level 0 and uses the
//     topmost bits. There are 13 levels; the last uses the 4 bits that are left.
//   - span: an aligned range of the slots of an inner node: its width is a power of two, and
//     it begins at a multiple of that. The buddy of a span is the other half of the span
//     twice as wide.
//   - leaf: up to leafCap entries, in no order: 16, or fewer if they are large. It stands for
//     a span. Where an entry comes to stand is drawn by lot, so that nobody relies on it.
//   - tag: the low 8 bits of a hash. A leaf keeps those of its entries.
//   - collision: a leaf of more than leafCap entries, where the hash has run out.
//   - edit: what an operation carries down the tree: how keys are hashed and compared, and
//     which nodes it owns (see package ownership).
//
// # Idea
//
// In a hash trie after Bagwell, each occupied slot has a child of its own: an entry, or a
// node of the next level. Here a child that is a leaf stands for the widest span whose
// entries fit into it. A leaf that overflows is halved, so leaves are about 11 entries full
// however n relates to the powers of 32; there are few nodes, and no level that holds a
// single entry each.
//
//	slot     0 1 2 3 4 5 6 7 8             16 17 18  20      24              31
//	bitmap   1 0 1 0 1 0 0 0 1 0 0 0 0 0 0 0 1  1  1 0 1 0 0 0 1 0 0 0 0 0 0 0
//	span     ├───┼───┼───────┼───────────────┼──┼──┼───┼───────┼───────────────┤
//	child    leaf leaf leaf   leaf          node leaf leaf leaf  leaf
//	entries  12  14     0           9        27  11 13    16          10
//
// The bitmap of an inner node marks the slots where spans begin. The position of the child
// for a slot is the number of marks up to it, less one. Bit 0 is always set, and in a leaf
// the bitmap is 0, so it also tells the kinds of nodes apart.
//
// A search compares the tag of the wanted hash with all 16 tags of the leaf at once, by
// arithmetic on two words, and looks at the entries where it matches: at 1.04 of them.
//
// # Invariants
//
// The checker's errors and panics name them by number.
//
//  1. The marks of an inner node's bitmap divide its slots into spans, one for each child.
//  2. A child that is an inner node stands for one slot.
//  3. The shape is canonical: a set of entries that share a span is a leaf if and only if
//     there are at most leafCap of them, or the hash has run out. So two buddies that are
//     leaves have more than leafCap entries together, and so has every inner node. The
//     order of a leaf's entries, and memory to spare, are not part of the shape.
//  4. An entry is where its hash says, under its tag, and its key is there once.
//  5. A collision stands for one slot of the last level and has more than leafCap entries.
//  6. The length of a map is the number of its entries, and it has a root if there are any.
//  7. Whoever owns a node owns those above it, up to the root of its builder. So an id that is found nowhere on the way
//     down is found nowhere below.
//
// A comment `keeps 3` in the code names the invariant that a line is there for.
//
// # Ownership
//
// A function that may change a node in place takes an edit, and changes those nodes only that the edit owns (see package
// ownership). In what is said about its parameters, an owned node may be changed in place: the caller goes on with the
// result, and never with the node that it passed. A borrowed node is only read, though the result may share it. A node of
// which nothing is said is borrowed if the edit does not own it.
//
// # Operations
//
// Each file says in which layer it is, and calls only files of its own layer and of lower ones, which a test checks. From the
// lowest to the highest:
//
//   - rep: the representation of nodes, and the casts that reach what follows their headers.
//   - node: makes one node from others, bottom-up too.
//   - path: leads from the root to a leaf and back.
//   - tree: works on whole trees, and skips what is shared.
//   - api: what the package offers.
//
// A single change, a bulk operation and a builder all divide leaves with assembler.spread, and unite them where edit.fuse is called:
// in finger.remove and in assembler.push.
//
// Two maps are combined by walking both at once. Where spans differ, one side has a leaf, which
// is divided to match (zip.go). Subtrees that are the same node are not entered. Large maps without a Hasher that have
// little in common are combined by several goroutines, each of which takes pairs of nodes below the roots (parallel.go).
// Where one map is much smaller, an intersection looks its keys up in the other instead.
//
// A walk goes from leaf to leaf, so that the loop over a leaf's entries is inlined where the caller ranges over them
// (iterate.go).
//
// The count of a result is kept relative to the operand from which the other count costs no
// visit to subtrees that are taken over whole (union.go, selection.go).
//
// # Differences from the literature
//
// Bagwell, Ideal Hash Trees (2001), has a child for each occupied slot. CHAMP (Steindorfer and
// Vinju, Optimizing Hash-Array Mapped Tries, OOPSLA 2015) adds entries inside inner nodes and
// the canonical shape on deletion, which this trie has by invariant 3. Leaves with several
// entries are the buckets of Larson's dynamic hashing (1978), and halving a leaf is its split;
// tags follow the control words of Swiss tables (Abseil, 2017). Ownership ids follow Clojure's
// transients.
