package tree

import (
	"context"

	"github.com/ramet-go/ramet/store/chunk"
)

// Kind is what a tree is of: the byte 1 of its nodes.
type Kind uint8

// The kinds of trees. A set is a map whose values are empty.
const (
	Map Kind = 1
	Seq Kind = 2
)

// A Shape is how the nodes of a tree are cut. Equal contents with equal shapes are equal trees. The salt keeps those who choose
// keys from knowing where nodes end.
type Shape struct {
	Kind Kind
	Bits uint8
	Salt [16]byte
}

// A Source has chunks. Get returns the bytes of address a, which nobody changes any more; whether they are of that address is for
// the source to see to. A chunk that is not there is an error. A source may be used by several goroutines if its own methods may.
type Source interface {
	Get(ctx context.Context, a chunk.Addr) ([]byte, error)
}

// An Opener is a Source that remembers which of its chunks Open was content with, so that they need not be looked through each
// time. Node returns what Open returns for the bytes of address a.
type Opener interface {
	Source
	Node(ctx context.Context, a chunk.Addr) (Node, error)
}

// A Sink takes the chunks that a build or an edit makes, children before what refers to them. The bytes then belong to the
// sink. It may get one that is there already, and after an error it may have got some that nothing refers to.
type Sink interface {
	Put(ctx context.Context, c chunk.Chunk) error
}

// A Root is a tree: the address of its root node, and the number of its entries, which that node says too. The zero Root is
// no tree. Two trees of one shape are equal if and only if their addresses are.
type Root struct {
	Addr  chunk.Addr
	Total uint64
}

// RootOf returns the Root whose node is the chunk with this address and these bytes. It is an error if that is no node.
func RootOf(a chunk.Addr, data []byte) (Root, error) {
	n, err := Open(data)
	if err == nil && n.kind == kindBlob {
		err = unknown("kind %d, which is no tree", n.kind)
	}
	if err != nil {
		return Root{}, at(a, err)
	}
	return Root{a, n.total}, nil
}

// An Item is an entry of a tree. In a sequence Key is nil. The bytes of items that are yielded are read only, and stay as they are.
type Item struct {
	Key   []byte
	Value Value
}
