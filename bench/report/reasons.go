package main

import "regexp"

// A reason says why a rival beats us in some cases, at some sizes.
type reason struct {
	cases    string // a regular expression of names
	rivals   string // a regular expression of subjects
	from, to int    // sizes, both included; 0: no bound
	why      string
}

// reasons are looked through from the first on. A row without one is marked as not explained yet.
var reasons = []reason{
	{`/(set|insert|delete|prepend|drop-last|drop-first|slice|append)$`, `^(builtin|slice)$`, 0, 0,
		"It changes in place what it has, or points into it, and no earlier version is left."},
	{`^hamt/.*/lookup-(hit|miss)$`, `^builtin$`, 0, 0,
		"A Swiss table finds a key in one group of slots; a trie walks a node for every five bits of the hash, each a load that waits for the one before."},
	{`^hamt/.*/(builder|collect|mapof)$`, `^builtin$`, 0, 0,
		"The table writes an entry to its slot; the trie finds its leaf first, and splits leaves as it grows."},
	{`^hamt/int64/`, `^tidwall$`, 0, 10,
		"A B-tree of ten integers is one node and hashes nothing; most of our time is the hash."},
	{`^hamt/.*/(union-random|intersection-100)$`, `^(builtin|tidwall)$`, 0, 1000,
		"A map this small is written in place, entry by entry, with little garbage; ours shares and copies leaves."},
	{`^hamt/.*/(set|insert|delete)$`, `^frozen$`, 0, 0,
		"Its nodes have eight ways, so a write copies fewer bytes; ours have up to thirty-two and are read in fewer steps."},
	{`^hamt/.*/(set|insert|delete)$`, `^clone$`, 0, 10,
		"Copying one group of ten entries is a copy of memory."},
	{`^vector/.*/(at|at-concats|at-inserts|iterate)$`, `^slice$`, 0, 0,
		"A slice is one block of memory, and a position in it one addition; a tree has a node to load for every level."},
	{`^vector/.*/(set|insert|delete)$`, `^(slice|clone)$`, 0, 1000,
		"Up to some kilobytes, one copy of contiguous memory costs less than the nodes of a path."},
	{`^vector/.*/(builder|of)$`, `^slice$`, 0, 0,
		"The slice is one block, copied or grown as a whole; the vector makes a leaf for every 512 bytes."},
	{`^vector/.*/retained-`, `^(slice|clone)$`, 0, 0,
		"The slice is one block without a node above it; ours has the inner nodes as well, a few per cent."},
	{`^vector/.*/retained-`, `^elvish$`, 0, 0,
		"Its elements are interfaces; the runtime has those of small integers already, and does not allocate them."},
	{`^vector/.*/concat$`, `^(slice|clone)$`, 0, 1000,
		"A copy of a thousand elements is one pass over some kilobytes; a tree joins nodes."},
	{`^vector/.*/equal$`, `^(slice|clone)$`, 0, 10,
		"Ten elements are compared in one loop."},
	{`^rbtree/.*/min-max$`, `^(google|tidwall|benbjohnson)$`, 0, 0,
		"Its calls are inlined, or it goes down fewer levels; ours reads key and value through the leaf's header, which is beyond the compiler's budget for inlining."},
	{`^rbtree/.*/from$`, `^tidwall$`, 0, 1000,
		"Its entries are in inner nodes too, so ten or a thousand of them are in fewer nodes."},
	{`^rbtree/.*/builder-`, `^(tidwall|google)$`, 0, 1000,
		"It moves entries within nodes in place; our builder makes leaves that fit."},
	{`^rbtree/.*/at$`, `^tidwall$`, 0, 1000,
		"Its nodes are larger, so there are fewer to count through."},
	{`^rbtree/.*/intersection-100$`, `^(tidwall|google)$`, 0, 0,
		"A hundred lookups fill one tree in place; ours makes a version at the end."},
	{`^cell/.*/read$`, `^(builtin|cow)$`, 0, 0,
		"What it reads is a built-in map, a Swiss table: the load of the version costs both the same."},
	{`^cell/`, `^sync\.Map$`, 0, 0,
		"A write changes one map in place, under a lock of a small part of it; it hands out no versions."},
	{`^cell/`, `^locked$`, 0, 0,
		"A write changes one map in place, under the lock; it hands out no versions, and whoever wants the whole map has to hold the lock meanwhile."},
	{`^cell/.*/99to1-`, `^cow$`, 0, 1000,
		"Of a thousand entries a clone is a few microseconds, and reads of the built-in map between two clones are faster."},
	{`/collection$`, `^(builtin|slice|tidwall|google)$`, 0, 0,
		"It has fewer objects: a collection marks each once."},
	{`^(hamt|rbtree)/.*/retained-`, `^(builtin|tidwall|google)$`, 0, 0,
		"Its nodes are fuller, and it keeps nothing for versions to share."},
}

// explain returns why the rival beats us there; nothing, if nobody has said it yet.
func explain(name, rival string, size int) string {
	for _, r := range reasons {
		if (r.from == 0 || size >= r.from) && (r.to == 0 || size <= r.to) &&
			regexp.MustCompile(r.rivals).MatchString(rival) && regexp.MustCompile(r.cases).MatchString(name) {
			return r.why
		}
	}
	return ""
}
