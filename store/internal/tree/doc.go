// Package tree keeps sorted entries, or a sequence of values, in chunks: a B-tree whose nodes end where their contents say so, not
// where edits happened to leave them (a prolly tree). So equal contents are equal trees, byte for byte, whatever the way there.
// Versions share all that is equal in them, equality is a comparison of two addresses, and differences are found by stepping over equal ones.
//
//	level 2                    ┌───────────────┐
//	                           │ f 5 ●   t 6 ● │                    an inner node has, for each child:
//	                           └─────│───────│─┘                    its last key, its total of entries, its address
//	               ┌─────────────────┘       └──────┐
//	level 1  ┌─────┴─────────┐            ┌─────────┴─────────────┐
//	         │ c 3 ●   f 2 ● │            │ m 2 ●   p 3 ●   t 1 ● │
//	         └─────│───────│─┘            └─────│───────│───────│─┘
//	          ┌────┘       └──┐           ┌─────┘       │       └───┐
//	level 0  ┌┴──────┐  ┌─────┴┐         ┌┴─────┐  ┌────┴──┐     ┌──┴┐
//	         │ a b c │  │ d  f │         │ h  m │  │ n o p │     │ t │  a leaf has entries: a key, and a value or
//	         └───────┘  └──────┘         └──────┘  └───────┘     └───┘  the address of a blob
//
// A node ends after an item if a hash of its key, or in a sequence of the last bytes of the node, says so; the larger the node
// already is, the likelier (split.go). The hash is salted for each tree. An edit therefore changes the nodes on its way, and
// now and then a neighbour.
//
// Layers: bytes of one node (node.go), the end of nodes (split.go, sip.go), making trees (build.go, edit.go), ways in trees (load.go,
// cursor.go, search.go), two trees (diff.go, align.go), all of a tree (walk.go, check.go). Build and Edit feed the same splitter, and Edit
// treats all levels and both kinds alike: a second way to cut nodes would sooner or later cut differently.
//
// # Ownership
//
// The bytes of a chunk never change. Those that a Source returns are shared by all who read, and what is read of them are views: keys and
// values that are handed out must not be written to. Chunks that are made are newly allocated, and belong to the Sink. Buffers
// of a splitter, builder, editor or cursor belong to one call.
//
// # Invariants
//
// Checked whenever a node is read on a way down, if not said otherwise. Check reports them by these numbers.
//
//  1. The address of a chunk is the SHA-256 of its bytes. (The Source's duty, and Check's.)
//  2. Header, ends, tags and lengths fit each other, and nothing is left over.
//  3. The keys of a node ascend strictly.
//  4. The level of a child is one less than its parent's, and the kind is the same.
//  5. The last key and the total of a child are what its parent says.
//  6. The keys of a child are above the last key of its left neighbour.
//  7. An inner node has at least two items, or is the last of its level and not the root. (Check only.)
//  8. Nodes end where the rule says. (Check only: a tree from elsewhere that violates it is read, compared and edited all the same.)
//  9. All children of a node that is there are there. A chunk that is missing is an error, never an absent entry.
package tree
