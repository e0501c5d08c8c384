//go:build !smallnodes

package tree

// The sizes of nodes, log₂ of the target: what new trees have, and what is allowed.
const (
	Bits    = 11
	MinBits = 9
	MaxBits = 13
)
