//go:build !smallnodes

package hamt

// The shape of the trie. Measured on int64 and string keys at 10 … 1M entries
// (docs/decisions/0002-hamt-layout.md): 4 bits write fewer bytes but read through
// one level more; 6 bits and 32-entry leaves make objects of more than 512 bytes,
// which the allocator serves three times as slowly when they hold pointers.
const (
	slotBits = 5
	leafMax  = 16
)
