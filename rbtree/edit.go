//ramet:layer node

package rbtree

import (
	"github.com/ramet-go/ramet/internal/ownership"
	"github.com/ramet-go/ramet/internal/reuse"
)

// An edit is what an operation carries down a tree: how keys are compared, and which nodes it owns. The functions of
// this layer make one node, or two neighbours, from others. They take owned and borrowed nodes as doc.go says.
type edit[K, V any] struct {
	by ordering[K]

	// The id owns nodes: those that carry it may be changed in place. With ownership.None that is none of them.
	id ownership.ID

	// growing says that nodes are expected to grow, most of all inner nodes at the end of the tree; see room.go.
	growing bool

	// pool is where a builder keeps leaves that it has replaced, or nil; see pool.go. It is made when it is needed.
	pool **reuse.Pool[node]
}

// A pair is what a node has become: one node, or two neighbours of the same level with the router between them.
type pair[K any] struct {
	a, b   *node // b is nil if there is one
	router K     // the least key under b
}
