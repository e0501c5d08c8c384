//go:build smallnodes

package tree

// The sizes of nodes, log₂ of the target. Here they are so small that some dozens of entries are a deep tree.
const (
	Bits    = 7
	MinBits = 7
	MaxBits = 13
)
