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
		"A Swiss table finds a key in one group of slots; a trie has a node to load for every five bits of the hash, each of which waits for the one before."},
	{`^hamt/.*/(builder|collect|mapof)$`, `^builtin$`, 0, 0,
		"The table writes an entry to its slot; the trie finds its leaf first, and splits leaves as it grows."},
	{`^hamt/int64/`, `^tidwall$`, 0, 10,
		"A B-tree of ten integers is one node and hashes nothing; most of our time is the hash."},
	{`^hamt/.*/union-random$`, `^tidwall$`, 0, 1000,
		"It hashes nothing, and writes the entries of the one map into a copy of the other in place."},
	{`^(hamt|rbtree)/.*/intersection-100$`, `^(builtin|tidwall|google)$`, 0, 0,
		"The hundred keys are looked up by all; what is found fills one small map in place there, and makes a version here."},
	{`^hamt/.*/(set|insert|delete)$`, `^clone$`, 0, 10,
		"A copy of ten entries is one copy of memory, without a hash."},
	{`^hamt/.*/equal$`, `^builtin$`, 0, 10,
		"Ten lookups, against a walk of two trees."},
	{`^vector/.*/(at|at-concats|at-inserts|iterate)$`, `^slice$`, 0, 0,
		"A slice is one block of memory, and a position in it one addition; a tree has a node to load for every level."},
	{`^vector/.*/(set|insert|delete)$`, `^clone$`, 0, 1000,
		"Up to some kilobytes, one copy of contiguous memory costs less than the nodes of a path."},
	{`^vector/byte/(set|insert|delete|append|prepend)$`, `^clone$`, 0, 100_000,
		"A hundred kilobytes of bytes are still one copy of memory; a path has nodes for every level."},
	{`^vector/.*/(builder|of)$`, `^slice$`, 0, 0,
		"The slice is one block, copied or grown as a whole; the vector makes a leaf for every 512 bytes."},
	{`^vector/.*/retained-`, `^(slice|clone)$`, 0, 0,
		"The slice is one block without a node above it; ours has the inner nodes as well, a few per cent."},
	{`^vector/.*/concat$`, `^(slice|clone)$`, 0, 1000,
		"A copy of a thousand elements is one pass over some kilobytes; a tree joins nodes."},
	{`^vector/.*/equal$`, `^(slice|clone)$`, 0, 10,
		"Ten elements are compared in one loop."},
	{`^vector/.*/(slice|drop-first|drop-last)$`, `^elvish$`, 0, 0,
		"Its slice is a view that keeps the whole vector alive; ours lets go of what is outside."},
	{`^rbtree/string/lookup-miss$`, `^(iradix|part)$`, 0, 0,
		"A radix tree ends at the first byte that no key has there; a tree of comparisons goes down to a leaf."},
	{`^rbtree/.*/min-max$`, `^google$`, 0, 0,
		"Its Min and Max are inlined; ours read key and value through the leaf's header, which is beyond the compiler's budget for inlining."},
	{`^hamt/int64/collection$`, `^builtin$`, 0, 0,
		"Its integers are in large tables without pointers, which a collection does not look into."},
	{`^cell/.*/read$`, `^(builtin|cow|locked|sync\.Map)$`, 0, 0,
		"What it reads is a table, which finds a key in fewer steps than a trie; the load of the version is one atomic read."},
	{`^cell/`, `^sync\.Map$`, 0, 0,
		"A write changes one map in place, under a lock of a small part of it; it hands out no versions."},
	{`^cell/`, `^locked$`, 0, 0,
		"A write changes one map in place, under the lock; it hands out no versions, and whoever wants the whole map has to hold the lock meanwhile."},
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
