//go:build !smallnodes

//ramet:layer rep

package hamt

// The shape of the trie. Measured on int64 and string keys at 10 … 1M entries
// (docs/decisions/0002-hamt-layout.md): 4 bits write fewer bytes but read through
// one level more; 6 bits and 32-entry leaves make objects of more than 512 bytes,
// which the allocator serves three times as slowly when they hold pointers.
const (
	slotBits = 5
	leafMax  = 16
)

// leafCap returns how many entries a leaf has room for: leafMax, if they take up to 30
// bytes; of larger ones as many as keep the leaf at 512 bytes, or 4.
func leafCap[K comparable, V any]() int {
	const header, bytes, least = 32, 512, 4
	return min(leafMax, max((bytes-header)/max(entrySize[K, V](), 1), least))
}
